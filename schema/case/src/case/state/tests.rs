use proptest::prelude::*;

use super::*;

fn at(days: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_132_800, 0).unwrap() + Duration::days(days)
}

fn standing(status: Status) -> Standing<'static> {
    Standing {
        status,
        resolved_at: Some(at(0)),
        closed_at: Some(at(0)),
        approval_requested_by: None,
    }
}

fn mover(part: Part) -> Mover<'static> {
    Mover {
        actor: "somebody",
        part,
    }
}

/// The diagram at the head of the module, written out once more as pairs.
fn is_in_diagram(from: Status, to: Status) -> bool {
    use Status::{
        Assigned, Closed, InProgress, Merged, New, PendingApproval, PendingCustomer,
        PendingThirdParty, RejectedSpam, Reopened, Resolved, Triaged, Withdrawn,
    };
    let pairs = [
        (New, Triaged),
        (Triaged, Assigned),
        (Assigned, InProgress),
        (InProgress, Resolved),
        (Resolved, Closed),
        (InProgress, PendingCustomer),
        (InProgress, PendingThirdParty),
        (InProgress, PendingApproval),
        (PendingCustomer, InProgress),
        (PendingThirdParty, InProgress),
        (PendingApproval, InProgress),
        (Resolved, Reopened),
        (Reopened, InProgress),
        (Closed, Reopened),
    ];
    let over = [Resolved, Closed, Merged, Withdrawn, RejectedSpam];
    pairs.contains(&(from, to))
        || (!over.contains(&from) && [Merged, Withdrawn, RejectedSpam].contains(&to))
}

#[test]
fn the_table_is_the_diagram() {
    for from in ALL {
        for to in ALL {
            assert_eq!(
                leads(from, to),
                is_in_diagram(from, to),
                "{from:?} -> {to:?}"
            );
        }
    }
}

#[test]
fn ends_are_ends() {
    for end in ENDS {
        assert!(reachable(&standing(end), &mover(Part::Supervisor), at(0)).is_empty());
    }
}

#[test]
fn an_answer_can_be_come_back_to_for_14_days() {
    let resolved = standing(Status::Resolved);
    for part in [Part::Customer, Part::Staff, Part::Supervisor] {
        assert_eq!(
            step(&resolved, &mover(part), Status::Reopened, at(14)),
            Ok(())
        );
        let late = at(14) + Duration::milliseconds(1);
        assert!(step(&resolved, &mover(part), Status::Reopened, late).is_err());
    }
}

#[test]
fn a_closed_case_is_reopened_by_a_supervisor_for_60_days() {
    let closed = standing(Status::Closed);
    assert_eq!(
        step(&closed, &mover(Part::Supervisor), Status::Reopened, at(60)),
        Ok(())
    );
    assert!(step(&closed, &mover(Part::Supervisor), Status::Reopened, at(61)).is_err());
    assert!(step(&closed, &mover(Part::Staff), Status::Reopened, at(1)).is_err());
    assert!(step(&closed, &mover(Part::Customer), Status::Reopened, at(1)).is_err());
}

#[test]
fn nobody_approves_their_own_request() {
    let pending = Standing {
        approval_requested_by: Some("somebody"),
        ..standing(Status::PendingApproval)
    };
    assert_eq!(
        step(
            &pending,
            &mover(Part::Supervisor),
            Status::InProgress,
            at(0)
        ),
        Err(Refusal::OwnRequest)
    );
    let other = Mover {
        actor: "another",
        part: Part::Staff,
    };
    assert_eq!(step(&pending, &other, Status::InProgress, at(0)), Ok(()));
    assert_eq!(
        step(&pending, &mover(Part::Staff), Status::Withdrawn, at(0)),
        Ok(()),
        "giving up is no approval"
    );
}

#[test]
fn a_customer_withdraws_or_reopens_and_nothing_else() {
    for from in ALL {
        for to in reachable(&standing(from), &mover(Part::Customer), at(1)) {
            assert!(
                matches!(to, Status::Withdrawn | Status::Reopened),
                "{from:?} -> {to:?}"
            );
        }
    }
}

proptest! {
    /// Whoever tries whatever, whenever: a case only ever goes along the diagram, and what has ended stays ended.
    #[test]
    fn no_sequence_leaves_the_diagram(attempts in prop::collection::vec((0..13_usize, 0..3_usize, 0..30_i64, any::<bool>()), 1..80)) {
        let mut now = at(0);
        let mut standing = Standing { resolved_at: None, closed_at: None, ..standing(Status::New) };
        for (to, part, days, first) in attempts {
            now += Duration::days(days);
            let part = [Part::Customer, Part::Staff, Part::Supervisor][part];
            let mover = Mover { actor: if first { "first" } else { "second" }, part };
            let (from, to) = (standing.status, ALL[to]);
            if step(&standing, &mover, to, now).is_err() {
                continue;
            }
            prop_assert!(is_in_diagram(from, to));
            prop_assert!(!(from == Status::PendingApproval && to == Status::InProgress && standing.approval_requested_by == Some(mover.actor)));
            standing.status = to;
            standing.resolved_at = if to == Status::Reopened { None } else if to == Status::Resolved { Some(now) } else { standing.resolved_at };
            standing.closed_at = is_ended(to).then_some(now);
            standing.approval_requested_by = (to == Status::PendingApproval).then_some(mover.actor);
        }
    }

    #[test]
    fn steps_taken_by_themselves_are_steps_of_the_diagram(status in 0..13_usize) {
        let status = ALL[status];
        if let Some(to) = after_reply(&standing(status), at(1)) {
            prop_assert!(is_in_diagram(status, to));
        }
        let mut from = status;
        for to in on_assignment(status) {
            prop_assert!(is_in_diagram(from, *to));
            from = *to;
        }
    }
}
