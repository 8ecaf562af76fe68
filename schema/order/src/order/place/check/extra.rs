use schema_kernel::problem::FieldProblem;

use super::{
    super::{AncillaryInput, PlaceOrderInput},
    Extra, place, price,
};
use crate::order::{amount::MAXIMUM_MINOR, contract::limit};

/// Reads what is bought beside the seats; what cannot be right is added to `problems`.
pub(super) fn all(input: &PlaceOrderInput, problems: &mut Vec<FieldProblem>) -> Vec<Extra> {
    if input.ancillaries.len() > limit::ANCILLARIES {
        problems.push(FieldProblem::at(
            "input.ancillaries",
            format!("An order has at most {} ancillaries.", limit::ANCILLARIES),
        ));
    }
    let ancillaries = input
        .ancillaries
        .iter()
        .take(limit::ANCILLARIES)
        .enumerate();
    ancillaries
        .filter_map(|(index, ancillary)| one(index, ancillary, input, problems))
        .collect()
}

fn one(
    index: usize,
    ancillary: &AncillaryInput,
    input: &PlaceOrderInput,
    problems: &mut Vec<FieldProblem>,
) -> Option<Extra> {
    let path = format!("input.ancillaries.{index}");
    let mut wrong = |field: &str, message: &str| {
        problems.push(FieldProblem::at(&format!("{path}.{field}"), message));
    };
    let passenger = place(ancillary.passenger, input.passengers.len());
    if passenger.is_none() {
        wrong(
            "passenger",
            "There is no such place in `passengers`; the first is 0.",
        );
    }
    let tied = tied(ancillary, input).unwrap_or_else(|(field, message)| {
        wrong(field, message);
        None
    });
    let rfisc = ancillary.rfisc.trim().to_ascii_uppercase();
    if rfisc.len() != 3 || !rfisc.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        wrong(
            "rfisc",
            "A reason for issuance sub-code has three letters or digits, like \"0AA\".",
        );
    }
    price(
        &format!("{path}.priceMinor"),
        ancillary.price_minor.0,
        problems,
    );
    let price_minor = ancillary.price_minor.0.clamp(0, MAXIMUM_MINOR);
    Some(Extra {
        passenger: passenger?,
        place: tied,
        kind: ancillary.kind.into(),
        rfisc,
        price_minor,
    })
}

/// The journey and the flight that an ancillary is tied to; or the field that is wrong, and why.
fn tied(
    ancillary: &AncillaryInput,
    input: &PlaceOrderInput,
) -> Result<Option<(usize, usize)>, (&'static str, &'static str)> {
    match (ancillary.journey, ancillary.segment) {
        (None, None) if ancillary.kind.is_tied_to_a_flight() => Err((
            "segment",
            "This kind of ancillary is for one flight; give its `journey` and `segment`.",
        )),
        (None, None) => Ok(None),
        (Some(journey), Some(segment)) => {
            let journey = place(journey, input.journeys.len()).ok_or((
                "journey",
                "There is no such place in `journeys`; the first is 0.",
            ))?;
            let segments = input.journeys[journey].segments.len();
            let segment = place(segment, segments).ok_or((
                "segment",
                "There is no such place in `segments`; the first is 0.",
            ))?;
            Ok(Some((journey, segment)))
        }
        (Some(_), None) | (None, Some(_)) => Err((
            "segment",
            "`journey` and `segment` go together: give both or neither.",
        )),
    }
}
