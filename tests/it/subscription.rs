//! What is told as it happens: by socket and by event stream, from every domain, to whom it may concern.

mod change;
mod event_stream;
mod right;
mod socket;
