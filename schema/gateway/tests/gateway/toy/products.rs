//! What can be bought.

use async_graphql::{
    EmptyMutation, EmptySubscription, ID, Interface, Object, Result, Schema, Union,
};

use super::data::{self, Format, SearchInput, Size};

pub(crate) struct Book(pub String);

#[Object]
impl Book {
    async fn sku(&self) -> ID {
        data::id(&self.0)
    }

    async fn title(&self) -> String {
        data::title(&self.0)
    }

    async fn price(&self) -> i32 {
        data::price(&self.0)
    }

    async fn weight(&self) -> Option<i32> {
        data::weight(&self.0)
    }

    async fn format(&self) -> Format {
        Format::Paper
    }

    async fn pages(&self) -> i32 {
        100
    }

    async fn cover(&self, size: Size) -> String {
        data::resized(&self.0, &size)
    }
}

pub(crate) struct Film(pub String);

#[Object]
impl Film {
    async fn sku(&self) -> ID {
        data::id(&self.0)
    }

    async fn title(&self) -> String {
        data::title(&self.0)
    }

    async fn price(&self) -> i32 {
        data::price(&self.0)
    }

    async fn weight(&self) -> Option<i32> {
        data::weight(&self.0)
    }

    async fn minutes(&self) -> i32 {
        90
    }
}

/// Something with a price.
#[derive(Interface)]
#[graphql(
    field(name = "sku", ty = "ID"),
    field(name = "title", ty = "String"),
    field(name = "price", ty = "i32")
)]
pub(crate) enum Product {
    Book(Book),
    Film(Film),
}

/// A person, known by id only.
pub(crate) struct User(pub String);

#[Object]
impl User {
    async fn id(&self) -> ID {
        data::id(&self.0)
    }

    async fn favourite(&self) -> Option<Product> {
        (self.0 != "2").then(|| product(if self.0 == "1" { "b1" } else { "f1" }))
    }
}

#[derive(Union)]
pub(crate) enum SearchResult {
    Book(Book),
    Film(Film),
    User(User),
}

pub(crate) fn product(sku: &str) -> Product {
    if sku.starts_with('b') {
        Product::Book(Book(sku.to_owned()))
    } else {
        Product::Film(Film(sku.to_owned()))
    }
}

pub(crate) struct Query;

#[Object]
impl Query {
    #[graphql(entity)]
    async fn book_by_sku(&self, sku: ID) -> Option<Result<Book>> {
        data::BOOKS
            .contains(&sku.as_str())
            .then_some(Ok(Book(sku.0)))
    }

    #[graphql(entity)]
    async fn film_by_sku(&self, sku: ID) -> Option<Result<Film>> {
        data::FILMS
            .contains(&sku.as_str())
            .then_some(Ok(Film(sku.0)))
    }

    #[graphql(entity)]
    async fn user_by_id(&self, id: ID) -> Option<Result<User>> {
        Some(Ok(User(id.0)))
    }

    async fn products(&self) -> Vec<Product> {
        data::BOOKS
            .iter()
            .chain(&data::FILMS)
            .map(|sku| product(sku))
            .collect()
    }

    async fn product(&self, sku: ID) -> Option<Product> {
        let known = data::BOOKS.contains(&sku.as_str()) || data::FILMS.contains(&sku.as_str());
        known.then(|| product(&sku))
    }

    async fn search(&self, input: SearchInput) -> Vec<SearchResult> {
        let _ = (&input.text, &input.formats);
        let all = vec![
            SearchResult::Book(Book("b1".into())),
            SearchResult::User(User("2".into())),
            SearchResult::Film(Film("f2".into())),
            SearchResult::User(User("4".into())),
        ];
        all.into_iter()
            .take(usize::try_from(input.limit).unwrap())
            .collect()
    }

    /// A person whom the accounts do not know.
    async fn stranger(&self) -> Option<User> {
        Some(User("99".to_owned()))
    }

    /// One known person, one with an impossible id, one nobody knows, one known.
    async fn people(&self) -> Vec<Option<User>> {
        ["1", "broken", "99", "2"]
            .map(|id| Some(User(id.to_owned())))
            .into()
    }

    async fn panics(&self, #[graphql(default = true)] now: bool) -> Option<bool> {
        assert!(!now, "a resolver that panics");
        None
    }

    async fn broken(&self) -> Option<User> {
        Some(User("broken".to_owned()))
    }

    #[graphql(shareable)]
    async fn version(&self) -> i32 {
        1
    }
}

pub(crate) fn schema() -> Schema<Query, EmptyMutation, EmptySubscription> {
    Schema::new(Query, EmptyMutation, EmptySubscription)
}
