//! Changing a customer's own fields.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, SimpleObject};
use chrono::NaiveDate;
use entities::profile::customer;
use schema_kernel::{
    Actor, ContextExt, Permit, Result, Session,
    id::CustomerId,
    problem::{InvalidInput, StaleVersion},
    scalar::{CountryCode, Date, IataAirport, LanguageTag},
};
use sea_orm::DatabaseTransaction;

use super::{
    Customer, Gender, Status, Title, WRITE,
    details::{self, SpelledName},
    store,
};
use crate::{
    check::{Problems, Unchecked},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A change of a customer's own fields. A field that is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCustomerInput {
    /// The customer.
    pub customer_id: ID,
    /// The `version` of the record you read. When it has changed since, the answer is `StaleVersion`.
    pub expected_version: i32,
    /// Family name, or the only name, in the person's own script; it cannot be emptied. Its spelling on travel documents
    /// follows it, unless `travelDocumentFamilyName` is given too.
    pub family_name: MaybeUndefined<String>,
    /// Given names; null for a person with a single name.
    pub given_name: MaybeUndefined<String>,
    /// Family name as the travel document spells it, in A to Z; null to have it follow from `familyName`.
    pub travel_document_family_name: MaybeUndefined<String>,
    /// Given names as the travel document spells them, in A to Z; null to have them follow from `givenName`.
    pub travel_document_given_name: MaybeUndefined<String>,
    /// How the person is addressed; null for no title.
    pub title: MaybeUndefined<Title>,
    /// Gender; it cannot be emptied, `U` says that it is undisclosed.
    pub gender: MaybeUndefined<Gender>,
    /// Day of birth, between 1900-01-01 and today; null when it is not known.
    pub birth_date: MaybeUndefined<Unchecked<Date>>,
    /// Nationality: an ISO 3166-1 alpha-2 code; null when it is not known.
    pub nationality: MaybeUndefined<Unchecked<CountryCode>>,
    /// The language to address the person in: a BCP 47 tag; it cannot be emptied.
    pub language: MaybeUndefined<Unchecked<LanguageTag>>,
    /// The country the person lives in: an ISO 3166-1 alpha-2 code; null when it is not known.
    pub country_of_residence: MaybeUndefined<Unchecked<CountryCode>>,
    /// The airport the person usually leaves from: an IATA code; null when it is not known.
    pub home_airport: MaybeUndefined<Unchecked<IataAirport>>,
    /// Whether the person needs help at the airport; it cannot be emptied.
    pub needs_assistance: MaybeUndefined<bool>,
    /// Whether the airline treats the person as very important; it cannot be emptied. Set by staff.
    pub is_vip: MaybeUndefined<bool>,
    /// Whether the record is in use; it cannot be emptied. Set by staff.
    pub status: MaybeUndefined<Status>,
}

/// The record is as it was asked for.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct CustomerUpdated {
    /// The customer as they are now. The version is the one you gave when nothing was different.
    pub customer: Customer,
}

payload! {
    /// What became of `updateCustomer`.
    UpdateCustomerPayload = CustomerUpdated | InvalidInput | NotFound | StaleVersion
}

/// Changes the fields that are given, if the record is still the one the caller read.
pub(super) async fn update(
    context: &Context<'_>,
    input: UpdateCustomerInput,
) -> Result<UpdateCustomerPayload> {
    let session = context.session()?;
    let mut problems = Problems::default();
    let Some(id) = problems.id::<CustomerId>("input.customerId", &input.customer_id) else {
        return UpdateCustomerPayload::of(problems.finish(None).map_err(Refusal::from));
    };
    let Some(permit) = session.actor.permit(WRITE, id) else {
        return UpdateCustomerPayload::of(Err(Refusal::missing("customer")));
    };

    let outcome = context
        .database()?
        .transaction(async |transaction| write(transaction, session, &permit, &input).await)
        .await?;

    UpdateCustomerPayload::of(outcome.map(|customer| CustomerUpdated { customer }))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    input: &UpdateCustomerInput,
) -> Result<Outcome<Customer>> {
    let Some(before) = store::lock(transaction, permit).await? else {
        return Ok(Err(Refusal::missing("customer")));
    };
    let mut after = match input.applied(&before, &session.actor, super::today(session)) {
        Ok(after) => after,
        Err(problem) => return Ok(Err(problem.into())),
    };
    if before.version != input.expected_version {
        return Ok(Err(Refusal::StaleVersion(StaleVersion::of(before.version))));
    }
    let fields = details::changed_fields(&before, &after);
    if fields.is_empty() {
        return Ok(Ok(Customer(before)));
    }
    after.version += 1;
    after.updated_at = session.now();
    if !store::replace(transaction, permit, after.clone()).await? {
        return Ok(Err(Refusal::StaleVersion(StaleVersion::of(after.version))));
    }
    event::updated(transaction, session, after.id, &fields).await?;
    Ok(Ok(Customer(after)))
}

