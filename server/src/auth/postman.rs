//! Letters about accounts, and their words.

use std::{sync::Arc, time::Duration};

use schema_engagement::courier::{Letter, Mailer, Rejection};
use schema_identity::postman::{About, Message, Postman};
use schema_kernel::{Session, id::EventId};
use secrecy::ExposeSecret;
use tokio::time::sleep;

/// How often a letter is tried that the mail server does not take now, and the pause after the first try.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_secs(5);

/// Brings letters by mail, as soon as it can. What a process has not brought when it ends is not brought: people ask again.
pub struct MailPostman {
    mailer: Arc<dyn Mailer>,
    public_url: String,
    session: Session,
}

impl MailPostman {
    /// By this mailer; links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, public_url: String, session: &Session) -> Self {
        Self {
            mailer,
            public_url,
            session: session.clone(),
        }
    }

    fn letter(&self, message: &Message) -> Letter {
        let words = Words::of(message.about, &message.language);
        // Behind `#`, so that it stands in no log and in no header.
        let link =
            message.token.as_ref().zip(words.path).map(|(token, path)| {
                format!("{}{path}#{}", self.public_url, token.expose_secret())
            });
        Letter {
            id: self.session.new_id::<EventId>().to_string(),
            name: message.name.clone(),
            address: message.address.clone(),
            subject: words.subject.to_owned(),
            text: words.text(&message.name, link.as_deref()),
            html: words.html(&message.name, link.as_deref()),
            language: words.language,
            written_at: self.session.now(),
        }
    }
}

impl Postman for MailPostman {
    fn take(&self, message: Message) {
        let (mailer, letter) = (self.mailer.clone(), self.letter(&message));
        tokio::spawn(bring(mailer, letter));
    }
}

async fn bring(mailer: Arc<dyn Mailer>, letter: Letter) {
    let mut pause = PAUSE;
    for attempt in 1..=TRIES {
        match mailer.send(&letter).await {
            Ok(()) => return,
            // Never, or not to this address.
            Err(rejection @ (Rejection::Address | Rejection::Never(_))) => {
                tracing::warn!(
                    letter.id,
                    ?rejection,
                    "a letter about an account is refused"
                );
                return;
            }
            Err(rejection) => {
                tracing::warn!(
                    letter.id,
                    attempt,
                    ?rejection,
                    "a letter was not taken over"
                );
            }
        }
        sleep(pause).await;
        pause *= 3;
    }
}

/// What a letter says, in one language.
struct Words {
    language: &'static str,
    greeting: &'static str,
    subject: &'static str,
    lines: &'static [&'static str],
    path: Option<&'static str>,
}

impl Words {
    fn of(about: About, language: &str) -> Self {
        if language.split('-').next() == Some("ar") {
            Self::arabic(about)
        } else {
            Self::english(about)
        }
    }

