use std::{collections::BTreeSet, fmt::Write as _};

use entities::engagement::notification::Kind;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig};
use sea_orm::Iterable;
use sha2::{Digest, Sha256};

use super::{
    catalogue::{sample, variables},
    fact::Places,
    language::Language,
};

macro_rules! sources {
    ($language:literal) => {
        |kind: Kind| match kind {
            Kind::RightsNotice => {
                include_str!(concat!("../../templates/", $language, "/rights_notice.txt"))
            }
            Kind::RightsNoticeWithdrawn => include_str!(concat!(
                "../../templates/",
                $language,
                "/rights_notice_withdrawn.txt"
            )),
            Kind::JourneyDisrupted => include_str!(concat!(
                "../../templates/",
                $language,
                "/journey_disrupted.txt"
            )),
            Kind::JourneyRestored => include_str!(concat!(
                "../../templates/",
                $language,
                "/journey_restored.txt"
            )),
            Kind::ClaimOpened => {
                include_str!(concat!("../../templates/", $language, "/claim_opened.txt"))
            }
            Kind::ClaimApproved => include_str!(concat!(
                "../../templates/",
                $language,
                "/claim_approved.txt"
            )),
            Kind::ClaimRefused => {
                include_str!(concat!("../../templates/", $language, "/claim_refused.txt"))
            }
            Kind::ClaimPaid => {
                include_str!(concat!("../../templates/", $language, "/claim_paid.txt"))
            }
            Kind::ClaimWithdrawn => include_str!(concat!(
                "../../templates/",
                $language,
                "/claim_withdrawn.txt"
            )),
            Kind::CaseOpened => {
                include_str!(concat!("../../templates/", $language, "/case_opened.txt"))
            }
            Kind::CaseAnswered => {
                include_str!(concat!("../../templates/", $language, "/case_answered.txt"))
            }
            Kind::CaseWaiting => {
                include_str!(concat!("../../templates/", $language, "/case_waiting.txt"))
            }
            Kind::CaseResolved => {
                include_str!(concat!("../../templates/", $language, "/case_resolved.txt"))
            }
            Kind::BaggageComplaintDue => include_str!(concat!(
                "../../templates/",
                $language,
                "/baggage_complaint_due.txt"
            )),
            Kind::BaggageDeemedLost => include_str!(concat!(
                "../../templates/",
                $language,
                "/baggage_deemed_lost.txt"
            )),
        }
    };
}

const LAYOUT: &str = include_str!("../../templates/layout.html");

/// What stands around every mail: the greeting before it, the close and the footer after it.
const FRAME: &[&str] = &["salutation", "is_statutory"];

/// The parts of a template, in the order of its file.
pub(super) const PARTS: [&str; 3] = ["title", "summary", "body"];

/// All templates, checked and compiled.
#[derive(Clone, Debug)]
pub struct Templates(pub(super) Environment<'static>);

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// It cannot be read.
    #[error("template {name}: {error}")]
    Syntax {
        /// The template.
        name: String,
        /// What is wrong, and in which line.
        error: minijinja::Error,
    },
    /// It names a variable that its kind does not declare.
    #[error("template {name}: there is no variable `{variable}`; there are {declared}")]
    UnknownVariable {
        /// The template.
        name: String,
        /// What it names.
        variable: String,
        /// What it may name.
        declared: String,
    },
    /// A part is missing.
    #[error(
        "template {name}: it needs a title, a summary and a body, with a line `---` between them"
    )]
    MissingPart {
        /// The template.
        name: String,
    },
    /// It cannot be shown with sample facts.
    #[error("template {name}: {error}")]
    Sample {
        /// The template.
        name: String,
        /// Why not.
        error: super::RenderError,
    },
}

impl Templates {
    /// Reads the templates that are compiled in.
    ///
    /// # Errors
    /// When one cannot be used: it cannot be read, names a variable that its kind does not declare, or has no words for a
    /// sample.
    pub fn load() -> Result<Self, TemplatesError> {
        Self::from_sources(source, frame)
    }

    pub(super) fn from_sources(
        source: impl Fn(Kind, Language) -> &'static str,
        frame: impl Fn(Language) -> &'static str,
    ) -> Result<Self, TemplatesError> {
        let mut templates = Self(environment());
        templates.add("layout.html", LAYOUT)?;
        for language in Language::ALL {
            let name = format!("{}/frame", language.tag());
            for (part, text) in ["greeting", "closing", "footer"]
                .into_iter()
                .zip(split(&name, frame(language))?)
            {
                templates.add_checked(&format!("{name}/{part}"), text, FRAME)?;
            }
            for kind in Kind::iter() {
                let name = name_of(kind, language);
                let declared: Vec<&str> = variables(kind).iter().map(|one| one.name).collect();
                for (part, text) in PARTS.into_iter().zip(split(&name, source(kind, language))?) {
                    templates.add_checked(&format!("{name}/{part}"), text, &declared)?;
                }
                templates.try_sample(kind, language)?;
            }
        }
        Ok(templates)
    }

