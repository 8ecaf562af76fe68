//! Customers: the golden record of a person, and the way to everything the airline knows about them.

mod code;
mod create;
mod details;
mod duplicate;
mod filter;
mod letter;
mod mutation;
pub mod name;
pub(crate) mod store;
mod update;

use async_graphql::{
    Context, ID, Object,
    connection::{Connection, EmptyFields},
};
use chrono::NaiveDate;
use entities::profile::customer;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Error, PageArguments, Permit, Result, Rows, Session,
    cost::listSize,
    id::{self, CustomerId},
    keyset::Cursor,
    loader::Visible,
    scalar::{Date, DateTime},
};

pub use self::{
    code::{Gender, Status, Title},
    create::{CreateCustomerInput, CreateCustomerPayload, CustomerCreated},
    filter::{CustomerFilter, CustomerSort},
    mutation::CustomerMutation,
    update::{CustomerUpdated, UpdateCustomerInput, UpdateCustomerPayload},
};
use crate::{
    batch,
    consent::{self, Consent},
    contact_point::{self, ContactPoint},
    interaction::{self, Interaction},
    loyalty::{self, LoyaltyMembership, LoyaltyTier},
    preference::{self, Preference},
    timeline::{self, TimelineEntry, TimelineFilter},
    travel_document::{self, TravelDocument},
};

/// The right to read customers.
pub(crate) const READ: &str = "customer:read";
/// The right to change customers.
pub(crate) const WRITE: &str = "customer:write";
/// The right to see what is sensitive about customers.
pub(crate) const SENSITIVE: &str = "customer:sensitive";

/// A person the airline knows: the golden record.
#[derive(Clone, Debug)]
pub struct Customer(pub(crate) customer::Model);

/// A person the airline knows: the golden record, and the way to everything that happened to them.
#[Object(directive = Personal::apply("IDENTITY"))]
impl Customer {
    /// Its id, opaque: take it as it is given.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Whether the record is in use.
    #[graphql(requires_scopes = "customer:read")]
    async fn status(&self) -> Status {
        self.0.status.into()
    }

    /// How the person is addressed; null when they have not said.
    #[graphql(requires_scopes = "customer:read")]
    async fn title(&self) -> Option<Title> {
        self.0.title.map(Title::from)
    }

