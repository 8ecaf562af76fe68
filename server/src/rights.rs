//! Who may do what, and why: the tables that the guards decide by, in words.

use std::collections::BTreeSet;

use anyhow::Context;
use entities::identity::role::Kind;
use schema_identity::{standing::RoleRights, user};
use schema_kernel::{
    Actor, ActorKind,
    guard::{Decision, Rights},
    id::CustomerId,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{App, graph::subgraph::SubgraphName};

/// What nobody can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such user, and no such role.
    User,
    /// There is no such field.
    Field,
}

/// Whether somebody may ask for a field, and why.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// The field: `"Customer.contactPoints"`.
    pub field: String,
    /// The user, by id; none where a role was asked for.
    pub user: Option<String>,
    /// Why they hold nothing although their role does; none where nothing is in the way.
    pub obstacle: Option<&'static str>,
    /// The role.
    pub role: String,
    /// Whether they may.
    pub is_allowed: bool,
    /// What the field asks for: all of each list, where any of the lists inside is held whole.
    pub needs: Vec<Vec<Vec<String>>>,
    /// What of it they do not hold.
    pub missing: Vec<String>,
    /// Every role that may.
    pub roles: Vec<String>,
    /// Which rows they reach by it.
    pub rows: &'static str,
    /// The subgraphs that answer it.
    pub subgraphs: Vec<String>,
}

impl Explained {
    /// In words, a line each.
    pub fn lines(&self) -> Vec<String> {
        let who = match &self.user {
            Some(user) => format!("user {user} ({})", self.role),
            None => format!("role {}", self.role),
        };
        let verdict = if self.is_allowed { "may" } else { "may not" };
        let mut lines = vec![format!("{who} {verdict} ask for {}", self.field)];
        if let Some(obstacle) = self.obstacle {
            lines.push(format!("obstacle  {obstacle}"));
        }
        for alternatives in &self.needs {
            let ways: Vec<String> = alternatives.iter().map(|all| all.join(" and ")).collect();
            lines.push(format!("needs     {}", ways.join(", or ")));
        }
        if !self.missing.is_empty() {
            lines.push(format!("missing   {}", self.missing.join(", ")));
        }
        let none = "none".to_owned();
        let roles = Some(self.roles.join(", ")).filter(|roles| !roles.is_empty());
        lines.push(format!("roles     {}", roles.unwrap_or(none)));
        lines.push(format!("rows      {}", self.rows));
        lines.push(format!("answered  {}", self.subgraphs.join(", ")));
        lines
    }
}

/// Somebody who is asked about.
struct Asked {
    user: Option<String>,
    obstacle: Option<&'static str>,
    role: RoleRights,
}

/// Says whether a user (by e-mail address or id), or a role (by name), may ask for `Type.field`.
///
/// # Errors
/// When the identity domain is served elsewhere, its database fails, or a schema cannot be read.
pub async fn explain(
    app: &App,
    who: &str,
    field: &str,
) -> anyhow::Result<Result<Explained, Unknown>> {
    let Some(asked) = asked(app, who).await? else {
        return Ok(Err(Unknown::User));
    };
    let tables = tables()?;
    let named = field.split_once('.');
    let Some((type_name, field_name)) = named else {
        return Ok(Err(Unknown::Field));
    };
    let found: Vec<&(SubgraphName, Rights)> = tables
        .iter()
        .filter(|(_, rights)| rights.requirements(type_name, field_name).is_some())
        .collect();
    if found.is_empty() {
        return Ok(Err(Unknown::Field));
    }
    let may = |role: &RoleRights| {
        let actor = actor(role);
        let allows = |(_, rights): &&(SubgraphName, Rights)| {
            rights.decide(type_name, field_name, &actor) == Decision::Allowed
        };
        found.iter().all(allows)
    };
    let mut needs: Vec<Vec<Vec<String>>> = Vec::new();
    for (_, rights) in &found {
        for requirement in rights
            .requirements(type_name, field_name)
            .into_iter()
            .flatten()
        {
            let alternatives = requirement.alternatives().to_vec();
            if !needs.contains(&alternatives) {
                needs.push(alternatives);
            }
        }
    }
    let actor = actor(&asked.role);
    let scopes: BTreeSet<&String> = needs.iter().flatten().flatten().collect();
    let missing = scopes.iter().filter(|scope| !actor.has(scope));
    let standing = app.identity().context(ELSEWHERE)?.standing().current();
    Ok(Ok(Explained {
        field: field.to_owned(),
        is_allowed: asked.obstacle.is_none() && may(&asked.role),
        missing: missing.map(|scope| (*scope).clone()).collect(),
        roles: standing
            .roles()
            .filter(|role| may(role))
            .map(|role| role.name.clone())
            .collect(),
        rows: rows(&actor),
        subgraphs: found.iter().map(|(name, _)| name.to_string()).collect(),
        needs,
        user: asked.user,
        obstacle: asked.obstacle,
        role: asked.role.name,
    }))
}

const ELSEWHERE: &str = "the identity domain is not served here";

async fn asked(app: &App, who: &str) -> anyhow::Result<Option<Asked>> {
    let identity = app.identity().context(ELSEWHERE)?;
    let standing = identity.standing().current();
    if let Some(role) = standing.role(who) {
        return Ok(Some(Asked {
            user: None,
            obstacle: None,
            role: role.as_ref().clone(),
        }));
    }
    let Some(found) = user::named(identity, who).await? else {
        return Ok(None);
    };
    let role = standing.role(&found.role);
    Ok(role.map(|role| Asked {
        user: Some(found.id.to_string()),
        obstacle: found.obstacle,
        role: role.as_ref().clone(),
    }))
}

fn tables() -> anyhow::Result<Vec<(SubgraphName, Rights)>> {
    let read = |name: SubgraphName| {
        let sdl = name.sdl().with_context(|| format!("schema of {name}"))?;
        Ok((name, Rights::from_sdl(&sdl)?))
    };
    SubgraphName::ALL.into_iter().map(read).collect()
}

/// Somebody in a role; of a customer it does not matter which.
fn actor(role: &RoleRights) -> Actor {
    let customer = (role.kind == Kind::Customer).then(|| CustomerId(Uuid::nil()));
    let actor = role.actor("explain", customer, None);
    actor.unwrap_or_else(Actor::anonymous)
}

/// Which rows somebody of a kind reaches, in words.
fn rows(actor: &Actor) -> &'static str {
    let any = actor.scopes().next().is_some();
    let is_all = matches!(actor.kind(), ActorKind::Staff | ActorKind::Service);
    match (actor.kind(), any && is_all) {
        (_, true) => {
            "all that the scopes are about; of accounts and their sessions one's own, and everybody's with user:read"
        }
        (ActorKind::Customer(_), _) => "those about themselves",
        (ActorKind::Device, _) => "none about persons; the journey at hand",
        _ => "none about persons",
    }
}
