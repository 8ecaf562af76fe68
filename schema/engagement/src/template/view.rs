use async_graphql::{Object, SimpleObject};
use entities::engagement::notification::Kind;
use schema_kernel::{Error, Result, scalar::LanguageTag};

use super::{
    catalogue::{sample, variables},
    fact::Places,
    language::Language,
    library::Templates,
};
use crate::{
    kind::{NotificationClass, NotificationKind, TemplateVariableKind},
    notification::class_of,
};

/// The words in which customers are told one kind of thing.
pub struct Template(pub(super) Kind);

/// A variable that a template may name. A template that names another does not load.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:operate")]
pub struct TemplateVariable {
    /// The name. Example: `"amount"`.
    pub name: &'static str,
    /// The type, which decides how its value is written.
    pub kind: TemplateVariableKind,
    /// Whether it may have no value.
    pub is_optional: bool,
}

/// A template with sample facts.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:operate")]
pub struct TemplatePreview {
    /// The language, a BCP 47 tag. Example: `"ar"`.
    pub language: &'static str,
    /// One line: the subject of a mail.
    pub title: String,
    /// What matters, in a sentence or two.
    pub summary: String,
    /// The mail as plain text.
    pub text: String,
    /// The mail as HTML.
    pub html: String,
}

/// The words in which customers are told one kind of thing. Templates are part of the product; both parts of a mail are
/// made of the same text.
#[Object(requires_scopes = "notification:operate")]
impl Template {
    /// What it tells.
    async fn kind(&self) -> NotificationKind {
        self.0.into()
    }

    /// Why it is told.
    async fn class(&self) -> NotificationClass {
        class_of(self.0).into()
    }

    /// The version, which follows from the words. Example: `"9f2c4e61a07b3d58"`.
    async fn version(&self) -> String {
        Templates::version(self.0)
    }

    /// The languages it is written in, as BCP 47 tags.
    async fn languages(&self) -> Vec<&'static str> {
        Language::ALL.map(Language::tag).to_vec()
    }

    /// What it may name.
    async fn variables(&self) -> Vec<TemplateVariable> {
        variables(self.0)
            .iter()
            .map(|variable| TemplateVariable {
                name: variable.name,
                kind: variable.kind.into(),
                is_optional: variable.is_optional,
            })
            .collect()
    }

    /// The template with sample facts, in one language.
    async fn preview(
        &self,
        ctx: &async_graphql::Context<'_>,
        #[graphql(desc = "The language, a BCP 47 tag. Example: `\"ar\"`.")] language: LanguageTag,
    ) -> Option<Result<TemplatePreview>> {
        let language = Language::of(language.as_str());
        let templates = ctx.data_opt::<Templates>()?;
        let written = templates.write(self.0, language, &sample(self.0), &Places::new(), None);
        Some(
            written
                .map_err(Error::internal)
                .map(|written| TemplatePreview {
                    language: language.tag(),
                    title: written.title,
                    summary: written.summary,
                    text: written.text,
                    html: written.html,
                }),
        )
    }
}
