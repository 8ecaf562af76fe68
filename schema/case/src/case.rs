//! Cases: what customers need the airline to deal with.

pub mod policy;
pub mod priority;
pub mod reference;
pub mod state;

mod about;
mod assign;
mod change_priority;
mod change_state;
mod comment;
mod comment_on;
mod draft;
mod filter;
mod follow;
mod history;
mod hold;
mod link_claim;
mod load;
mod mutation;
mod open;
mod query;
mod revision;
mod store;
mod view;
mod weight;

pub use self::{
    about::About,
    assign::{AssignCaseInput, AssignCaseOutcome, CaseAssigned},
    change_priority::{CasePriorityChanged, ChangeCasePriorityInput, ChangeCasePriorityOutcome},
    change_state::{CaseStateChanged, ChangeCaseStateInput, ChangeCaseStateOutcome},
    comment::CaseComment,
    comment_on::{CaseCommented, CommentOnCaseInput, CommentOnCaseOutcome},
    filter::{CaseFilter, CaseSort},
    history::CaseEvent,
    link_claim::{ClaimLinked, LinkClaimInput, LinkClaimOutcome},
    mutation::CaseMutation,
    open::{CaseOpened, OpenCaseInput, OpenCaseOutcome},
    query::CaseQuery,
    view::Case,
    weight::{CaseModifiersInput, CaseWeight},
};
pub(crate) use self::{
    about::{mover, standing},
    draft::Draft,
    filter::values,
    follow::Followed,
    load::cases_connection,
    revision::{Revision, spelled},
    store::{
        Link, case_of_claim, hold as hold_case, hold_by_source, insert, link, passengers_of,
        revise, take_reference, touch,
    },
};
