//! Secrets in files that their owner alone can read.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, ensure};

/// Makes a file with so many random bytes. Of two processes that make it at the same moment, one does.
///
/// # Errors
/// When the file, or its folder, cannot be written.
pub fn make<const BYTES: usize>(path: &Path) -> std::io::Result<()> {
    let mut secret = [0; BYTES];
    File::open("/dev/urandom")?.read_exact(&mut secret)?;
    write_new(path, &secret)
}

/// Writes a file that is not there yet. It is there whole or not at all.
///
/// # Errors
/// As [`make`].
pub fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // A link is made where none is, and never in the place of another file.
    let linked = std::fs::hard_link(&unfinished, path);
    std::fs::remove_file(&unfinished)?;
    match linked {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// What such a file holds.
///
/// # Errors
/// When it cannot be read, or can be read by others.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("{}", path.display());
    let mode = std::fs::metadata(path)
        .with_context(failed)?
        .permissions()
        .mode();
    ensure!(
        mode & 0o077 == 0,
        "{} can be read by others; run `chmod 600` on it",
        path.display()
    );
    std::fs::read(path).with_context(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("key");
        make::<32>(&path).unwrap();
        let first = read(&path).unwrap();
        assert_eq!(first.len(), 32);
        make::<32>(&path).unwrap();
        assert_eq!(read(&path).unwrap(), first);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("chmod 600"));
    }
}
