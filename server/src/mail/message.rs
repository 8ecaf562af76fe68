//! From a letter to a message (RFC 5322).

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use schema_engagement::courier::{Letter, Rejection};

/// Whose mail it is.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) from: Mailbox,
    pub(super) reply_to: Option<Mailbox>,
}

/// The message. Names and subjects are encoded, so that nothing in them begins a header.
///
/// # Errors
/// When the address cannot be one.
pub(super) fn message(sender: &Sender, letter: &Letter) -> Result<Message, Rejection> {
    let address: Address = letter.address.parse().map_err(|_| Rejection::Address)?;
    // What is no letter in a name would end a line, or be no header at all.
    let name = letter.name.replace(char::is_control, " ");
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    let domain = sender.from.email.domain();
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{domain}>", letter.id)))
        .date(letter.written_at.into())
        .from(sender.from.clone())
        .to(Mailbox::new(name, address))
        .subject(letter.subject.as_str())
        // RFC 3834: whoever answers by machine leaves it.
        .raw_header(raw("Auto-Submitted", "auto-generated")?)
        .raw_header(raw("Content-Language", letter.language)?);
    if let Some(reply_to) = &sender.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let parts = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    builder.multipart(parts).map_err(|_| Rejection::Address)
}

fn raw(name: &str, value: &str) -> Result<HeaderValue, Rejection> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| Rejection::Address)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use mailparse::{MailHeaderMap, parse_mail};
    use proptest::prelude::*;

    use super::*;

    fn letter(name: &str, subject: &str) -> Letter {
        Letter {
            id: "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f".to_owned(),
            name: name.to_owned(),
            address: "amal@example.com".to_owned(),
            subject: subject.to_owned(),
            text: "Dear Amal,\n\nhello.\n".to_owned(),
            html: "<p>hello</p>".to_owned(),
            language: "ar",
            written_at: "2026-11-20T08:00:00Z".parse().unwrap(),
        }
    }

    fn bytes(name: &str, subject: &str) -> Vec<u8> {
        let sender = Sender {
            from: "Jetbridge <no-reply@jetbridge.invalid>".parse().unwrap(),
            reply_to: None,
        };
        message(&sender, &letter(name, subject))
            .unwrap()
            .formatted()
    }

    #[test]
    fn a_message_has_both_parts_and_one_id() {
        let bytes = bytes("أمل حداد", "أُلغيت الرحلة");
        let parsed = parse_mail(&bytes).unwrap();
        let header = |name| parsed.headers.get_first_value(name).unwrap();
        assert_eq!(
            header("Message-ID"),
            "<01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f@jetbridge.invalid>"
        );
        assert_eq!(header("Subject"), "أُلغيت الرحلة");
        assert!(header("To").contains("أمل حداد"));
        let kinds: Vec<_> = parsed
            .subparts
            .iter()
            .map(|part| part.ctype.mimetype.as_str())
            .collect();
        assert_eq!(kinds, ["text/plain", "text/html"]);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let sender = Sender {
            from: "no-reply@jetbridge.invalid".parse().unwrap(),
            reply_to: None,
        };
        let mut letter = letter("Amal", "Hello");
        for address in ["", "amal", "a@b\r\nBcc: x@y.zz", "a b@c.de"] {
            letter.address = address.to_owned();
            assert_eq!(
                message(&sender, &letter).unwrap_err(),
                Rejection::Address,
                "{address:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_in_a_name_or_a_subject_begins_a_header(
            name in "[a-z\\r\\n:,;<>@\" é\u{202e}م]{0,40}",
            subject in "[a-z\\r\\n: é]{0,200}",
        ) {
            let bytes = bytes(&name, &subject);
            let parsed = parse_mail(&bytes).unwrap();
            let names: Vec<String> = parsed.headers.iter().map(|header| header.get_key().to_lowercase()).collect();
            let known = ["message-id", "date", "from", "to", "subject", "auto-submitted", "content-language", "mime-version", "content-type"];
            prop_assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
            prop_assert_eq!(names.len(), known.len());
        }
    }
}
