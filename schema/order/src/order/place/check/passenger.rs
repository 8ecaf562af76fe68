use entities::{id::CustomerId, order::passenger::PassengerKind};
use schema_kernel::{Actor, id, problem::FieldProblem};

use super::{super::PassengerInput, Traveller};
use crate::{order::contract::limit, passenger::family_name_key};

/// Reads who travels; what cannot be right is added to `problems`.
pub(super) fn all(
    inputs: &[PassengerInput],
    actor: &Actor,
    problems: &mut Vec<FieldProblem>,
) -> Vec<Traveller> {
    if !(1..=limit::PASSENGERS).contains(&inputs.len()) {
        problems.push(FieldProblem::at(
            "input.passengers",
            format!("An order has 1 to {} passengers.", limit::PASSENGERS),
        ));
    }
    let travellers: Vec<_> = inputs
        .iter()
        .take(limit::PASSENGERS)
        .enumerate()
        .map(|(index, input)| traveller(index, input, actor, problems))
        .collect();
    let count = |wanted: fn(&Traveller) -> bool| {
        travellers
            .iter()
            .filter(|traveller| wanted(traveller))
            .count()
    };
    let adults = count(|traveller| traveller.kind == PassengerKind::Adult);
    let infants = count(|traveller| traveller.kind == PassengerKind::Infant);
    let on_laps = count(|traveller| !traveller.has_seat);
    if (infants > 0 && adults == 0) || on_laps > adults {
        problems.push(
            FieldProblem::at("input.passengers", "An infant travels with an adult, and each adult holds one infant at most; add an adult, or a seat for the infant.")
                .by("one infant per adult lap"),
        );
    }
    travellers
}

fn traveller(
    index: usize,
    input: &PassengerInput,
    actor: &Actor,
    problems: &mut Vec<FieldProblem>,
) -> Traveller {
    let path = format!("input.passengers.{index}");
    for (field, name) in [
        ("givenName", &input.given_name),
        ("familyName", &input.family_name),
    ] {
        if !is_name(name) {
            problems.push(FieldProblem::at(
                &format!("{path}.{field}"),
                "A name has 1 to 100 characters, at least one of them a letter, and no digits.",
            ));
        }
    }
    let customer_id = input.customer_id.as_ref().and_then(|given| {
        let permitted = id::try_read(given)
            .and_then(|customer: CustomerId| actor.permit("order:write", customer));
        if permitted.is_none() {
            problems.push(FieldProblem::at(
                &format!("{path}.customerId"),
                "There is no customer with this id that you may see.",
            ));
        }
        permitted.map(schema_kernel::Permit::into_subject)
    });
    let kind = PassengerKind::from(input.kind);
    let has_seat = input.has_seat.unwrap_or(kind != PassengerKind::Infant);
    if !has_seat && kind != PassengerKind::Infant {
        problems.push(FieldProblem::at(
            &format!("{path}.hasSeat"),
            "Only infants travel without a seat of their own.",
        ));
    }
    Traveller {
        given_name: input.given_name.trim().to_owned(),
        family_name: input.family_name.trim().to_owned(),
        kind,
        has_seat,
        customer_id,
    }
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    (1..=100).contains(&name.chars().count())
        && !name
            .chars()
            .any(|character| character.is_control() || character.is_numeric())
        && !family_name_key(name).is_empty()
}
