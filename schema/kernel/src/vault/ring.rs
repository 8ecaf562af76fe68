//! Master keys on this machine: a text of names and keys, from a file or from the environment.

use std::{
    fmt::Write,
    sync::{Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, ensure};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::{MasterKey, Wrapped};
use crate::{
    Error, Result,
    seal::{self, KEY_LENGTH, KeyBytes, SealingKey},
};

/// How often the text is read again at most.
const PAUSE: Duration = Duration::from_secs(1);

type Source = Box<dyn Fn() -> anyhow::Result<SecretString> + Send + Sync>;

/// A ring of master keys. Each line of its text is a name and 32 bytes in base64; the first wraps, all of them unwrap. The
/// text is read again when a name is not known, and from time to time, so that every process follows a rotation.
pub struct LocalRing {
    source: Source,
    keys: RwLock<Vec<(String, SealingKey)>>,
    read_at: Mutex<Instant>,
}

impl LocalRing {
    /// The ring whose text `source` gives.
    ///
    /// # Errors
    /// When it cannot be read, or is no such text; the error says which line, and never what it holds.
    pub fn read(
        source: impl Fn() -> anyhow::Result<SecretString> + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let keys = parse(&source()?)?;
        Ok(Self {
            source: Box::new(source),
            keys: RwLock::new(keys),
            read_at: Mutex::new(Instant::now()),
        })
    }

    /// A ring of one key that nobody else has, for databases in memory.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn forgetful() -> anyhow::Result<Self> {
        let text = Self::with_new_key("")?;
        Self::read(move || Ok(text.clone()))
    }

    /// A text with a new key, which wraps from now on, before the keys of `text`.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn with_new_key(text: &str) -> anyhow::Result<SecretString> {
        let name = seal::random::<6>()?
            .iter()
            .fold(String::with_capacity(12), |mut name, byte| {
                let _ = write!(name, "{byte:02x}");
                name
            });
        let key = Zeroizing::new(STANDARD_NO_PAD.encode(seal::new_key()?.as_slice()));
        Ok(format!("{name} {}\n{text}", key.as_str()).into())
    }

    /// The text without the keys that are not among `names`, except the one that wraps.
    pub fn without_others(text: &str, names: &[String]) -> SecretString {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let kept = lines.enumerate().filter(|(index, line)| {
            let name = line.split_whitespace().next().unwrap_or_default();
            *index == 0 || names.iter().any(|kept| kept == name)
        });
        let mut text = String::new();
        for (_, line) in kept {
            text.push_str(line);
            text.push('\n');
        }
        text.into()
    }

    fn refresh(&self) -> Result<()> {
        {
            let mut read_at = self.read_at.lock().unwrap_or_else(PoisonError::into_inner);
            if read_at.elapsed() < PAUSE {
                return Ok(());
            }
            *read_at = Instant::now();
        }
        let keys = (self.source)()
            .and_then(|text| parse(&text))
            .map_err(Error::internal)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    fn with<T>(
        &self,
        find: impl FnOnce(&[(String, SealingKey)]) -> Option<&(String, SealingKey)>,
        then: impl FnOnce(&str, &SealingKey) -> Result<T>,
    ) -> Result<Option<T>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        find(&keys).map(|(name, key)| then(name, key)).transpose()
    }

    fn wrap_now(&self, key: &KeyBytes, binding: &[u8]) -> Result<Wrapped> {
        self.refresh()?;
        let wrapped = self.with(<[_]>::first, |name, master| {
            let sealed = master.seal(key.as_slice(), &bound(name, binding))?;
            Ok(Wrapped {
                master: name.to_owned(),
                text: STANDARD_NO_PAD.encode(sealed),
            })
        })?;
        wrapped.ok_or_else(|| Error::internal(anyhow!("there is no master key")))
    }

    fn unwrap_now(&self, wrapped: &Wrapped, binding: &[u8]) -> Result<KeyBytes> {
        let sealed = STANDARD_NO_PAD
            .decode(&wrapped.text)
            .map_err(Error::internal)?;
        let unwrap = || {
            self.with(
                |keys| keys.iter().find(|(name, _)| *name == wrapped.master),
                |name, master| {
                    let opened = master.open(&sealed, &bound(name, binding)).ok();
                    opened
                        .and_then(|opened| <[u8; KEY_LENGTH]>::try_from(opened.as_slice()).ok())
                        .map(Zeroizing::new)
                        .ok_or_else(|| {
                            Error::internal(anyhow!(
                                "a data key does not unwrap: it was changed, or the master key {name} is another one than before"
                            ))
                        })
                },
            )
        };
        if let Some(key) = unwrap()? {
            return Ok(key);
        }
        self.refresh()?;
        unwrap()?.ok_or_else(|| {
            Error::internal(anyhow!(
                "the master key {} is not known here; put it back into the text of the master keys",
                wrapped.master
            ))
        })
    }
}

impl std::fmt::Debug for LocalRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LocalRing")
    }
}

impl MasterKey for LocalRing {
    fn current(&self) -> BoxFuture<'_, Result<String>> {
        let current = self
            .refresh()
            .and_then(|()| self.with(<[_]>::first, |name, _| Ok(name.to_owned())))
            .and_then(|name| {
                name.ok_or_else(|| Error::internal(anyhow!("there is no master key")))
            });
        Box::pin(std::future::ready(current))
    }

    fn wrap<'a>(&'a self, key: &'a KeyBytes, binding: &'a [u8]) -> BoxFuture<'a, Result<Wrapped>> {
        Box::pin(std::future::ready(self.wrap_now(key, binding)))
    }

    fn unwrap<'a>(
        &'a self,
        wrapped: &'a Wrapped,
        binding: &'a [u8],
    ) -> BoxFuture<'a, Result<KeyBytes>> {
        Box::pin(std::future::ready(self.unwrap_now(wrapped, binding)))
    }
}

fn bound(name: &str, binding: &[u8]) -> Vec<u8> {
    [name.as_bytes(), b"\n", binding].concat()
}

fn parse(text: &SecretString) -> anyhow::Result<Vec<(String, SealingKey)>> {
    let mut keys: Vec<(String, SealingKey)> = Vec::new();
    let lines = text.expose_secret().lines().enumerate();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let at = || format!("line {} of the master keys", index + 1);
        let (name, key) = line
            .trim()
            .split_once(char::is_whitespace)
            .with_context(|| format!("{} is not a name, a space and a key", at()))?;
        ensure!(
            (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic()),
            "{} has a name of other than 1 to 64 printable characters",
            at()
        );
        ensure!(
            keys.iter().all(|(known, _)| known != name),
            "{} has the name of another one",
            at()
        );
        let key = STANDARD_NO_PAD
            .decode(key.trim().trim_end_matches('='))
            .map(Zeroizing::new)
            .map_err(|_| anyhow!("{} has a key that is not base64", at()))?;
        let key = <[u8; KEY_LENGTH]>::try_from(key.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| anyhow!("{} has a key of other than {KEY_LENGTH} bytes", at()))?;
        keys.push((name.to_owned(), SealingKey::new(&key)?));
    }
    ensure!(!keys.is_empty(), "there is no master key in the text");
    Ok(keys)
}
