//! The profile domain: one file a verb or question.

mod contact_point;
mod create;
mod interaction;
mod loyalty;
mod preference;
mod search;
mod timeline;
mod update;
