use entities::engagement::{
    delivery::{Model, Reason},
    notification,
};
use schema_kernel::{Error, Result};

use super::{
    Inner,
    decision::{Decision, decide},
    directory::{Address, Recipient},
    mailer::{Letter, Rejection},
};
use crate::{
    channel_preference,
    delivery::state::{Outcome, RETRIES},
    notification::store::{by_id, keep_writing},
    template::{Facts, Language, Places, RenderError, Written},
};

type Tried = (Outcome, Option<String>);

impl Inner {
    /// Tries a delivery once. Gives what became of it, and the masked address it went to.
    pub(super) async fn attempt(&self, taken: &Model) -> Result<Tried> {
        let masked = taken.masked_address.clone();
        // It has ended the life of one courier after the other.
        if taken.attempts > RETRIES + 1 {
            let reason = Reason::Interrupted;
            let reply = None;
            return Ok((Outcome::Refused { reason, reply }, masked));
        }
        let reader = self.database.reader();
        let Some(notification) = by_id(reader, taken.notification_id).await? else {
            return Err(Error::internal(anyhow::anyhow!(
                "a delivery without a notification"
            )));
        };
        let facts: Facts = serde_json::from_value(notification.facts.clone())?;
        let airports = facts.airports();
        let found = self
            .directory
            .recipient(notification.customer_id, &airports)
            .await;
        let recipient = match found {
            Ok(Some(recipient)) => recipient,
            Ok(None) => return Ok((Outcome::Suppressed(Reason::NoCustomer), masked)),
            Err(error) => {
                tracing::warn!(%error, "a customer cannot be looked up");
                return Ok((Outcome::Away(Reason::DirectoryAway), masked));
            }
        };
        self.keep(&notification, &recipient).await?;
        let preference = channel_preference::of(reader, notification.customer_id).await?;
        let masked = recipient
            .address
            .as_ref()
            .map(|address| address.masked.clone());
        let outcome = match decide(&notification, &preference, &recipient, self.session.now()) {
            Decision::Hold(until) => Outcome::Held(until),
            Decision::Suppress(reason) => Outcome::Suppressed(reason),
            Decision::Send => self.send(taken, &notification, &facts, &recipient).await,
        };
        Ok((outcome, masked))
    }

    /// Keeps what was looked up, so that the words read the same where they are listed.
    async fn keep(&self, notification: &notification::Model, recipient: &Recipient) -> Result<()> {
        if notification.places.is_some() {
            return Ok(());
        }
        let places = serde_json::to_value(&recipient.places)?;
        let language = Language::of(&recipient.language).tag();
        keep_writing(self.database.writer(), notification.id, places, language).await
    }

    async fn send(
        &self,
        taken: &Model,
        notification: &notification::Model,
        facts: &Facts,
        recipient: &Recipient,
    ) -> Outcome {
        let Some(address) = &recipient.address else {
            return Outcome::Suppressed(Reason::NoAddress);
        };
        let language = Language::of(&recipient.language);
        let letter = match self.write(notification, language, facts, recipient) {
            Ok(written) => letter(taken, recipient, address, language, written),
            Err(error) => {
                tracing::error!(notification.id = %notification.id, %error, "a message cannot be written");
                let reason = Reason::Template;
                let reply = None;
                return Outcome::Refused { reason, reply };
            }
        };
        match self.mailer.send(&letter).await {
            Ok(()) => Outcome::Sent,
            Err(rejection) => outcome_of(rejection),
        }
    }

    fn write(
        &self,
        notification: &notification::Model,
        language: Language,
        facts: &Facts,
        recipient: &Recipient,
    ) -> Result<Written, RenderError> {
        let places: &Places = &recipient.places;
        let salutation = Some(recipient.salutation.as_str());
        self.templates
            .write(notification.kind, language, facts, places, salutation)
    }
}

fn letter(
    taken: &Model,
    recipient: &Recipient,
    address: &Address,
    language: Language,
    written: Written,
) -> Letter {
    Letter {
        id: taken.id.to_string(),
        name: crate::template::one_line(&recipient.name),
        address: address.value.clone(),
        subject: written.title,
        text: written.text,
        html: written.html,
        language: language.tag(),
        written_at: taken.created_at,
    }
}

fn outcome_of(rejection: Rejection) -> Outcome {
    let (reason, reply) = match rejection {
        Rejection::Away => return Outcome::Away(Reason::ServerAway),
        Rejection::Address => (Reason::BadAddress, None),
        Rejection::Never(reply) => (Reason::Refused, Some(reply)),
        Rejection::Later(reply) => {
            let reason = Reason::Deferred;
            let reply = Some(reply);
            return Outcome::Failed { reason, reply };
        }
        Rejection::Interrupted => {
            let reason = Reason::Interrupted;
            let reply = None;
            return Outcome::Failed { reason, reply };
        }
    };
    Outcome::Refused { reason, reply }
}
