//! The composition root: configuration in, a working product out.

mod audit;
mod courier;
pub mod database;
mod gateway;
mod identity;
mod payout;
pub mod privacy;
mod reference;
pub mod retention;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, anyhow, bail};
use async_graphql::ValidationMode;
use schema_engagement::courier::Courier;
use schema_gateway::{GraphQlRequest, OperationNames};
use schema_identity::Identity as IdentityDomain;
use schema_kernel::{
    Clock, IdSource, Session,
    audit::AuditLog,
    delivery::Delivery,
    dispatcher::{Consumer, Dispatcher},
    id::{CustomerId, TypedId},
};
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit};

pub use self::payout::Payouts;
use self::{database::Databases, gateway::follow};
use crate::{
    auth::{Authenticator, DevelopmentKey, Identity, KeySet, Role, signing::SigningKeys},
    bus::Bus,
    config::{Config, RateRule},
    frontend::Frontends,
    graph::{
        Allowance, Connections, Graph, Shape,
        documents::Documents,
        follow::Follower,
        live::Live,
        subgraph::{self, Feeds, Hosts, SubgraphName},
    },
    rate::Rates,
};

/// The product, put together and ready to be asked; it listens nowhere yet. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    databases: Databases,
    graph: Graph,
    feeds: Feeds,
    connections: Connections,
    authenticator: Option<Arc<Authenticator>>,
    identity: Option<IdentityDomain>,
    signing_keys: RwLock<Option<SigningKeys>>,
    development_key: Option<DevelopmentKey>,
    consumers: Vec<Arc<dyn Consumer>>,
    dispatcher: Option<Dispatcher>,
    courier: Option<Courier>,
    bus: Option<Bus>,
    payouts: Option<Payouts>,
    follower: Option<Follower>,
    documents: Documents,
    frontends: Frontends,
    rates: Rates,
    in_flight: Semaphore,
    readiness: Readiness,
    clock: Clock,
    ids: IdSource,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("App")
            .field("graph", &self.graph)
            .finish_non_exhaustive()
    }
}

/// What a start may differ in, besides the configuration.
#[derive(Debug, Default)]
pub struct StartOptions {
    /// Serve this subgraph alone, on its own database. Events are then delivered by `jetbridge drain --follow`.
    pub subgraph: Option<SubgraphName>,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Where new identifiers come from.
    pub ids: IdSource,
}

/// Whether the process takes requests. It says no before it stops listening.
#[derive(Debug)]
pub struct Readiness(AtomicBool);

