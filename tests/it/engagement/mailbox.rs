//! Mail that does not leave, and a courier that asks a graph elsewhere.

use server::{App as Product, Config, StartOptions, graph::subgraph::SubgraphName};
use tests::{App, Storage, build::NewCase, on_both};

use super::{mail_of_last, person, reachable};

on_both!(
    mail_lies_in_a_folder_unless_it_is_to_leave,
    async |app: App| {
        let trip = reachable(&app).await;
        trip.flight.cancel(&app, "41").await;
        app.send().await;
        let folder = app.storage().folder().join("mailbox");
        let mails = server::mail::list(&folder).unwrap();
        let notice = mails
            .iter()
            .find(|mail| mail.subject.starts_with("Your rights"));
        let notice = notice.expect("a notice");
        let text = server::mail::show(&folder, &notice.name, false).unwrap();
        assert!(
            text.contains("Regulation (EC) No 261/2004")
                || text.contains("REGULATION (EC) NO 261/2004"),
            "{text}"
        );
    }
);

async fn a_subgraph_alone_asks_the_graph_for_people(storage: Storage) {
    let app = App::start(storage).await;
    let customer = person().create(&app).await;
    NewCase::of("COMPLAINT", &customer).open(&app).await;
    app.deliver().await;
    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\nnotification.graph_url = \"{}/graphql\"",
        app.storage().folder().display(),
        app.storage().url(),
        app.url(),
    );
    let options = StartOptions {
        subgraph: Some(SubgraphName::Engagement),
        clock: app.clock().clone(),
        ..StartOptions::default()
    };
    let config = Config::from_toml(&toml).unwrap();
    let alone = Product::start_with(config, options).await.unwrap();
    assert_eq!(alone.send_notifications().await.unwrap(), 1);
    assert_eq!(mail_of_last(&app, &customer).await["state"], "SENT");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subgraph_alone_asks_the_graph_for_people_on_sqlite() {
    a_subgraph_alone_asks_the_graph_for_people(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subgraph_alone_asks_the_graph_for_people_on_postgres() {
    a_subgraph_alone_asks_the_graph_for_people(Storage::postgres().await).await;
}
