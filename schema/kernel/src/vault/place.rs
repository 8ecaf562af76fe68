//! Whose values there are, of which class, and where they stand.

use entities::id::{CustomerId, UserId};
use uuid::Uuid;

/// Whose values they are: a customer's, or a user's who is no customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner(pub Uuid);

impl Owner {
    /// The installation itself.
    pub(crate) const INSTALLATION: Self = Self(Uuid::nil());
}

impl From<CustomerId> for Owner {
    fn from(id: CustomerId) -> Self {
        Self(id.0)
    }
}

impl From<UserId> for Owner {
    fn from(id: UserId) -> Self {
        Self(id.0)
    }
}

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// The classes of personal data; each has keys of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class {
            $($(#[$doc])* $name,)*
            /// What blind indexes are made with; the installation's own.
            Index,
        }

        impl Class {
            /// Every class that persons have.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as it is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Index => "INDEX",
                }
            }

            /// The class of that name.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)*
                    "INDEX" => Some(Self::Index),
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// How a person is reached: e-mail addresses, telephone numbers.
    Contact = "CONTACT";
    /// Numbers of passports and other documents.
    Document = "DOCUMENT";
    /// Days of birth.
    Birth = "BIRTH";
    /// Where money is paid to.
    Bank = "BANK";
    /// What was written about a person, or by them.
    Text = "TEXT";
}

/// A column that holds sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    name: &'static str,
    class: Class,
}

impl SealedColumn {
    /// The column `name`, as `"profile_contact_point.value"`. The name is part of each seal: it never changes, whatever
    /// becomes of the table.
    pub const fn new(name: &'static str, class: Class) -> Self {
        Self { name, class }
    }

    /// The place of one value in it.
    pub fn of(self, row: impl Into<Uuid>, owner: impl Into<Owner>) -> Place {
        Place {
            column: self,
            row: row.into(),
            owner: owner.into(),
        }
    }
}

/// Where a sealed value stands, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    column: SealedColumn,
    row: Uuid,
    owner: Owner,
}

impl Place {
    /// The key that seals it.
    pub fn key(&self) -> (Owner, Class) {
        (self.owner, self.column.class)
    }

    /// What the seal is bound to. No part can run into the next: names hold no line break, and ids have one length.
    pub(crate) fn binding(&self) -> Vec<u8> {
        let (owner, row) = (self.owner.0, self.row);
        let (class, name) = (self.column.class.as_str(), self.column.name);
        format!("jetbridge sealed value v1\n{name}\n{class}\n{row}\n{owner}").into_bytes()
    }
}
