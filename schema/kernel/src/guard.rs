//! The field guard: no field is reached without a decision.
//!
//! Every field of a subgraph declares the scopes it needs with `@requiresScopes`, on itself or on its type; that
//! declaration is what partners and routers read in the schema, and it is also what is enforced here, so the two cannot
//! drift apart. A field without a declaration is denied to everybody but the airline's own services.
//!
//! The decision depends on the actor and the document alone, so it is made once for each request, by one walk over the
//! document before it runs. A denied field answers `null` with `FORBIDDEN` (or `UNAUTHENTICATED`) at its own path, and
//! its resolver never runs. Rows are the stores' matter: see [`crate::permit`].

mod rights;
mod scopes;
mod walk;

use std::sync::Arc;

use async_graphql::{
    Executor, ObjectType, Request, Response, SDLExportOptions, Schema, SchemaBuilder,
    SubscriptionType, dataloader::DataLoader,
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};

pub use self::{
    rights::{Decision, Requirement, Rights, RightsError},
    scopes::RequiresScopes,
};
use crate::{Actor, Reader, Session, loader::Batches};

/// A schema behind its guard. It can be served alone or mounted in a gateway; there is no way round it.
#[derive(Clone)]
pub struct Guarded<S> {
    schema: S,
    sdl: Arc<str>,
    rights: Arc<Rights>,
}

/// Finishes a subgraph's schema and puts the guard in front of it.
///
/// # Errors
/// When the schema's own definition language cannot be read back, which would leave the guard without its table.
pub fn guard<Query, Mutation, Subscription>(
    builder: SchemaBuilder<Query, Mutation, Subscription>,
) -> Result<Guarded<Schema<Query, Mutation, Subscription>>, RightsError>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let schema = builder
        .enable_federation()
        .enable_subscription_in_federation()
        .directive(walk::denied)
        .finish();
    let sdl = schema.sdl_with_options(SDLExportOptions::new().federation());
    let rights = Rights::from_sdl(&sdl)?;
    Ok(Guarded {
        schema,
        sdl: walk::without_marker(&sdl).into(),
        rights: Arc::new(rights),
    })
}

impl<S> Guarded<S> {
    /// The subgraph's definition in the schema language, with its federation directives.
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// The table of what each field asks for.
    pub fn rights(&self) -> &Rights {
        &self.rights
    }

    fn admit(&self, mut request: Request) -> Request {
        let actor = actor(&request);
        // A document that cannot be parsed reaches the schema unchanged, which says so.
        let Ok(document) = request.parsed_query() else {
            return request;
        };
        if !walk::allows(document, &self.rights, &actor) {
            let mut document = document.clone();
            walk::mark_denied(&mut document, &self.rights, &actor);
            request.set_parsed_query(document);
        }
        request
    }
}

impl<S: Executor> Guarded<S> {
    async fn run(&self, request: Request) -> Response {
        let request = self.admit(request);
        match batches(&request) {
            Some(batches) => batches.read_for(self.schema.execute(request)).await,
            None => self.schema.execute(request).await,
        }
    }
}

impl<S: Executor> Executor for Guarded<S> {
    async fn execute(&self, mut request: Request) -> Response {
        let services = request
            .parsed_query()
            .map_or_else(|_| Vec::new(), walk::services);
        let mut response = self.run(request).await;
        walk::publish(&mut response.data, &services, &self.sdl);
        response
    }

    fn execute_stream(
        &self,
        mut request: Request,
        session_data: Option<Arc<async_graphql::Data>>,
    ) -> BoxStream<'static, Response> {
        if !walk::is_subscription(&mut request) {
            let guarded = self.clone();
            return stream::once(async move { guarded.execute(request).await }).boxed();
        }
        let actor = actor(&request);
        if let Some(refusal) = walk::refuse_root(&mut request, &self.rights, &actor) {
            return stream::once(std::future::ready(refusal)).boxed();
        }
        let request = self.admit(request);
        let batches = batches(&request);
        let events = Executor::execute_stream(&self.schema, request, session_data);
        match batches {
            Some(batches) => stream::unfold((events, batches), |(mut events, batches)| async {
                let event = batches.read_for(events.next()).await?;
                Some((event, (events, batches)))
            })
            .boxed(),
            None => events,
        }
    }
}

fn actor(request: &Request) -> Actor {
    attached::<Session>(request).map_or_else(Actor::anonymous, |session| session.actor.clone())
}

fn batches(request: &Request) -> Option<Batches> {
    attached::<DataLoader<Reader>>(request).map(|loader| loader.loader().batches().clone())
}

/// What the host attached to the request.
fn attached<T: std::any::Any + Send + Sync>(request: &Request) -> Option<&T> {
    request
        .data
        .get(&std::any::TypeId::of::<T>())?
        .downcast_ref()
}
