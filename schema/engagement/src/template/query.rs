use async_graphql::Object;
use entities::engagement::notification::Kind;
use schema_kernel::cost::listSize;
use sea_orm::Iterable;

use super::view::Template;

/// How templates are found.
#[derive(Default)]
pub struct TemplateQuery;

#[Object]
impl TemplateQuery {
    /// Every template there is; there are 13.
    #[graphql(requires_scopes = "notification:operate", directive = listSize::apply(13))]
    async fn notification_templates(&self) -> Vec<Template> {
        Kind::iter().map(Template).collect()
    }
}
