//! Decisions of the rules, with their reasons.

mod convert;
pub(crate) mod store;
pub mod words;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entities::compensation::{assessment, entitlement};
use schema_kernel::{
    ContextExt, Money, Result, id,
    scalar::{Date, DateTime},
};

use self::store::{AssessmentById, Recorded};
use crate::{claim::money, engine};

/// A decision of the rules: stored with a disruption, or worked out on the spot.
pub struct Assessment {
    stored: Option<(id::AssessmentId, DateTime)>,
    verdict: engine::Assessment,
}

/// One thing that an assessment grants.
pub struct Entitlement(engine::Entitlement);

/// Bodies of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::Regime")]
pub enum Regime {
    /// Regulation (EC) 261/2004 of the European Union.
    #[graphql(name = "EU261")]
    Eu261,
    /// Refunds under 14 CFR part 260 of the United States Department of Transportation.
    #[graphql(name = "US_DOT")]
    UsDot,
}

/// Sorts of debt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entitlement::EntitlementKind")]
pub enum EntitlementKind {
    /// A fixed sum for the trouble.
    Compensation,
    /// The fare back.
    Refund,
    /// Other travel to the destination.
    Reroute,
    /// Meals, communication, hotel, transfer.
    Care,
    /// A share of the fare for a lower cabin.
    DowngradeReimbursement,
    /// Proven damage up to a limit.
    DamagesCap,
    /// The fee for a service that was not provided.
    FeeRefund,
    /// Given without being owed.
    Goodwill,
}

/// Facts that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::FactName")]
pub enum FactName {
    /// Whether the passenger took the changed flight, another one, or something in place of money.
    AcceptedAlternative,
    /// Minutes late at the final destination.
    ArrivalDelayMinutes,
    /// Minutes late at departure, negative when brought forward.
    DepartureDelayMinutes,
    /// Where a diverted flight left its passengers.
    Diversion,
    /// Whether extraordinary circumstances are proven.
    Extraordinary,
    /// Whether the fare was free or not open to the public.
    FareFree,
    /// The state that licensed the operating carrier.
    LicenceCountry,
    /// How long before departure the passenger was told.
    NoticeMinutes,
    /// Whether the passenger was at check-in in time.
    Presented,
    /// What other travel was offered.
    Rerouting,
    /// Whether benefits and assistance were received under a third country's law.
    ThirdCountryBenefits,
}

/// What a flag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AssessmentFlagCode {
    /// The distance is close to a limit; worth knowing, and no open question.
    NearThreshold,
    /// Facts are missing that would change the result.
    NeedsFacts,
    /// The law is not settled, or leaves the case to judgement.
    ManualReview,
    /// Another body of law grants the same sort of entitlement; it is paid once.
    OverlapsWith,
}

/// Something a person should know before acting on an assessment.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "claim:read")]
pub struct AssessmentFlag {
    /// What the flag is about.
    pub code: AssessmentFlagCode,
    /// What it says, in one sentence for people.
    pub message: String,
    /// The facts that are missing; empty unless the code is `NEEDS_FACTS`.
    pub missing_facts: Vec<FactName>,
}

/// What one body of law says about one passenger and one disruption. A record: new facts make a new assessment, and the
/// same facts under the same rule always give the same.
#[Object(requires_scopes = "claim:read")]
impl Assessment {
    /// The id of the assessment; null when it was worked out on the spot and not stored.
    async fn id(&self) -> Option<ID> {
        self.stored.map(|(id, _)| id::show(id))
    }

    /// When it was made, in UTC; null when it was not stored.
    async fn assessed_at(&self) -> Option<DateTime> {
        self.stored.map(|(_, at)| at)
    }

    /// The body of law that was asked.
    async fn regime(&self) -> Regime {
        assessment::Regime::from(self.verdict.regime).into()
    }

    /// The rule that answered. Example: `"EU261-DELAY"`.
    async fn rule_id(&self) -> &str {
        &self.verdict.rule_id
    }

    /// The version of the rule in force on the day of the incident. A rule and a version name one set of terms for ever.
    async fn rule_version(&self) -> u32 {
        self.verdict.rule_version
    }

