use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use schema_engagement::courier::DirectoryError;
use schema_gateway::{GraphQlRequest, RequestContext, RequestHeaders};
use schema_kernel::{
    Session,
    audit::{AuditLog, Trail},
};
use serde_json::Value;

use super::Ask;
use crate::graph::live::Live;

/// Asks the gateway of this process.
#[derive(Debug)]
pub struct InProcess {
    live: Arc<Live>,
    session: Session,
    timeout: Duration,
    audit: Option<AuditLog>,
}

impl InProcess {
    /// On behalf of `session`, which is one of the airline's own; a question takes no longer than `timeout`.
    pub fn new(live: Arc<Live>, session: Session, timeout: Duration) -> Self {
        Self {
            live,
            session,
            timeout,
            audit: None,
        }
    }

    /// The same, what is read of persons being recorded in this log.
    #[must_use]
    pub fn audited_by(self, audit: Option<AuditLog>) -> Self {
        Self { audit, ..self }
    }

    async fn answer(&self, query: String, variables: Value) -> Result<Value, DirectoryError> {
        let mut request = GraphQlRequest::new(query);
        request.variables =
            serde_json::from_value(variables).map_err(|error| DirectoryError(error.to_string()))?;
        let trail = self.audit.clone().map(|log| Trail::new(log, None));
        let session = match &trail {
            Some(trail) => self.session.clone().audited(trail.clone()),
            None => self.session.clone(),
        };
        let deadline = std::time::Instant::now() + self.timeout;
        let context = RequestContext::new(self.session.request_id.clone())
            .with_deadline(deadline)
            .with(session)
            .with(RequestHeaders::default());
        let answer = self.live.current().execute(request, context).await;
        if let Some(error) = answer.errors.first() {
            let code = error.code().unwrap_or("an error");
            return Err(DirectoryError(format!("the graph answered {code}")));
        }
        if let Some(trail) = trail {
            trail
                .durable()
                .await
                .map_err(|error| DirectoryError(error.report()))?;
        }
        let nothing = || DirectoryError("the graph answered nothing".to_owned());
        let data = answer.data.ok_or_else(nothing)?;
        data.into_json().map_err(|_| nothing())
    }
}

impl Ask for InProcess {
    fn ask<'a>(
        &'a self,
        query: String,
        variables: Value,
    ) -> BoxFuture<'a, Result<Value, DirectoryError>> {
        Box::pin(self.answer(query, variables))
    }
}
