//! Making a customer's record.

use async_graphql::{Context, InputObject, SimpleObject};
use chrono::NaiveDate;
use entities::profile::{contact_point, customer, loyalty_membership};
use schema_kernel::{
    Code, ContextExt, Error, Permit, Result, Session,
    id::CustomerId,
    idempotency::{self, Once},
    permit::Operations,
    problem::{Conflict, InvalidInput},
    scalar::{CountryCode, Date, EmailAddress, IataAirport, LanguageTag, PhoneNumber},
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Customer, Gender, Title, WRITE,
    details::{self, SpelledName},
    duplicate, store,
};
use crate::{
    DOMAIN,
    check::{Problems, Unchecked},
    contact_point::{self as contact, ContactPointKind},
    erasure::{Known, is_buried},
    event,
    loyalty::{self, LoyaltyMembershipInput, Membership},
    office,
    outcome::{Outcome, Refusal, payload},
};

/// A person whose record is to be made.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CreateCustomerInput {
    /// Makes the request safe to repeat: the same key with the same input gives the same customer. A random UUID.
    pub idempotency_key: Option<Uuid>,
    /// Family name, or the only name, in the person's own script: 1 to 100 characters. Example: `"Müller"`.
    pub family_name: String,
    /// Given names, in the person's own script; leave it out for a person with a single name. Example: `"Anna"`.
    pub given_name: Option<String>,
    /// Family name as the travel document spells it, in A to Z. It follows from `familyName` by ICAO 9303 when that is in
    /// Latin or Cyrillic letters, and is needed for other scripts. Example: `"HADDAD"`.
    pub travel_document_family_name: Option<String>,
    /// Given names as the travel document spells them, by the same rule.
    pub travel_document_given_name: Option<String>,
    /// How the person is addressed.
    pub title: Option<Title>,
    /// Gender, as the travel document has it.
    #[graphql(default_with = "Gender::U")]
    pub gender: Gender,
    /// Day of birth, between 1900-01-01 and today. Example: `"1984-02-29"`.
    pub birth_date: Option<Unchecked<Date>>,
    /// Nationality: an ISO 3166-1 alpha-2 code. Example: `"JO"`.
    pub nationality: Option<Unchecked<CountryCode>>,
    /// The language to address the person in: a BCP 47 tag; `"en"` when it is left out.
    pub language: Option<Unchecked<LanguageTag>>,
    /// The country the person lives in: an ISO 3166-1 alpha-2 code. Example: `"AE"`.
    pub country_of_residence: Option<Unchecked<CountryCode>>,
    /// The airport the person usually leaves from: an IATA code. Example: `"DXB"`.
    pub home_airport: Option<Unchecked<IataAirport>>,
    /// Whether the airline treats the person as very important.
    #[graphql(default)]
    pub is_vip: bool,
    /// Whether the person needs help at the airport.
    #[graphql(default)]
    pub needs_assistance: bool,
    /// An e-mail address, which becomes the primary one. Example: `"anna@example.com"`.
    pub email: Option<Unchecked<EmailAddress>>,
    /// A telephone number with country code, which becomes the primary one. Example: `"+491512345678"`.
    pub phone: Option<Unchecked<PhoneNumber>>,
    /// A membership of a loyalty programme.
    pub loyalty_membership: Option<LoyaltyMembershipInput>,
    /// Whether the person has come back by themselves, should they have been erased at their request before. Otherwise nobody
    /// makes a record of somebody who was.
    #[graphql(default)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_returning: bool,
}

/// The record was made.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct CustomerCreated {
    /// The new customer.
    pub customer: Customer,
}

payload! {
    /// What became of `createCustomer`.
    CreateCustomerPayload = CustomerCreated | InvalidInput | Conflict
}

/// A person whose fields have been checked.
#[derive(Clone, Debug)]
struct Draft {
    family_name: SpelledName,
    given_name: Option<SpelledName>,
    birth_date: Option<NaiveDate>,
    nationality: Option<CountryCode>,
    language: Option<LanguageTag>,
    country_of_residence: Option<CountryCode>,
    home_airport: Option<IataAirport>,
    email: Option<EmailAddress>,
    phone: Option<PhoneNumber>,
    membership: Option<Membership>,
}

/// Makes the record, with its contact points and membership, once for each idempotency key.
pub(super) async fn create(
    context: &Context<'_>,
    input: CreateCustomerInput,
) -> Result<CreateCustomerPayload> {
    let session = context.session()?;
    let Some(permit) = session.actor.permit(WRITE, Operations) else {
        return Err(Error::client(
            Code::Forbidden,
            "Only the airline's staff make the records of customers.",
        ));
    };
    let draft = match input.check(super::today(session)) {
        Ok(draft) => draft,
        Err(problem) => return CreateCustomerPayload::of(Err(problem.into())),
    };

    let kept: Once<Outcome<CustomerId>> = context
        .database()?
        // Two requests that find nobody with the same address must not both write one.
        .serializable_transaction(async |transaction| {
            let work = async || {
                if buried(context, transaction, &input, &draft).await? {
                    return Ok(Err(Refusal::Conflict(erased())));
                }
                write(transaction, session, &permit, &input, &draft).await
            };
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &input,
                work,
            )
            .await
        })
        .await?;

    let created = match kept {
        Once::Outcome(Ok(id)) => id,
        Once::Outcome(Err(refusal)) => return CreateCustomerPayload::of(Err(refusal)),
        Once::OtherInput => return CreateCustomerPayload::of(Err(Refusal::key_reused())),
    };
    let Some(permit) = session.actor.permit(WRITE, created) else {
        return Err(Error::internal(anyhow::anyhow!(
            "who made a customer may not change them"
        )));
    };
    let customer = super::changed(context, &permit).await?;
    CreateCustomerPayload::of(Ok(CustomerCreated { customer }))
}

