//! A courier that dies in the middle.

use std::time::Duration;

use chrono::TimeDelta;
use tests::{App, MailServer, build::NewCase};

use super::{mail_of_last, person, with_mail};
use crate::crash::Victim;

with_mail!(
    what_a_dead_courier_was_sending_is_sent_again_under_the_same_id,
    async |app: App, mail: MailServer| {
        let customer = person().create(&app).await;
        NewCase::of("COMPLAINT", &customer).open(&app).await;
        app.deliver().await;

        mail.hold();
        let settings = format!("notification.interval = \"20ms\"\n{}", mail.settings());
        let victim = Victim::start_with(&app, &settings).await;
        while mail.held() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        victim.die_after(Duration::ZERO).await;
        drop(victim);
        mail.release();
        assert_eq!(
            app.send().await,
            0,
            "it is another's, as far as anybody knows"
        );
        assert_eq!(mail_of_last(&app, &customer).await["state"], "SENDING");

        app.later(TimeDelta::minutes(11));
        assert_eq!(app.send().await, 1);
        assert_eq!(mail_of_last(&app, &customer).await["state"], "SENT");
        let letters = mail.letters();
        let ids: Vec<String> = letters
            .iter()
            .map(|letter| letter.header("Message-ID"))
            .collect();
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
    }
);
