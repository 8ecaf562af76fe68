//! Templates: the words in which customers are told something.
//!
//! A template is a file for each language. It can only name variables that its kind declares, each of which has a type;
//! one that names another does not load. Both parts of a mail are made of the same text.

mod catalogue;
mod fact;
mod language;
mod layout;
mod library;
mod query;
mod render;
mod view;

pub(crate) use self::render::one_line;
pub use self::{
    catalogue::{Variable, VariableKind, variables},
    fact::{Fact, Facts, FactsError, Place, Places},
    language::Language,
    library::{Templates, TemplatesError},
    query::TemplateQuery,
    render::{RenderError, Written},
    view::{Template, TemplatePreview, TemplateVariable},
};
