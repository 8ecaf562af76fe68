//! The compensation domain: one file a verb or question.

mod assess;
mod decide;
mod exposure;
mod list;
mod options;
