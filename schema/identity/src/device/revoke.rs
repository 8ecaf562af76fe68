use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{id::DeviceId, identity::device::Model};
use schema_kernel::{
    Result, Rows, Session,
    problem::{InvalidInput, NotFound, StepUpRequired},
};
use sea_orm::DatabaseTransaction;

use super::{Device, WRITE, store, subject};
use crate::{Identity, client, input::Fields};

/// Which device is to do nothing any more.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeDeviceInput {
    /// The id of the device.
    pub device_id: ID,
}

/// What became of it.
#[derive(Union)]
pub enum RevokeDeviceOutcome {
    /// It does nothing any more.
    DeviceRevoked(DeviceRevoked),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such device that you may revoke.
    NotFound(NotFound),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The device gets no token any more, and those it has are not believed. Its code, if it waits for one, does not work.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "client:read client:write")]
pub struct DeviceRevoked {
    /// The device, as it is now.
    pub device: Device,
}

/// Ends what a device may do. It can be repeated.
pub(super) async fn revoke(
    session: &Session,
    identity: &Identity,
    input: RevokeDeviceInput,
) -> Result<RevokeDeviceOutcome> {
    let mut fields = Fields::default();
    let id = fields.id("input.deviceId", &input.device_id);
    let id: DeviceId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("device").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let revoked = identity
        .database()
        .transaction(async |transaction| write(transaction, session, id).await)
        .await?;
    identity.revise(session).await;
    Ok(match revoked {
        Some(device) => DeviceRevoked {
            device: Device(device),
        }
        .into(),
        None => NotFound::of("device").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: DeviceId,
) -> Result<Option<Model>> {
    let now = session.now();
    let Some(device) = store::hold(transaction, id).await? else {
        return Ok(None);
    };
    let revoked = Model {
        revoked_at: device.revoked_at.or(Some(now)),
        version: device.version + 1,
        ..device
    };
    store::write(transaction, &revoked).await?;
    client::store::revoke(transaction, subject(id), now, now + client::REMEMBERED).await?;
    Ok(Some(revoked))
}
