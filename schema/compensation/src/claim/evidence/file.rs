//! Small files that come with evidence: of a few kinds, and really of that kind.

use base64::{Engine, engine::general_purpose::STANDARD};
use schema_kernel::problem::FieldProblem;
use sha2::{Digest, Sha256};

/// The largest file, in bytes. The largest request may be smaller.
pub(super) const LARGEST: usize = 1024 * 1024;

/// The most characters of a file's name.
const LONGEST_NAME: usize = 120;

/// The kinds of file that are taken, with how each begins.
const KINDS: &[(&str, &[u8])] = &[
    ("application/pdf", b"%PDF-"),
    ("image/jpeg", &[0xFF, 0xD8, 0xFF]),
    (
        "image/png",
        &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A],
    ),
    ("text/plain", b""),
];

/// A file that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) content: Vec<u8>,
}

impl File {
    /// SHA-256 in hexadecimal.
    pub(super) fn sha256(&self) -> String {
        use std::fmt::Write;
        Sha256::digest(&self.content)
            .iter()
            .fold(String::with_capacity(64), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}

/// A file as it is shown.
pub(super) fn encode(content: &[u8]) -> String {
    STANDARD.encode(content)
}

/// Checks a file: its name, its kind, its size, and that it is what it says to be.
pub(super) fn read(
    name: &str,
    content_type: &str,
    content: &str,
) -> Result<File, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if !is_name(name) {
        let message = format!(
            "A file's name has no path, no control characters, and at most {LONGEST_NAME} characters, like \"hotel.pdf\"."
        );
        problems.push(FieldProblem::at("input.file.name", message));
    }
    let kind = KINDS.iter().find(|(kind, _)| *kind == content_type);
    if kind.is_none() {
        let known: Vec<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
        let message = format!(
            "Files of this kind are not taken; these are: {}.",
            known.join(", ")
        );
        problems.push(FieldProblem::at("input.file.contentType", message));
    }
    match STANDARD.decode(content) {
        Err(_) => problems.push(FieldProblem::at(
            "input.file.content",
            "The content is written in Base64 (RFC 4648, section 4).",
        )),
        Ok(content) => match check(kind, &content) {
            Some(message) => problems.push(FieldProblem::at("input.file.content", message)),
            None if problems.is_empty() => {
                return Ok(File {
                    name: name.to_owned(),
                    content_type: content_type.to_owned(),
                    content,
                });
            }
            None => {}
        },
    }
    Err(problems)
}

fn check(kind: Option<&(&str, &[u8])>, content: &[u8]) -> Option<String> {
    if content.is_empty() {
        return Some("The file is empty.".to_owned());
    }
    if content.len() > LARGEST {
        return Some(format!("A file has at most {LARGEST} bytes."));
    }
    let (kind, beginning) = kind?;
    let is_text = *kind != "text/plain" || std::str::from_utf8(content).is_ok();
    (!content.starts_with(beginning) || !is_text)
        .then(|| format!("The content is not of the kind {kind}."))
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && schema_kernel::text::is_readable(name)
        && !name.contains(['/', '\\', '\n', '\r', '\t'])
        && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(name: &str, kind: &str, content: &[u8]) -> String {
        read(name, kind, &encode(content)).unwrap_err()[0]
            .path
            .join(".")
    }

    #[test]
    fn a_file_is_what_it_says() {
        let file = read("a.pdf", "application/pdf", &encode(b"%PDF-1.7")).unwrap();
        assert_eq!(file.content, b"%PDF-1.7");
        assert_eq!(file.sha256().len(), 64);
        assert_eq!(
            refused("a.pdf", "application/pdf", b"MZ"),
            "input.file.content"
        );
        assert_eq!(
            refused("a.txt", "text/plain", &[0xFF]),
            "input.file.content"
        );
        assert_eq!(
            refused("a.html", "text/html", b"<p>"),
            "input.file.contentType"
        );
        assert_eq!(refused("a.txt", "text/plain", b""), "input.file.content");
    }

    #[test]
    fn names_lead_nowhere() {
        for name in ["", "../a.txt", "a/b.txt", "a\\b", ".htaccess", "a\nb"] {
            assert_eq!(
                refused(name, "text/plain", b"x"),
                "input.file.name",
                "{name:?}"
            );
        }
    }

    #[test]
    fn the_largest_file_is_taken_and_one_byte_more_is_not() {
        assert!(read("a.txt", "text/plain", &encode(&vec![b'a'; LARGEST])).is_ok());
        assert_eq!(
            refused("a.txt", "text/plain", &vec![b'a'; LARGEST + 1]),
            "input.file.content"
        );
    }

    proptest! {
        #[test]
        fn what_is_taken_comes_back_unchanged(content in "[a-z ]{1,200}") {
            let file = read("a.txt", "text/plain", &encode(content.as_bytes())).unwrap();
            prop_assert_eq!(STANDARD.decode(encode(&file.content)).unwrap(), content.into_bytes());
        }
    }
}
