//! Accounts: signing in, and what has to be so that one can.

mod change_password;
mod first;
mod login;
mod register;
mod reset;
mod verify;

pub use self::{
    change_password::{
        AccountMutation, ChangePasswordInput, ChangePasswordOutcome, PasswordChanged,
    },
    first::{FirstAccount, NewAccount, make},
    login::{Credentials, Login, login},
    register::{Registration, register},
    reset::{Reset, forgot, reset},
    verify::verify,
};

use chrono::TimeDelta;

/// An answer that does not tell whether there is such an account: it was taken, or there were too many before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was taken.
    Taken,
    /// Too often; not before so long.
    TooMany(TimeDelta),
}
