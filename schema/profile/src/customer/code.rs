//! The codes of a customer's record, as the graph shows them.

use async_graphql::Enum;

/// Whether a customer's record is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    name = "CustomerStatus",
    remote = "entities::profile::customer::Status"
)]
pub enum Status {
    /// In use.
    Active,
    /// Nothing has happened for 36 months.
    Dormant,
    /// Closed on request; kept only as long as the law asks.
    Closed,
}

/// How a person is addressed. It says nothing about gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(name = "CustomerTitle", remote = "entities::profile::customer::Title")]
pub enum Title {
    /// Mister: "Mr".
    Mr,
    /// Missis: "Mrs".
    Mrs,
    /// Without regard to marriage: "Ms".
    Ms,
    /// Miss: "Miss".
    Miss,
    /// Master, a boy in reservations: "Mstr".
    Mstr,
    /// Without regard to gender: "Mx".
    Mx,
    /// Doctor: "Dr".
    Dr,
    /// Professor: "Prof".
    Prof,
    /// Knight: "Sir".
    Sir,
}

impl Title {
    /// The title as it is written in front of a name.
    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::Mr => "Mr",
            Self::Mrs => "Mrs",
            Self::Ms => "Ms",
            Self::Miss => "Miss",
            Self::Mstr => "Mstr",
            Self::Mx => "Mx",
            Self::Dr => "Dr",
            Self::Prof => "Prof",
            Self::Sir => "Sir",
        }
    }
}

/// Gender, as travel documents and reservations code it since 2019-06-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(name = "Gender", remote = "entities::profile::customer::Gender")]
pub enum Gender {
    /// Male.
    M,
    /// Female.
    F,
    /// Unspecified, as a travel document can say.
    X,
    /// Undisclosed.
    U,
}
