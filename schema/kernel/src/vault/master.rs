//! What wraps data keys.

use futures_util::future::BoxFuture;

use crate::{Result, seal::KeyBytes};

/// A data key as it may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The name of the master key.
    pub master: String,
    /// The wrapped key, in the master key's own format.
    pub text: String,
}

/// Something that wraps data keys and unwraps them, and never gives away what it does it with: keys in a file, or a
/// service for keys. `binding` says which data key it is; one that was wrapped for another does not unwrap.
pub trait MasterKey: Send + Sync {
    /// The name of the master key that wraps from now on.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it cannot be asked.
    fn current(&self) -> BoxFuture<'_, Result<String>>;

    /// Wraps a data key.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it cannot.
    fn wrap<'a>(&'a self, key: &'a KeyBytes, binding: &'a [u8]) -> BoxFuture<'a, Result<Wrapped>>;

    /// Unwraps a data key.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it is not known what it was wrapped with, or somebody has changed it.
    fn unwrap<'a>(
        &'a self,
        wrapped: &'a Wrapped,
        binding: &'a [u8],
    ) -> BoxFuture<'a, Result<KeyBytes>>;
}
