//! Fields that require others: with arguments, one after another, and more than once.

use async_graphql::{
    EmptyMutation, EmptySubscription, Executor, ID, InputObject, Object, Result, SDLExportOptions,
    Schema, SimpleObject,
};
use schema_gateway::{Gateway, GraphQlRequest, InProcess, SubgraphSdl, Supergraph, compose};
use serde_json::{Value as Json, json};

use crate::toy::{context, error_paths, generous, to_json};

/// What things cost.
mod goods {
    use super::{ID, Object, Result};

    pub(super) struct Thing {
        id: ID,
        postage: i32,
    }

    #[Object]
    impl Thing {
        async fn id(&self) -> &ID {
            &self.id
        }

        async fn price(&self, tax: Option<i32>) -> Option<Result<i32>> {
            Some(match tax {
                Some(tax) if tax > 99 => Err("nobody pays that".into()),
                tax => Ok(100 + tax.unwrap_or_default()),
            })
        }

        async fn package(&self) -> Option<Package> {
            Some(Package)
        }

        #[graphql(external)]
        async fn postage(&self) -> i32 {
            self.postage
        }

        #[graphql(requires = "postage")]
        async fn total(&self) -> i32 {
            self.postage + 100
        }

        #[graphql(external)]
        async fn hen(&self) -> Option<i32> {
            None
        }

        #[graphql(requires = "hen")]
        async fn egg(&self) -> Option<i32> {
            None
        }
    }

    pub(super) struct Package;

    #[Object(shareable)]
    impl Package {
        async fn width(&self) -> i32 {
            3
        }

        async fn weight(&self) -> Result<i32> {
            Err("nobody has weighed it".into())
        }
    }

    pub(super) struct Query;

    #[Object]
    impl Query {
        #[graphql(entity)]
        async fn find(&self, #[graphql(key)] id: ID, postage: Option<i32>) -> Thing {
            let postage = postage.unwrap_or_default();
            Thing { id, postage }
        }

        async fn thing(&self) -> Thing {
            thing()
        }
    }

    pub(super) struct Mutation;

    #[Object]
    impl Mutation {
        async fn touch(&self) -> Thing {
            thing()
        }
    }

    fn thing() -> Thing {
        let id = ID::from("1");
        Thing { id, postage: 0 }
    }
}

/// What it costs to send them.
mod post {
    use super::{ID, InputObject, Object, SimpleObject};

    pub(super) struct Thing {
        id: ID,
        price: Option<i32>,
        total: i32,
        package: Option<Package>,
    }

    /// As much of it as is required.
    #[derive(InputObject)]
    #[graphql(name = "PackageInput")]
    pub(super) struct Package {
        width: i32,
    }

    /// As much of it as a graph has to know that shares the type.
    #[derive(SimpleObject)]
    #[graphql(name = "Package", shareable)]
    pub(super) struct Shared {
        width: i32,
        weight: i32,
    }

    #[Object]
    impl Thing {
        async fn id(&self) -> &ID {
            &self.id
        }

        #[graphql(external)]
        async fn price(&self, tax: Option<i32>) -> Option<i32> {
            self.price.or(tax)
        }

        #[graphql(external)]
        async fn total(&self) -> i32 {
            self.total
        }

        #[graphql(external)]
        async fn package(&self) -> Option<Shared> {
            None
        }

        #[graphql(requires = "package { width }")]
        async fn is_wide(&self) -> bool {
            self.package.as_ref().is_some_and(|one| one.width > 2)
        }

        async fn postage(&self) -> i32 {
            7
        }

        #[graphql(external)]
        async fn egg(&self) -> Option<i32> {
            None
        }

        #[graphql(requires = "egg")]
        async fn hen(&self) -> Option<i32> {
            None
        }

        #[graphql(requires = "price(tax: 11)")]
        async fn duty(&self) -> Option<i32> {
            self.price
        }

        #[graphql(requires = "price(tax: 12)")]
        async fn fee(&self) -> Option<i32> {
            self.price
        }

        #[graphql(requires = "price(tax: 500)")]
        async fn priceless(&self) -> Option<i32> {
            self.price
        }

        #[graphql(requires = "total postage")]
        async fn insured(&self, times: i32) -> i32 {
            self.total * times
        }
    }

    pub(super) struct Query;

