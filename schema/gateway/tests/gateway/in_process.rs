//! What a subgraph in the same process refuses, and what it need not check again.

use async_graphql::{
    EmptyMutation, EmptySubscription, InputValueError, InputValueResult, Object, Request,
    SDLExportOptions, Scalar, ScalarType, Schema, SchemaBuilder, ValidationMode, Value,
};
use schema_gateway::{
    Gateway, GraphQlRequest, InProcess, RequestContext, SubgraphSdl, Supergraph, TrustedDocuments,
    compose,
};
use serde_json::{Value as Json, json};

use crate::toy::{error_paths, to_json};

/// A scalar that only its subgraph can judge.
struct Even(i64);

#[Scalar]
impl ScalarType for Even {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) if number.as_i64().is_some_and(|number| number % 2 == 0) => {
                Ok(Self(number.as_i64().unwrap_or_default()))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::Number(number) if number.as_i64().is_some_and(|number| number % 2 == 0))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

struct Query;

#[Object]
impl Query {
    async fn half(&self, of: Even) -> Option<i64> {
        Some(of.0 / 2)
    }

    async fn who(&self, context: &async_graphql::Context<'_>) -> Option<String> {
        context.data_opt::<String>().cloned()
    }

    async fn deeper(&self) -> Self {
        Self
    }
}

type Builder = SchemaBuilder<Query, EmptyMutation, EmptySubscription>;
type Built = Schema<Query, EmptyMutation, EmptySubscription>;

fn builder() -> Builder {
    Schema::build(Query, EmptyMutation, EmptySubscription)
}

fn gateway(schema: &Built) -> Gateway {
    let sdl = schema.sdl_with_options(SDLExportOptions::new().federation());
    let sdl = compose(&[SubgraphSdl {
        name: "numbers".to_owned(),
        url: "http://numbers.example".to_owned(),
        sdl,
    }]);
    let attach =
        |request: Request, context: &RequestContext| match context.extensions.get::<String>() {
            Some(who) => request.data(who.clone()),
            None => request,
        };
    Gateway::builder(Supergraph::parse(&sdl.unwrap()).unwrap())
        .subgraph("numbers", InProcess::new(schema.clone(), attach))
        .build()
        .unwrap()
}

async fn ask(schema: &Built, query: &str, variables: Json) -> Json {
    let request = GraphQlRequest::new(query).with_variables(variables.as_object().unwrap().clone());
    to_json(
        &gateway(schema)
            .execute(request, RequestContext::new("request-1"))
            .await,
    )
}

#[tokio::test]
async fn a_scalar_that_its_subgraph_refuses_is_bad_input_however_it_validates() {
    let schemas = [
        ("strict", builder().finish()),
        (
            "fast",
            builder().validation_mode(ValidationMode::Fast).finish(),
        ),
        ("trusted", builder().extension(TrustedDocuments).finish()),
    ];
    for (mode, schema) in schemas {
        let query = "query($of: Even!) { half(of: $of) }";
        let good = ask(&schema, query, json!({"of": 4})).await;
        assert_eq!(good, json!({"data": {"half": 2}}), "{mode}");
        for (query, variables) in [(query, json!({"of": 3})), ("{ half(of: 3) }", json!({}))] {
            let bad = ask(&schema, query, variables).await;
            assert_eq!(
                error_paths(&bad),
                ["half: BAD_USER_INPUT"],
                "{mode} {query}: {bad}"
            );
            assert_eq!(bad["data"], json!({"half": null}), "{mode} {query}");
        }
    }
}

#[tokio::test]
async fn a_refused_value_is_not_repeated() {
    for schema in [
        builder().finish(),
        builder().validation_mode(ValidationMode::Fast).finish(),
    ] {
        let query = "query($of: Even!) { half(of: $of) }";
        let bad = ask(&schema, query, json!({"of": "N1234567"})).await;
        assert_eq!(error_paths(&bad), ["half: BAD_USER_INPUT"]);
        assert!(!bad.to_string().contains("N1234567"), "{bad}");
    }
}

#[tokio::test]
async fn a_document_of_the_gateway_is_not_validated_again() {
    // The depth limit is part of validation, so it shows whether validation ran.
    let query = "{ deeper { deeper { half(of: 2) } } }";
    let expected = json!({"data": {"deeper": {"deeper": {"half": 1}}}});
    let strict = builder().limit_depth(1).finish();
    assert_ne!(ask(&strict, query, json!({})).await, expected);
    let trusted = builder()
        .limit_depth(1)
        .extension(TrustedDocuments)
        .finish();
    assert_eq!(ask(&trusted, query, json!({})).await, expected);
}

#[tokio::test]
async fn a_document_from_elsewhere_is_validated_in_spite_of_the_extension() {
    let trusted = builder()
        .limit_depth(1)
        .extension(TrustedDocuments)
        .finish();
    for query in [
        "{ deeper { deeper { half(of: 2) } } }",
        "{ nothing }",
        "{ half(of: 2) half(of: 4) }",
    ] {
        assert!(trusted.execute(query).await.is_err(), "{query}");
    }
}

#[tokio::test]
async fn resolvers_see_what_the_host_attached() {
    let context = RequestContext::new("request-1").with("Amira".to_owned());
    let response = gateway(&builder().finish())
        .execute(GraphQlRequest::new("{ who }"), context)
        .await;
    assert_eq!(to_json(&response), json!({"data": {"who": "Amira"}}));
}
