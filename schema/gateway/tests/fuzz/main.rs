//! The fuzz targets on the stable compiler: arbitrary bytes, and real inputs with parts cut, doubled and exchanged.

#[expect(
    clippy::expect_used,
    unreachable_pub,
    reason = "a library of its own, whose panics are its findings"
)]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

mod inputs;

use proptest::{prelude::*, test_runner::Config};

fn config() -> Config {
    Config {
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        targets::request_body(&bytes);
        targets::document(&bytes);
        targets::variables(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        targets::request_body(text.as_bytes());
        targets::document(text.as_bytes());
        targets::variables(text.as_bytes());
    }

    #[test]
    fn mutated_bodies_are_read_or_refused(bytes in inputs::mutated(inputs::BODIES)) {
        targets::request_body(&bytes);
    }

    #[test]
    fn mutated_documents_are_answered_or_refused(bytes in inputs::mutated(inputs::DOCUMENTS)) {
        targets::document(&bytes);
    }

    #[test]
    fn mutated_variables_arrive_as_declared_or_not_at_all(bytes in inputs::mutated(inputs::VARIABLES)) {
        targets::variables(&bytes);
    }
}

/// Inputs that were refused as they stand would leave the paths behind the first check unseen.
#[test]
fn the_real_inputs_are_good() {
    for text in inputs::DOCUMENTS {
        let refusal = targets::refusal(text);
        let is_open = refusal.is_none() || text.contains("__schema");
        assert!(is_open, "{text}: {refusal:?}");
    }
}
