//! Decisions of the rules, with their reasons.

mod convert;
pub(crate) mod store;
mod trace;
pub mod words;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entities::compensation::{assessment, entitlement};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Money, Result, id,
    money::Long,
    scalar::{Date, DateTime},
};

use self::store::{AssessmentById, Recorded};
pub use self::trace::{TraceOutcome, TraceStep};
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
    /// Refunds, baggage fees and denied boarding under the rules of the United States Department of Transportation.
    #[graphql(name = "US_DOT")]
    UsDot,
    /// Regulation (EC) 261/2004 as it has effect in the law of the United Kingdom.
    #[graphql(name = "UK261")]
    Uk261,
    /// The Air Passenger Protection Regulations of Canada, SOR/2019-150.
    #[graphql(name = "CA_APPR")]
    CaAppr,
    /// The Montreal Convention of 1999.
    #[graphql(name = "MONTREAL")]
    Montreal,
    /// The passenger welfare rules of the United Arab Emirates, CAR-PWP.
    #[graphql(name = "UAE_PWP")]
    UaePwp,
    /// What the airline gives without owing it, by its goodwill policy.
    #[graphql(name = "GOODWILL")]
    Goodwill,
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

/// What a passenger is provided with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::CareItem")]
pub enum CareItem {
    /// Word of what happens and of what is owed.
    Information,
    /// Meals and refreshments.
    Meals,
    /// Calls and messages.
    Communication,
    /// A room.
    Hotel,
    /// Transfer between airport and room.
    Transport,
    /// What the circumstances call for, where the law leaves it to them.
    CareAsAppropriate,
    /// Return to the start or other travel to the destination.
    RerouteOrReturn,
    /// The opportunity to leave the aircraft.
    Disembarkation,
}

/// Facts that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::FactName")]
pub enum FactName {
    /// Whether the passenger took the changed flight, another one, or something instead of money.
    AcceptedAlternative,
    /// Minutes late at the final destination.
    ArrivalDelayMinutes,
    /// Whether the carrier admits that the baggage is lost.
    BaggageAdmittedLost,
    /// How late the baggage was delivered.
    BaggageLateMinutes,
    /// Whether the passenger caused the trouble with the baggage.
    BaggageOwnFault,
    /// Whether a report of mishandled baggage was filed.
    BaggageReportFiled,
    /// How soon the passenger complained in writing.
    ComplaintDays,
    /// Whether a connection was missed.
    ConnectionMissed,
    /// Whose matter the cause was.
    Control,
    /// Minutes late at departure, negative when brought forward.
    DepartureDelayMinutes,
    /// Where a diverted flight brought its passengers.
    Diversion,
    /// Whether extraordinary circumstances are proven.
    Extraordinary,
    /// Whether the passenger travelled free or at a fare not open to the public.
    FareFree,
    /// How long the flight with the baggage was to take.
    FlightMinutes,
    /// Price of the flight concerned.
    FlightPrice,
    /// Whether the baggage itself was the cause of its damage.
    InherentDefect,
    /// Whether the passenger is in transit.
    InTransit,
    /// Whether the carrier is a large one.
    LargeCarrier,
    /// The state that licensed the operating carrier.
    LicenceCountry,
    /// Whether the passenger lives where the flight starts.
    LivesThere,
    /// Whether the carrier took all measures that could be required.
    MeasuresTaken,
    /// How long until the next connection.
    NextConnectionMinutes,
    /// How long before the scheduled departure the passenger was told.
    NoticeMinutes,
    /// One-way fare to the destination or first stopover.
    OneWayFare,
    /// Whether a night is needed until the new departure.
    Overnight,
    /// Whether the passenger was at check-in in time.
    Presented,
    /// How much damage is proven.
    ProvenDamage,
    /// Whether the passenger took the fare back.
    RefundTaken,
    /// Whether boarding was refused on reasonable grounds.
    RefusedForCause,
    /// What other travel the carrier offered.
    Rerouting,
    /// What one Special Drawing Right was worth.
    SpecialDrawingRate,
    /// How long the passengers waited on board on the ground.
    TarmacMinutes,
    /// Whether benefits and assistance were received under a third country's law.
    ThirdCountryBenefits,
    /// Whether the passenger gave up the seat.
    Volunteered,
    /// Whether the damage was done with intent or recklessly.
    Wilful,
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
#[Object(requires_scopes = "claim:read", directive = Personal::apply("CLAIM"))]
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

    /// The question it was asked. Example: `"compensation"`, `"assistance"`, `"downgrade"`.
    async fn answer(&self) -> &str {
        &self.verdict.answer
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

    /// The amount: zero for care, and a number of miles in the currency `XXX` for goodwill.
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

    /// What is to be provided, where it is no money; empty otherwise. Example: `[MEALS, COMMUNICATION]`.
    async fn care(&self) -> Vec<CareItem> {
        self.0.care.iter().copied().map(Into::into).collect()
    }

    /// The amount in miles; null where it is money or care.
    async fn miles(&self) -> Option<Long> {
        self.0.miles().map(Long)
    }

    /// Whether the passenger may choose it in place of something else; it is owed once they have.
    async fn is_choice(&self) -> bool {
        self.0.is_choice
    }

    /// The body of law that already pays for the same loss, where it is paid once; null otherwise.
    async fn satisfied_by(&self) -> Option<Regime> {
        self.0
            .satisfied_by
            .map(|regime| assessment::Regime::from(regime).into())
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
        engine::Flag::OverlapsWith { .. }
        | engine::Flag::SatisfiedBy { .. }
        | engine::Flag::Satisfies { .. } => (AssessmentFlagCode::OverlapsWith, Vec::new()),
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
