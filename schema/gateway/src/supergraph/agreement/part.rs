//! One subgraph's part of a supergraph, as `@join__…` tells it.

use apollo_compiler::{
    Name, Node, Schema,
    ast::{Directive, DirectiveList, FieldDefinition, InputValueDefinition, Type},
    parser::SourceSpan,
    schema::ExtendedType,
};

use super::super::graphs::{graph, text};

/// What a supergraph says of one subgraph.
pub(super) struct Part<'a> {
    pub(super) schema: &'a Schema,
    /// The value of `join__Graph` that stands for the subgraph.
    graph: &'a Name,
}

/// A field that is asked for, or one of an input object.
pub(super) enum Field<'a> {
    /// With its type in this subgraph, which may be another one than in the supergraph.
    Output(&'a FieldDefinition, Type),
    Input(&'a InputValueDefinition),
}

impl Field<'_> {
    pub(super) fn name(&self) -> &Name {
        match self {
            Self::Output(field, _) => &field.name,
            Self::Input(field) => &field.name,
        }
    }

    pub(super) fn ty(&self) -> &Type {
        match self {
            Self::Output(_, own) => own,
            Self::Input(field) => &field.ty,
        }
    }

    pub(super) fn arguments(&self) -> &[Node<InputValueDefinition>] {
        match self {
            Self::Output(field, _) => &field.arguments,
            Self::Input(_) => &[],
        }
    }
}

impl<'a> Part<'a> {
    /// The part of the subgraph with this name; none where the supergraph does not name it.
    pub(super) fn of(schema: &'a Schema, subgraph: &str) -> Option<Self> {
        let graphs = schema.get_enum("join__Graph")?;
        let is_it = |directives: &DirectiveList| {
            let named = directives.get("join__graph");
            named.and_then(|directive| text(directive, "name")) == Some(subgraph)
        };
        let mut values = graphs.values.values();
        let value = values.find(|value| is_it(&value.directives))?;
        Some(Self {
            schema,
            graph: &value.value,
        })
    }

    /// The types of the subgraph, in the order of the text.
    pub(super) fn types(&self) -> impl Iterator<Item = (&'a Name, &'a ExtendedType)> {
        let types = self.schema.types.iter();
        types.filter(|(_, definition)| self.is_here(definition))
    }

    /// A type of the subgraph.
    pub(super) fn definition(&self, name: &Name) -> Option<&'a ExtendedType> {
        let definition = self.schema.types.get(name);
        definition.filter(|definition| self.is_here(definition))
    }

    fn is_here(&self, definition: &ExtendedType) -> bool {
        let mut joins = definition.directives().get_all("join__type");
        joins.any(|join| graph(join) == Some(self.graph))
    }

    /// What is said of a type besides its fields, in words: its keys, interfaces, members and values.
    pub(super) fn traits(&self, definition: &'a ExtendedType) -> Vec<(String, Option<SourceSpan>)> {
        let mut traits = Vec::new();
        let mut of = |directives: Vec<&Node<Directive>>, argument: &str, word: &str| {
            for directive in directives {
                if let Some(value) = text(directive, argument) {
                    traits.push((format!("{word} `{}`", spaced(value)), directive.location()));
                }
            }
        };
        let directives = definition.directives();
        let all = |name| {
            let all = directives.get_all(name).map(|directive| &directive.node);
            all.filter(|directive| graph(directive) == Some(self.graph) && is_used(directive))
                .collect()
        };
        of(all("join__type"), "key", "key");
        of(all("join__implements"), "interface", "interface");
        of(all("join__unionMember"), "member", "member");
        if let ExtendedType::Enum(enumeration) = definition {
            for value in enumeration.values.values() {
                let mut joins = value.directives.get_all("join__enumValue");
                if joins.any(|join| graph(join) == Some(self.graph)) {
                    traits.push((format!("value `{}`", value.value), value.location()));
                }
            }
        }
        traits
    }

    /// The fields of a type that the subgraph answers or takes.
    pub(super) fn fields(
        &self,
        definition: &'a ExtendedType,
    ) -> impl Iterator<Item = (Field<'a>, Option<SourceSpan>)> {
        let output = match definition {
            ExtendedType::Object(object) => Some(&object.fields),
            ExtendedType::Interface(interface) => Some(&interface.fields),
            _ => None,
        };
        let input = match definition {
            ExtendedType::InputObject(input) => Some(&input.fields),
            _ => None,
        };
        let output = output.into_iter().flat_map(|fields| fields.values());
        let output = output.filter_map(|field| {
            let own = self.own(&field.directives, &field.ty)?;
            Some((Field::Output(field, own), field.location()))
        });
        let input = input.into_iter().flat_map(|fields| fields.values());
        let input = input.filter_map(|field| {
            self.own(&field.directives, &field.ty)?;
            Some((Field::Input(field), field.location()))
        });
        output.chain(input).collect::<Vec<_>>().into_iter()
    }

    /// One of them.
    pub(super) fn field(&self, definition: &'a ExtendedType, name: &Name) -> Option<Field<'a>> {
        let mut fields = self.fields(definition).map(|(field, _)| field);
        fields.find(|field| field.name() == name)
    }

    /// The type of a field in the subgraph, if it is the subgraph's: that of the supergraph, where it does not say otherwise.
    /// A field of which nothing is said is that of every subgraph that has its type.
    fn own(&self, directives: &DirectiveList, ty: &Type) -> Option<Type> {
        let mut joins = directives.get_all("join__field").peekable();
        if joins.peek().is_none() {
            return Some(ty.clone());
        }
        let own = joins.find(|join| graph(join) == Some(self.graph) && is_used(join))?;
        let said = text(own, "type").and_then(|ty| Type::parse(ty, "type").ok());
        Some(said.unwrap_or_else(|| ty.clone()))
    }
}

/// Whether the subgraph answers it: it may name a field, or a key, for others to answer by.
fn is_used(directive: &Directive) -> bool {
    let is = |argument: &str, usual: bool| {
        let value = directive.specified_argument_by_name(argument);
        value.and_then(|value| value.to_bool()).unwrap_or(usual)
    };
    !is("external", false) && is("resolvable", true)
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
