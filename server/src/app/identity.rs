//! The identity domain: what the host does for it.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use schema_identity::{
    Identity, Sealer, role as roles,
    standing::{RoleRights, Standing},
};
use schema_kernel::Session;

use super::database::Databases;
use crate::{
    auth::{postman::MailPostman, role, secret_file},
    config::Config,
    graph::subgraph::SubgraphName,
    mail,
};

/// The identity domain of this process, with the roles that come with the product; `None` where it is served elsewhere.
pub(super) async fn identity(
    config: &Config,
    databases: &Databases,
    session: &Session,
) -> anyhow::Result<Option<Identity>> {
    let Ok(database) = databases.get(SubgraphName::Identity) else {
        return Ok(None);
    };
    let shipped = role::shipped();
    let shipped: Vec<RoleRights> = shipped.roles().cloned().collect();
    let changed = roles::load(database, session, &shipped).await?;
    if changed > 0 {
        tracing::info!(roles = changed, "roles are up to date");
    }
    let postman = MailPostman::new(mail::mailer(config)?, config.http.public_url(), session);
    let identity = Identity::new(
        database.clone(),
        Standing::new(role::shipped()),
        Arc::new(postman),
        config.auth.options(config.profile),
        sealer(config)?,
    );
    identity.standing().refresh(database, session.now()).await?;
    Ok(Some(identity))
}

/// What seals secrets that have to be read again, with a key that is made at the first start where none is configured.
fn sealer(config: &Config) -> anyhow::Result<Sealer> {
    let own = config.data_folder.join("identity-key");
    let file: &Path = config.auth.sealing_key_file.as_deref().unwrap_or(&own);
    if !file.exists() && config.auth.sealing_key_file.is_none() {
        if !config.is_development() {
            tracing::warn!(
                file = %file.display(),
                "a key for second factors is made here; processes that share a database share it (auth.sealing_key_file)"
            );
        }
        secret_file::make::<32>(file).with_context(|| format!("{}", file.display()))?;
    }
    let bytes = secret_file::read(file)?;
    let key: [u8; 32] = bytes
        .try_into()
        .ok()
        .with_context(|| format!("{} does not hold 32 bytes", file.display()))?;
    Ok(Sealer::new(&key)?)
}
