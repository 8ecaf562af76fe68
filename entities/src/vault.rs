//! The keys that personal data is sealed with. They lie in a database of their own.

pub mod data_key;
