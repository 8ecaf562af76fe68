//! What may be done with a flight, and what that would cost: the questions and answers of the graph.

use std::ops::RangeInclusive;

use async_graphql::{InputObject, Object};
use chrono::{DateTime, Utc};
use schema_kernel::{Error, Money, Result};

use super::{
    forecast::{Decision, Forecast, Measure, RegimeForecast, Spread, forecast},
    manifest::FlightManifest,
    swap::Seats,
};
use crate::{
    assessment::Regime,
    claim::money,
    engine::{Rerouting, RuleSet},
};

/// How many options are weighed at once.
const MOST_OPTIONS: usize = 10;

/// The most seats of a cabin, in any aircraft.
const MOST_SEATS: i32 = 1_000;

/// Delays and re-routings that are further from the schedule than this are mistakes, in minutes.
const PLAUSIBLE_MINUTES: i32 = 7 * 24 * 60;

/// One thing that may be done with a flight: give exactly one of the fields.
#[derive(Clone, Debug, InputObject)]
pub struct ExposureOptionInput {
    /// It leaves late.
    pub delay: Option<DelayOptionInput>,
    /// It does not leave.
    pub cancellation: Option<CancellationOptionInput>,
    /// It is flown by an aircraft with other seats.
    pub swap: Option<SwapOptionInput>,
}

/// A flight that would leave late.
#[derive(Clone, Debug, InputObject)]
pub struct DelayOptionInput {
    /// Minutes it would leave behind schedule, 0 to 10080. Example: `185`.
    pub departure_delay_minutes: i32,
    /// The IATA delay code that would be given; without one the cause counts as open. Example: `"41"`.
    pub cause_code: Option<String>,
}

/// A flight that would not leave.
#[derive(Clone, Debug, InputObject)]
pub struct CancellationOptionInput {
    /// The IATA delay code that would be given; without one the cause counts as open. Example: `"41"`.
    pub cause_code: Option<String>,
    /// Minutes before the scheduled departure at which the passengers would be told; from now on when it is left out.
    /// Example: `20160` for two weeks.
    pub notice_minutes: Option<i32>,
    /// The other travel that would be offered to the passengers; nothing when it is left out.
    pub rerouting: Option<OfferedReroutingInput>,
}

/// A flight that would be flown by another aircraft. Whoever has no seat in their cabin is moved to a higher one with free seats,
/// else to a lower one, else stays behind against their will.
#[derive(Clone, Debug, InputObject)]
pub struct SwapOptionInput {
    /// The seats of that aircraft. What is left out it does not have.
    pub seats: SeatsInput,
    /// The other travel that would be offered to those who stay behind; nothing when it is left out.
    pub rerouting: Option<OfferedReroutingInput>,
}

/// The seats of an aircraft by cabin, 0 to 1000 each.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SeatsInput {
    /// In economy. Example: `162`.
    #[graphql(default)]
    pub economy: i32,
    /// In premium economy.
    #[graphql(default)]
    pub premium_economy: i32,
    /// In business. Example: `12`.
    #[graphql(default)]
    pub business: i32,
    /// In first.
    #[graphql(default)]
    pub first: i32,
}

/// Other travel to the final destination, against the booked times.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct OfferedReroutingInput {
    /// Minutes it departs before the booked departure; negative when later. Example: `-90`.
    pub departs_earlier_minutes: i32,
    /// Minutes it arrives after the booked arrival by its schedule; negative when earlier. Example: `110`.
    pub arrives_later_minutes: i32,
}

/// What one option would cost, over the ways in which flights like this one have gone.
pub struct OptionExposure(Forecast);

/// What one option would cost, over the ways in which flights like this one have gone. Where it hangs on facts that nobody
/// knows yet, they count against the airline.
#[Object(requires_scopes = "exposure:read")]
impl OptionExposure {
    /// How many ways in which the flight may go were weighed; one when there is no record of flights like it.
    async fn sample_count(&self) -> i32 {
        i32::try_from(self.0.courses).unwrap_or(i32::MAX)
    }

