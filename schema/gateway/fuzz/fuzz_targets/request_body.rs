#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| schema_gateway_fuzz::request_body(bytes));
