//! The facts of the toy world.

use async_graphql::{Error, ErrorExtensions, ID, InputObject, Result, SimpleObject};

#[derive(Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
pub(crate) enum Format {
    Paper,
    Electronic,
}

#[derive(InputObject)]
pub(crate) struct SearchInput {
    pub(crate) text: String,
    #[graphql(default = 10)]
    pub(crate) limit: i32,
    pub(crate) formats: Option<Vec<Format>>,
}

#[derive(InputObject)]
pub(crate) struct Size {
    pub(crate) width: i32,
    pub(crate) height: Option<i32>,
}

#[derive(Clone, SimpleObject)]
#[graphql(shareable)]
pub(crate) struct Address {
    pub(crate) city: String,
    pub(crate) country: String,
}

pub(crate) const USERS: [&str; 5] = ["1", "2", "3", "4", "5"];
pub(crate) const BOOKS: [&str; 2] = ["b1", "b2"];
pub(crate) const FILMS: [&str; 2] = ["f1", "f2"];
/// Reviews: id, author, product, stars.
pub(crate) const REVIEWS: [(&str, &str, &str, i32); 7] = [
    ("r1", "1", "b1", 5),
    ("r2", "1", "f1", 3),
    ("r3", "2", "b1", 4),
    ("r4", "3", "b2", 1),
    ("r5", "3", "f2", 2),
    ("r6", "4", "b2", 5),
    ("r7", "5", "f1", 4),
];

pub(crate) fn fail<T>(code: &'static str, message: &str) -> Result<T> {
    Err(Error::new(message).extend_with(|_, extensions| extensions.set("code", code)))
}

pub(crate) fn user_name(id: &str) -> String {
    format!("User {id}")
}

/// Fails for one, is null for another.
pub(crate) fn user_nickname(id: &str) -> Option<Result<String>> {
    match id {
        "2" => None,
        "3" => Some(fail("NOT_FOUND", "no nickname here")),
        _ => Some(Ok(format!("nick-{id}"))),
    }
}

/// Must not be null, and fails for one.
pub(crate) fn user_email(id: &str) -> Result<String> {
    if id == "4" {
        fail("FORBIDDEN", "this address is not yours to see")
    } else {
        Ok(format!("{id}@example.org"))
    }
}

pub(crate) fn user_address(id: &str) -> Option<Address> {
    (id != "5").then(|| Address {
        city: format!("City {id}"),
        country: "AE".to_owned(),
    })
}

pub(crate) fn title(sku: &str) -> String {
    format!("Title of {sku}")
}

pub(crate) fn price(sku: &str) -> i32 {
    if sku.starts_with('b') { 20 } else { 10 }
}

pub(crate) fn weight(sku: &str) -> Option<i32> {
    match sku {
        "b1" => Some(300),
        "b2" => None,
        _ => Some(100),
    }
}

pub(crate) fn shipping(sku: &str, price: i32, weight: Option<i32>) -> String {
    format!("{sku}:{price}:{weight:?}")
}

pub(crate) fn resized(sku: &str, size: &Size) -> String {
    format!(
        "{sku}@{}x{}",
        size.width,
        size.height
            .map_or("auto".to_owned(), |height| height.to_string())
    )
}

pub(crate) fn reviews_of_user(id: &str) -> Vec<&'static str> {
    REVIEWS
        .iter()
        .filter(|review| review.1 == id)
        .map(|review| review.0)
        .collect()
}

pub(crate) fn reviews_of_product(sku: &str) -> Vec<&'static str> {
    REVIEWS
        .iter()
        .filter(|review| review.2 == sku)
        .map(|review| review.0)
        .collect()
}

pub(crate) fn review(id: &str) -> (&'static str, &'static str, &'static str, i32) {
    *REVIEWS.iter().find(|review| review.0 == id).unwrap()
}

/// The reputation of users is known to the reviews subgraph; that of one cannot be told, and it must not be null.
pub(crate) fn reputation(id: &str) -> Result<i32> {
    if id == "5" {
        fail("CONFLICT", "the votes are being counted")
    } else {
        Ok(id.parse::<i32>().unwrap() * 10)
    }
}

pub(crate) fn id(text: &str) -> ID {
    ID(text.to_owned())
}
