//! The same world in one schema: what the gateway has to equal.

use async_graphql::{EmptySubscription, ID, Interface, Object, Result, Schema, Union};

use super::data::{self, Address, Format, SearchInput, Size};

pub(crate) struct User(String);

#[Object]
impl User {
    async fn id(&self) -> ID {
        data::id(&self.0)
    }
    async fn name(&self) -> String {
        data::user_name(&self.0)
    }
    async fn nickname(&self) -> Option<Result<String>> {
        data::user_nickname(&self.0)
    }
    async fn email(&self) -> Result<String> {
        data::user_email(&self.0)
    }
    async fn address(&self) -> Option<Address> {
        data::user_address(&self.0)
    }
    async fn friends(&self, #[graphql(default = 2)] first: i32) -> Vec<User> {
        let others = data::USERS.iter().filter(|id| **id != self.0);
        others
            .take(usize::try_from(first).unwrap())
            .map(|id| User((*id).to_owned()))
            .collect()
    }
    async fn favourite(&self) -> Option<Product> {
        (self.0 != "2").then(|| product(if self.0 == "1" { "b1" } else { "f1" }))
    }
    async fn reviews(&self) -> Vec<Review> {
        data::reviews_of_user(&self.0)
            .into_iter()
            .map(|id| Review(id.to_owned()))
            .collect()
    }
    async fn reputation(&self) -> Result<i32> {
        data::reputation(&self.0)
    }
}

pub(crate) struct Book(String);

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
    async fn shipping(&self) -> String {
        data::shipping(&self.0, data::price(&self.0), data::weight(&self.0))
    }
    async fn reviews(&self) -> Vec<Review> {
        data::reviews_of_product(&self.0)
            .into_iter()
            .map(|id| Review(id.to_owned()))
            .collect()
    }
}

pub(crate) struct Film(String);

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
    async fn reviews(&self) -> Vec<Review> {
        data::reviews_of_product(&self.0)
            .into_iter()
            .map(|id| Review(id.to_owned()))
            .collect()
    }
}

#[derive(Interface)]
#[graphql(
    field(name = "sku", ty = "ID"),
    field(name = "title", ty = "String"),
    field(name = "price", ty = "i32"),
    field(name = "reviews", ty = "Vec<Review>")
)]
pub(crate) enum Product {
    Book(Book),
    Film(Film),
}

#[derive(Union)]
pub(crate) enum SearchResult {
    Book(Book),
    Film(Film),
    User(User),
}

pub(crate) struct Review(String);

#[Object]
impl Review {
    async fn id(&self) -> ID {
        data::id(&self.0)
    }
    async fn stars(&self) -> i32 {
        data::review(&self.0).3
    }
    async fn author(&self) -> User {
        User(data::review(&self.0).1.to_owned())
    }
    async fn product(&self) -> Product {
        product(data::review(&self.0).2)
    }
}

fn product(sku: &str) -> Product {
    if sku.starts_with('b') {
        Product::Book(Book(sku.to_owned()))
    } else {
        Product::Film(Film(sku.to_owned()))
    }
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn users(&self) -> Vec<User> {
        data::USERS
            .iter()
            .map(|id| User((*id).to_owned()))
            .collect()
    }
    async fn user(&self, id: ID) -> Option<User> {
        data::USERS.contains(&id.as_str()).then_some(User(id.0))
    }
    async fn doom(&self) -> Result<String> {
        data::fail("CONFLICT", "doom")
    }
    async fn ids(&self, of: Vec<Option<i32>>) -> Vec<Option<i32>> {
        of
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
    async fn reviews(&self) -> Vec<Review> {
        data::REVIEWS
            .iter()
            .map(|review| Review(review.0.to_owned()))
            .collect()
    }
    async fn version(&self) -> i32 {
        1
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn rename(&self, id: ID, name: String) -> Result<User> {
        let _ = name;
        if id.as_str() == "0" {
            data::fail("NOT_FOUND", "nobody has this id")
        } else {
            Ok(User(id.0))
        }
    }
    async fn review(&self, id: ID) -> Review {
        Review(id.0)
    }
}

pub(crate) fn schema() -> Schema<Query, Mutation, EmptySubscription> {
    Schema::new(Query, Mutation, EmptySubscription)
}
