use chrono::TimeDelta;
use entities::identity::ticket::Purpose;
use schema_kernel::{Result, Session, problem::InvalidInput};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::Taken;
use crate::{
    Identity,
    input::Fields,
    password,
    postman::{About, Message},
    throttle::{self, Count},
    ticket, user,
};

/// A person who wants an account as a customer.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The address.
    pub email: String,
    /// The password they choose.
    pub password: SecretString,
    /// Given names, where they have some.
    pub given_name: Option<String>,
    /// Family name, or the only one.
    pub family_name: String,
    /// Given names as the travel document spells them, in A to Z; needed for other scripts than Latin and Cyrillic.
    pub travel_document_given_name: Option<String>,
    /// Family name as the travel document spells it, by the same rule.
    pub travel_document_family_name: Option<String>,
    /// The language to address them in, a BCP 47 tag.
    pub language: String,
}

/// What waits with a ticket until its holder shows that the address is theirs. The account is made of it and not before, so
/// that nobody keeps another's address from them, or waits in an account with a password of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) email: String,
    pub(super) password_hash: String,
    pub(super) given_name: Option<String>,
    pub(super) family_name: String,
    pub(super) travel_document_given_name: Option<String>,
    pub(super) travel_document_family_name: Option<String>,
    pub(super) language: String,
}

/// Takes a registration, and has a letter sent to the address: one to confirm it, or one that says that there is an account
/// already. The answer is the same, and takes as long.
///
/// # Errors
/// When the database fails.
pub async fn register(
    identity: &Identity,
    session: &Session,
    registration: Registration,
    address: &str,
) -> Result<Result<Taken, InvalidInput>> {
    let registration = match read(registration) {
        Ok(registration) => registration,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let email = &registration.email;
    if let Some(wait) = too_many_mails(identity, session, email, address).await? {
        return Ok(Ok(Taken::TooMany(wait)));
    }
    let password_hash = password::hash(registration.password.clone()).await?;
    let known = user::store::by_email(identity.database().writer(), email).await?;
    let waiting = Waiting {
        email: email.clone(),
        password_hash,
        given_name: registration.given_name.clone(),
        family_name: registration.family_name.clone(),
        travel_document_given_name: registration.travel_document_given_name.clone(),
        travel_document_family_name: registration.travel_document_family_name.clone(),
        language: registration.language.clone(),
    };
    // Written for a known address too, where nobody gets its secret: so it takes as long.
    let writer = identity.database().writer();
    let (purpose, data) = (Purpose::Registration, Some(&waiting));
    let token = ticket::issue(writer, session, purpose, None, data).await?;
    let name = registration.given_name.unwrap_or(registration.family_name);
    let (about, token) = match known {
        Some(_) => (About::AlreadyRegistered, None),
        None => (About::Registration, Some(token)),
    };
    identity.postman().take(Message {
        about,
        address: registration.email,
        name,
        language: registration.language,
        token,
    });
    Ok(Ok(Taken::Taken))
}

fn read(registration: Registration) -> Result<Registration, InvalidInput> {
    let mut fields = Fields::default();
    let email = fields.email("email", &registration.email);
    let language = fields.language("language", &registration.language);
    let family_name = fields.name("familyName", &registration.family_name);
    let given_name = match &registration.given_name {
        Some(name) => fields.name("givenName", name).map(Some),
        None => Some(None),
    };
    for (path, name, spelled) in [
        (
            "travelDocumentFamilyName",
            Some(&registration.family_name),
            &registration.travel_document_family_name,
        ),
        (
            "travelDocumentGivenName",
            registration.given_name.as_ref(),
            &registration.travel_document_given_name,
        ),
    ] {
        if let Some(problem) = spelling(name, spelled.as_deref()) {
            fields.problem(path, problem);
        }
    }
    let chosen = registration.password.expose_secret();
    if let Some(problem) = password::problem(chosen, &registration.email) {
        fields.problem("password", problem);
    }
    let read = email.zip(language).zip(family_name.zip(given_name)).map(
        |((email, language), (family_name, given_name))| Registration {
            email,
            given_name,
            family_name,
            language,
            ..registration.clone()
        },
    );
    fields.finish_with(read)
}

/// Why a name needs another spelling, as a travel document has it (ICAO Doc 9303-3, 6). Here, because the person is at hand
/// now, and not when the letter is opened.
fn spelling(name: Option<&String>, spelled: Option<&str>) -> Option<&'static str> {
    let is_plain = |text: &str| {
        (1..=100).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || b" -'".contains(&byte))
    };
    // Latin with its extensions, and Cyrillic: those follow by rule.
    let follows = |letter: char| {
        !letter.is_alphabetic()
            || matches!(letter, '\0'..='\u{24f}' | '\u{400}'..='\u{4ff}' | '\u{1e00}'..='\u{1eff}')
    };
    match (name, spelled) {
        (_, Some(spelled)) if is_plain(spelled) => None,
        (_, Some(_)) => Some("A travel document spells names in A to Z."),
        (Some(name), None) if !name.chars().all(follows) => {
            Some("Names in this script are spelled as in the travel document too, in A to Z.")
        }
        (_, None) => None,
    }
}

/// How long to wait before another letter may be asked for.
pub(super) async fn too_many_mails(
    identity: &Identity,
    session: &Session,
    email: &str,
    address: &str,
) -> Result<Option<TimeDelta>> {
    let limit = identity.options().throttles.mail;
    let tries = [
        (Count::MailTo { email }, limit),
        (Count::MailFrom { address }, limit),
    ];
    throttle::count(identity.database(), session.now(), &tries).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_scripts_are_spelled() {
        let name = |text: &str| Some(text.to_owned());
        for (plain, spelled) in [
            ("Müller", None),
            ("Шевченко", None),
            ("حداد", Some("Haddad")),
        ] {
            assert_eq!(spelling(name(plain).as_ref(), spelled), None, "{plain}");
        }
        for (plain, spelled) in [("حداد", None), ("王", None), ("Haddad", Some("حداد"))] {
            assert!(spelling(name(plain).as_ref(), spelled).is_some(), "{plain}");
        }
        assert_eq!(spelling(None, None), None);
    }
}