    /// Passengers who would be owed something.
    async fn entitled_passengers(&self) -> CountSpread {
        CountSpread(self.0.entitled_passengers)
    }

    /// Passengers who would miss a connection.
    async fn missed_connections(&self) -> CountSpread {
        CountSpread(self.0.missed_connections)
    }

    /// Passengers who would stay behind against their will, for want of a seat.
    async fn denied_boardings(&self) -> CountSpread {
        CountSpread(self.0.denied_boardings)
    }

    /// Passengers who would sit in a lower cabin than they paid for.
    async fn downgrades(&self) -> CountSpread {
        CountSpread(self.0.downgrades)
    }

    /// What would have to be paid in each currency; amounts of different currencies are never added.
    async fn totals(&self) -> Result<Vec<MoneySpread>> {
        self.0
            .totals
            .iter()
            .map(|(currency, spread)| MoneySpread::new(*spread, currency))
            .collect()
    }

    /// What each body of law would grant.
    async fn by_regime(&self) -> Vec<RegimeExposure> {
        self.0.regimes.iter().cloned().map(RegimeExposure).collect()
    }
}

/// What one body of law would grant in one currency.
pub struct RegimeExposure(RegimeForecast);

/// What one body of law would grant in one currency.
#[Object(requires_scopes = "exposure:read")]
impl RegimeExposure {
    /// The body of law.
    async fn regime(&self) -> Regime {
        self.0.regime.into()
    }

    /// What would have to be paid.
    async fn amount(&self) -> Result<MoneySpread> {
        MoneySpread::new(self.0.amount_minor, &self.0.currency)
    }

    /// Passengers who would be owed something by it.
    async fn passengers(&self) -> CountSpread {
        CountSpread(self.0.passengers)
    }

    /// Whether a part hangs on facts that nobody knows yet, such as whether the cause was extraordinary.
    async fn has_open_questions(&self) -> bool {
        self.0.has_open_questions
    }
}

/// The middle and the high end of a count.
pub struct CountSpread(Spread);

/// The middle and the high end of a count.
#[Object(requires_scopes = "exposure:read")]
impl CountSpread {
    /// Half of the ways in which the flight may go stay within it. Example: `120`.
    async fn p50(&self) -> i32 {
        i32::try_from(self.0.p50).unwrap_or(i32::MAX)
    }

    /// 95 of 100 ways in which the flight may go stay within it. Example: `180`.
    async fn p95(&self) -> i32 {
        i32::try_from(self.0.p95).unwrap_or(i32::MAX)
    }
}

/// The middle and the high end of a sum.
pub struct MoneySpread {
    p50: Money,
    p95: Money,
}

/// The middle and the high end of a sum.
#[Object(requires_scopes = "exposure:read")]
impl MoneySpread {
    /// Half of the ways in which the flight may go stay within it.
    async fn p50(&self) -> &Money {
        &self.p50
    }

    /// 95 of 100 ways in which the flight may go stay within it.
    async fn p95(&self) -> &Money {
        &self.p95
    }
}

impl MoneySpread {
    fn new(spread: Spread, currency: &str) -> Result<Self> {
        Ok(Self {
            p50: money(spread.p50, currency)?,
            p95: money(spread.p95, currency)?,
        })
    }
}

/// One option, its fields checked.
enum Checked {
    Delay(DelayOptionInput),
    Cancellation(CancellationOptionInput),
    Swap(SwapOptionInput),
}

/// What each option would cost, in their order.
pub(crate) fn weigh(
    manifest: &FlightManifest,
    en_route: &[i32],
    options: Vec<ExposureOptionInput>,
    rules: &RuleSet,
    now: DateTime<Utc>,
) -> Result<Vec<OptionExposure>> {
    if options.is_empty() || options.len() > MOST_OPTIONS {
        return Err(Error::bad_user_input(format!(
            "Between one and {MOST_OPTIONS} options are weighed at once; these are {}.",
            options.len()
        )));
    }
    let checked = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            check(option)
                .map_err(|problem| Error::bad_user_input(format!("options.{index}{problem}")))
        })
        .collect::<Result<Vec<Checked>>>()?;
    checked
        .into_iter()
        .map(|option| {
            let decision = decision(option, manifest, now);
            forecast(manifest, en_route, &decision, rules)
                .map(OptionExposure)
                .map_err(Error::internal)
        })
        .collect()
}

