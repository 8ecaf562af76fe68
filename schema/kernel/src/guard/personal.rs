//! What says in the schema that values are personal data.

use async_graphql::{
    TypeDirective, Value,
    indexmap::IndexMap,
    registry::{
        __DirectiveLocation, MetaDirective, MetaDirectiveInvocation, MetaInputValue, Registry,
        location_traits::{Directive_At_FIELD_DEFINITION, Directive_At_OBJECT},
    },
};

/// The name of the directive.
pub(super) const PERSONAL: &str = "personal";

/// `@personal(class: "CONTACT")` on a type, all of whose values are then personal data of that class, or on one field:
/// `#[Object(directive = Personal::apply("CONTACT"))]`. Reading such values is recorded in the audit log.
#[derive(Clone, Copy, Debug)]
pub struct Personal;

impl Personal {
    /// The declaration, with the class: `IDENTITY`, `CONTACT`, `DOCUMENT`, `LOYALTY`, `PREFERENCE`, `CONVERSATION`,
    /// `TRAVEL`, `CASE`, `CLAIM`, `PAYMENT`, `MESSAGE`, `ACCOUNT`, `CONSENT` or `PRIVACY`.
    pub fn apply(class: &str) -> MetaDirectiveInvocation {
        MetaDirectiveInvocation {
            name: PERSONAL.to_owned(),
            args: IndexMap::from([("class".to_owned(), Value::from(class))]),
        }
    }
}

impl TypeDirective for Personal {
    fn name(&self) -> std::borrow::Cow<'static, str> {
        PERSONAL.into()
    }

    fn register(&self, registry: &mut Registry) {
        let class = MetaInputValue::new("class".to_owned(), "String!".to_owned());
        registry.add_directive(MetaDirective {
            name: PERSONAL.to_owned(),
            description: None,
            locations: vec![
                __DirectiveLocation::FIELD_DEFINITION,
                __DirectiveLocation::OBJECT,
            ],
            args: IndexMap::from([("class".to_owned(), class)]),
            is_repeatable: false,
            visible: None,
            composable: None,
        });
    }
}

impl Directive_At_FIELD_DEFINITION for Personal {}
impl Directive_At_OBJECT for Personal {}
