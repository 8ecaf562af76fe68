use std::collections::BTreeMap;

use entities::engagement::notification::{Class, Kind};
use minijinja::Value;

use super::{
    catalogue::{VariableKind, variables},
    fact::{Fact, Facts, FactsError, Places},
    language::Language,
    layout::{Block, blocks, plain, values},
    library::{Templates, name_of},
};
use crate::notification::class_of;

/// The longest title, in characters: it becomes the subject of a mail.
const TITLE: usize = 150;

/// One message, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// One line.
    pub title: String,
    /// What matters, in a sentence or two.
    pub summary: String,
    /// The whole as plain text.
    pub text: String,
    /// The whole as a page of HTML.
    pub html: String,
}

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The facts are not those of the template.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// The template fails.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
}

impl Templates {
    /// Writes a message. `salutation` is how the reader is addressed.
    ///
    /// # Errors
    /// When the facts are not those of the template.
    pub fn write(
        &self,
        kind: Kind,
        language: Language,
        facts: &Facts,
        places: &Places,
        salutation: Option<&str>,
    ) -> Result<Written, RenderError> {
        facts.check(kind)?;
        let context = context(kind, language, facts, places);
        let name = name_of(kind, language);
        let part = |part: &str| self.part(&format!("{name}/{part}"), &context);
        let title: String = one_line(&part("title")?).chars().take(TITLE).collect();
        let summary = one_line(&part("summary")?);
        let body = blocks(&part("body")?);

        let around = frame(kind, salutation);
        let frame = |part: &str| self.part(&format!("{}/frame/{part}", language.tag()), &around);
        let (greeting, closing, footer) = (frame("greeting")?, frame("closing")?, frame("footer")?);
        let mut whole = vec![Block::Paragraph(one_line(&greeting))];
        whole.extend(body);
        whole.extend(blocks(&closing));
        let footer = one_line(&footer);
        let text = format!("{}\n\n-- \n{footer}\n", plain(&whole));
        let page = BTreeMap::from([
            ("language", Value::from(language.tag())),
            ("direction", Value::from(language.direction())),
            ("title", Value::from(title.as_str())),
            ("blocks", values(&whole)),
            ("footer", Value::from(footer.as_str())),
        ]);
        let html = self
            .0
            .get_template("layout.html")?
            .render(Value::from(page))?;
        Ok(Written {
            title,
            summary,
            text,
            html,
        })
    }

    fn part(&self, name: &str, context: &Value) -> Result<String, minijinja::Error> {
        self.0.get_template(name)?.render(context)
    }
}

fn context(kind: Kind, language: Language, facts: &Facts, places: &Places) -> Value {
    let mut context = BTreeMap::new();
    for variable in variables(kind) {
        let fact = facts.get(variable.name).unwrap_or(&Fact::Nothing);
        let value = match (variable.kind, fact) {
            (_, Fact::Flag(flag)) => Value::from(*flag),
            (VariableKind::Code, Fact::Text(code)) => Value::from(code.as_str()),
            _ => language
                .write(fact, places)
                .map_or_else(|| Value::from(()), |text| Value::from(one_line(&text))),
        };
        context.insert(variable.name, value);
    }
    Value::from(context)
}

fn frame(kind: Kind, salutation: Option<&str>) -> Value {
    let salutation = salutation
        .map(one_line)
        .filter(|salutation| !salutation.is_empty());
    Value::from(BTreeMap::from([
        (
            "salutation",
            salutation.map_or_else(|| Value::from(()), Value::from),
        ),
        (
            "is_statutory",
            Value::from(class_of(kind) == Class::Statutory),
        ),
    ]))
}

/// The text on one line, without what commands machines: line breaks could begin headers, or blocks of their own.
pub(crate) fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|letter| !matches!(letter, '\u{202d}' | '\u{202e}'))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;
    use crate::template::catalogue::sample;

    fn written(kind: Kind, language: Language, salutation: &str) -> Written {
        Templates::load()
            .unwrap()
            .write(
                kind,
                language,
                &sample(kind),
                &Places::new(),
                Some(salutation),
            )
            .unwrap()
    }

    #[test]
    fn every_message_has_words_in_every_language() {
        for kind in Kind::iter() {
            for language in Language::ALL {
                let message = written(kind, language, "Dr Müller");
                assert!(!message.title.is_empty() && !message.summary.is_empty());
                assert!(message.text.contains("Müller"), "{kind:?} {language:?}");
                let direction = format!("dir=\"{}\"", language.direction());
                assert!(message.html.contains(&direction), "{kind:?} {language:?}");
                assert!(!message.text.contains("none"), "{}", message.text);
            }
        }
    }

    #[test]
    fn a_notice_of_the_law_in_english() {
        insta::assert_snapshot!(written(Kind::RightsNotice, Language::English, "Dr Müller").text);
    }

    #[test]
    fn a_notice_of_the_law_in_arabic() {
        let message = written(Kind::RightsNotice, Language::Arabic, "Dr Müller");
        insta::assert_snapshot!("a_notice_of_the_law_in_arabic_text", message.text);
        insta::assert_snapshot!("a_notice_of_the_law_in_arabic_html", message.html);
    }

    #[test]
    fn names_command_nothing() {
        let message = written(
            Kind::CaseOpened,
            Language::English,
            "A\r\nBcc: x@example.com\n\n# <b>B</b> {{ reference }}",
        );
        assert!(
            message
                .text
                .starts_with("Dear A Bcc: x@example.com # <b>B</b> {{ reference }},\n")
        );
        assert!(message.html.contains("&lt;b&gt;B&lt;"), "{}", message.html);
        assert!(!message.html.contains("<b>"));
    }

    proptest! {
        #[test]
        fn a_line_stays_a_line(text in "\\PC*|[\\x00-\\x20a]*") {
            let line = one_line(&text);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(one_line(&line), line.clone());
        }
    }
}