/// Whether this is somebody who was erased at their request, and has not come back by themselves.
async fn buried(
    context: &Context<'_>,
    transaction: &DatabaseTransaction,
    input: &CreateCustomerInput,
    draft: &Draft,
) -> Result<bool> {
    let Some(privacy) = office::office(context).filter(|_| !input.is_returning) else {
        return Ok(false);
    };
    let membership = draft.membership.as_ref();
    let membership = membership.map(|member| (member.programme.as_str(), member.number.as_str()));
    let known = Known::default()
        .contact(privacy, draft.email.as_ref().map(|email| email.as_str()))
        .contact(privacy, draft.phone.as_ref().map(|phone| phone.as_str()))
        .member(privacy, membership)
        .born(privacy, &row(context.session()?, input, draft));
    is_buried(transaction, &known).await
}

fn erased() -> Conflict {
    let message = "This person was erased at their request, and no record of them is made again. If they have come back by themselves, say so with `isReturning`.";
    Conflict::of(message).by("General Data Protection Regulation, article 17")
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<Operations>,
    input: &CreateCustomerInput,
    draft: &Draft,
) -> Result<Outcome<CustomerId>> {
    if let Some(rule) = duplicate::find(
        transaction,
        draft.email.as_ref(),
        draft.phone.as_ref(),
        draft.membership.as_ref(),
    )
    .await?
    {
        return Ok(Err(Refusal::Conflict(rule)));
    }
    let customer = store::insert(transaction, permit, row(session, input, draft)).await?;
    for point in contact_points(session, &customer, draft) {
        contact::insert(transaction, permit, point).await?;
    }
    if let Some(membership) = &draft.membership {
        let row: loyalty_membership::Model = membership.row(session, customer.id);
        if !loyalty::insert(transaction, permit, row).await? {
            return Err(Error::client(
                Code::Conflict,
                "Another request with this loyalty number came at the same time. Send it again.",
            ));
        }
    }
    event::created(transaction, session, customer.id).await?;
    Ok(Ok(customer.id))
}

fn row(session: &Session, input: &CreateCustomerInput, draft: &Draft) -> customer::Model {
    let now = session.now();
    let mut row = customer::Model {
        id: session.new_id(),
        status: customer::Status::Active,
        title: input.title.map(Into::into),
        given_name: None,
        family_name: String::new(),
        document_given_name: String::new(),
        document_family_name: String::new(),
        given_search: String::new(),
        family_search: String::new(),
        gender: input.gender.into(),
        birth_date: draft.birth_date,
        nationality: draft.nationality.clone().map(Into::into),
        language: draft
            .language
            .clone()
            .map_or_else(|| "en".to_owned(), Into::into),
        country_of_residence: draft.country_of_residence.clone().map(Into::into),
        home_airport: draft.home_airport.clone().map(Into::into),
        is_vip: input.is_vip,
        needs_assistance: input.needs_assistance,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    details::put_family_name(&mut row, draft.family_name.clone());
    details::put_given_name(&mut row, draft.given_name.clone());
    row
}

fn contact_points(
    session: &Session,
    customer: &customer::Model,
    draft: &Draft,
) -> Vec<contact_point::Model> {
    let email = draft
        .email
        .as_ref()
        .map(|email| (ContactPointKind::Email, email.as_str()));
    let phone = draft
        .phone
        .as_ref()
        .map(|phone| (ContactPointKind::Phone, phone.as_str()));
    let points = [email, phone].into_iter().flatten();
    points
        .map(|(kind, value)| contact::row(session, customer.id, kind, value, None, true))
        .collect()
}

impl CreateCustomerInput {
    fn check(&self, today: NaiveDate) -> Result<Draft, InvalidInput> {
        let mut problems = Problems::default();
        let family_name = details::spelled(
            &mut problems,
            "input.familyName",
            &self.family_name,
            "input.travelDocumentFamilyName",
            self.travel_document_family_name.as_deref(),
        );
        let given_name = self.given_name.as_deref().map(|given_name| {
            details::spelled(
                &mut problems,
                "input.givenName",
                given_name,
                "input.travelDocumentGivenName",
                self.travel_document_given_name.as_deref(),
            )
        });
        if self.given_name.is_none() && self.travel_document_given_name.is_some() {
            problems.refuse(
                "input.givenName",
                "Give the given names too, in the person's own script.",
                details::NAME_RULE,
            );
        }
        let birth_date = problems
            .read_optional("input.birthDate", self.birth_date.as_ref())
            .map(NaiveDate::from);
        details::check_birth_date(&mut problems, "input.birthDate", birth_date, today);
        let membership = self.loyalty_membership.as_ref();
        let draft = Draft {
            // A name that is missing here has left its problem behind.
            family_name: family_name.unwrap_or_default(),
            given_name: given_name.flatten(),
            birth_date,
            nationality: problems.read_optional("input.nationality", self.nationality.as_ref()),
            language: problems.read_optional("input.language", self.language.as_ref()),
            country_of_residence: problems.read_optional(
                "input.countryOfResidence",
                self.country_of_residence.as_ref(),
            ),
            home_airport: problems.read_optional("input.homeAirport", self.home_airport.as_ref()),
            email: problems.read_optional("input.email", self.email.as_ref()),
            phone: problems.read_optional("input.phone", self.phone.as_ref()),
            membership: membership.and_then(|membership| {
                membership.check(&mut problems, "input.loyaltyMembership", today)
            }),
        };
        problems.finish(Some(draft))
    }
}
