//! Devices: kiosks that sign in by themselves, with a key that never leaves them.
//!
//! Staff make a code that works once; the device shows the code and the public half of its key, signed with the key. From
//! then on it gets short tokens by a signed assertion (RFC 7523). What was revoked gets none, and those it has are not
//! believed.

mod assertion;
mod code;
mod create;
mod enrol;
mod grant;
mod key;
mod query;
mod revoke;
pub(crate) mod store;
mod view;

use async_graphql::{Context, Object};
use chrono::TimeDelta;
use entities::id::DeviceId;
use schema_kernel::{ContextExt, Result};

pub use self::{
    create::{CreateDeviceCodeInput, CreateDeviceCodeOutcome, DeviceCodeCreated},
    enrol::{Enrolment, enrol},
    grant::{DeviceGrant, assume, grant, lookup_allowed, lookup_failed},
    query::DeviceQuery,
    revoke::{DeviceRevoked, RevokeDeviceInput, RevokeDeviceOutcome},
    view::Device,
};
use crate::{IdentityExt, throttle::Allowance};

/// The right to see which devices there are: that of programs.
pub(crate) const READ: &str = "client:read";
/// The right to say which devices there are.
pub(crate) const WRITE: &str = "client:write";

/// How often codes, assertions and bookings may be tried wrongly: from one address, or by one device.
const TRIES: Allowance = Allowance {
    tries: 10,
    window: TimeDelta::minutes(15),
};

/// The name of a device in tokens and logs.
pub(crate) fn subject(id: DeviceId) -> String {
    format!("device-{id}")
}

/// What can be done about devices.
#[derive(Default)]
pub struct DeviceMutation;

#[Object]
impl DeviceMutation {
    /// Makes a device, and a code by which it enrols itself within the hour. The code is shown once, in the answer.
    #[graphql(requires_scopes = "client:read client:write")]
    async fn create_device_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which device.")] input: CreateDeviceCodeInput,
    ) -> Result<CreateDeviceCodeOutcome> {
        create::create(ctx.session()?, ctx.identity()?, input).await
    }

    /// Ends what a device may do: its key gets no token any more, and those it has are not believed.
    #[graphql(requires_scopes = "client:read client:write")]
    async fn revoke_device(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which device.")] input: RevokeDeviceInput,
    ) -> Result<RevokeDeviceOutcome> {
        revoke::revoke(ctx.session()?, ctx.identity()?, input).await
    }
}
