//! What people say about what can be bought.

use async_graphql::{ID, Interface, Object, Result, Schema, Subscription as Events};
use futures_util::{Stream, StreamExt, stream};

use super::data;

pub(crate) struct Review(pub String);

#[Object]
impl Review {
    async fn id(&self) -> ID {
        data::id(&self.0)
    }

    async fn stars(&self) -> i32 {
        data::review(&self.0).3
    }

    #[graphql(provides = "name")]
    async fn author(&self) -> User {
        User(data::review(&self.0).1.to_owned())
    }

    async fn product(&self) -> Product {
        product(data::review(&self.0).2)
    }
}

pub(crate) struct User(pub String);

#[Object]
impl User {
    async fn id(&self) -> ID {
        data::id(&self.0)
    }

    #[graphql(external)]
    async fn name(&self) -> String {
        data::user_name(&self.0)
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

pub(crate) struct Book {
    sku: String,
    price: i32,
    weight: Option<i32>,
}

#[Object]
impl Book {
    async fn sku(&self) -> ID {
        data::id(&self.sku)
    }

    #[graphql(external)]
    async fn price(&self) -> i32 {
        self.price
    }

    #[graphql(external)]
    async fn weight(&self) -> Option<i32> {
        self.weight
    }

    #[graphql(requires = "price weight")]
    async fn shipping(&self) -> String {
        data::shipping(&self.sku, self.price, self.weight)
    }

    async fn reviews(&self) -> Vec<Review> {
        data::reviews_of_product(&self.sku)
            .into_iter()
            .map(|id| Review(id.to_owned()))
            .collect()
    }
}

pub(crate) struct Film(pub String);

#[Object]
impl Film {
    async fn sku(&self) -> ID {
        data::id(&self.0)
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
    field(name = "reviews", ty = "Vec<Review>")
)]
pub(crate) enum Product {
    Book(Book),
    Film(Film),
}

fn product(sku: &str) -> Product {
    if sku.starts_with('b') {
        Product::Book(Book {
            sku: sku.to_owned(),
            price: 0,
            weight: None,
        })
    } else {
        Product::Film(Film(sku.to_owned()))
    }
}

pub(crate) struct Query;

#[Object]
impl Query {
    #[graphql(entity)]
    async fn user_by_id(&self, id: ID) -> Option<Result<User>> {
        data::USERS.contains(&id.as_str()).then_some(Ok(User(id.0)))
    }

    #[graphql(entity)]
    async fn book_by_sku(
        &self,
        #[graphql(key)] sku: ID,
        price: Option<i32>,
        weight: Option<i32>,
    ) -> Option<Result<Book>> {
        Some(Ok(Book {
            sku: sku.0,
            price: price.unwrap_or_default(),
            weight,
        }))
    }

    #[graphql(entity)]
    async fn film_by_sku(&self, sku: ID) -> Option<Result<Film>> {
        Some(Ok(Film(sku.0)))
    }

    #[graphql(entity)]
    async fn review_by_id(&self, id: ID) -> Option<Result<Review>> {
        Some(Ok(Review(id.0)))
    }

    async fn reviews(&self) -> Vec<Review> {
        data::REVIEWS
            .iter()
            .map(|review| Review(review.0.to_owned()))
            .collect()
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn review(&self, id: ID) -> Review {
        Review(id.0)
    }
}

pub(crate) struct Subscription;

#[Events]
impl Subscription {
    /// The reviews with these ids, one after another. What is no review is an error.
    async fn review_written(&self, ids: Vec<ID>) -> Result<impl Stream<Item = Result<Review>>> {
        if ids.is_empty() {
            return data::fail("CONFLICT", "no review is being waited for");
        }
        Ok(stream::iter(ids).map(|id| {
            assert_ne!(id.as_str(), "panic", "a resolver panics");
            if data::REVIEWS.iter().any(|review| review.0 == id.as_str()) {
                Ok(Review(id.0))
            } else {
                data::fail("NOT_FOUND", "there is no such review")
            }
        }))
    }
}

pub(crate) fn schema() -> Schema<Query, Mutation, Subscription> {
    Schema::build(Query, Mutation, Subscription)
        .enable_subscription_in_federation()
        .finish()
}
