//! Sealed data: what opens, what never opens again, and what a killed rotation leaves.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    future::Future,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use migrations::{MigratorTrait, VaultMigrator};
use proptest::prelude::*;
use schema_kernel::{
    Clock, Code, Database, IdSource, Vault,
    id::{CustomerId, EventId},
    vault::{Class, LocalRing, Owner, Place, SealedColumn, is_sealed},
};
use sea_orm::{ConnectionTrait, Statement};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

const VALUE: SealedColumn = SealedColumn::new("profile_contact_point.value", Class::Contact);
const NUMBER: SealedColumn = SealedColumn::new("profile_travel_document.number", Class::Document);

fn now() -> DateTime<Utc> {
    Clock::system().now()
}

fn customer(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

fn place(row: u128, owner: u128) -> Place {
    VALUE.of(Uuid::from_u128(row), customer(owner))
}

/// A text of master keys that can be changed while processes use it.
#[derive(Clone)]
struct Text(Arc<Mutex<String>>);

impl Text {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(new_key(""))))
    }

    fn ring(&self) -> Arc<LocalRing> {
        let text = self.0.clone();
        let source = move || Ok(SecretString::from(text.lock().unwrap().clone()));
        Arc::new(LocalRing::read(source).unwrap())
    }
}

fn new_key(text: &str) -> String {
    let text = LocalRing::with_new_key(text).unwrap();
    text.expose_secret().to_owned()
}

async fn vault(database: &Database, text: &Text) -> Vault {
    Vault::open(database.clone(), text.ring(), now())
        .await
        .unwrap()
}