impl UpdateCustomerInput {
    /// The record as it is asked for. Pure.
    fn applied(
        &self,
        before: &customer::Model,
        actor: &Actor,
        today: NaiveDate,
    ) -> Result<customer::Model, InvalidInput> {
        let mut problems = Problems::default();
        let mut after = before.clone();
        let set_by_staff = [
            ("input.isVip", !self.is_vip.is_undefined()),
            ("input.status", !self.status.is_undefined()),
        ];
        problems.staff_only(actor, set_by_staff);
        self.apply_names(&mut problems, &mut after);
        self.apply_texts(&mut problems, &mut after, today);
        self.title.map_value(Into::into).update_to(&mut after.title);
        problems.require("input.gender", self.gender, |it| after.gender = it.into());
        problems.require("input.needsAssistance", self.needs_assistance, |it| {
            after.needs_assistance = it;
        });
        problems.require("input.isVip", self.is_vip, |it| after.is_vip = it);
        problems.require("input.status", self.status, |it| after.status = it.into());
        problems.finish(Some(after))
    }

    fn apply_names(&self, problems: &mut Problems, after: &mut customer::Model) {
        if !self.family_name.is_undefined() || !self.travel_document_family_name.is_undefined() {
            self.apply_family_name(problems, after);
        }
        if !self.given_name.is_undefined() || !self.travel_document_given_name.is_undefined() {
            self.apply_given_name(problems, after);
        }
    }

    fn apply_family_name(&self, problems: &mut Problems, after: &mut customer::Model) {
        let kept = after.document_family_name.as_str();
        let (name, kept) = match &self.family_name {
            MaybeUndefined::Null => {
                return problems.emptied("input.familyName");
            }
            MaybeUndefined::Undefined => (&after.family_name, Some(kept)),
            MaybeUndefined::Value(name) => (name, (*name == after.family_name).then_some(kept)),
        };
        let document = spelling(&self.travel_document_family_name, kept);
        if let Some(spelled) = details::spelled(
            problems,
            "input.familyName",
            name,
            "input.travelDocumentFamilyName",
            document,
        ) {
            details::put_family_name(after, spelled);
        }
    }

    fn apply_given_name(&self, problems: &mut Problems, after: &mut customer::Model) {
        let kept = after.document_given_name.as_str();
        let (name, kept) = match &self.given_name {
            MaybeUndefined::Null => (None, None),
            MaybeUndefined::Undefined => (after.given_name.as_ref(), Some(kept)),
            MaybeUndefined::Value(name) => (
                Some(name),
                (Some(name) == after.given_name.as_ref()).then_some(kept),
            ),
        };
        let document = spelling(&self.travel_document_given_name, kept)
            .filter(|document| !document.is_empty());
        let Some(name) = name else {
            if document.is_some() {
                problems.refuse(
                    "input.givenName",
                    "Give the given names too, in the person's own script.",
                    details::NAME_RULE,
                );
            }
            return details::put_given_name(after, None);
        };
        let spelled: Option<SpelledName> = details::spelled(
            problems,
            "input.givenName",
            name,
            "input.travelDocumentGivenName",
            document,
        );
        if spelled.is_some() {
            details::put_given_name(after, spelled);
        }
    }

    fn apply_texts(&self, problems: &mut Problems, after: &mut customer::Model, today: NaiveDate) {
        problems.replace("input.birthDate", &self.birth_date, &mut after.birth_date);
        // What was stored before any rule is not this change's problem.
        let born = after.birth_date.filter(|_| self.birth_date.is_value());
        details::check_birth_date(problems, "input.birthDate", born, today);
        problems.replace(
            "input.nationality",
            &self.nationality,
            &mut after.nationality,
        );
        problems.replace(
            "input.countryOfResidence",
            &self.country_of_residence,
            &mut after.country_of_residence,
        );
        problems.replace(
            "input.homeAirport",
            &self.home_airport,
            &mut after.home_airport,
        );
        let mut language = Some(after.language.clone());
        problems.replace("input.language", &self.language, &mut language);
        match language {
            Some(language) => after.language = language,
            None => problems.emptied("input.language"),
        }
    }
}

/// The spelling that is asked for: a given one, the one that is kept, or none when it is to follow from the name.
fn spelling<'a>(change: &'a MaybeUndefined<String>, kept: Option<&'a str>) -> Option<&'a str> {
    match change {
        MaybeUndefined::Value(given) => Some(given),
        MaybeUndefined::Null => None,
        MaybeUndefined::Undefined => kept,
    }
}
