//! The subgraphs that a supergraph names, and whether what it says about them agrees with itself.

use std::collections::HashSet;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{Directive, Value},
    executable::FieldSet,
    parser::SourceSpan,
    schema::{Component, ExtendedType, FieldDefinition},
    validation::Valid,
};

use super::error::{Reporter, SupergraphError, SupergraphRule};

/// One value of `join__Graph`.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) span: Option<SourceSpan>,
}

/// The subgraphs in the order of the text.
pub(super) fn graphs(
    schema: &Schema,
    reporter: &Reporter<'_>,
) -> Result<Vec<Graph>, SupergraphError> {
    let Some(graphs) = schema
        .get_enum("join__Graph")
        .filter(|graphs| !graphs.values.is_empty())
    else {
        return Err(reporter.whole(
            SupergraphRule::Graphs,
            "the schema names no subgraphs in `enum join__Graph`: is it a supergraph?",
        ));
    };
    let mut names = HashSet::new();
    let mut found = Vec::new();
    for value in graphs.values.values() {
        let refuse = |message| reporter.at(value.location(), SupergraphRule::Graphs, message);
        let Some(directive) = value.directives.get("join__graph") else {
            return Err(refuse(format!(
                "`{}` has no `@join__graph(name:, url:)`",
                value.value
            )));
        };
        let name = text(directive, "name").unwrap_or_default();
        if name.is_empty() {
            return Err(refuse(format!("`{}` has no name", value.value)));
        }
        if !names.insert(name) {
            return Err(refuse(format!(
                "the name \"{name}\" belongs to another subgraph already"
            )));
        }
        found.push(Graph {
            name: name.to_owned(),
            url: text(directive, "url").unwrap_or_default().to_owned(),
            span: value.location(),
        });
    }
    Ok(found)
}

/// Checks that whatever is said about a subgraph's part of a type is said of a type that the subgraph has.
pub(super) fn check(schema: &Schema, reporter: &Reporter<'_>) -> Result<(), SupergraphError> {
    let check = Check { schema, reporter };
    schema
        .types
        .iter()
        .filter(|(_, definition)| !definition.is_built_in())
        .try_for_each(|(name, definition)| check.definition(name, definition))
}

struct Check<'a> {
    schema: &'a Schema,
    reporter: &'a Reporter<'a>,
}

impl Check<'_> {
    fn definition(&self, name: &Name, definition: &ExtendedType) -> Result<(), SupergraphError> {
        for directive in definition.directives().get_all("join__type") {
            self.names_graph(directive)?;
            self.field_set(name, directive, "key")?;
        }
        for directive in definition.directives().get_all("join__implements") {
            self.in_graph(name, directive)?;
            let interface = text(directive, "interface").unwrap_or_default();
            self.in_graph(interface, directive)?;
            let implements = match definition {
                ExtendedType::Object(object) => object.implements_interfaces.contains(interface),
                ExtendedType::Interface(one) => one.implements_interfaces.contains(interface),
                _ => false,
            };
            self.agrees(implements, directive, || {
                format!("`{name}` does not implement `{interface}`")
            })?;
        }
        match definition {
            ExtendedType::Union(union) => {
                for directive in union.directives.get_all("join__unionMember") {
                    self.in_graph(name, directive)?;
                    let member = text(directive, "member").unwrap_or_default();
                    self.in_graph(member, directive)?;
                    self.agrees(union.members.contains(member), directive, || {
                        format!("`{member}` is no member of `{name}`")
                    })?;
                }
                Ok(())
            }
            ExtendedType::Object(object) => self.fields(name, object.fields.values()),
            ExtendedType::Interface(interface) => self.fields(name, interface.fields.values()),
            _ => Ok(()),
        }
    }

    fn fields<'f>(
        &self,
        name: &Name,
        fields: impl Iterator<Item = &'f Component<FieldDefinition>>,
    ) -> Result<(), SupergraphError> {
        for field in fields {
            for directive in field.directives.get_all("join__field") {
                self.names_graph(directive)?;
                self.in_graph(name, directive)?;
                self.field_set(name, directive, "requires")?;
                self.field_set(field.ty.inner_named_type(), directive, "provides")?;
            }
        }
        Ok(())
    }

    /// What is said must be said of a subgraph that there is.
    fn names_graph(&self, directive: &Node<Directive>) -> Result<(), SupergraphError> {
        let Some(graph) = graph(directive) else {
            return Ok(());
        };
        let graphs = self.schema.get_enum("join__Graph");
        let is_known = graphs.is_some_and(|graphs| graphs.values.contains_key(graph));
        self.agrees(is_known, directive, || {
            format!("`{graph}` is no value of `join__Graph`")
        })
    }

    /// A type must be known to the graph that the directive names.
    fn in_graph(&self, name: &str, directive: &Node<Directive>) -> Result<(), SupergraphError> {
        let Some(graph) = graph(directive) else {
            return Ok(());
        };
        let knows = self.schema.types.get(name).is_some_and(|definition| {
            definition
                .directives()
                .get_all("join__type")
                .any(|join| self::graph(join) == Some(graph))
        });
        self.agrees(knows, directive, || {
            format!("`{name}` is not a type of `{graph}`: it has no `@join__type(graph: {graph})`")
        })
    }

    fn agrees(
        &self,
        agrees: bool,
        directive: &Node<Directive>,
        message: impl FnOnce() -> String,
    ) -> Result<(), SupergraphError> {
        if agrees {
            return Ok(());
        }
        let rule = SupergraphRule::Ownership;
        Err(self.reporter.at(directive.location(), rule, message()))
    }

    fn field_set(
        &self,
        name: &Name,
        directive: &Node<Directive>,
        argument: &str,
    ) -> Result<(), SupergraphError> {
        let Some(fields) = text(directive, argument) else {
            return Ok(());
        };
        // Only what the field set selects is looked at.
        let schema = Valid::assume_valid_ref(self.schema);
        let Err(errors) = FieldSet::parse_and_validate(schema, name.clone(), fields, "field set")
        else {
            return Ok(());
        };
        let why = errors.errors.iter().next();
        let why = why.map_or_else(String::new, |first| first.to_json().message);
        let message =
            format!("`{argument}: \"{fields}\"` does not select fields of `{name}`: {why}");
        let rule = SupergraphRule::FieldSet;
        Err(self.reporter.at(directive.location(), rule, message))
    }
}

pub(super) fn graph(directive: &Directive) -> Option<&Name> {
    directive.specified_argument_by_name("graph")?.as_enum()
}

pub(super) fn text<'d>(directive: &'d Directive, argument: &str) -> Option<&'d str> {
    match directive.specified_argument_by_name(argument)?.as_ref() {
        Value::String(text) => Some(text),
        _ => None,
    }
}