impl Default for Readiness {
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

impl Readiness {
    /// Whether requests may be sent here.
    pub fn is_ready(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Asks whoever sends requests to send them elsewhere from now on.
    pub fn withdraw(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl App {
    /// Puts everything together: databases, migrations, reference data, subgraphs, gateway, delivery of events.
    ///
    /// # Errors
    /// When a part cannot be had; the error says which, and what would help.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        Self::start_with(config, StartOptions::default()).await
    }

    /// The same with another clock, other identifiers, or one subgraph alone.
    ///
    /// # Errors
    /// As [`App::start`].
    pub async fn start_with(config: Config, options: StartOptions) -> anyhow::Result<Self> {
        let StartOptions {
            subgraph,
            clock,
            ids,
        } = options;
        let frontends = Frontends::load(&config.frontend)?;
        let mut documents = Documents::load(&config.graphql.documents, config.profile)?;
        frontends.trust(&mut documents)?;
        // A router writes documents of its own, and its clients were bound by it.
        if subgraph.is_some() {
            documents = documents.unbound();
        }
        let (keys, development_key) = keys(&config)?;
        let mut authenticator = Authenticator::new(keys, &config.auth, clock.clone());

        let databases = Databases::open(&config.database, subgraph).await?;
        databases.migrate_or_refuse(&config).await?;
        reference::load(&databases).await?;
        reference::take_up_rules(&databases, &clock, &ids).await?;
        let starting = Session::new(
            schema_kernel::Actor::service("start"),
            "start",
            clock.clone(),
            ids.clone(),
        );
        let identity = identity::identity(&config, &databases, &starting).await?;
        let mut signing_keys = None;
        if let Some(identity) = &identity {
            authenticator = authenticator.knowing(identity.standing().clone());
            let folder = config.auth.signing_keys_folder(&config.data_folder);
            let keys = SigningKeys::in_folder(&folder, clock.now())?;
            authenticator.believe(keys.public()?);
            signing_keys = Some(keys);
        }

        let privacy = privacy::privacy(&config, &starting)?;
        let hosts = Hosts {
            identity: identity.as_ref(),
            privacy: &privacy,
        };
        let feeds = Feeds::of(&databases, config.subscription.interval);
        let names = Arc::new(OperationNames::knowing(documents.operation_names()));
        let (shape, follower) = match (subgraph, &config.graphql.supergraph) {
            (Some(name), _) => {
                let single = subgraph::single(name, &databases, &feeds, hosts, &config)?;
                (Shape::Subgraph(single), None)
            }
            (None, None) => {
                let gateway = subgraph::gateway(&databases, &feeds, hosts, &config, names)?;
                (Shape::Supergraph(Arc::new(Live::new(gateway))), None)
            }
            // What the file says of our subgraphs may not be what they are: they look for themselves.
            (None, Some(file)) => {
                let own =
                    subgraph::own(&databases, &feeds, hosts, &config, ValidationMode::Strict)?;
                let follower = follow(file, own, &config, names)?;
                (Shape::Supergraph(follower.live()), Some(follower))
            }
        };
        let audit = audit::start(&databases, &clock, &ids);
        let graph = Graph::from(shape).audited_by(audit);
        // Whoever asks one subgraph was counted by the router in front of it.
        let mut rate = config.rate.clone();
        if subgraph.is_some() {
            rate.limits = RateRule::Off;
        }
        let rates = Rates::new(&rate, config.profile, clock.clone())?;
        let in_flight = Semaphore::new(config.graphql.in_flight);
        let connections = Connections::at_most(config.subscription.connections);
        let session = Session::new(
            schema_kernel::Actor::service("dispatcher"),
            "dispatcher",
            clock.clone(),
            ids.clone(),
        );
        let bus = Bus::connect(&config.event, &databases, &session, &privacy).await?;
        let dispatcher = match subgraph {
            None => Some(subgraph::dispatcher(&databases, session, &privacy)?),
            Some(_) => None,
        };
        let courier = courier::courier(&config, &databases, &graph, &clock, &ids)?;
        let payouts = match databases.get(SubgraphName::Compensation) {
            Ok(database) => {
                let paying = Session::new(
                    schema_kernel::Actor::service("payouts"),
                    "payouts",
                    clock.clone(),
                    ids.clone(),
                );
                Some(Payouts::of(&config, database.clone(), paying)?)
            }
            // Served elsewhere.
            Err(_) => None,
        };
        Ok(Self(Arc::new(Inner {
            config,
            graph,
            feeds,
            connections,
            authenticator: Some(Arc::new(authenticator)),
            identity,
            signing_keys: RwLock::new(signing_keys),
            development_key,
            consumers: subgraph::consumers(&databases, &privacy),
            dispatcher,
            courier,
            bus,
            payouts,
            follower,
            documents,
            frontends,
            rates,
            in_flight,
            readiness: Readiness::default(),
            databases,
            clock,
            ids,
        })))
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Where data lies.
    pub fn databases(&self) -> &Databases {
        &self.0.databases
    }

    /// Where what is done with personal data is recorded. `None` where the subgraphs elsewhere keep their own log.
    pub fn audit(&self) -> Option<&AuditLog> {
        self.graph().audit()
    }

    /// What `/graphql` answers with.
    pub fn graph(&self) -> &Graph {
        &self.0.graph
    }

    /// The live events of each domain.
    pub fn feeds(&self) -> &Feeds {
        &self.0.feeds
    }

    /// How much may be asked.
    pub fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// A place for one more request, as long as it is held; `None` where there are as many as there may be.
    pub fn enter(&self) -> Option<SemaphorePermit<'_>> {
        self.0.in_flight.try_acquire().ok()
    }

    /// Documents that clients of ours were built with.
    pub fn documents(&self) -> &Documents {
        &self.0.documents
    }

    /// What people see.
    pub fn frontends(&self) -> &Frontends {
        &self.0.frontends
    }

    /// Whether this process signs tokens for one's own machine.
    pub fn has_development_key(&self) -> bool {
        self.0.development_key.is_some()
    }

    /// Connections that stay: sockets and event streams.
    pub fn connections(&self) -> &Connections {
        &self.0.connections
    }

    /// Whose tokens are believed; `None` where tokens are only passed on.
    pub fn authenticator(&self) -> Option<Arc<Authenticator>> {
        self.0.authenticator.clone()
    }

    /// Who can sign in here. `None` where the identity domain is served elsewhere.
    pub fn identity(&self) -> Option<&IdentityDomain> {
        self.0.identity.as_ref()
    }

    /// The session of a request before it is known who asks.
    pub fn asking(&self) -> Session {
        Session::new(
            schema_kernel::Actor::anonymous(),
            self.new_id::<schema_kernel::id::EventId>().to_string(),
            self.0.clock.clone(),
            self.0.ids.clone(),
        )
    }

    /// Waits until what somebody has shown does not hold any more, as far as this process hears of it.
    pub async fn revoked(&self, identity: &Identity) {
        let Some(authenticator) = self.authenticator() else {
            return std::future::pending().await;
        };
        let mut known = authenticator.standing().subscribe();
        // It fails when nobody can say any more.
        if known
            .wait_for(|known| !identity.holds(known))
            .await
            .is_err()
        {
            std::future::pending().await
        }
    }

    /// Looks at what others have revoked, and forgets what is over. Does nothing where the identity domain is served
    /// elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refresh_standing(&self) -> anyhow::Result<()> {
        if let Some(identity) = self.identity() {
            let now = self.clock().now();
            identity
                .standing()
                .refresh(identity.database(), now)
                .await?;
            self.reload_signing_keys()?;
        }
        Ok(())
    }

    /// The keys that tokens for programs are signed with. `None` where none are signed.
    pub fn signing_keys(&self) -> Option<SigningKeys> {
        let keys = self.0.signing_keys.read();
        keys.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks for keys that were made, or taken away.
    fn reload_signing_keys(&self) -> anyhow::Result<()> {
        let Some(authenticator) = self.authenticator() else {
            return Ok(());
        };
        let folder = self
            .config()
            .auth
            .signing_keys_folder(&self.config().data_folder);
        let keys = SigningKeys::in_folder(&folder, self.clock().now())?;
        authenticator.believe(keys.public()?);
        let mut known = self
            .0
            .signing_keys
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *known = Some(keys);
        Ok(())
    }

    /// Whether the process takes requests.
    pub fn readiness(&self) -> &Readiness {
        &self.0.readiness
    }

    /// Where "now" comes from.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Where new identifiers come from.
    pub fn ids(&self) -> &IdSource {
        &self.0.ids
    }

    /// A new identifier.
    pub fn new_id<Id: TypedId>(&self) -> Id {
        self.0.ids.next(self.0.clock.now())
    }

    /// A session of one of the airline's own programs, which may do everything; `name` is what histories show.
    pub fn service_session(&self, name: &str) -> Session {
        Session::new(
            schema_kernel::Actor::service(name),
            self.new_id::<schema_kernel::id::EventId>().to_string(),
            self.0.clock.clone(),
            self.0.ids.clone(),
        )
    }

    /// What the domains that are served here do with events.
    pub fn consumers(&self) -> &[Arc<dyn Consumer>] {
        &self.0.consumers
    }

    /// The session in which events are consumed.
    pub fn delivery_session(&self) -> Session {
        self.service_session("dispatcher")
    }

    /// The transport of events between processes. `None` where no message broker is configured.
    pub fn bus(&self) -> Option<&Bus> {
        self.0.bus.as_ref()
    }

    /// Delivery of events. `None` where one subgraph is served alone.
    pub fn dispatcher(&self) -> Option<&Dispatcher> {
        self.0.dispatcher.as_ref()
    }

    /// What brings notifications to customers. `None` where one subgraph is served alone that does not, or does not know
    /// where the graph is.
    pub fn courier(&self) -> Option<&Courier> {
        self.0.courier.as_ref()
    }

    /// Brings every notification to its customer that is due, and returns how many there were.
    ///
    /// # Errors
    /// When a database fails. What was not brought is brought later.
    pub async fn send_notifications(&self) -> anyhow::Result<u64> {
        let courier = self
            .courier()
            .context("this process sends no notifications")?;
        courier.drain().await.map_err(anyhow::Error::from)
    }

    /// What sends payouts. `None` where the compensation domain is served elsewhere.
    pub fn payouts(&self) -> Option<&Payouts> {
        self.0.payouts.as_ref()
    }

    /// What follows the file of the supergraph. `None` where it is compiled in.
    pub fn follower(&self) -> Option<&Follower> {
        self.0.follower.as_ref()
    }

    /// Delivers every event that waits, and every event that this causes. Returns how many were delivered. Where a message
    /// broker is configured they go by way of it, and this ends when the domains that are served here have read everything.
    ///
    /// # Errors
    /// When a database fails, or the broker is away. What was delivered stays delivered.
    pub async fn drain_events(&self) -> anyhow::Result<u64> {
        if let Some(bus) = self.bus() {
            return bus.drain().await;
        }
        let dispatcher = self
            .dispatcher()
            .context("one subgraph alone delivers no events")?;
        dispatcher.drain().await.map_err(anyhow::Error::from)
    }

    /// Tries the events again that could not be consumed before, and returns how many were consumed now.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn revive_events(&self) -> anyhow::Result<u64> {
        let mut revived = 0;
        for consumer in self.consumers() {
            let session = self.delivery_session();
            let delivery = Delivery::new(consumer.as_ref(), &session);
            for replay in delivery.replay_all().await? {
                revived += replay.consumed.len() as u64;
            }
        }
        Ok(revived)
    }

    /// Settles reports of flight operations that came at the same moment as their flight, and gives up those that have
    /// waited for too long. Does nothing where the order domain is served elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_reports(&self) -> anyhow::Result<()> {
        if let Ok(database) = self.databases().get(subgraph::SubgraphName::Order) {
            let patience = self.config().event.unknown_flight_patience;
            let session = self.service_session("operations-feed");
            schema_order::report::sweep(database, &session, patience).await?;
        }
        Ok(())
    }

