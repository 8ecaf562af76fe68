//! The subgraphs of this product, by name: the one place that lists them.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType, ValidationMode};
use schema_engagement::template::Templates;
use schema_gateway::{
    Gateway, InProcess, Limits, OperationNames, Subgraph, SubgraphSdl, Supergraph,
};
use schema_identity::Identity;
use schema_kernel::{
    Database, Feed, Session,
    dispatcher::{Consumer, Dispatcher},
    guard::{RightsError, guard},
    loader,
    outbox::Domain,
};
use schema_profile::Privacy;

use super::{assembly::OwnSubgraphs, single::Single};
use crate::{app::database::Databases, config::Config};

/// The composed supergraph, as it was committed. Starting never composes.
pub const SUPERGRAPH: &str = include_str!("../../../schema/supergraph.graphql");

/// A subgraph.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum SubgraphName {
    /// Customers: who they are, and everything that happened to them.
    Profile,
    /// Orders, journeys and flights.
    Order,
    /// Cases and incidents.
    Case,
    /// Claims, and the rules that decide them.
    Compensation,
    /// What customers are told.
    Engagement,
    /// Who can sign in, and what they may do.
    Identity,
}

impl SubgraphName {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Profile,
        Self::Order,
        Self::Case,
        Self::Compensation,
        Self::Engagement,
        Self::Identity,
    ];

    /// The name as it stands in the supergraph, in table names and in `[database]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Order => "order",
            Self::Case => "case",
            Self::Compensation => "compensation",
            Self::Engagement => "engagement",
            Self::Identity => "identity",
        }
    }

    /// The domain, whose tables begin with the same name.
    pub fn domain(self) -> Domain {
        match self {
            Self::Profile => schema_profile::DOMAIN,
            Self::Order => schema_order::DOMAIN,
            Self::Case => schema_case::DOMAIN,
            Self::Compensation => schema_compensation::DOMAIN,
            Self::Engagement => schema_engagement::DOMAIN,
            Self::Identity => schema_identity::DOMAIN,
        }
    }

    /// The subgraph's own schema, for routers and for composition.
    ///
    /// # Errors
    /// When its guard cannot read it back.
    pub fn sdl(self) -> Result<String, RightsError> {
        match self {
            Self::Profile => schema_profile::sdl(),
            Self::Order => schema_order::sdl(),
            Self::Case => schema_case::sdl(),
            Self::Compensation => schema_compensation::sdl(),
            Self::Engagement => schema_engagement::sdl(),
            Self::Identity => schema_identity::sdl(),
        }
    }
}

impl fmt::Display for SubgraphName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The supergraph, composed from the subgraphs as they are compiled in.
///
/// # Errors
/// When they contradict each other.
pub fn compose() -> anyhow::Result<String> {
    compose_with(Vec::new())
}

/// The same, with subgraphs of others.
///
/// # Errors
/// When they contradict ours, or each other.
pub fn compose_with(others: Vec<SubgraphSdl>) -> anyhow::Result<String> {
    let mut subgraphs = Vec::new();
    for name in SubgraphName::ALL {
        // Where a stock router finds it in the split shape; a router's own configuration overrides it.
        let url = format!("http://{name}:8080/graphql");
        subgraphs.push(SubgraphSdl {
            name: name.to_string(),
            url,
            sdl: name.sdl().with_context(|| format!("schema of {name}"))?,
        });
    }
    subgraphs.extend(others);
    Ok(schema_gateway::compose(&subgraphs)?)
}

/// What the host does for the domains that need it.
#[derive(Clone, Copy)]
pub struct Hosts<'a> {
    /// For the identity domain; `None` where it is served elsewhere.
    pub identity: Option<&'a Identity>,
    /// For the rights of persons.
    pub privacy: &'a Privacy,
}

/// The gateway over all subgraphs in this process.
///
/// # Errors
/// When the supergraph and the subgraphs do not belong together.
pub fn gateway(
    databases: &Databases,
    feeds: &Feeds,
    hosts: Hosts<'_>,
    config: &Config,
    names: Arc<OperationNames>,
) -> anyhow::Result<Gateway> {
    let supergraph = Supergraph::parse(SUPERGRAPH)
        .context("schema/supergraph.graphql; run `jetbridge schema` and build again")?;
    // The gateway has validated what it asks against this very schema, so its subgraphs need not do it again.
    let mut builder = Gateway::builder(supergraph)
        .cache_capacity(config.graphql.plan_cache)
        .slow_after(config.graphql.slow_after)
        .limits(config.graphql.limits.limits())
        .operation_names(names);
    for (name, subgraph) in own(databases, feeds, hosts, config, ValidationMode::Fast)? {
        builder = builder.subgraph(name, subgraph);
    }
    builder
        .build()
        .context("schema/supergraph.graphql; run `jetbridge schema` and build again")
}

