//! The same answers from one schema: what the product would be without federation.
//!
//! Plain `async_graphql` types over the same rows, with the same loaders, the same pages and as many statements, but no
//! gateway, no planning, and no field guard. It knows the fields that the measured queries ask for.

mod case;
mod claim;
mod customer;
mod detail;
mod journey;
mod store;

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, ID, Object, Schema, ValidationMode,
    connection::Connection,
};
use schema_kernel::{ContextExt, Database, PageArguments, Result, id, keyset::Cursor};

use self::customer::Customer;

/// The hand-merged schema.
pub(crate) type Merged = Schema<Query, EmptyMutation, EmptySubscription>;

/// A page of something, as the graph shows it.
type List<Node> = Connection<Cursor, Node>;

/// How many records a list inside another record holds when nobody says.
const USUAL: u32 = 10;

/// The schema on its database. With `validation` as it comes, each request is validated.
pub(crate) fn schema(database: &Database, validation: ValidationMode) -> Merged {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .data(database.clone())
        .validation_mode(validation)
        .finish()
}

/// The root.
pub(crate) struct Query;

#[Object]
impl Query {
    async fn customer(&self, context: &Context<'_>, id: ID) -> Option<Result<Customer>> {
        let load = async {
            let key = store::CustomerById(id::read(&id)?);
            Ok(context.loader()?.load_one(key).await?.map(Customer))
        };
        load.await.transpose()
    }

    async fn customers(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<Customer>> {
        let arguments = PageArguments {
            first,
            after,
            ..PageArguments::default()
        };
        let page = arguments.page(None)?;
        let rows = store::customers(context.database()?, &page).await?;
        Ok(page.connection(
            rows,
            |row| Cursor::by_text(&row.family_search, row.id),
            Customer,
        ))
    }
}
