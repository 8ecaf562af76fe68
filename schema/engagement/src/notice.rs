//! The notice that the law asks for when a journey went wrong (Regulation (EC) No 261/2004, Article 14(2)): whether, and what.

pub mod scope;
pub mod statement;

pub use self::{
    scope::Scope,
    statement::{Disruption, Journey, Statement, Step, step},
};
