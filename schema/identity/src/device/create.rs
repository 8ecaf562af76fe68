use async_graphql::{InputObject, SimpleObject, Union};
use entities::identity::{device::Model, role::Kind, ticket::Purpose};
use schema_kernel::{
    Result, Rows, Session,
    problem::{InvalidInput, NotFound, StepUpRequired},
    scalar::{DateTime, IataAirport},
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::{Device, WRITE, code, store};
use crate::{Identity, input::Fields, ticket};

/// A device that is to enrol itself.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDeviceCodeInput {
    /// What people call it; 1 to 100 characters. Example: `"DXB T3 12"`.
    pub name: String,
    /// The airport it stands at, where it stands at one. Example: `"DXB"`.
    pub station: Option<IataAirport>,
    /// What it is to the airline: the name of a role for devices. Example: `"kiosk"`.
    #[graphql(default_with = "\"kiosk\".to_owned()")]
    pub role: String,
}

/// What became of it.
#[derive(Union)]
pub enum CreateDeviceCodeOutcome {
    /// The device waits for its key.
    DeviceCodeCreated(DeviceCodeCreated),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// You may not.
    NotFound(NotFound),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The device is made. It does nothing until it was enrolled.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "client:read client:write")]
pub struct DeviceCodeCreated {
    /// The device.
    pub device: Device,
    /// What is typed on the device. It works once, and is shown here and never again. Example: `"7KQM-2XWP-9HTB"`.
    pub enrolment_code: String,
    /// Until when it works, in UTC.
    pub expires_at: DateTime,
}

/// What has to be known when the code is used.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) device: entities::id::DeviceId,
}

/// Makes a device, and a code for it.
pub(super) async fn create(
    session: &Session,
    identity: &Identity,
    input: CreateDeviceCodeInput,
) -> Result<CreateDeviceCodeOutcome> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("device").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let name = match read(identity, &input) {
        Ok(name) => name,
        Err(invalid) => return Ok(invalid.into()),
    };
    let (now, code) = (session.now(), code::random()?);
    let device = Model {
        id: session.new_id(),
        name,
        station: input.station.map(|station| station.as_str().to_owned()),
        role: input.role,
        public_key: None,
        created_by: session.actor.sign_in().map(|sign_in| sign_in.user),
        created_at: now,
        enrolled_at: None,
        last_used_at: None,
        revoked_at: None,
        version: 1,
    };
    let waiting = Waiting { device: device.id };
    let kept = code::plain(code.expose_secret());
    let purpose = Purpose::DeviceEnrolment;
    identity
        .database()
        .transaction(async |transaction| {
            store::insert(transaction, &device).await?;
            ticket::keep(transaction, session, purpose, None, Some(&waiting), &kept).await
        })
        .await?;
    Ok(DeviceCodeCreated {
        device: Device(device),
        enrolment_code: code.expose_secret().to_owned(),
        expires_at: now + ticket::lifetime(purpose),
    }
    .into())
}

fn read(identity: &Identity, input: &CreateDeviceCodeInput) -> Result<String, InvalidInput> {
    let mut fields = Fields::default();
    let name = fields.name("input.name", &input.name);
    let standing = identity.standing().current();
    let role = standing.role(&input.role);
    if role.is_none_or(|role| role.kind != Kind::Device) {
        let problem = "There is no such role for devices; `roles` lists those there are.";
        fields.problem("input.role", problem);
    }
    fields.finish_with(name)
}