fn decision(option: Checked, manifest: &FlightManifest, now: DateTime<Utc>) -> Decision {
    match option {
        Checked::Delay(delay) => Decision {
            measure: Measure::Delay(delay.departure_delay_minutes.into()),
            cause_code: delay.cause_code,
        },
        Checked::Cancellation(cancellation) => {
            let from_now = (manifest.scheduled_departure_at - now).num_minutes();
            Decision {
                measure: Measure::Cancellation {
                    notice_minutes: cancellation.notice_minutes.map_or(from_now, i64::from),
                    rerouting: cancellation.rerouting.map(Into::into),
                },
                cause_code: cancellation.cause_code,
            }
        }
        Checked::Swap(swap) => Decision {
            measure: Measure::Swap {
                seats: swap.seats.read(),
                rerouting: swap.rerouting.map(Into::into),
            },
            cause_code: None,
        },
    }
}

/// The option, or where in it something cannot be, and what may.
fn check(option: ExposureOptionInput) -> Result<Checked, String> {
    const YEAR: i32 = 366 * 24 * 60;
    match (option.delay, option.cancellation, option.swap) {
        (Some(delay), None, None) => {
            let given = Some(delay.departure_delay_minutes);
            within("delay.departureDelayMinutes", given, 0..=PLAUSIBLE_MINUTES)?;
            Ok(Checked::Delay(delay))
        }
        (None, Some(cancellation), None) => {
            let notice = cancellation.notice_minutes;
            within("cancellation.noticeMinutes", notice, -YEAR..=YEAR)?;
            plausible("cancellation", cancellation.rerouting)?;
            Ok(Checked::Cancellation(cancellation))
        }
        (None, None, Some(swap)) => {
            for (field, seats) in [
                ("swap.seats.economy", swap.seats.economy),
                ("swap.seats.premiumEconomy", swap.seats.premium_economy),
                ("swap.seats.business", swap.seats.business),
                ("swap.seats.first", swap.seats.first),
            ] {
                if !(0..=MOST_SEATS).contains(&seats) {
                    return Err(format!(
                        ".{field}: {seats} seats cannot be; give 0 to {MOST_SEATS}."
                    ));
                }
            }
            plausible("swap", swap.rerouting)?;
            Ok(Checked::Swap(swap))
        }
        _ => Err(": Give exactly one of delay, cancellation and swap.".to_owned()),
    }
}

fn plausible(option: &str, offer: Option<OfferedReroutingInput>) -> Result<(), String> {
    let either_way = -PLAUSIBLE_MINUTES..=PLAUSIBLE_MINUTES;
    let earlier = offer.map(|offer| offer.departs_earlier_minutes);
    let later = offer.map(|offer| offer.arrives_later_minutes);
    let field = |name: &str| format!("{option}.rerouting.{name}");
    within(&field("departsEarlierMinutes"), earlier, either_way.clone())?;
    within(&field("arrivesLaterMinutes"), later, either_way)
}

impl SeatsInput {
    fn read(self) -> Seats {
        let seats = [
            self.economy,
            self.premium_economy,
            self.business,
            self.first,
        ];
        Seats(seats.map(|seats| u32::try_from(seats).unwrap_or_default()))
    }
}

impl From<OfferedReroutingInput> for Rerouting {
    fn from(offer: OfferedReroutingInput) -> Self {
        Self {
            departs_earlier_minutes: offer.departs_earlier_minutes.into(),
            arrives_later_minutes: offer.arrives_later_minutes.into(),
        }
    }
}

fn within(field: &str, minutes: Option<i32>, range: RangeInclusive<i32>) -> Result<(), String> {
    match minutes {
        Some(minutes) if !range.contains(&minutes) => Err(format!(
            ".{field}: {minutes} minutes cannot be; give {} to {}.",
            range.start(),
            range.end()
        )),
        Some(_) | None => Ok(()),
    }
}
