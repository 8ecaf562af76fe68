//! Where the courier finds people: the profile domain, through the graph.

mod answer;
mod in_process;
mod remote;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use entities::id::CustomerId;
use futures_util::future::BoxFuture;
use schema_engagement::{
    courier::{Directory, DirectoryError, Recipient},
    template::Place,
};
use serde_json::{Value, json};

pub use self::{
    in_process::InProcess,
    remote::{Remote, TokenSource},
};

/// How many airports are remembered at most.
const REMEMBERED: usize = 10_000;

/// A way to ask the graph as the airline itself.
pub trait Ask: Send + Sync + 'static {
    /// What the graph answers under `data`.
    ///
    /// # Errors
    /// When it answers with an error, or not at all. The reason holds nothing about persons.
    fn ask<'a>(
        &'a self,
        query: String,
        variables: Value,
    ) -> BoxFuture<'a, Result<Value, DirectoryError>>;
}

/// A directory that asks the graph. People are asked for each time; airports are remembered.
#[derive(Debug)]
pub struct GraphDirectory<A> {
    asked: A,
    airports: Mutex<HashMap<String, Option<Place>>>,
}

const CUSTOMER: &str = "customer(id: $id) { status language salutation displayName homeAirport \
    contactPoints { kind value maskedValue isPrimary } preferences { kind value } }";

impl<A: Ask> GraphDirectory<A> {
    /// A directory that asks the graph in this way.
    pub fn new(asked: A) -> Self {
        Self {
            asked,
            airports: Mutex::default(),
        }
    }

    async fn find(
        &self,
        customer: CustomerId,
        airports: &[String],
    ) -> Result<Option<Recipient>, DirectoryError> {
        let unknown = self.unknown(airports);
        let query = format!(
            "query Recipient($id: ID!) {{ {CUSTOMER} {} }}",
            fields(&unknown)
        );
        let data = self.asked.ask(query, json!({ "id": customer })).await?;
        self.remember(&unknown, &data);
        let Some(person) = answer::person(&data)? else {
            return Ok(None);
        };
        let home: Vec<String> = person.home_airport.iter().cloned().collect();
        let away = self.unknown(&home);
        if !away.is_empty() {
            let query = format!("query HomeAirport {{ {} }}", fields(&away));
            let data = self.asked.ask(query, json!({})).await?;
            self.remember(&away, &data);
        }
        let known = self.airports.lock().unwrap_or_else(PoisonError::into_inner);
        let place = |code: &String| known.get(code).cloned().flatten();
        let time_zone = person
            .home_airport
            .as_ref()
            .and_then(|code| place(code)?.time_zone);
        let places = airports
            .iter()
            .filter_map(|code| Some((code.clone(), place(code)?)))
            .collect();
        Ok(Some(person.recipient(time_zone, places)))
    }

    fn unknown(&self, airports: &[String]) -> Vec<String> {
        let known = self.airports.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |code: &&String| answer::is_airport(code) && !known.contains_key(*code);
        airports.iter().filter(is_new).cloned().collect()
    }

    fn remember(&self, asked: &[String], data: &Value) {
        let mut known = self.airports.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        for (number, code) in asked.iter().enumerate() {
            known.insert(code.clone(), answer::place(&data[format!("a{number}")]));
        }
    }
}

impl<A: Ask> Directory for GraphDirectory<A> {
    fn recipient<'a>(
        &'a self,
        customer: CustomerId,
        airports: &'a [String],
    ) -> BoxFuture<'a, Result<Option<Recipient>, DirectoryError>> {
        Box::pin(self.find(customer, airports))
    }
}

/// One field for each airport. The codes were checked: three letters.
fn fields(airports: &[String]) -> String {
    let fields: Vec<String> = airports
        .iter()
        .enumerate()
        .map(|(number, code)| {
            format!("a{number}: airport(iataCode: \"{code}\") {{ city timeZone }}")
        })
        .collect();
    fields.join(" ")
}
