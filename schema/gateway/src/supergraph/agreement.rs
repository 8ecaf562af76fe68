//! Whether what a supergraph says of a subgraph is what the subgraph is.
//!
//! A supergraph that was composed from other schemas than those that answer is planned with all the same, and its fields
//! fail one by one when they are asked for. So it is compared before anything is served. What it leaves out is no
//! contradiction: it is not asked for.

mod part;

use apollo_compiler::{
    Name, Node,
    ast::{InputValueDefinition, Type},
    parser::SourceSpan,
    schema::ExtendedType,
};

use self::part::{Field, Part};
use super::{
    error::{Reporter, SupergraphError, SupergraphRule},
    read,
};

/// Compares what the supergraph `sdl`, from the file `file`, says of `subgraphs` with what the supergraph `known` says of
/// them, which is right. Gives back what it leaves out, as `Type` or `Type.field`; clients see nothing of that.
///
/// # Errors
/// With the rule [`SupergraphRule::Agreement`] and the first type or field that differs, at its place in the file.
pub fn check_agreement<'s>(
    sdl: &str,
    file: &str,
    known: &str,
    subgraphs: impl IntoIterator<Item = &'s str>,
) -> Result<Vec<String>, SupergraphError> {
    let (given, reporter) = read(sdl, file)?;
    let (known, _) = read(known, "the supergraph that is compiled in")?;
    let mut left_out = Vec::new();
    for subgraph in subgraphs {
        let (Some(given), Some(known)) = (Part::of(&given, subgraph), Part::of(&known, subgraph))
        else {
            continue;
        };
        let comparison = Comparison {
            given,
            known,
            reporter: &reporter,
            subgraph,
        };
        comparison.types()?;
        left_out.extend(comparison.left_out());
    }
    Ok(left_out)
}

struct Comparison<'a> {
    given: Part<'a>,
    known: Part<'a>,
    reporter: &'a Reporter<'a>,
    subgraph: &'a str,
}

impl Comparison<'_> {
    fn types(&self) -> Result<(), SupergraphError> {
        for (name, given) in self.given.types() {
            let Some(known) = self.known.definition(name) else {
                return Err(self.is_not_there(&format!("type `{name}`"), given.location()));
            };
            self.definition(name, given, known)?;
        }
        Ok(())
    }

    fn definition(
        &self,
        name: &Name,
        given: &ExtendedType,
        known: &ExtendedType,
    ) -> Result<(), SupergraphError> {
        if std::mem::discriminant(given) != std::mem::discriminant(known) {
            let message = format!("type `{name}` is of another kind");
            return Err(self.differs(given.location(), &message));
        }
        let traits = self.known.traits(known);
        for (what, place) in self.given.traits(given) {
            if !traits.iter().any(|(known, _)| *known == what) {
                return Err(self.differs(place, &format!("`{name}` has no {what}")));
            }
        }
        for (field, place) in self.given.fields(given) {
            let path = format!("{name}.{}", field.name());
            let Some(known) = self.known.field(known, field.name()) else {
                return Err(self.is_not_there(&format!("`{path}`"), place));
            };
            self.field(&path, place, &field, &known)?;
        }
        self.nothing_is_missing(name, given, known)
    }

    fn field(
        &self,
        path: &str,
        place: Option<SourceSpan>,
        given: &Field<'_>,
        known: &Field<'_>,
    ) -> Result<(), SupergraphError> {
        // What is read may be more certain than is said; what is sent may be less.
        let agrees = match given {
            Field::Output(..) => self.fits(known.ty(), given.ty()),
            Field::Input(_) => self.fits(given.ty(), known.ty()),
        };
        if !agrees {
            let message = format!(
                "`{path}` is `{}` there and `{}` here",
                known.ty(),
                given.ty()
            );
            return Err(self.differs(place, &message));
        }
        self.arguments(path, place, given.arguments(), known.arguments())
    }

    fn arguments(
        &self,
        path: &str,
        place: Option<SourceSpan>,
        given: &[Node<InputValueDefinition>],
        known: &[Node<InputValueDefinition>],
    ) -> Result<(), SupergraphError> {
        for argument in given {
            let name = &argument.name;
            let Some(known) = named(known, name) else {
                let message = format!("`{path}` has no argument `{name}`");
                return Err(self.differs(argument.location(), &message));
            };
            if !self.fits(&argument.ty, &known.ty) {
                let (there, here) = (&known.ty, &argument.ty);
                let message = format!("`{path}({name}:)` is `{there}` there and `{here}` here");
                return Err(self.differs(argument.location(), &message));
            }
        }
        let is_missing = |known: &&Node<InputValueDefinition>| {
            known.is_required() && named(given, &known.name).is_none()
        };
        match known.iter().find(is_missing) {
            Some(missing) => {
                let message = format!("`{path}` needs the argument `{}`", missing.name);
                Err(self.differs(place, &message))
            }
            None => Ok(()),
        }
    }

    /// Whether whatever the subgraph needs in an input object can be given to it.
    fn nothing_is_missing(
        &self,
        name: &Name,
        given: &ExtendedType,
        known: &ExtendedType,
    ) -> Result<(), SupergraphError> {
        for (field, _) in self.known.fields(known) {
            let is_needed = matches!(&field, Field::Input(input) if input.is_required());
            if is_needed && self.given.field(given, field.name()).is_none() {
                let message = format!("`{name}` needs the field `{}`", field.name());
                return Err(self.differs(given.location(), &message));
            }
        }
        Ok(())
    }

    /// Whether each value of the one type is a value of the other.
    fn fits(&self, one: &Type, other: &Type) -> bool {
        match (one, other) {
            (Type::NonNullNamed(one), Type::NonNullNamed(other) | Type::Named(other))
            | (Type::Named(one), Type::Named(other)) => self.is_one(one, other),
            (Type::NonNullList(one), Type::NonNullList(other) | Type::List(other))
            | (Type::List(one), Type::List(other)) => self.fits(one, other),
            _ => false,
        }
    }

    fn is_one(&self, one: &Name, other: &Name) -> bool {
        one == other || self.given.schema.is_subtype(other, one)
    }

    /// What the subgraph has, and the file does not say.
    fn left_out(&self) -> Vec<String> {
        let mut left_out = Vec::new();
        for (name, known) in self.known.types() {
            let Some(given) = self.given.definition(name) else {
                left_out.push(name.to_string());
                continue;
            };
            let fields = self.known.fields(known);
            let missing =
                fields.filter(|(field, _)| self.given.field(given, field.name()).is_none());
            left_out.extend(missing.map(|(field, _)| format!("{name}.{}", field.name())));
        }
        left_out
    }

    fn is_not_there(&self, what: &str, place: Option<SourceSpan>) -> SupergraphError {
        self.differs(place, &format!("{what} is not there"))
    }

    fn differs(&self, place: Option<SourceSpan>, what: &str) -> SupergraphError {
        let subgraph = self.subgraph;
        let message = format!(
            "the subgraph \"{subgraph}\" of this process is another one: {what}; compose the supergraph from its schema as it is"
        );
        self.reporter.at(place, SupergraphRule::Agreement, message)
    }
}

fn named<'i>(
    inputs: &'i [Node<InputValueDefinition>],
    name: &Name,
) -> Option<&'i Node<InputValueDefinition>> {
    inputs.iter().find(|input| input.name == *name)
}