/// Every subgraph of ours whose database is here. `validation` is `Fast` only behind a gateway that serves the supergraph
/// they were compiled with.
///
/// # Errors
/// When the guard of one cannot read its schema.
pub fn own(
    databases: &Databases,
    feeds: &Feeds,
    hosts: Hosts<'_>,
    config: &Config,
    validation: ValidationMode,
) -> anyhow::Result<OwnSubgraphs> {
    let mut own = BTreeMap::new();
    for (name, database) in databases.iter() {
        let part = (database, feeds.get(name)?);
        let subgraph = match name {
            SubgraphName::Profile => mount(
                name,
                schema_profile::builder().data(hosts.privacy.clone()),
                part,
                validation,
            )?,
            SubgraphName::Order => mount(name, schema_order::builder(), part, validation)?,
            SubgraphName::Case => mount(name, schema_case::builder(), part, validation)?,
            SubgraphName::Compensation => mount(name, compensation(config), part, validation)?,
            SubgraphName::Engagement => {
                let builder = schema_engagement::builder(Templates::load()?);
                mount(name, builder, part, validation)?
            }
            SubgraphName::Identity => {
                let builder = schema_identity::builder(set_up(hosts.identity)?);
                mount(name, builder, part, validation)?
            }
        };
        own.insert(name.to_string(), subgraph);
    }
    Ok(own)
}

/// One subgraph alone.
///
/// # Errors
/// When its guard cannot read its schema.
pub fn single(
    name: SubgraphName,
    databases: &Databases,
    feeds: &Feeds,
    hosts: Hosts<'_>,
    config: &Config,
) -> anyhow::Result<Single> {
    let part = (databases.get(name)?, feeds.get(name)?);
    let limits = config.graphql.limits.limits();
    Ok(match name {
        SubgraphName::Profile => alone(
            name,
            schema_profile::builder().data(hosts.privacy.clone()),
            part,
            limits,
        )?,
        SubgraphName::Order => alone(name, schema_order::builder(), part, limits)?,
        SubgraphName::Case => alone(name, schema_case::builder(), part, limits)?,
        SubgraphName::Compensation => alone(name, compensation(config), part, limits)?,
        SubgraphName::Engagement => {
            let builder = schema_engagement::builder(Templates::load()?);
            alone(name, builder, part, limits)?
        }
        SubgraphName::Identity => {
            let builder = schema_identity::builder(set_up(hosts.identity)?);
            alone(name, builder, part, limits)?
        }
    })
}

fn set_up(identity: Option<&Identity>) -> anyhow::Result<Identity> {
    identity
        .cloned()
        .context("the domain identity is not served here")
}

/// The compensation subgraph, with the law that the configuration names.
fn compensation(
    config: &Config,
) -> SchemaBuilder<
    schema_compensation::Query,
    schema_compensation::Mutation,
    schema_compensation::Subscription,
> {
    schema_compensation::builder().data(config.claim.jurisdiction())
}

fn alone<Query, Mutation, Subscription>(
    name: SubgraphName,
    schema: SchemaBuilder<Query, Mutation, Subscription>,
    (database, feed): (&Database, &Feed),
    limits: Limits,
) -> Result<Single, RightsError>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let schema = guard(schema.data(database.clone()).data(feed.clone()))?.of(name.as_str());
    Ok(Single::new(schema, database.clone(), limits))
}

/// The live events of each domain that is served here.
#[derive(Debug)]
pub struct Feeds(BTreeMap<SubgraphName, Feed>);

impl Feeds {
    /// Feeds that look at their outboxes every `interval` while somebody listens.
    pub fn of(databases: &Databases, interval: Duration) -> Self {
        let feeds = databases.iter().map(|(name, database)| {
            let feed = Feed::new(database.clone(), name.domain(), interval);
            (name, feed)
        });
        Self(feeds.collect())
    }

    /// How many listen at this moment, to whichever domain.
    pub fn listeners(&self) -> usize {
        self.0.values().map(Feed::listeners).sum()
    }

    fn get(&self, name: SubgraphName) -> anyhow::Result<&Feed> {
        self.0
            .get(&name)
            .with_context(|| format!("the domain {name} is not served here"))
    }
}

/// Delivery from every domain's outbox to every domain that listens.
///
/// # Errors
/// When a domain is not served here.
pub fn dispatcher(
    databases: &Databases,
    session: Session,
    privacy: &Privacy,
) -> anyhow::Result<Dispatcher> {
    let database = |name| databases.get(name).cloned();
    let outboxes = vec![
        (schema_profile::DOMAIN, database(SubgraphName::Profile)?),
        (schema_order::DOMAIN, database(SubgraphName::Order)?),
        (schema_case::DOMAIN, database(SubgraphName::Case)?),
        (
            schema_compensation::DOMAIN,
            database(SubgraphName::Compensation)?,
        ),
        (
            schema_engagement::DOMAIN,
            database(SubgraphName::Engagement)?,
        ),
        (schema_identity::DOMAIN, database(SubgraphName::Identity)?),
    ];
    Ok(Dispatcher::new(
        outboxes,
        consumers(databases, privacy),
        session,
    ))
}

