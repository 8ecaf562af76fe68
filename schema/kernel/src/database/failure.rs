//! What a failed statement says about the database.

use sea_orm::{DbErr, RuntimeErr, sqlx::Error as SqlxError};

use crate::Error;

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// Two transactions were in each other's way: the same again may well succeed at once.
    Conflict,
    /// The database is away, full, read-only or being stopped: the same again will succeed when it is well.
    Outage,
    /// The statement is to blame: the same again fails again.
    Statement,
}

/// Whether trying again at once may help: a serialisation failure, a deadlock, or a lock that another process holds.
pub(super) fn is_conflict(error: &Error) -> bool {
    failure(error) == Some(Failure::Conflict)
}

/// Whether the database is to blame and not what was asked of it, so that the same will succeed later.
pub(crate) fn is_outage(error: &Error) -> bool {
    matches!(failure(error), Some(Failure::Conflict | Failure::Outage))
}

fn failure(error: &Error) -> Option<Failure> {
    let error = error.cause()?.downcast_ref::<DbErr>()?;
    Some(match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => of_driver(cause),
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Failure::Outage,
        _ => Failure::Statement,
    })
}

fn of_driver(error: &SqlxError) -> Failure {
    match error {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed => Failure::Outage,
        SqlxError::Database(error) => {
            let code = error.code().unwrap_or_default();
            // SQLSTATE has five characters; SQLite's codes are numbers of at most four digits.
            match code.parse() {
                Ok(number) if code.len() < 5 => of_sqlite(number),
                _ => of_sqlstate(&code),
            }
        }
        _ => Failure::Statement,
    }
}

/// By class, which is the first two characters (PostgreSQL, appendix A).
fn of_sqlstate(code: &str) -> Failure {
    match code {
        // Serialisation failure, deadlock, lock not available.
        "40001" | "40P01" | "55P03" => Failure::Conflict,
        // Read-only transaction, as on a standby.
        "25006" => Failure::Outage,
        _ => match code.get(..2) {
            // Connection, resources, operator, system.
            Some("08" | "53" | "57" | "58") => Failure::Outage,
            _ => Failure::Statement,
        },
    }
}

/// By primary result code, which is the low byte (sqlite.org/rescode.html).
fn of_sqlite(code: u32) -> Failure {
    match code & 0xff {
        // BUSY, LOCKED.
        5 | 6 => Failure::Conflict,
        // NOMEM, READONLY, IOERR, FULL, CANTOPEN.
        7 | 8 | 10 | 13 | 14 => Failure::Outage,
        _ => Failure::Statement,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_is_to_blame_for_what_it_violates() {
        assert_eq!(of_sqlstate("23505"), Failure::Statement);
        assert_eq!(of_sqlstate("42P01"), Failure::Statement);
        assert_eq!(of_sqlite(2_067), Failure::Statement);
        assert_eq!(of_sqlite(1), Failure::Statement);
    }

    #[test]
    fn the_database_is_to_blame_when_it_is_away_or_full() {
        for code in [
            "57P01", "57P03", "53100", "53300", "08006", "58030", "25006",
        ] {
            assert_eq!(of_sqlstate(code), Failure::Outage, "{code}");
        }
        for code in [8, 1_032, 10, 778, 13, 14] {
            assert_eq!(of_sqlite(code), Failure::Outage, "{code}");
        }
        let error = Error::from(DbErr::Conn(RuntimeErr::SqlxError(
            SqlxError::PoolTimedOut.into(),
        )));
        assert!(is_outage(&error) && !is_conflict(&error));
    }

    #[test]
    fn conflicts_are_worth_trying_again_at_once() {
        for code in ["40001", "40P01", "55P03"] {
            assert_eq!(of_sqlstate(code), Failure::Conflict, "{code}");
        }
        for code in [5, 6, 261, 517] {
            assert_eq!(of_sqlite(code), Failure::Conflict, "{code}");
        }
        assert!(!is_outage(&Error::bad_user_input("no")));
    }
}