    /// The version of a template: the beginning of the SHA-256 of its words in all languages.
    pub fn version(kind: Kind) -> String {
        let mut hash = Sha256::new();
        for language in Language::ALL {
            hash.update(source(kind, language));
        }
        let mut version = String::with_capacity(16);
        for byte in hash.finalize().iter().take(8) {
            let _ = write!(version, "{byte:02x}");
        }
        version
    }

    fn add(&mut self, name: &str, text: &'static str) -> Result<(), TemplatesError> {
        self.0
            .add_template_owned(name.to_owned(), text)
            .map_err(|error| TemplatesError::Syntax {
                name: name.to_owned(),
                error,
            })
    }

    fn add_checked(
        &mut self,
        name: &str,
        text: &'static str,
        declared: &[&str],
    ) -> Result<(), TemplatesError> {
        self.add(name, text)?;
        let syntax = |error| TemplatesError::Syntax {
            name: name.to_owned(),
            error,
        };
        let template = self.0.get_template(name).map_err(syntax)?;
        let named: BTreeSet<String> = template.undeclared_variables(false).into_iter().collect();
        match named
            .into_iter()
            .find(|one| !declared.contains(&one.as_str()))
        {
            Some(variable) => Err(TemplatesError::UnknownVariable {
                name: name.to_owned(),
                variable,
                declared: declared.join(", "),
            }),
            None => Ok(()),
        }
    }

    fn try_sample(&self, kind: Kind, language: Language) -> Result<(), TemplatesError> {
        self.write(kind, language, &sample(kind), &Places::new(), None)
            .map(drop)
            .map_err(|error| TemplatesError::Sample {
                name: name_of(kind, language),
                error,
            })
    }
}

/// The name of a template, as its file is called.
pub(super) fn name_of(kind: Kind, language: Language) -> String {
    let stored = sea_orm::ActiveEnum::to_value(&kind);
    format!("{}/{}", language.tag(), stored.to_lowercase())
}

fn source(kind: Kind, language: Language) -> &'static str {
    match language {
        Language::English => sources!("en")(kind),
        Language::Arabic => sources!("ar")(kind),
    }
}

fn frame(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../templates/en/frame.txt"),
        Language::Arabic => include_str!("../../templates/ar/frame.txt"),
    }
}

fn split(name: &str, source: &'static str) -> Result<[&'static str; 3], TemplatesError> {
    let parts: Vec<&str> = source.split("\n---\n").map(str::trim).collect();
    parts.try_into().map_err(|_| TemplatesError::MissingPart {
        name: name.to_owned(),
    })
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        if name == "layout.html" {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_with(kind: Kind, text: &'static str) -> Result<Templates, TemplatesError> {
        let replaced = move |other, language| {
            if other == kind {
                text
            } else {
                source(other, language)
            }
        };
        Templates::from_sources(replaced, frame)
    }

    #[test]
    fn the_templates_load() {
        Templates::load().unwrap();
    }

    #[test]
    fn a_template_that_names_an_unknown_variable_does_not_load() {
        let text = "Hello\n---\n{{ reference }}\n---\nPaid to {{ iban }}";
        let error = load_with(Kind::CaseOpened, text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "template en/case_opened/body: there is no variable `iban`; there are reference"
        );
        let inside = "Hello\n---\nx\n---\n{% if false %}{{ name.first }}{% endif %}";
        assert!(matches!(
            load_with(Kind::CaseOpened, inside),
            Err(TemplatesError::UnknownVariable { variable, .. }) if variable == "name"
        ));
    }

    #[test]
    fn a_template_that_cannot_be_read_does_not_load() {
        let broken = "Hello\n---\n{{ reference\n---\nx";
        assert!(matches!(
            load_with(Kind::CaseOpened, broken),
            Err(TemplatesError::Syntax { .. })
        ));
        assert!(matches!(
            load_with(Kind::CaseOpened, "Hello"),
            Err(TemplatesError::MissingPart { .. })
        ));
    }

    #[test]
    fn a_version_follows_from_the_words() {
        let versions: BTreeSet<String> = Kind::iter().map(Templates::version).collect();
        assert_eq!(versions.len(), Kind::iter().count());
        assert!(versions.iter().all(|version| version.len() == 16));
    }
}
