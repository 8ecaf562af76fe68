#![doc = include_str!("../README.md")]

pub mod id;

pub mod audit;
pub mod case;
pub mod compensation;
pub mod engagement;
pub mod identity;
pub mod insight;
pub mod order;
pub mod profile;
pub mod vault;
