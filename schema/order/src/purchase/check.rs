//! Whether a purchase can be recorded. All problems are reported at once, each with its path.

use entities::{
    id::{CustomerId, FlightId},
    order::purchase,
};
use schema_kernel::{Money, Session, id, problem::FieldProblem, scalar::DateTime};

use super::{
    PurchaseChannel,
    record::{PurchaseItemInput, RecordPurchaseInput},
};

const MAXIMUM_LINES: usize = 50;
const MAXIMUM_QUANTITY: i32 = 1_000;
const MAXIMUM_UNIT_PRICE: i64 = 1_000_000_000;

/// The purchase that the input describes; or everything that cannot be right in it.
pub(super) fn purchase(
    session: &Session,
    customer_id: CustomerId,
    input: &RecordPurchaseInput,
) -> Result<purchase::Model, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let items = lines(&input.items, &mut problems);
    let flight_id = flight(input, &mut problems);
    let currency = Money::new(0, &input.currency).map(|money| money.currency.code());
    if currency.is_none() {
        problems.push(
            FieldProblem::at(
                "input.currency",
                "A currency is an ISO 4217 code in capital letters, like \"AED\".",
            )
            .by("ISO 4217"),
        );
    }
    let is_last4 =
        |digits: &String| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !input.payment_last4.as_ref().is_none_or(is_last4) {
        problems.push(
            FieldProblem::at(
                "input.paymentLast4",
                "Give the last four digits of the card and nothing else of it, like \"4242\".",
            )
            .by("PCI DSS 3.4"),
        );
    }
    let purchased_at = input.purchased_at.unwrap_or_else(|| session.now());
    if !(DateTime::UNIX_EPOCH..=session.now()).contains(&purchased_at) {
        problems.push(FieldProblem::at(
            "input.purchasedAt",
            "A purchase was made in the past, after 1970.",
        ));
    }
    let total_minor = items
        .iter()
        .map(|item| item.unit_price_minor * i64::from(item.quantity))
        .sum();
    match currency {
        Some(currency) if problems.is_empty() => Ok(purchase::Model {
            id: session.new_id(),
            customer_id,
            channel: input.channel.into(),
            flight_id,
            items: purchase::PurchaseItems(items),
            currency: currency.to_owned(),
            total_minor,
            payment_last4: input.payment_last4.clone(),
            purchased_at,
        }),
        _ => Err(problems),
    }
}

fn flight(input: &RecordPurchaseInput, problems: &mut Vec<FieldProblem>) -> Option<FlightId> {
    let wrong = match (input.channel, &input.flight_id) {
        (PurchaseChannel::Inflight, None) => "A purchase on board names its flight.",
        (PurchaseChannel::Web, Some(_)) => "A purchase on the web has no flight.",
        (PurchaseChannel::Web, None) => return None,
        (PurchaseChannel::Inflight, Some(given)) => match id::try_read(given) {
            Some(flight) => return Some(flight),
            None => "There is no flight with this id.",
        },
    };
    problems.push(FieldProblem::at("input.flightId", wrong));
    None
}

fn lines(
    inputs: &[PurchaseItemInput],
    problems: &mut Vec<FieldProblem>,
) -> Vec<purchase::PurchaseItem> {
    if !(1..=MAXIMUM_LINES).contains(&inputs.len()) {
        problems.push(FieldProblem::at(
            "input.items",
            format!("A purchase has 1 to {MAXIMUM_LINES} lines."),
        ));
    }
    let mut lines = Vec::with_capacity(inputs.len().min(MAXIMUM_LINES));
    for (index, input) in inputs.iter().take(MAXIMUM_LINES).enumerate() {
        let mut wrong = |field: &str, message: &str| {
            problems.push(FieldProblem::at(
                &format!("input.items.{index}.{field}"),
                message,
            ));
        };
        let product_code = input.product_code.trim();
        if !(1..=40).contains(&product_code.chars().count())
            || product_code.chars().any(char::is_control)
        {
            wrong(
                "productCode",
                "A product code has 1 to 40 characters, like \"DF-1042\".",
            );
        }
        if !(1..=MAXIMUM_QUANTITY).contains(&input.quantity) {
            wrong("quantity", "A quantity is between 1 and 1,000.");
        }
        if !(0..=MAXIMUM_UNIT_PRICE).contains(&input.unit_price_minor.0) {
            wrong(
                "unitPriceMinor",
                "A price is between 0 and 1,000,000,000 minor units.",
            );
        }
        lines.push(purchase::PurchaseItem {
            category: input.category.into(),
            product_code: product_code.to_owned(),
            // Bounded also where a problem was found, so that the sum of the lines cannot overflow.
            quantity: input.quantity.clamp(1, MAXIMUM_QUANTITY),
            unit_price_minor: input.unit_price_minor.0.clamp(0, MAXIMUM_UNIT_PRICE),
        });
    }
    lines
}
