use async_graphql::{Context, InputObject, Object, SimpleObject, Union};
use entities::identity::role::{Model, Scopes};
use schema_kernel::{
    ContextExt, Result, Session, SteppedUp,
    problem::{Conflict, FieldProblem, InvalidInput, NotFound, StaleVersion, StepUpRequired},
};
use sea_orm::DatabaseTransaction;

use super::{ADMINISTRATOR, Role, store};
use crate::{Identity, IdentityExt};

/// What a role is to be from now on.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateRoleInput {
    /// The name of the role. Example: `"check-in-agent"`.
    pub name: String,
    /// The version you have read.
    pub expected_version: i32,
    /// What it lets its holders do; as it was when left out. Example: `["order:read", "flight:read"]`.
    pub scopes: Option<Vec<String>>,
    /// Whether a password alone is not enough; as it was when left out.
    pub is_second_factor_required: Option<bool>,
}

/// What became of it.
#[derive(Union)]
pub enum UpdateRoleOutcome {
    /// The role is changed.
    RoleUpdated(RoleUpdated),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such role.
    NotFound(NotFound),
    /// It has changed since you read it.
    StaleVersion(StaleVersion),
    /// It is the administrator's.
    Conflict(Conflict),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The role is changed. Whoever holds it may do what it says with their next request; open sockets are closed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct RoleUpdated {
    /// The role, as it is now.
    pub role: Role,
}

/// What can be done to roles.
#[derive(Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Changes what a role lets its holders do. The administrator's holds everything, always.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn update_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role.")] input: UpdateRoleInput,
    ) -> Result<UpdateRoleOutcome> {
        update(ctx.session()?, ctx.identity()?, input).await
    }
}

async fn update(
    session: &Session,
    identity: &Identity,
    input: UpdateRoleInput,
) -> Result<UpdateRoleOutcome> {
    let proof = match session.actor.stepped_up(session.now()) {
        Ok(proof) => proof,
        Err(required) => return Ok(required.into()),
    };
    if let Some(problem) = unknown(identity, &input) {
        return Ok(InvalidInput::of(vec![problem]).into());
    }
    let outcome = identity
        .database()
        .transaction(async |transaction| write(transaction, session, proof, &input).await)
        .await?;
    identity.revise(session).await;
    Ok(outcome)
}

// What no role of the product knows is a slip of the pen, and a right to nothing.
fn unknown(identity: &Identity, input: &UpdateRoleInput) -> Option<FieldProblem> {
    let scopes = input.scopes.as_deref().unwrap_or_default();
    let known = identity.standing().current();
    let all = known.role(ADMINISTRATOR)?;
    let (index, _) = scopes
        .iter()
        .enumerate()
        .find(|(_, scope)| !all.scopes.contains(scope))?;
    let problem = "There is no such scope; `@requiresScopes` in the schema names those there are.";
    Some(FieldProblem::at(&format!("input.scopes.{index}"), problem))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    proof: SteppedUp,
    input: &UpdateRoleInput,
) -> Result<UpdateRoleOutcome> {
    let Some(role) = store::hold(transaction, &input.name).await? else {
        return Ok(NotFound::of("role").into());
    };
    if role.version != input.expected_version {
        return Ok(StaleVersion::of(role.version).into());
    }
    if role.name == ADMINISTRATOR && input.scopes.is_some() {
        return Ok(Conflict::of("The administrator's role holds every scope, always.").into());
    }
    let mut scopes = input.scopes.clone().map_or(role.scopes.clone(), Scopes);
    scopes.0.sort();
    scopes.0.dedup();
    let required = input.is_second_factor_required;
    let changed = Model {
        scopes,
        is_second_factor_required: required.unwrap_or(role.is_second_factor_required),
        updated_at: session.now(),
        version: role.version + 1,
        ..role
    };
    store::write(transaction, proof, &changed).await?;
    Ok(RoleUpdated {
        role: Role(changed),
    }
    .into())
}