/// Does `work` with an empty database, of both kinds where there is a server.
async fn on_both<Work: Future>(work: impl Fn(Database) -> Work) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/keys.db", folder.path().display());
    let database = Database::connect_forgetting(&url, 2).await.unwrap();
    VaultMigrator::up(database.writer(), None).await.unwrap();
    work(database).await;

    let Ok(server) = std::env::var("JETBRIDGE_TEST_POSTGRES_URL") else {
        return;
    };
    let id: EventId = IdSource::random().next(now());
    let schema = format!("vault_{}", id.0.simple());
    let owner = Database::connect(&server, 1).await.unwrap();
    run(&owner, &format!("CREATE SCHEMA {schema}")).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let database = Database::connect_forgetting(&url, 4).await.unwrap();
    VaultMigrator::up(database.writer(), None).await.unwrap();
    work(database).await;
    run(&owner, &format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn run(database: &Database, statement: &str) {
    let statement = Statement::from_string(database.backend(), statement);
    database.writer().execute_raw(statement).await.unwrap();
}

#[tokio::test]
async fn a_value_opens_where_it_was_sealed_and_nowhere_else() {
    on_both(async |database| {
        let vault = vault(&database, &Text::new()).await;
        let here = place(1, 1);
        let sealed = vault.seal(&here, "amal@example.com", now()).await.unwrap();
        assert!(is_sealed(&sealed) && !sealed.contains("amal"));
        let opened = vault.open_one(&here, &sealed).await.unwrap();
        assert_eq!(opened.as_deref(), Some("amal@example.com"));

        let others = [
            (customer(1), Class::Document),
            (customer(2), Class::Contact),
        ]
        .map(|(customer, class)| (Owner::from(customer), class));
        vault.keys_to_seal(&others, now()).await.unwrap();
        let number = NUMBER.of(Uuid::from_u128(1), customer(1));
        for elsewhere in [place(2, 1), place(1, 2), number] {
            let refused = vault.open_one(&elsewhere, &sealed).await.unwrap_err();
            assert_eq!(refused.code(), Code::Internal);
        }
        for at in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(vault.open_one(&here, &changed).await.is_err(), "byte {at}");
        }
        assert!(vault.open_one(&here, "amal@example.com").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_is_destroyed_never_opens_again() {
    on_both(async |database| {
        let text = Text::new();
        let one = vault(&database, &text).await;
        let (kept, lost) = (place(1, 1), place(2, 2));
        let seals = [
            one.seal(&kept, "kept", now()).await.unwrap(),
            one.seal(&lost, "lost", now()).await.unwrap(),
        ];
        assert!(!one.is_shredded(customer(2)).await.unwrap());
        assert_eq!(one.shred(customer(2), now()).await.unwrap(), 1);
        assert_eq!(one.shred(customer(2), now()).await.unwrap(), 0);
        assert!(one.is_shredded(customer(2)).await.unwrap());

        for vault in [one, vault(&database, &text).await] {
            let opened = vault.open_one(&kept, &seals[0]).await.unwrap();
            assert_eq!(opened.as_deref(), Some("kept"));
            assert_eq!(vault.open_one(&lost, &seals[1]).await.unwrap(), None);
            for column in [VALUE, NUMBER] {
                let place = column.of(Uuid::from_u128(3), customer(2));
                let refused = vault.seal(&place, "again", now()).await.unwrap_err();
                assert_eq!(refused.code(), Code::Conflict);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/keys.db", folder.path().display());
    let database = Database::connect_forgetting(&url, 2).await.unwrap();
    VaultMigrator::up(database.writer(), None).await.unwrap();
    let vault = vault(&database, &Text::new()).await;
    vault.seal(&place(1, 1), "x", now()).await.unwrap();
    let row = Statement::from_string(
        database.backend(),
        "SELECT wrapped FROM vault_data_key WHERE class = 'CONTACT'",
    );
    let row = database.reader().query_one_raw(row).await.unwrap().unwrap();
    let wrapped: String = row.try_get("", "wrapped").unwrap();
    assert!(is_in_a_file(folder.path(), &wrapped));
    vault.shred(customer(1), now()).await.unwrap();
    assert!(!is_in_a_file(folder.path(), &wrapped));
}

fn is_in_a_file(folder: &std::path::Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_that_was_killed_is_gone_on_with() {
    on_both(async |database| {
        let text = Text::new();
        let first = vault(&database, &text).await;
        let owners: Vec<(Owner, Class)> = (1..=1_200)
            .map(|number| (customer(number).into(), Class::Contact))
            .collect();
        let keys = first.keys_to_seal(&owners, now()).await.unwrap();
        let seals: Vec<String> = (1..=1_200)
            .map(|number| keys.seal(&place(number, number), "kept").unwrap())
            .collect();
        let blind = first.blind("email", "amal@example.com");
        let old = text.0.lock().unwrap().clone();
        *text.0.lock().unwrap() = new_key(&old);

        let rotating = vault(&database, &text).await;
        assert_eq!(rotating.status().await.unwrap().waiting, 1_201);
        let killed =
            tokio::spawn(
                async move { rotating.rotate(|done| assert!(done < 500, "killed")).await },
            );
        assert!(killed.await.unwrap_err().is_panic());

        let second = vault(&database, &text).await;
        assert_eq!(second.status().await.unwrap().waiting, 701);
        opens(&second, &seals).await;
        assert_eq!(second.rotate(|_| {}).await.unwrap().keys, 701);
        let status = second.status().await.unwrap();
        assert_eq!((status.waiting, status.keys.len()), (0, 1));

        // Nothing needs the old key any more.
        let both = text.0.lock().unwrap().clone();
        let new = LocalRing::without_others(&both, &[]);
        *text.0.lock().unwrap() = new.expose_secret().to_owned();
        let third = vault(&database, &text).await;
        opens(&third, &seals).await;
        assert_eq!(third.blind("email", "amal@example.com"), blind);
        let other = Text(Arc::new(Mutex::new(old)));
        assert!(
            Vault::open(database.clone(), other.ring(), now())
                .await
                .is_err()
        );
    })
    .await;
}

async fn opens(vault: &Vault, seals: &[String]) {
    let places: Vec<Place> = (1..)
        .zip(seals)
        .map(|(number, _)| place(number, number))
        .collect();
    let wanted: Vec<_> = places.iter().map(Place::key).collect();
    let keys = vault.keys(&wanted).await.unwrap();
    for (place, sealed) in places.iter().zip(seals) {
        assert_eq!(keys.open(place, sealed).unwrap().as_deref(), Some("kept"));
    }
}

#[tokio::test]
async fn two_who_make_a_key_at_once_make_one() {
    on_both(async |database| {
        let text = Text::new();
        let (one, other) = (vault(&database, &text).await, vault(&database, &text).await);
        let here = place(1, 1);
        let (left, right) = tokio::join!(
            one.seal(&here, "left", now()),
            other.seal(&here, "right", now())
        );
        let third = vault(&database, &text).await;
        for (sealed, value) in [(left.unwrap(), "left"), (right.unwrap(), "right")] {
            let opened = third.open_one(&here, &sealed).await.unwrap();
            assert_eq!(opened.as_deref(), Some(value));
        }
    })
    .await;
}

#[tokio::test]
async fn the_keys_of_many_are_read_with_one_statement() {
    on_both(async |database| {
        let text = Text::new();
        let wanted: Vec<(Owner, Class)> = (1..=100)
            .flat_map(|number| {
                let owner = Owner::from(customer(number));
                [(owner, Class::Contact), (owner, Class::Text)]
            })
            .collect();
        let made = vault(&database, &text).await;
        made.keys_to_seal(&wanted, now()).await.unwrap();
        let vault = vault(&database, &text).await;
        let before = database.statement_count();
        for expected in [1, 1] {
            let keys = vault.keys(&wanted).await.unwrap();
            assert!(wanted.iter().all(|id| keys.get(*id).is_some()));
            assert_eq!(database.statement_count() - before, expected);
        }
    })
    .await;
}

#[test]
fn a_text_of_keys_that_is_none_says_where() {
    let refusal = |text: &str| {
        let text = SecretString::from(text.to_owned());
        LocalRing::read(move || Ok(text.clone()))
            .unwrap_err()
            .to_string()
    };
    let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
    assert!(refusal("").contains("no master key"));
    assert!(refusal(key).contains("line 1"));
    assert!(refusal(&format!("a {key}\nb planted?")).contains("line 2"));
    assert!(refusal(&format!("a {key}\na {key}")).contains("line 2"));
    assert!(!refusal("a planted?").contains("planted"));
    assert!(refusal("a MDEy").contains("32 bytes"));
}

fn in_memory() -> (tokio::runtime::Runtime, Vault) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let vault = runtime.block_on(async {
        let database = Database::connect("sqlite::memory:", 1).await.unwrap();
        VaultMigrator::up(database.writer(), None).await.unwrap();
        vault(&database, &Text::new()).await
    });
    (runtime, vault)
}

#[test]
fn every_text_comes_back_and_no_blind_index_tells_it() {
    let (runtime, vault) = in_memory();
    let owner = (Owner::from(customer(1)), Class::Contact);
    let keys = runtime
        .block_on(vault.keys_to_seal(&[owner], now()))
        .unwrap();
    proptest!(|(text in ".{0,300}", other in ".{0,300}", row in 0u128..9)| {
        let sealed = keys.seal(&place(row, 1), &text).unwrap();
        prop_assert_eq!(keys.open(&place(row, 1), &sealed).unwrap(), Some(text.clone()));
        prop_assert!(keys.open(&place(row + 9, 1), &sealed).is_err());
        prop_assert_eq!(vault.blind("a", &text) == vault.blind("a", &other), text == other);
        prop_assert_ne!(vault.blind("a", &text), vault.blind("b", &text));
    });
}
