//! Packs that come with a newer program reach a database that holds packs already.

use std::collections::HashSet;

use entities::compensation::rule_pack_version::{Model, RulePackStatus};
use schema_kernel::{Database, Result, Session, database::take_turns};
use sea_orm::DatabaseTransaction;

use super::store::{self, SHIPPED_WITH_THE_PROGRAM, Stored};
use crate::engine::{ShippedPack, shipped_packs};

/// What a version that nobody here has asked for says of itself.
const WAITS: &str =
    "It came with the program. The pack was changed here, so it waits to be activated.";
const LOADED: &str = "It came with the program, and nobody had changed the pack here.";
const CLASHES: &str =
    "It came with the program. With what is in force here it would contradict itself, so it waits.";

/// A version that came with the program and was not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenUp {
    /// The pack: `EU261`.
    pub pack: String,
    /// The number under which it is kept here.
    pub version: i32,
    /// Whether it answers from now on; otherwise it waits for a manager to activate it.
    pub is_active: bool,
}

/// Takes up the packs that come with the program and are not stored. A pack that nobody has changed here is replaced by the new
/// version, which answers from now on; of any other the new version is kept for a manager to activate. A database without any
/// packs is left to the first decision.
///
/// # Errors
/// When the database fails. Then nothing is written.
pub async fn take_up(database: &Database, session: &Session) -> Result<Vec<TakenUp>> {
    let packs: Vec<ShippedPack> = shipped_packs().collect();
    database
        .transaction(async |transaction| {
            if store::revision(transaction).await? == store::NOTHING_STORED {
                return Ok(Vec::new());
            }
            take_turns(transaction, "rule-packs").await?;
            let mut taken = Vec::new();
            for pack in &packs {
                taken.extend(take(transaction, session, pack).await?);
            }
            if taken.iter().any(|taken: &TakenUp| taken.is_active) {
                store::revise(transaction).await?;
            }
            Ok(taken)
        })
        .await
}

async fn take(
    transaction: &DatabaseTransaction,
    session: &Session,
    pack: &ShippedPack,
) -> Result<Option<TakenUp>> {
    let stored = store::newest_first(transaction, Some(pack.id)).await?;
    let known: HashSet<String> = stored.iter().map(|row| law(&row.text)).collect();
    if known.contains(&law(pack.text)) {
        return Ok(None);
    }
    let number = stored.first().map_or(1, |newest| newest.version + 1);
    let shipped = store::shipped_row(session, pack);
    let row = Model {
        text: numbered(pack.text, number),
        version: number,
        ..shipped
    };
    let row = Model {
        sha256: store::fingerprint(&row.text),
        ..row
    };
    let is_own = |row: &Model| row.author == SHIPPED_WITH_THE_PROGRAM;
    let was_changed = !stored
        .iter()
        .all(|row| is_own(row) && row.active_to.is_none());
    let (row, is_active) = if row.status == RulePackStatus::Disabled {
        (row, false)
    } else if was_changed {
        (waiting(row, WAITS), false)
    } else if fits(transaction, &row).await? {
        (
            Model {
                note: Some(LOADED.to_owned()),
                ..row
            },
            true,
        )
    } else {
        (waiting(row, CLASHES), false)
    };
    if is_active {
        retire(transaction, session, stored).await?;
    }
    store::insert(transaction, row).await?;
    Ok(Some(TakenUp {
        pack: pack.id.to_owned(),
        version: number,
        is_active,
    }))
}

fn waiting(row: Model, why: &str) -> Model {
    Model {
        status: RulePackStatus::Approved,
        activated_at: None,
        note: Some(why.to_owned()),
        ..row
    }
}

/// Whether the rules in force can be read with this version in place of its pack.
async fn fits(transaction: &DatabaseTransaction, row: &Model) -> Result<bool> {
    let mut rows = store::active_rows(transaction).await?;
    rows.retain(|other| other.pack_id != row.pack_id);
    rows.push(row.clone());
    Ok(Stored::of(rows)?.read().is_ok())
}

/// The versions that answered until now are kept for what was decided by them.
async fn retire(
    transaction: &DatabaseTransaction,
    session: &Session,
    stored: Vec<Model>,
) -> Result<()> {
    let active = stored
        .into_iter()
        .filter(|row| row.status == RulePackStatus::Active);
    for row in active {
        let retired = Model {
            status: RulePackStatus::Retired,
            retired_at: Some(session.now()),
            row_version: row.row_version + 1,
            ..row
        };
        store::update(transaction, retired).await?;
    }
    Ok(())
}

/// What a pack says, whatever its number: its text without the line of its own version, which is the first of that name.
fn law(text: &str) -> String {
    numbered(text, 0)
}

/// The text under another number.
fn numbered(text: &str, number: i32) -> String {
    let mut is_done = false;
    let line = |line: &str| {
        let is_version = line
            .split_once('=')
            .is_some_and(|(name, _)| name.trim() == "version");
        if is_version && !is_done {
            is_done = true;
            format!("version = {number}\n")
        } else {
            line.to_owned()
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_told_by_what_it_says_and_not_by_its_number() {
        let pack = "id = \"X\"\nversion = 1\n[[rule]]\nversion = 3\n";
        let other = "id = \"X\"\nversion = 7\n[[rule]]\nversion = 3\n";
        assert_eq!(law(pack), law(other));
        assert_eq!(numbered(pack, 7), other);
        assert_ne!(law(pack), law(&pack.replace("version = 3", "version = 4")));
    }

    #[test]
    fn every_pack_of_the_program_can_be_given_another_number() {
        for pack in shipped_packs() {
            assert_eq!(
                numbered(pack.text, i32::try_from(pack.version).unwrap()),
                pack.text,
                "{}",
                pack.id
            );
            assert!(
                numbered(pack.text, 41).contains("version = 41\n"),
                "{}",
                pack.id
            );
        }
    }
}
