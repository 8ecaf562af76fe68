//! The compensation domain: one file a verb or question.

mod appeal;
mod approve;
mod assess;
mod decide;
mod due;
mod evidence;
mod exposure;
mod file;
mod list;
mod options;
mod payment_service;
mod payout;
mod step_up;
mod top_up;