    /// Whether this body of law governs the journey. One that does may still grant nothing.
    async fn applies(&self) -> bool {
        self.verdict.applies
    }

    /// The reason, in one sentence. Example: `"Arrived 2h59 late, less than 3h00 (C-402/07)."`.
    async fn why(&self) -> &str {
        &self.verdict.why
    }

    /// What is granted; empty when nothing is.
    async fn entitlements(&self) -> Vec<Entitlement> {
        self.verdict
            .entitlements
            .iter()
            .cloned()
            .map(Entitlement)
            .collect()
    }

    /// What a person should know before acting on it.
    async fn flags(&self) -> Vec<AssessmentFlag> {
        self.verdict.flags.iter().map(shown).collect()
    }

    /// Whether it stands without a person: no fact is missing and the law leaves no doubt.
    async fn is_settled(&self) -> bool {
        self.verdict.is_settled()
    }

    /// The great-circle distance the decision rests on, in kilometres; null where distance does not matter.
    async fn distance_km(&self) -> Option<f64> {
        self.verdict
            .distance_metres
            .map(|metres| f64::from(metres) / 1_000.0)
    }

    /// SHA-256 in hexadecimal of everything the decision rests on, with rule and version: equal hashes mean equal
    /// decisions.
    async fn inputs_hash(&self) -> &str {
        &self.verdict.inputs_hash
    }
}

/// One thing that an assessment grants, with the article that grants it.
#[Object(requires_scopes = "claim:read")]
impl Entitlement {
    /// What sort of debt it is.
    async fn kind(&self) -> EntitlementKind {
        entitlement::EntitlementKind::from(self.0.kind).into()
    }

    /// The amount.
    async fn amount(&self) -> Result<Money> {
        money(self.0.amount_minor, self.0.currency.as_str())
    }

    /// Whether money is owed: a voucher then settles it only with the passenger's agreement.
    async fn is_cash_required(&self) -> bool {
        self.0.cash_required
    }

    /// The last day to pay; null where no rule sets one.
    async fn due_by(&self) -> Option<Date> {
        self.0.due_by.map(Date)
    }

    /// The article that grants it. Example: `"Art 7(1)(a), C-402/07"`.
    async fn basis(&self) -> &str {
        &self.0.basis
    }

    /// Whether missing facts may still reduce it: then it is an exposure and not a debt.
    async fn is_provisional(&self) -> bool {
        self.0.is_provisional
    }
}

impl Assessment {
    pub(crate) fn stored(recorded: Recorded) -> Result<Self> {
        let stored = Some((recorded.row.id, recorded.row.assessed_at));
        Ok(Self {
            stored,
            verdict: recorded.into_engine()?,
        })
    }

    /// One that was worked out and not stored.
    pub(crate) fn unstored(verdict: engine::Assessment) -> Self {
        Self {
            stored: None,
            verdict,
        }
    }
}

fn shown(flag: &engine::Flag) -> AssessmentFlag {
    let (code, missing_facts) = match flag {
        engine::Flag::NearThreshold { .. } => (AssessmentFlagCode::NearThreshold, Vec::new()),
        engine::Flag::NeedsFacts { which } => (
            AssessmentFlagCode::NeedsFacts,
            which.iter().copied().map(Into::into).collect(),
        ),
        engine::Flag::ManualReview { .. } => (AssessmentFlagCode::ManualReview, Vec::new()),
        engine::Flag::OverlapsWith { .. } => (AssessmentFlagCode::OverlapsWith, Vec::new()),
    };
    AssessmentFlag {
        code,
        message: words::of_flag(flag),
        missing_facts,
    }
}

/// The assessment with this id. Whoever may see a claim may see why.
pub(crate) async fn load(
    context: &Context<'_>,
    key: id::AssessmentId,
) -> Option<Result<Assessment>> {
    let load = async || {
        let recorded = context.loader()?.load_one(AssessmentById(key)).await?;
        recorded.map(Assessment::stored).transpose()
    };
    load().await.transpose()
}
