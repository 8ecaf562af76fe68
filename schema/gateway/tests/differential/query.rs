//! Queries as trees, so that parts of them can be left out.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) is_mutation: bool,
    pub(crate) selections: Vec<Selection>,
    /// Name, type condition, selections.
    pub(crate) fragments: Vec<(String, String, Vec<Selection>)>,
    pub(crate) variables: Vec<Variable>,
}

#[derive(Debug, Clone)]
pub(crate) struct Variable {
    /// Ends in a letter that no other part of a query has after a digit, so that it can be searched for.
    pub(crate) name: String,
    /// Type and default, as in the document.
    pub(crate) definition: String,
    pub(crate) given: Option<Json>,
}

#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// Everything in front of the braces.
    pub(crate) head: String,
    /// None for leaves and spreads.
    pub(crate) inner: Option<Vec<Self>>,
}

impl Operation {
    /// The document, with the fragments and variables that are used and no others.
    pub(crate) fn text(&self) -> String {
        let mut body = braces(&self.selections);
        let mut written = Vec::new();
        while let Some((name, condition, selections)) = self
            .fragments
            .iter()
            .find(|(name, ..)| !written.contains(name) && body.contains(&format!("...{name}x")))
        {
            write!(
                body,
                " fragment {name}x on {condition} {}",
                braces(selections)
            )
            .unwrap();
            written.push(name.clone());
        }
        let used = self
            .variables
            .iter()
            .filter(|one| body.contains(&format!("${}", one.name)));
        let definitions = used.map(|one| format!("${}: {}", one.name, one.definition));
        let definitions = definitions.collect::<Vec<_>>().join(", ");
        let kind = if self.is_mutation {
            "mutation"
        } else {
            "query"
        };
        if definitions.is_empty() {
            format!("{kind} {body}")
        } else {
            format!("{kind}({definitions}) {body}")
        }
    }

    pub(crate) fn given(&self) -> Map<String, Json> {
        let given = self.variables.iter();
        let given = given.filter_map(|one| Some((one.name.clone(), one.given.clone()?)));
        given.collect()
    }

    /// Every operation that is smaller by one selection.
    pub(crate) fn smaller(&self) -> Vec<Self> {
        let lists = std::iter::once(&self.selections)
            .chain(self.fragments.iter().map(|(.., selections)| selections));
        let mut smaller = Vec::new();
        for (index, list) in lists.enumerate() {
            for shorter in shorter(list) {
                let mut copy = self.clone();
                match index {
                    0 => copy.selections = shorter,
                    _ => copy.fragments[index - 1].2 = shorter,
                }
                smaller.push(copy);
            }
        }
        smaller
    }
}

fn braces(selections: &[Selection]) -> String {
    let parts = selections.iter().map(|one| match &one.inner {
        Some(inner) => format!("{} {}", one.head, braces(inner)),
        None => one.head.clone(),
    });
    format!("{{ {} }}", parts.collect::<Vec<_>>().join(" "))
}

/// Every list that is shorter by one, none of them empty.
fn shorter(list: &[Selection]) -> Vec<Vec<Selection>> {
    let mut all = Vec::new();
    for index in 0..list.len() {
        if list.len() > 1 {
            let mut copy = list.to_vec();
            copy.remove(index);
            all.push(copy);
        }
    }
    for (index, one) in list.iter().enumerate() {
        for inner in one.inner.iter().flat_map(|inner| shorter(inner)) {
            let mut copy = list.to_vec();
            copy[index].inner = Some(inner);
            all.push(copy);
        }
    }
    all
}
