//! What a field costs whoever asks for it, as the schema says it to the gateway and to partners.
//!
//! A page costs what its `first` or `last` says, and any other list is taken to have ten items. A list that is limited
//! otherwise says so with [`listSize`], on the field: `directive = listSize::apply(20)`. The gateway counts it before
//! anything runs; the directive does nothing here.

use async_graphql::TypeDirective;

/// How many items the list has at most, or usually where it has no end
/// ([`@listSize`](https://specs.apollo.dev/cost/v0.1)).
#[TypeDirective(location = "FieldDefinition", name = "listSize")]
#[expect(
    non_snake_case,
    missing_docs,
    unreachable_pub,
    reason = "the macro makes a module of the directive's name"
)]
pub fn listSize(assumed_size: u32) {}
