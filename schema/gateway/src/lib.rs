#![doc = include_str!("../README.md")]

mod coerce;
mod compose;
mod document;
mod error;
mod execute;
mod gateway;
mod introspect;
mod limit;
mod plan;
mod request;
mod response;
mod subgraph;
mod supergraph;

pub use self::{
    compose::{CompositionError, SubgraphSdl, compose},
    error::ErrorCode,
    gateway::{Gateway, GatewayBuilder, GatewayError, OperationNames, ResponseStream},
    limit::{Limits, Refusal, RefusalReason, refuse_excess},
    request::{Extensions, GraphQlRequest, RequestContext, read_object},
    response::{GraphQlError, GraphQlResponse, Location, PathSegment},
    subgraph::{
        BreakerOptions, HeaderRuleError, HeaderRules, HttpClient, HttpClientError, HttpOptions,
        HttpSubgraph, HttpUrlError, InProcess, OperationKind, Propagate, RequestHeaders,
        RetryOptions, Subgraph, SubgraphFetch, SubgraphOperation, SubgraphResponse, SubgraphStream,
        TrustedDocuments, error_of,
    },
    supergraph::{Supergraph, SupergraphError, SupergraphRule, check_agreement},
};
