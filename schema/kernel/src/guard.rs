//! The field guard: no field is reached without a decision.
//!
//! Every field of a subgraph declares the scopes it needs with `@requiresScopes`, on itself or on its type; that
//! declaration is what partners and routers read in the schema, and it is also what is enforced here, so the two cannot
//! drift apart. A field without a declaration is denied to everybody but the airline's own services.
//!
//! The decision depends on the actor and the document alone, so it is made once for each request, by one walk over the
//! document before it runs. A denied field answers `null` with `FORBIDDEN` (or `UNAUTHENTICATED`) at its own path, and
//! its resolver never runs. Rows are the stores' matter: see [`crate::permit`].

mod personal;
mod reading;
mod rights;
mod scopes;
mod walk;
mod watch;

use std::sync::Arc;

use async_graphql::{
    Executor, ObjectType, Request, Response, SDLExportOptions, Schema, SchemaBuilder,
    SubscriptionType, dataloader::DataLoader,
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};

use self::walk::Mark;
pub use self::{
    personal::Personal,
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
    domain: Arc<str>,
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
        domain: "".into(),
    })
}

impl<S> Guarded<S> {
    /// The subgraph's definition in the schema language, with its federation directives.
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// The same under the name of its domain, which the audit log shows.
    #[must_use]
    pub fn of(self, domain: &str) -> Self {
        Self {
            domain: domain.into(),
            ..self
        }
    }

    /// The table of what each field asks for.
    pub fn rights(&self) -> &Rights {
        &self.rights
    }

    /// Marks what the actor may not have, and says what that was.
    fn admit(&self, mut request: Request) -> (Request, Vec<String>) {
        let actor = actor(&request);
        // A document that cannot be parsed reaches the schema unchanged, which says so.
        let Ok(document) = request.parsed_query() else {
            return (request, Vec::new());
        };
        if walk::allows(document, &self.rights, &actor) {
            return (request, Vec::new());
        }
        let mut document = document.clone();
        let refused = walk::mark(&mut document, &self.rights, Mark::Denied(&actor));
        request.set_parsed_query(document);
        (request, refused)
    }
}

impl<S: Executor> Guarded<S> {
    async fn run(&self, request: Request) -> Response {
        let (request, refused) = self.admit(request);
        let (request, watch) = self.watch(request, refused).await;
        let mut response = match batches(&request) {
            Some(batches) => batches.read_for(self.schema.execute(request)).await,
            None => self.schema.execute(request).await,
        };
        if let Some(watch) = watch {
            watch.see(&mut response).await;
        }
        response
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
        let guarded = self.clone();
        stream::once(async move {
            let (request, refused) = guarded.admit(request);
            let (request, watch) = guarded.watch(request, refused).await;
            let batches = batches(&request).unwrap_or_default();
            let events = Executor::execute_stream(&guarded.schema, request, session_data);
            let watch = watch.map(Arc::new);
            stream::unfold(
                (events, batches, watch),
                |(mut events, batches, watch)| async {
                    let mut event = batches.read_for(events.next()).await?;
                    if let Some(watch) = &watch {
                        watch.see(&mut event).await;
                    }
                    Some((event, (events, batches, watch)))
                },
            )
        })
        .flatten()
        .boxed()
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
