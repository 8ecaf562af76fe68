//! A thousand rows, and what becomes of them in one transaction.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use entities::{
    id::FlightId,
    order::{
        flight::Model,
        flight_event::{self, Kind, Source as EventSource},
    },
};
use schema_kernel::{Database, Permit, Result, Session, permit::Operations};
use sea_orm::DatabaseTransaction;

use super::{
    FlightRow, ROWS_PER_CHUNK, RowError, Totals,
    place::{self, Place},
    row::FlightKey,
    source::{Line, Position, Source},
    store,
};
use crate::{
    flight::{self, FlightChange, as_planned, difference, is_notable, kinds_between, padded},
    report::settle,
};

/// Rows that are stored together. No flight is among them twice, so that their order does not matter.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    rows: Vec<FlightRow>,
    totals: Totals,
    end: Position,
}

/// What the rows come to, given what is stored.
#[derive(Default)]
struct Effect {
    new: Vec<Model>,
    save: Vec<Model>,
    events: Vec<flight_event::Model>,
    tell: Vec<FlightChange>,
    totals: Totals,
}

impl Chunk {
    /// Reads the next rows, and reports those that cannot be right.
    pub(super) fn read<File: Read + Seek>(
        source: &mut Source<'_, File>,
        on_bad_row: &mut impl FnMut(RowError),
    ) -> Result<Self> {
        let mut chunk = Self::default();
        let mut keys: HashSet<FlightKey> = HashSet::with_capacity(ROWS_PER_CHUNK);
        while chunk.totals.rows < ROWS_PER_CHUNK as u64 {
            let before = source.position();
            match source.next()? {
                None => break,
                Some(Line {
                    line,
                    row: Err(wrong),
                }) => {
                    chunk.totals.rows += 1;
                    chunk.totals.bad += 1;
                    on_bad_row(RowError {
                        line,
                        column: wrong.column,
                        reason: wrong.reason,
                    });
                }
                Some(Line { line, row: Ok(row) }) => {
                    if !keys.insert(row.key.clone()) {
                        source.hold(before, Line { line, row: Ok(row) });
                        break;
                    }
                    chunk.totals.count(&row);
                    chunk.rows.push(row);
                }
            }
        }
        chunk.end = source.position();
        Ok(chunk)
    }

    /// Whether the file has come to its end.
    pub(super) fn is_empty(&self) -> bool {
        self.totals.rows == 0
    }

    /// Stores the rows, what they cause, and the place after them, in one transaction.
    pub(super) async fn store(
        &self,
        database: &Database,
        session: &Session,
        permit: &Permit<Operations>,
        place: &Place<Totals>,
    ) -> Result<Place<Totals>> {
        let session = &session.apart(place.position.bytes);
        database
            .transaction(async |transaction| {
                let applied = self.apply(transaction, session, permit).await?;
                let totals = place.totals.plus(self.totals).plus(applied);
                let place = place.advanced(self.end, totals);
                place::keep(transaction, session, &place).await?;
                Ok(place)
            })
            .await
    }

    async fn apply(
        &self,
        transaction: &DatabaseTransaction,
        session: &Session,
        permit: &Permit<Operations>,
    ) -> Result<Totals> {
        let known = store::known(transaction, self.rows.iter().map(|row| &row.key)).await?;
        let touched = self.rows.iter().filter_map(|row| {
            let (id, fingerprint) = known.get(&row.key)?;
            (*fingerprint != Some(row.fingerprint())).then_some(*id)
        });
        let touched = padded(touched.collect::<Vec<_>>());
        let touched = flight::by_ids(transaction, touched).await?;
        let touched: HashMap<FlightId, Model> = touched
            .into_iter()
            .map(|flight| (flight.id, flight))
            .collect();

        let mut effect = Effect::default();
        for row in &self.rows {
            match known.get(&row.key) {
                None => effect.add_new(session, row.new_flight(session.new_id()))?,
                Some((id, _)) => match touched.get(id) {
                    Some(old) => effect.add_known(session, old, row)?,
                    None => effect.totals.unchanged += 1,
                },
            }
        }
        flight::save(transaction, permit, effect.save).await?;
        flight::add_events(transaction, permit, effect.events).await?;
        effect.totals.disrupted_journeys +=
            flight::publish(transaction, session, &effect.tell).await?;
        settle(transaction, permit, session, &effect.new).await?;
        Ok(effect.totals)
    }
}

impl Effect {
    /// A flight that was not known. Nobody can have a place on it, so nobody is told; its history begins with what is worth
    /// a line.
    fn add_new(&mut self, session: &Session, flight: Model) -> Result<()> {
        self.totals.inserted += 1;
        if is_notable(&flight) {
            let planned = as_planned(&flight);
            for kind in kinds_between(&planned, &flight) {
                self.events.push(event(session, kind, &planned, &flight)?);
            }
        }
        self.new.push(flight.clone());
        self.save.push(flight);
        Ok(())
    }

    fn add_known(&mut self, session: &Session, old: &Model, row: &FlightRow) -> Result<()> {
        let new = row.onto(old);
        if new.version == old.version {
            self.totals.unchanged += 1;
            // Others had told the same before: only the fingerprint is news, and only where the row tells how it went.
            if row.status.is_some() {
                self.save.push(new);
            }
            return Ok(());
        }
        self.totals.updated += 1;
        for kind in kinds_between(old, &new) {
            let event = event(session, kind, old, &new)?;
            self.tell.push(FlightChange {
                kind,
                event_id: event.id,
                old: old.clone(),
                new: new.clone(),
            });
            self.events.push(event);
        }
        self.save.push(new);
        Ok(())
    }
}

fn event(session: &Session, kind: Kind, old: &Model, new: &Model) -> Result<flight_event::Model> {
    let (old_values, new_values) = difference(old, new)?;
    Ok(flight_event::Model {
        id: session.new_id(),
        flight_id: new.id,
        kind,
        recorded_at: session.now(),
        old_values,
        new_values,
        cause_code: new.cause_code.clone(),
        source: EventSource::Import,
        actor: session.actor.id().to_owned(),
    })
}