    /// Tells of periods of baggage that end, and returns how many there were. Does nothing where the case domain is served
    /// elsewhere.
    ///
    /// # Errors
    /// When the database fails. What was not told is told by the next call.
    pub async fn tell_of_periods(&self) -> schema_kernel::Result<u64> {
        match self.databases().get(subgraph::SubgraphName::Case) {
            Ok(database) => {
                let session = self.service_session("periods");
                schema_case::baggage::tell_of_periods(database, &session).await
            }
            Err(_) => Ok(0),
        }
    }

    /// How many events of each type a session's work has caused so far, whichever process delivered them.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn events_caused_by(
        &self,
        session: &Session,
    ) -> anyhow::Result<BTreeMap<String, u64>> {
        let dispatcher = self
            .dispatcher()
            .context("one subgraph alone knows only its own events")?;
        dispatcher
            .caused_by(&session.request_id)
            .await
            .map_err(anyhow::Error::from)
    }

    /// A development token for `role`, for the customer where the role is a customer's.
    ///
    /// # Errors
    /// When tokens come from somebody else's keys, or a customer has no id.
    pub fn development_token(
        &self,
        role: Role,
        customer: Option<CustomerId>,
    ) -> anyhow::Result<String> {
        let Some(key) = &self.0.development_key else {
            bail!("tokens are signed elsewhere: this process has only the public keys of [auth]");
        };
        if role == Role::Customer && customer.is_none() {
            bail!("a customer's token needs the customer's id");
        }
        Ok(key.sign(&self.0.config.auth, &self.0.clock, role, customer)?)
    }

