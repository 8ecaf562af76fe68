//! What the library's macro for subscriptions cannot say by itself.

use async_graphql::{
    TypeDirective, Value,
    indexmap::IndexMap,
    registry::{MetaDirectiveInvocation, Registry, location_traits::Directive_At_FIELD_DEFINITION},
};

/// `@requiresScopes` on the field of a subscription: `#[graphql(directive = RequiresScopes::apply("case:read"))]`.
#[derive(Clone, Copy, Debug)]
pub struct RequiresScopes;

impl RequiresScopes {
    /// The declaration: scopes that are needed together, separated by spaces.
    pub fn apply(scopes: &str) -> MetaDirectiveInvocation {
        let together = scopes.split_ascii_whitespace().map(Value::from).collect();
        let alternatives = Value::List(vec![Value::List(together)]);
        MetaDirectiveInvocation {
            name: "requiresScopes".to_owned(),
            args: IndexMap::from([("scopes".to_owned(), alternatives)]),
        }
    }
}

impl TypeDirective for RequiresScopes {
    fn name(&self) -> std::borrow::Cow<'static, str> {
        "requiresScopes".into()
    }

    // Federation defines it.
    fn register(&self, _: &mut Registry) {}
}

impl Directive_At_FIELD_DEFINITION for RequiresScopes {}
