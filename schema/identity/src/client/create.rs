use async_graphql::{InputObject, SimpleObject, Union};
use entities::identity::{
    api_client::Model,
    role::{Kind, Scopes},
};
use schema_kernel::{
    Result, Rows, Session,
    problem::{InvalidInput, NotFound, StepUpRequired},
};
use secrecy::ExposeSecret;

use super::{ApiClient, WRITE, store};
use crate::{Identity, input::Fields, secret};

/// A program that is to sign in by itself.
#[derive(Clone, Debug, InputObject)]
pub struct CreateApiClientInput {
    /// Whose program it is, and which; 1 to 100 characters. Example: `"Harbour Hotels, vouchers"`.
    pub name: String,
    /// What it is to the airline: the name of a role of another organisation's programs. Example: `"partner"`.
    #[graphql(default_with = "\"partner\".to_owned()")]
    pub role: String,
    /// Less than the role's scopes, where that is enough; all of them when left out. Example: `["flight:read"]`.
    pub scopes: Option<Vec<String>>,
}

/// What became of it.
#[derive(Union)]
pub enum CreateApiClientOutcome {
    /// It is made.
    ApiClientCreated(ApiClientCreated),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// You may not.
    NotFound(NotFound),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The program is made.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "client:read client:write")]
pub struct ApiClientCreated {
    /// The program.
    pub api_client: ApiClient,
    /// Its secret. It is shown here and never again.
    pub secret: String,
}

/// Makes a program that signs in by itself.
pub(super) async fn create(
    session: &Session,
    identity: &Identity,
    input: CreateApiClientInput,
) -> Result<CreateApiClientOutcome> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("API client").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let (name, scopes) = match read(identity, &input) {
        Ok(read) => read,
        Err(invalid) => return Ok(invalid.into()),
    };
    let secret = secret::random()?;
    let client = Model {
        id: session.new_id(),
        name,
        role: input.role,
        scopes: Scopes(scopes),
        secret_hash: secret::fingerprint(secret.expose_secret()),
        created_by: session.actor.sign_in().map(|sign_in| sign_in.user),
        created_at: session.now(),
        last_used_at: None,
        revoked_at: None,
        version: 1,
    };
    store::insert(identity.database().writer(), &client).await?;
    Ok(ApiClientCreated {
        api_client: ApiClient(client),
        secret: secret.expose_secret().to_owned(),
    }
    .into())
}

fn read(
    identity: &Identity,
    input: &CreateApiClientInput,
) -> Result<(String, Vec<String>), InvalidInput> {
    let mut fields = Fields::default();
    let name = fields.name("input.name", &input.name);
    let standing = identity.standing().current();
    let role = standing.role(&input.role);
    let role = role.filter(|role| role.kind == Kind::Partner);
    let Some(role) = role else {
        fields.problem(
            "input.role",
            "There is no such role for programs of others.",
        );
        return fields.finish_with(None);
    };
    let scopes = input.scopes.clone().unwrap_or_else(|| role.scopes.clone());
    for (index, scope) in scopes.iter().enumerate() {
        if !role.scopes.contains(scope) {
            let problem = "The role does not hold this scope.";
            fields.problem(&format!("input.scopes.{index}"), problem);
        }
    }
    fields.finish_with(name.map(|name| (name, scopes)))
}
