//! The people who travel on an order.

use async_graphql::{Enum, ID, Object};
use entities::order::passenger;
use schema_kernel::guard::Personal;
use schema_kernel::id::show;

use crate::customer::Customer;

/// What kind of passenger somebody is, by age on the day of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::passenger::PassengerKind")]
pub enum PassengerKind {
    /// Twelve years or older.
    Adult,
    /// Two to eleven years, with a seat of their own.
    Child,
    /// Under two years, on the lap of an adult unless a seat was bought.
    Infant,
}

/// A person who travels on an order.
#[derive(Clone, Debug)]
pub struct Passenger(pub(crate) passenger::Model);

/// A person who travels on an order, with the names of the travel document.
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl Passenger {
    /// The id of the passenger on this order.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// Given names, as on the travel document. Example: `"Amina Noor"`.
    async fn given_name(&self) -> &str {
        &self.0.given_name
    }

    /// Family name, as on the travel document. Example: `"Haddad"`.
    async fn family_name(&self) -> &str {
        &self.0.family_name
    }

    /// What kind of passenger, by age on the day of travel.
    async fn kind(&self) -> PassengerKind {
        self.0.kind.into()
    }

    /// Whether they have a seat of their own; infants on a lap have none.
    async fn has_seat(&self) -> bool {
        self.0.has_seat
    }

    /// The passenger's own customer record; null when the airline does not know who it is.
    async fn customer(&self) -> Option<Customer> {
        self.0.traveller_id.map(Customer)
    }
}

/// A family name as look-ups compare it: lower case, letters only, so that `O'Neill-Díaz` and `oneill díaz` are the same.
pub fn family_name_key(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphabetic())
        .flat_map(char::to_lowercase)
        .take(100)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spelling_habits_do_not_matter() {
        assert_eq!(
            family_name_key("O'Neill-Díaz"),
            family_name_key(" oneill díaz ")
        );
        assert_eq!(family_name_key("--"), "");
    }

    proptest! {
        #[test]
        fn a_key_fits_its_column(name in ".*") {
            prop_assert!(family_name_key(&name).chars().count() <= 100);
        }
    }
}