    #[Object]
    impl Query {
        #[graphql(entity)]
        async fn find(
            &self,
            #[graphql(key)] id: ID,
            price: Option<i32>,
            total: Option<i32>,
            package: Option<Package>,
        ) -> Thing {
            Thing {
                id,
                price,
                total: total.unwrap_or_default(),
                package,
            }
        }
    }
}

fn goods() -> Schema<goods::Query, goods::Mutation, EmptySubscription> {
    Schema::new(goods::Query, goods::Mutation, EmptySubscription)
}

fn post() -> Schema<post::Query, EmptyMutation, EmptySubscription> {
    Schema::new(post::Query, EmptyMutation, EmptySubscription)
}

async fn ask(query: &str) -> Json {
    let sdl = |name: &str, sdl: String| SubgraphSdl {
        name: name.to_owned(),
        url: format!("http://{name}.example/graphql"),
        sdl,
    };
    let options = SDLExportOptions::new().federation();
    let supergraph = compose(&[
        sdl("goods", goods().sdl_with_options(options)),
        sdl("post", post().sdl_with_options(options)),
    ]);
    let supergraph = Supergraph::parse(&supergraph.unwrap()).unwrap();
    let gateway = Gateway::builder(supergraph)
        .subgraph("goods", in_process(goods()))
        .subgraph("post", in_process(post()))
        .limits(generous())
        .build()
        .unwrap();
    to_json(&gateway.execute(GraphQlRequest::new(query), context()).await)
}

fn in_process<E: Executor>(
    schema: E,
) -> InProcess<
    E,
    impl Fn(async_graphql::Request, &schema_gateway::RequestContext) -> async_graphql::Request,
> {
    InProcess::new(schema, |request, _| request)
}

#[tokio::test]
async fn one_field_is_required_with_different_arguments() {
    let response = ask("{ thing { duty fee } }").await;
    let expected = json!({"duty": 111, "fee": 112});
    assert_eq!(response, json!({"data": {"thing": expected}}));
}

#[tokio::test]
async fn the_arguments_of_a_client_are_not_those_of_who_requires() {
    let query = "{ thing { price fee price2: price(tax: 11) } }";
    let expected = json!({"price": 100, "fee": 112, "price2": 111});
    assert_eq!(ask(query).await, json!({"data": {"thing": expected}}));
}

#[tokio::test]
async fn what_fails_for_who_requires_it_fails_unseen() {
    let response = ask("{ thing { priceless price } }").await;
    let expected = json!({"priceless": null, "price": 100});
    assert_eq!(response, json!({"data": {"thing": expected}}));
}

#[tokio::test]
async fn what_fails_for_the_client_too_is_seen_where_the_client_asked() {
    let response = ask("{ thing { priceless p: price(tax: 500) } }").await;
    assert_eq!(
        response["data"]["thing"],
        json!({"priceless": null, "p": null})
    );
    assert_eq!(error_paths(&response), ["thing.p: INTERNAL_SERVER_ERROR"]);
}

#[tokio::test]
async fn a_field_requires_what_requires_another() {
    let response = ask("{ thing { insured(times: 2) } }").await;
    assert_eq!(response, json!({"data": {"thing": {"insured": 214}}}));
}

/// The planner library goes on for ever here: it merges fetches that depend on one another.
#[tokio::test]
async fn a_chain_of_requirements_is_planned_twice_in_one_mutation() {
    let query =
        "mutation { a: touch { id } b: touch { x: insured(times: 1) y: insured(times: 2) } }";
    let expected = json!({"a": {"id": "1"}, "b": {"x": 107, "y": 214}});
    assert_eq!(ask(query).await, json!({"data": expected}));
}

#[tokio::test]
async fn null_does_not_spread_from_the_client_s_fields_to_what_another_requires() {
    let response = ask("{ thing { package { weight } isWide } }").await;
    let expected = json!({"package": null, "isWide": true});
    assert_eq!(response["data"]["thing"], expected);
    let errors = error_paths(&response);
    assert_eq!(errors, ["thing.package.weight: INTERNAL_SERVER_ERROR"]);
}

#[tokio::test]
async fn requirements_in_a_circle_are_an_error_of_the_graph() {
    let response = ask("{ thing { egg } }").await;
    assert_eq!(error_paths(&response), [": INTERNAL_SERVER_ERROR"]);
}