/// What the domains that are served here do with events.
pub fn consumers(databases: &Databases, privacy: &Privacy) -> Vec<Arc<dyn Consumer>> {
    // Compensation first, because the others follow from what it does.
    let order = [
        SubgraphName::Order,
        SubgraphName::Compensation,
        SubgraphName::Case,
        SubgraphName::Profile,
        SubgraphName::Engagement,
        SubgraphName::Identity,
    ];
    order
        .into_iter()
        .filter_map(|name| Some((name, databases.get(name).ok()?.clone())))
        .map(|(name, database)| match name {
            SubgraphName::Profile => schema_profile::consumer_with(database, privacy.clone()),
            SubgraphName::Order => schema_order::consumer(database),
            SubgraphName::Case => schema_case::consumer(database),
            SubgraphName::Compensation => schema_compensation::consumer(database),
            SubgraphName::Engagement => schema_engagement::consumer(database),
            SubgraphName::Identity => schema_identity::consumer(database),
        })
        .collect()
}

fn mount<Query, Mutation, Subscription>(
    name: SubgraphName,
    schema: SchemaBuilder<Query, Mutation, Subscription>,
    (database, feed): (&Database, &Feed),
    validation: ValidationMode,
) -> Result<Arc<dyn Subgraph>, RightsError>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let schema = schema.data(database.clone()).data(feed.clone());
    let schema = guard(schema.validation_mode(validation))?.of(name.as_str());
    let database = database.clone();
    let subgraph = InProcess::new(schema, move |request, context| {
        let request = request.data(loader(&database));
        match context.extensions.get::<Session>() {
            Some(session) => request.data(session.clone()),
            // A request without a session is nobody's: the guard lets it reach what is public.
            None => request,
        }
    });
    Ok(Arc::new(subgraph))
}

/// The difference between two schemas, for whoever has to find it: the first lines that differ.
pub fn first_difference(committed: &str, composed: &str) -> Option<String> {
    if committed == composed {
        return None;
    }
    let line = committed
        .lines()
        .zip(composed.lines())
        .take_while(|(left, right)| left == right)
        .count();
    let (left, right) = (
        committed.lines().nth(line).unwrap_or("(end)"),
        composed.lines().nth(line).unwrap_or("(end)"),
    );
    Some(format!("line {}:\n  - {left}\n  + {right}", line + 1))
}

/// Whether a committed schema is what the code says.
///
/// # Errors
/// With the first difference.
pub fn expect_same(name: &str, committed: &str, composed: &str) -> anyhow::Result<()> {
    match first_difference(committed, composed) {
        None => Ok(()),
        Some(difference) => Err(anyhow!(
            "{name} is not what the code says; run `jetbridge schema`\n{difference}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::*;

    // Else whoever may not read it loses the object around it, and the list around that.
    #[test]
    fn what_asks_for_more_than_its_type_may_be_null() {
        for sdl in [
            schema_profile::sdl(),
            schema_order::sdl(),
            schema_case::sdl(),
            schema_compensation::sdl(),
            schema_engagement::sdl(),
            schema_identity::sdl(),
        ] {
            for definition in parse_schema(sdl.unwrap()).unwrap().definitions {
                let TypeSystemDefinition::Type(definition) = definition else {
                    continue;
                };
                let scopes = |directives: &[async_graphql::Positioned<
                    async_graphql::parser::types::ConstDirective,
                >]| {
                    directives
                        .iter()
                        .find(|directive| directive.node.name.node == "requiresScopes")
                        .map(|directive| {
                            format!("{:?}", directive.node.get_argument("scopes").unwrap().node)
                        })
                };
                let of_type = scopes(&definition.node.directives);
                let TypeKind::Object(object) = definition.node.kind else {
                    continue;
                };
                for field in object.fields {
                    let of_field = scopes(&field.node.directives);
                    let asks_for_more =
                        of_type.is_some() && of_field.is_some() && of_type != of_field;
                    assert!(
                        !asks_for_more || field.node.ty.node.nullable,
                        "{}.{}",
                        definition.node.name.node,
                        field.node.name.node
                    );
                }
            }
        }
    }

    #[test]
    fn a_difference_is_shown_where_it_begins() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(
            first_difference("a\nb\n", "a\nc\n").unwrap(),
            "line 2:\n  - b\n  + c"
        );
        assert_eq!(
            first_difference("a\n", "a\nc\n").unwrap(),
            "line 2:\n  - (end)\n  + c"
        );
    }
}
