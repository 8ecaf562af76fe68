//! What proves a claim.

mod add;
mod file;
pub(crate) mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::{compensation::evidence, id::ClaimId};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    scalar::DateTime,
};

pub(crate) use self::add::add;
pub use self::add::{AddClaimEvidenceInput, AddClaimEvidenceOutcome, ClaimEvidenceAdded};
use super::Connection;

/// One piece of evidence. A record: nothing changes it.
pub struct Evidence(pub(crate) store::Piece);

/// Sorts of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "evidence::EvidenceKind")]
pub enum EvidenceKind {
    /// What was paid, and for what.
    Receipt,
    /// A letter or message.
    Correspondence,
    /// A boarding pass, a ticket, a bag tag.
    TravelDocument,
    /// A picture.
    Photo,
    /// What the airline itself recorded: a log, a weather report.
    OperationalRecord,
    /// What somebody says, in words.
    Statement,
    /// Something else.
    Other,
}

/// One piece of evidence for a claim: a description, and a small file where there is one. A record: nothing changes it.
#[Object(requires_scopes = "claim:read", directive = Personal::apply("CLAIM"))]
impl Evidence {
    /// The id of the evidence.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What it is.
    async fn kind(&self) -> EvidenceKind {
        self.0.kind.into()
    }

    /// What it shows, in words; numbers of payment cards are taken out.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The name of the file; null without one. Example: `"hotel.pdf"`.
    async fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    /// The media type of the file; null without one. Example: `"application/pdf"`.
    async fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// The size of the file in bytes; 0 without one.
    async fn size(&self) -> i32 {
        self.0.size
    }

    /// SHA-256 of the file in hexadecimal; null without one.
    async fn sha256(&self) -> Option<&str> {
        self.0.sha256.as_deref()
    }

    /// The file in Base64; null without one. Ask for it piece by piece: an answer has a largest size.
    async fn content(&self, context: &Context<'_>) -> Option<Result<String>> {
        self.0.file_name.as_ref()?;
        let load = async || {
            let content = context
                .loader()?
                .load_one(store::ContentOf(self.0.id))
                .await?;
            Ok(content.map(|content| file::encode(&content)))
        };
        load().await.transpose()
    }

    /// Who gave it, as the airline names its people and programs. Shown to those who decide claims, null to others.
    #[graphql(requires_scopes = "claim:decide")]
    async fn added_by(&self) -> Option<&str> {
        Some(&self.0.added_by)
    }

    /// When it was given, in UTC.
    async fn added_at(&self) -> DateTime {
        self.0.added_at
    }
}

/// A page of a claim's evidence, oldest first. Whoever may see a claim may see it.
pub(crate) async fn of(
    context: &Context<'_>,
    claim: ClaimId,
    page: PageArguments,
) -> Result<Connection<Evidence>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Instant)?;
    let key = store::EvidenceOf {
        claim,
        page: page.clone(),
    };
    let pieces = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(
        pieces,
        |piece| Cursor::at(piece.added_at, piece.id),
        Evidence,
    ))
}