    /// Asks the graph as the airline itself, and gives back `data`.
    ///
    /// # Errors
    /// With the first error of the answer.
    pub async fn ask(&self, query: &str) -> anyhow::Result<Value> {
        self.ask_with(query, Value::Null).await
    }

    /// The same with variables.
    ///
    /// # Errors
    /// As [`App::ask`].
    pub async fn ask_with(&self, query: &str, variables: Value) -> anyhow::Result<Value> {
        let allowance = Allowance {
            timeout: self.0.config.graphql.timeout,
            introspection: false,
            query_plan: false,
            cost: self.0.config.graphql.limits.cost_signed_in,
        };
        let mut request = GraphQlRequest::new(query);
        if !variables.is_null() {
            request.variables = serde_json::from_value(variables)?;
        }
        let answer = self
            .graph()
            .execute(request, self.service_session("host"), allowance)
            .await;
        if let Some(error) = answer.errors.first() {
            return Err(anyhow!(
                "the graph answered {}: {}",
                error.code().unwrap_or("without a code"),
                error.message
            ));
        }
        let data = answer.data.context("the graph answered nothing")?;
        Ok(data.into_json()?)
    }

    /// A customer to sign in as on one's own machine: the one of the walk-through, or some other; `None` where there is
    /// none yet.
    ///
    /// # Errors
    /// When the graph cannot answer.
    pub async fn customer_to_sign_in_as(&self) -> anyhow::Result<Option<CustomerId>> {
        let showcase = crate::seed::showcase(crate::cli::DEFAULT_SEED);
        let data = self
            .ask(&format!("{{ customer(id: \"{showcase}\") {{ id }} customers(first: 1) {{ edges {{ node {{ id }} }} }} }}"))
            .await?;
        let id = data
            .pointer("/customer/id")
            .or_else(|| data.pointer("/customers/edges/0/node/id"));
        Ok(id
            .map(|id| serde_json::from_value(id.clone()))
            .transpose()?)
    }
}

fn keys(config: &Config) -> anyhow::Result<(KeySet, Option<DevelopmentKey>)> {
    if let Some(file) = &config.auth.jwks_file {
        return Ok((
            KeySet::from_jwks_file(file).context("auth.jwks_file")?,
            None,
        ));
    }
    if let Some(file) = &config.auth.public_key_file {
        return Ok((
            KeySet::from_pem_file(file).context("auth.public_key_file")?,
            None,
        ));
    }
    let key = DevelopmentKey::in_folder(&config.data_folder)?;
    Ok((key.public()?, Some(key)))
}
