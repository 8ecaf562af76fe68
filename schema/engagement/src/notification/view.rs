use async_graphql::{Context, ID, Object, SimpleObject};
use entities::{engagement::notification::Model, id::NotificationId};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Error, Result, id, loader::Visible, scalar::DateTime, scalar::LanguageTag,
};

use super::{READ, store::NotificationById};
use crate::{
    delivery::{Delivery, deliveries_of},
    kind::{NotificationClass, NotificationKind},
    reference::{Case, Claim, Customer, Flight, Journey, Order},
    template::{Facts, Language, Places, Templates},
};

/// Something that a customer was told.
pub struct Notification(pub(crate) Model);

/// The words of a notification, in one language.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:read")]
pub struct NotificationWords {
    /// The language they are written in, a BCP 47 tag: that which comes closest to the one asked for. Example: `"ar"`.
    pub language: &'static str,
    /// One line. Example: `"Flight EK46 is cancelled"`.
    pub title: String,
    /// What matters, in a sentence or two.
    pub summary: String,
    /// The whole as plain text, as it is sent; without the name of whom it is sent to.
    pub text: String,
}

/// Something that a customer was told. It is never changed; what is told anew is another notification.
#[Object(directive = Personal::apply("MESSAGE"))]
impl Notification {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Who is told.
    #[graphql(requires_scopes = "notification:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// Why they are told: whether their preferences and quiet hours count.
    #[graphql(requires_scopes = "notification:read")]
    async fn class(&self) -> NotificationClass {
        self.0.class.into()
    }

    /// What they are told.
    #[graphql(requires_scopes = "notification:read")]
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }

    /// The words, by today's template.
    #[graphql(requires_scopes = "notification:read")]
    async fn words(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "In which language, a BCP 47 tag; that of the customer when left out. Example: `\"ar\"`."
        )]
        language: Option<LanguageTag>,
    ) -> Option<Result<NotificationWords>> {
        Some(self.written(ctx, language.as_ref()))
    }

    /// The version of the template it was made with. Example: `"9f2c4e61a07b3d58"`.
    #[graphql(requires_scopes = "notification:read")]
    async fn template_version(&self) -> &str {
        &self.0.template_version
    }

    /// When it was made.
    #[graphql(requires_scopes = "notification:read")]
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// Whether the customer finds it among their own.
    #[graphql(requires_scopes = "notification:read")]
    async fn is_in_app(&self) -> bool {
        self.0.is_in_app
    }

    /// Whether the customer has yet to read it there.
    #[graphql(requires_scopes = "notification:read")]
    async fn is_unread(&self) -> bool {
        self.0.is_unread
    }

    /// When the customer read it; `null` when they have not.
    #[graphql(requires_scopes = "notification:read")]
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at
    }

    /// The notification about the same that it takes the place of; `null` for the first one.
    #[graphql(requires_scopes = "notification:read")]
    async fn corrects(&self, ctx: &Context<'_>) -> Option<Result<Self>> {
        Self::load(ctx, self.0.corrects_id?).await.transpose()
    }

    /// How it went on each channel; at most one for each.
    #[graphql(requires_scopes = "notification:read")]
    async fn deliveries(&self, ctx: &Context<'_>) -> Option<Result<Vec<Delivery>>> {
        Some(deliveries_of(ctx, self.0.id).await)
    }

    /// The order it is about; `null` when it is about none.
    #[graphql(requires_scopes = "notification:read")]
    async fn order(&self) -> Option<Order> {
        self.0.order_id.map(Order::of)
    }

    /// The journey it is about; `null` when it is about none.
    #[graphql(requires_scopes = "notification:read")]
    async fn journey(&self) -> Option<Journey> {
        self.0.journey_id.map(Journey::of)
    }

    /// The flight it is about; `null` when it is about none.
    #[graphql(requires_scopes = "notification:read")]
    async fn flight(&self) -> Option<Flight> {
        self.0.flight_id.map(Flight::of)
    }

    /// The claim it is about; `null` when it is about none.
    #[graphql(requires_scopes = "notification:read")]
    async fn claim(&self) -> Option<Claim> {
        self.0.claim_id.map(Claim::of)
    }

    /// The case it is about; `null` when it is about none.
    #[graphql(requires_scopes = "notification:read")]
    async fn case(&self) -> Option<Case> {
        self.0.case_id.map(Case::of)
    }
}

impl Notification {
    /// The notification with this id, if the caller may see it.
    pub(crate) async fn load(ctx: &Context<'_>, id: NotificationId) -> Result<Option<Self>> {
        let rows = ctx.session()?.actor.rows(READ);
        let key = NotificationById(Visible { key: id, rows });
        Ok(ctx.loader()?.load_one(key).await?.map(Self))
    }

    fn written(
        &self,
        ctx: &Context<'_>,
        language: Option<&LanguageTag>,
    ) -> Result<NotificationWords> {
        let templates = ctx
            .data_opt::<Templates>()
            .ok_or_else(|| Error::internal(anyhow::anyhow!("the host attached no templates")))?;
        let tag = language
            .map(LanguageTag::as_str)
            .or(self.0.language.as_deref());
        let language = Language::of(tag.unwrap_or_default());
        let facts: Facts = serde_json::from_value(self.0.facts.clone())?;
        let places: Places = match &self.0.places {
            Some(places) => serde_json::from_value(places.clone())?,
            None => Places::new(),
        };
        let written = templates
            .write(self.0.kind, language, &facts, &places, None)
            .map_err(Error::internal)?;
        Ok(NotificationWords {
            language: language.tag(),
            title: written.title,
            summary: written.summary,
            text: written.text,
        })
    }
}