    fn english(about: About) -> Self {
        let (subject, lines, path): (_, &'static [&'static str], _) = match about {
            About::Registration => (
                "Confirm your address",
                &[
                    "somebody, most likely you, wants an account with this address.",
                    "To confirm it, open this link within 24 hours:",
                    "If it was not you, there is nothing to do: no account is made.",
                ],
                Some("/account/verify"),
            ),
            About::AlreadyRegistered => (
                "You have an account already",
                &[
                    "somebody, most likely you, wanted an account with this address, and there is one.",
                    "Sign in with it. If you do not know your password any more, ask for another one where you sign in.",
                ],
                None,
            ),
            About::Invitation => (
                "You are invited",
                &[
                    "an account was made for you.",
                    "To choose your password, open this link within seven days:",
                ],
                Some("/account/invitation"),
            ),
            About::PasswordReset => (
                "Choose another password",
                &[
                    "somebody, most likely you, asked for another password.",
                    "To choose it, open this link within an hour:",
                    "If it was not you, there is nothing to do: your password stays as it is.",
                ],
                Some("/account/reset"),
            ),
            About::PasswordChanged => (
                "Your password was changed",
                &[
                    "the password of your account was changed, and you are signed out wherever you were signed in.",
                    "If it was not you, ask for another password where you sign in, and tell us.",
                ],
                None,
            ),
            About::Consent => (
                "Shall we write to you?",
                &[
                    "somebody, most likely you, allowed us to send offers to this address.",
                    "If it was you, open this link within seven days:",
                    "If it was not you, there is nothing to do: we send no offers.",
                ],
                Some("/account/consents"),
            ),
        };
        Self {
            language: "en",
            greeting: "Dear",
            subject,
            lines,
            path,
        }
    }

    fn arabic(about: About) -> Self {
        let (subject, lines, path): (_, &'static [&'static str], _) = match about {
            About::Registration => (
                "أكّد عنوانك",
                &[
                    "طلب شخص ما، وهو أنت على الأرجح، حساباً بهذا العنوان.",
                    "لتأكيده افتح هذا الرابط خلال 24 ساعة:",
                    "إن لم تكن أنت فلا حاجة إلى فعل شيء: لن يُنشأ أي حساب.",
                ],
                Some("/account/verify"),
            ),
            About::AlreadyRegistered => (
                "لديك حساب بالفعل",
                &[
                    "طلب شخص ما، وهو أنت على الأرجح، حساباً بهذا العنوان، وهو موجود بالفعل.",
                    "سجّل الدخول به. وإن نسيت كلمة المرور فاطلب كلمة أخرى من صفحة الدخول.",
                ],
                None,
            ),
            About::Invitation => (
                "دعوة لك",
                &[
                    "أُنشئ حساب لك.",
                    "لاختيار كلمة المرور افتح هذا الرابط خلال سبعة أيام:",
                ],
                Some("/account/invitation"),
            ),
            About::PasswordReset => (
                "اختر كلمة مرور أخرى",
                &[
                    "طلب شخص ما، وهو أنت على الأرجح، كلمة مرور أخرى.",
                    "لاختيارها افتح هذا الرابط خلال ساعة:",
                    "إن لم تكن أنت فلا حاجة إلى فعل شيء: تبقى كلمة مرورك كما هي.",
                ],
                Some("/account/reset"),
            ),
            About::PasswordChanged => (
                "تغيّرت كلمة مرورك",
                &[
                    "تغيّرت كلمة مرور حسابك، وسُجّل خروجك من كل مكان كنت قد دخلت منه.",
                    "إن لم تكن أنت فاطلب كلمة مرور أخرى من صفحة الدخول وأخبرنا.",
                ],
                None,
            ),
            About::Consent => (
                "هل نكتب إليك؟",
                &[
                    "سمح لنا شخص ما، وهو أنت على الأرجح، بإرسال عروض إلى هذا العنوان.",
                    "إن كنت أنت فافتح هذا الرابط خلال سبعة أيام:",
                    "إن لم تكن أنت فلا حاجة إلى فعل شيء: لن نرسل أي عروض.",
                ],
                Some("/account/consents"),
            ),
        };
        Self {
            language: "ar",
            greeting: "عزيزي",
            subject,
            lines,
            path,
        }
    }

    fn text(&self, name: &str, link: Option<&str>) -> String {
        let mut paragraphs = vec![format!("{} {name},", self.greeting)];
        for line in self.lines {
            paragraphs.push((*line).to_owned());
            if line.ends_with(':') {
                paragraphs.extend(link.map(str::to_owned));
            }
        }
        paragraphs.join("\n\n") + "\n"
    }

    fn html(&self, name: &str, link: Option<&str>) -> String {
        let direction = if self.language == "ar" { "rtl" } else { "ltr" };
        let mut body = format!("<p>{} {},</p>", self.greeting, escaped(name));
        for line in self.lines {
            body += &format!("<p>{line}</p>");
            if let Some(link) = link.filter(|_| line.ends_with(':')) {
                let link = escaped(link);
                body += &format!("<p dir=\"ltr\"><a href=\"{link}\">{link}</a></p>");
            }
        }
        format!(
            "<!DOCTYPE html><html lang=\"{}\" dir=\"{direction}\"><meta charset=\"utf-8\"><title>{}</title><body>{body}</body></html>",
            self.language, self.subject
        )
    }
}

fn escaped(text: &str) -> String {
    text.chars().fold(
        String::with_capacity(text.len()),
        |mut escaped, character| {
            match character {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                other => escaped.push(other),
            }
            escaped
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_brings_its_link_once_in_each_part() {
        for language in ["en", "ar-AE"] {
            for about in [About::Registration, About::Invitation, About::PasswordReset] {
                let words = Words::of(about, language);
                let link = Some("https://jet.example/x#secret");
                for part in [words.text("Amal", link), words.html("Amal", link)] {
                    assert!(part.contains("https://jet.example/x#secret"), "{part}");
                }
            }
        }
    }

    #[test]
    fn nothing_in_a_name_is_markup() {
        let words = Words::of(About::Invitation, "en");
        let html = words.html("<script>alert('x')</script>", None);
        assert!(!html.contains("<script>"), "{html}");
    }
}
