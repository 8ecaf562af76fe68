use serde::{Deserialize, Serialize};

use super::verdict::Verdict;

/// Something the engine was told, or was not told.
///
/// In JSON `{"known": 185}` or `"unknown"`. A fact that is left out is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// Established: by a record, or by proof where the law asks for proof.
    Known(T),
    /// Not established. Never read as yes, no or zero.
    #[default]
    Unknown,
}

impl<T> Fact<T> {
    /// The value, when it is established.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }

    /// The predicate's answer, or an open verdict that names this fact.
    pub(crate) fn test(&self, name: FactName, predicate: impl FnOnce(&T) -> bool) -> Verdict {
        self.known()
            .map_or_else(|| Verdict::open(name), |value| predicate(value).into())
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// The facts that can be missing, named as the fields of [`CaseFacts`](super::CaseFacts) that hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactName {
    /// Whether the passenger took the changed flight, another one, or something instead of money.
    AcceptedAlternative,
    /// Minutes late at the final destination.
    ArrivalDelayMinutes,
    /// Minutes late at departure, negative when brought forward.
    DepartureDelayMinutes,
    /// Where a diverted flight brought its passengers.
    Diversion,
    /// Whether extraordinary circumstances are proven.
    Extraordinary,
    /// Whether the passenger travelled free or at a fare not open to the public.
    FareFree,
    /// The state that licensed the operating carrier.
    LicenceCountry,
    /// How long before the scheduled departure the passenger was told.
    NoticeMinutes,
    /// Whether the passenger was at check-in in time.
    Presented,
    /// What other travel the carrier offered.
    Rerouting,
    /// Whether benefits and assistance were received under a third country's law.
    ThirdCountryBenefits,
}
