use async_graphql::{ID, InputObject, SimpleObject, Union};
use chrono_tz::Tz;
use entities::{engagement::channel_preference::Model, id::CustomerId};
use schema_kernel::{
    Actor, ActorKind, Database, Permit, Result, Session,
    problem::{FieldProblem, InvalidInput, NotFound, StaleVersion},
};
use sea_orm::DatabaseTransaction;

use super::{
    quiet_hours::{self, Hours},
    store, usual,
    view::ChannelPreference,
};
use crate::{input::Fields, notification::WRITE};

/// How a customer wants to be told. It takes the place of what they stated before.
#[derive(Clone, Debug, InputObject)]
pub struct SetChannelPreferenceInput {
    /// The customer; yourself when left out. Staff have to say whom they speak for.
    pub customer_id: Option<ID>,
    /// The version you have read; 0 when nothing was stated yet.
    pub expected_version: i32,
    /// Whether service messages come by mail.
    pub is_mail_wanted: bool,
    /// Whether service messages are listed among the customer's own.
    pub is_in_app_wanted: bool,
    /// When mails wait; none when left out or `null`.
    pub quiet_hours: Option<QuietHoursInput>,
    /// The IANA time zone that quiet hours are counted in; that of the home airport when left out or `null`. Example:
    /// `"Asia/Dubai"`.
    pub time_zone: Option<String>,
}

/// A part of each day, by the customer's clocks. It may go over midnight.
#[derive(Clone, Debug, InputObject)]
pub struct QuietHoursInput {
    /// When it becomes quiet, as hours and minutes. Example: `"22:00"`.
    pub from: String,
    /// When it ends, as hours and minutes. Example: `"07:00"`.
    pub until: String,
}

/// What became of it.
#[derive(Union)]
pub enum SetChannelPreferenceOutcome {
    /// It is stated.
    ChannelPreferenceSet(ChannelPreferenceSet),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// You may not state it for this customer.
    NotFound(NotFound),
    /// It was stated anew since you read it.
    StaleVersion(StaleVersion),
}

/// The preference is stated.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:read")]
pub struct ChannelPreferenceSet {
    /// The preference, as it is now.
    pub channel_preference: ChannelPreference,
}

struct Wish {
    customer: CustomerId,
    quiet: Option<(i32, i32)>,
    time_zone: Option<String>,
}

/// States how a customer wants to be told.
pub(super) async fn set(
    session: &Session,
    database: &Database,
    input: SetChannelPreferenceInput,
) -> Result<SetChannelPreferenceOutcome> {
    let wish = match read(&session.actor, &input) {
        Ok(wish) => wish,
        Err(invalid) => return Ok(invalid.into()),
    };
    let Some(permit) = session.actor.permit(WRITE, wish.customer) else {
        return Ok(NotFound::of("customer").into());
    };
    let written = database
        .transaction(async |transaction| write(transaction, &permit, session, &input, &wish).await)
        .await?;
    Ok(match written {
        Ok(model) => ChannelPreferenceSet {
            channel_preference: ChannelPreference(model),
        }
        .into(),
        Err(current) => StaleVersion::of(current).into(),
    })
}

/// The preference as it was written, or the version that somebody else has written since.
async fn write(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    input: &SetChannelPreferenceInput,
    wish: &Wish,
) -> Result<Result<Model, i32>> {
    let present = store::hold(transaction, wish.customer).await?;
    let present = present.unwrap_or_else(|| usual(wish.customer));
    if present.version != input.expected_version {
        return Ok(Err(present.version));
    }
    let stated = Model {
        is_mail_wanted: input.is_mail_wanted,
        is_in_app_wanted: input.is_in_app_wanted,
        quiet_from: wish.quiet.map(|(from, _)| from),
        quiet_until: wish.quiet.map(|(_, until)| until),
        time_zone: wish.time_zone.clone(),
        updated_at: session.now(),
        version: present.version + 1,
        ..present
    };
    store::write(transaction, permit, &stated).await?;
    Ok(Ok(stated))
}

fn read(actor: &Actor, input: &SetChannelPreferenceInput) -> Result<Wish, InvalidInput> {
    let mut fields = Fields::default();
    let customer = match (&input.customer_id, actor.kind()) {
        (Some(id), _) => fields.id("input.customerId", id),
        (None, ActorKind::Customer(own)) => Some(own),
        (None, _) => {
            let problem = "Say whose preference it is.";
            fields.extend([FieldProblem::at("input.customerId", problem)]);
            None
        }
    };
    let quiet = input
        .quiet_hours
        .as_ref()
        .and_then(|hours| quiet(&mut fields, hours));
    let zone = input.time_zone.as_deref().map(str::parse::<Tz>);
    if let Some(Err(_)) = zone {
        let problem = "A time zone is one of the IANA database, like \"Asia/Dubai\".";
        fields.extend([FieldProblem::at("input.timeZone", problem).by("IANA time zone")]);
    }
    let customer = fields.finish_with(customer)?;
    Ok(Wish {
        customer,
        quiet,
        time_zone: zone.and_then(Result::ok).map(|zone| zone.name().to_owned()),
    })
}

fn quiet(fields: &mut Fields, hours: &QuietHoursInput) -> Option<(i32, i32)> {
    let mut time = |path: &str, text: &str| {
        let read = quiet_hours::read(text);
        if read.is_none() {
            let problem = "A time of day has hours and minutes, like \"22:00\".";
            fields.extend([FieldProblem::at(path, problem)]);
        }
        read
    };
    let from = time("input.quietHours.from", &hours.from);
    let until = time("input.quietHours.until", &hours.until);
    let (from, until) = from.zip(until)?;
    if Hours::between(from, until).is_none() {
        let problem =
            "Quiet hours end at another time than they begin; leave them out to have none.";
        fields.extend([FieldProblem::at("input.quietHours.until", problem)]);
    }
    Some((from, until))
}