    /// Given names, in the person's own script; null for people with a single name. Example: `"Amal"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn given_name(&self) -> Option<&str> {
        self.0.given_name.as_deref()
    }

    /// Family name, or the only name, in the person's own script. Example: `"Müller"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn family_name(&self) -> &str {
        &self.0.family_name
    }

    /// The whole name in reading order. Example: `"Anna Müller"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn display_name(&self) -> String {
        name::display_name(self.0.given_name.as_deref(), &self.0.family_name)
    }

    /// The name to greet the person with: title and family name, or the whole name. Example: `"Dr Müller"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn salutation(&self) -> String {
        match self.0.title {
            Some(title) => format!("{} {}", Title::from(title).written(), self.0.family_name),
            None => name::display_name(self.0.given_name.as_deref(), &self.0.family_name),
        }
    }

    /// Given names as the travel document spells them (ICAO 9303): letters A to Z and spaces; null for none.
    #[graphql(requires_scopes = "customer:read")]
    async fn travel_document_given_name(&self) -> Option<&str> {
        Some(self.0.document_given_name.as_str()).filter(|name| !name.is_empty())
    }

    /// Family name as the travel document spells it (ICAO 9303): letters A to Z and spaces. Example: `"MUELLER"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn travel_document_family_name(&self) -> &str {
        &self.0.document_family_name
    }

    /// The language the person is addressed in: a BCP 47 tag. Example: `"ar-AE"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// The highest tier the person holds today in any programme; null without a membership that holds today.
    #[graphql(requires_scopes = "customer:read")]
    async fn tier(&self, context: &Context<'_>) -> Option<Result<LoyaltyTier>> {
        loyalty::best_tier(context, self.0.id).await.transpose()
    }

    /// Whether the airline treats the person as very important.
    #[graphql(requires_scopes = "customer:read")]
    async fn is_vip(&self) -> bool {
        self.0.is_vip
    }

    /// Whether the person needs help at the airport; which help is stated with each journey.
    #[graphql(requires_scopes = "customer:read")]
    async fn needs_assistance(&self) -> bool {
        self.0.needs_assistance
    }

    /// The country the person lives in: an ISO 3166-1 alpha-2 code. Example: `"AE"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn country_of_residence(&self) -> Option<&str> {
        self.0.country_of_residence.as_deref()
    }

    /// The airport the person usually leaves from: an IATA code. Example: `"DXB"`.
    #[graphql(requires_scopes = "customer:read")]
    async fn home_airport(&self) -> Option<&str> {
        self.0.home_airport.as_deref()
    }

    /// Gender, as travel documents and reservations code it. Scope: `customer:sensitive`.
    #[graphql(requires_scopes = "customer:read customer:sensitive")]
    async fn gender(&self) -> Option<Gender> {
        Some(self.0.gender.into())
    }

    /// Day of birth; null when it is not known. Scope: `customer:sensitive`.
    #[graphql(requires_scopes = "customer:read customer:sensitive")]
    async fn birth_date(&self) -> Option<Date> {
        self.0.birth_date.map(Date)
    }

    /// Nationality: an ISO 3166-1 alpha-2 code. Example: `"JO"`. Scope: `customer:sensitive`.
    #[graphql(requires_scopes = "customer:read customer:sensitive")]
    async fn nationality(&self) -> Option<&str> {
        self.0.nationality.as_deref()
    }

    /// The ways to reach the person, primary ones first; at most 20.
    #[graphql(requires_scopes = "customer:read", directive = listSize::apply(20))]
    async fn contact_points(&self, context: &Context<'_>) -> Option<Result<Vec<ContactPoint>>> {
        Some(contact_point::of_customer(context, self.0.id).await)
    }

    /// The loyalty programmes the person is a member of, highest tier first; at most 20.
    #[graphql(requires_scopes = "customer:read", directive = listSize::apply(20))]
    async fn loyalty_memberships(
        &self,
        context: &Context<'_>,
    ) -> Option<Result<Vec<LoyaltyMembership>>> {
        Some(loyalty::of_customer(context, self.0.id).await)
    }

    /// What the person prefers: at most one value of each kind.
    #[graphql(requires_scopes = "customer:read")]
    async fn preferences(&self, context: &Context<'_>) -> Option<Result<Vec<Preference>>> {
        Some(preference::of_customer(context, self.0.id).await)
    }

    /// The person's travel documents, without their numbers, the longest valid first. Scope: `customer:sensitive`.
    #[graphql(requires_scopes = "customer:read customer:sensitive")]
    async fn travel_documents(&self, context: &Context<'_>) -> Option<Result<Vec<TravelDocument>>> {
        Some(travel_document::of_customer(context, self.0.id).await)
    }

    /// Contacts between the person and the airline at every touchpoint, newest first; 10 when no size is given.
    #[graphql(requires_scopes = "customer:read")]
    async fn interactions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`: 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<Cursor, Interaction, EmptyFields, EmptyFields>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(interaction::of_customer(context, self.0.id, &arguments).await)
    }

    /// What happened to the person, in every domain, newest first; 10 when no size is given. Lines of a domain whose
    /// records you may not read (`order:read`, `case:read`, `claim:read`) are left out.
    #[graphql(requires_scopes = "customer:read")]
    async fn timeline(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What the lines have in common; all lines when it is left out.")]
        filter: Option<TimelineFilter>,
        #[graphql(desc = "How many from the start, or after `after`: 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<Cursor, TimelineEntry, EmptyFields, EmptyFields>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(
            timeline::of_customer(context, self.0.id, filter.unwrap_or_default(), &arguments).await,
        )
    }

    /// What the person allows and forbids, every purpose once: now, or at an instant in the past.
    #[graphql(requires_scopes = "customer:read", directive = listSize::apply(14))]
    async fn consents(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "At which instant; now when it is left out. Example: `\"2026-11-20T08:00:00Z\"`."
        )]
        at: Option<DateTime>,
    ) -> Option<Result<Vec<Consent>>> {
        let instant = match (at, context.session()) {
            (Some(at), _) => at,
            (None, Ok(session)) => session.now(),
            (None, Err(error)) => return Some(Err(error)),
        };
        Some(consent::of_customer(context, self.0.id, instant).await)
    }

    /// Counted up by each change; give it as `expectedVersion` when you change the record.
    #[graphql(requires_scopes = "customer:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When the record was made.
    #[graphql(requires_scopes = "customer:read")]
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// When the record last changed.
    #[graphql(requires_scopes = "customer:read")]
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }
}

/// The customer with this id, if the caller may see them.
pub(crate) async fn find(context: &Context<'_>, id: CustomerId) -> Result<Option<Customer>> {
    let rows = context.session()?.actor.rows(READ);
    let key = store::CustomerById(Visible { key: id, rows });
    Ok(context.loader()?.load_one(key).await?.map(Customer))
}

/// The customer whom a verb has changed.
pub(crate) async fn changed(
    context: &Context<'_>,
    permit: &Permit<CustomerId>,
) -> Result<Customer> {
    let row = store::find(context.database()?.reader(), permit).await?;
    row.map(Customer).ok_or_else(|| {
        Error::internal(anyhow::anyhow!(
            "a customer vanished while they were changed"
        ))
    })
}

/// One page of the customers that match, among those the caller sees.
pub(crate) async fn search(
    context: &Context<'_>,
    filter: CustomerFilter,
    sort: CustomerSort,
    arguments: &PageArguments,
) -> Result<Connection<Cursor, Customer, EmptyFields, EmptyFields>> {
    let session = context.session()?;
    let page = match sort {
        CustomerSort::FamilyName => batch::page_by_text(arguments, None)?,
        CustomerSort::CreatedAt => batch::page_by_instant(arguments, None)?,
    };
    let criteria = filter.criteria(today(session))?;
    let rows: Rows = session.actor.rows(READ);
    let found = store::search(context.database()?, rows, &criteria, sort, &page).await?;
    let cursor = |row: &customer::Model| match sort {
        CustomerSort::FamilyName => Cursor::by_text(&row.family_search, row.id),
        CustomerSort::CreatedAt => Cursor::at(row.created_at, row.id),
    };
    Ok(page.connection(found, cursor, Customer))
}

/// The present day, in UTC.
pub(crate) fn today(session: &Session) -> NaiveDate {
    session.now().date_naive()
}
