//! Users: who can sign in.

mod change_role;
mod invite;
mod mutation;
mod named;
mod query;
mod reach;
mod reset_factors;
mod set_state;
pub(crate) mod store;
mod view;

pub(crate) use self::reach::Reach;
pub use self::{
    change_role::{ChangeUserRoleInput, ChangeUserRoleOutcome, UserRoleChanged},
    invite::{InviteUserInput, InviteUserOutcome, UserInvited},
    mutation::UserMutation,
    named::{Named, named},
    query::{UserFilter, UserQuery},
    reset_factors::{ResetSecondFactorsInput, ResetSecondFactorsOutcome, SecondFactorsReset},
    set_state::{
        DisableUserInput, DisableUserOutcome, EnableUserInput, EnableUserOutcome, UserDisabled,
        UserEnabled,
    },
    view::{User, UserState},
};

/// The right to see who can sign in.
pub(crate) const READ: &str = "user:read";
/// The right to say who can sign in, and what they may do.
pub(crate) const WRITE: &str = "user:write";
