//! Second factors: what users show besides their password.

mod enrol;
mod finish;
pub(crate) mod store;
mod totp;
mod verify;

pub(crate) use self::verify::methods;
pub use self::{
    enrol::{Begun, Confirmed, begin_totp, confirm_totp},
    finish::{Finish, StepUp, finish, step_up},
    verify::{Method, Proof},
};
