use async_graphql::{Context, ID};
use entities::id::FlightId;
use futures_util::Stream;
use schema_kernel::{Code, ContextExt, Error, Result, id};

use super::{Flight, FlightById};

/// The flight as it is after each event about it.
///
/// # Errors
/// `NOT_FOUND` when there is no such flight.
pub(crate) async fn follow<'a>(
    context: &'a Context<'_>,
    flight: &ID,
) -> Result<impl Stream<Item = Result<Flight>> + use<'a>> {
    let flight: FlightId = id::read(flight)?;
    let subject = flight.to_string();
    let changes = context
        .feed()?
        .listen(move |event| {
            (event.kind.starts_with("order.flight.") && event.subject == subject).then_some(flight)
        })
        .await?;
    let loader = context.loader()?;
    let load = move |flight| async move {
        let found = loader.load_one(FlightById(flight)).await?;
        Ok::<_, Error>(found.map(Flight))
    };
    if load(flight).await?.is_none() {
        return Err(Error::client(Code::NotFound, "There is no such flight."));
    }
    Ok(changes.load(load))
}
