//! Values that cannot be right, whatever the flight.

use schema_kernel::problem::FieldProblem;

use crate::flight::{DelayCode, PLAUSIBLE_DELAY};

pub(super) fn wrong_minutes(path: &str, minutes: i32) -> Option<FieldProblem> {
    (!PLAUSIBLE_DELAY.contains(&minutes)).then(|| {
        FieldProblem::at(path, "A flight is at most 24 hours early (-1440) and 7 days late (10080); beyond that it is another flight.")
            .by("-1440 to 10080 minutes")
    })
}

pub(super) fn wrong_cause(details: &str, code: &str) -> Option<FieldProblem> {
    DelayCode::find(code).is_none().then(|| {
        let path = format!("input.{details}.causeCode");
        FieldProblem::at(
            &path,
            "A cause is a two-digit IATA delay code, like \"41\" for aircraft defects.",
        )
        .by("IATA AHM 730")
    })
}

pub(crate) fn wrong_gate(path: &str, gate: &str) -> Option<FieldProblem> {
    let right = (1..=8).contains(&gate.len())
        && gate
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (!right).then(|| {
        FieldProblem::at(
            path,
            "A gate has 1 to 8 capital letters and digits, like \"B22\".",
        )
        .by("1 to 8 capital letters and digits")
    })
}
