//! Queries from seeds: valid, and as twisted as the specification allows.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::json;

use crate::{
    dice::Dice,
    literals::Literals,
    query::{Operation, Selection},
    world::{Field, Kind, World, base},
};

/// Aliases, names among them that plans need for themselves.
const ALIASES: &[&str] = &[
    "id", "code", "tag", "low", "ref", "no", "f1", "f2", "f9", "a", "b", "e0", "_x",
];

/// What the response keys of one place mean. Selections that meet at a place share it.
#[derive(Debug, Default)]
struct Meanings(BTreeMap<String, Meaning>);

#[derive(Debug)]
struct Meaning {
    ty: String,
    /// Type it is selected on, and the field with its arguments.
    selected: Vec<(String, String)>,
    inner: Meanings,
}

pub(crate) struct Asker<'w> {
    world: &'w World,
    dice: Dice,
    literals: Literals<'w>,
    fragments: Vec<(String, String, Vec<Selection>)>,
    /// How many fields may still be asked for.
    budget: usize,
}

impl Operation {
    /// The operation of a seed over a world.
    pub(crate) fn invent(world: &World, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let is_mutation = dice.once_in(8);
        let mut asker = Asker {
            world,
            literals: Literals::new(world),
            fragments: Vec::new(),
            budget: 8 + dice.below(30),
            dice,
        };
        let root = if is_mutation { "Mutation" } else { "Query" };
        let depth = 2 + asker.dice.below(4);
        let selections = asker.selections(root, &mut Meanings::default(), depth, 0);
        Self {
            is_mutation,
            selections,
            fragments: asker.fragments,
            variables: asker.literals.variables,
        }
    }
}

impl Asker<'_> {
    /// At least one selection on a value of type `on`.
    fn selections(
        &mut self,
        on: &str,
        here: &mut Meanings,
        depth: usize,
        nested: usize,
    ) -> Vec<Selection> {
        let mut selections = Vec::new();
        let is_root = matches!(on, "Query" | "Mutation");
        for _ in 0..(if is_root { 2 } else { 1 }) + self.dice.below(4) {
            if nested < 3 && self.dice.once_in(4) {
                selections.push(self.fragment(on, here, depth, nested));
            } else {
                selections.extend(self.field(on, here, depth));
            }
        }
        if selections.is_empty() || self.dice.once_in(4) {
            selections.extend(self.type_name(here));
        }
        if selections.is_empty() {
            // `__typename` under a name that nothing else has.
            selections.push(Selection {
                head: "typename_: __typename".to_owned(),
                inner: None,
            });
        }
        selections
    }

    fn type_name(&mut self, here: &mut Meanings) -> Option<Selection> {
        let key = *self.dice.pick(&["__typename", "__typename", "t", "id"]);
        let head = if key == "__typename" {
            key.to_owned()
        } else {
            format!("{key}: __typename")
        };
        here.admit(key, "String!", ("", "__typename"), false)?;
        Some(Selection { head, inner: None })
    }

    fn fragment(
        &mut self,
        on: &str,
        here: &mut Meanings,
        depth: usize,
        nested: usize,
    ) -> Selection {
        let conditions = self.conditions(on);
        let condition = self.dice.pick(&conditions).clone();
        let directives = self.directives();
        let inner = self.selections(&condition, here, depth, nested + 1);
        if self.dice.once_in(3) {
            let name = format!("F{}", self.fragments.len());
            self.fragments.push((name.clone(), condition, inner));
            let head = format!("...{name}x{directives}");
            return Selection { head, inner: None };
        }
        let head = if condition == on && self.dice.once_in(2) {
            format!("...{directives}")
        } else {
            format!("... on {condition}{directives}")
        };
        Selection {
            head,
            inner: Some(inner),
        }
    }

    /// Types that a value of type `on` may have or be seen as.
    fn conditions(&self, on: &str) -> Vec<String> {
        let possible = self.world.possible(on, None);
        let mut conditions = vec![on.to_owned()];
        let others = self
            .world
            .types
            .values()
            .filter(|ty| ty.kind != Kind::Root && ty.name != on);
        for other in others {
            let theirs = self.world.possible(&other.name, None);
            if theirs.iter().any(|one| possible.contains(one)) {
                conditions.push(other.name.clone());
            }
        }
        conditions
    }

    fn field(&mut self, on: &str, here: &mut Meanings, depth: usize) -> Option<Selection> {
        let world = self.world;
        let ty = world.ty(on)?;
        let open = ty.fields.values().filter(|field| !field.is_inaccessible);
        let open = open.collect::<Vec<_>>();
        if open.is_empty() || self.budget == 0 {
            return None;
        }
        let field: &Field = open[self.dice.below(open.len())];
        let target = world.ty(base(&field.ty)).map(|ty| ty.name.as_str());
        if target.is_some() && depth == 0 {
            return None;
        }
        self.budget -= 1;
        let key = if self.dice.once_in(3) {
            *self.dice.pick(ALIASES)
        } else {
            field.name.as_str()
        };
        let arguments = self.literals.arguments(&mut self.dice, field);
        let text = format!("{}{arguments}", field.name);
        let shown = field.ty.to_string();
        let is_object = !ty.is_abstract();
        let inner = here.admit(key, &shown, (on, &text), is_object)?;
        let alias = if key == field.name {
            String::new()
        } else {
            format!("{key}: ")
        };
        let directives = self.directives();
        let inner = target.map(|target| self.selections(target, inner, depth - 1, 0));
        Some(Selection {
            head: format!("{alias}{text}{directives}"),
            inner,
        })
    }

    fn directives(&mut self) -> String {
        let mut text = String::new();
        for directive in ["skip", "include"] {
            let wanted = directive == "include";
            let value = self.dice.once_in(3) != wanted;
            match self.dice.roll(16) {
                0 => write!(text, " @{directive}(if: {value})").unwrap(),
                1 => {
                    let given = (!self.dice.once_in(3)).then(|| json!(value));
                    let definition = if given.is_none() || self.dice.once_in(3) {
                        format!("Boolean! = {}", value == self.dice.once_in(2))
                    } else {
                        "Boolean!".to_owned()
                    };
                    let name = self.literals.declare(definition, given);
                    write!(text, " @{directive}(if: ${name})").unwrap();
                }
                _ => {}
            }
        }
        text
    }
}

impl Meanings {
    /// What is inside the key, if the key may mean this too.
    fn admit(
        &mut self,
        key: &str,
        ty: &str,
        selected: (&str, &str),
        is_object: bool,
    ) -> Option<&mut Self> {
        let (on, text) = selected;
        let meaning = self.0.entry(key.to_owned()).or_insert_with(|| Meaning {
            ty: ty.to_owned(),
            selected: Vec::new(),
            inner: Self::default(),
        });
        // Two objects of different types never stand at one place, so their fields may differ; else they may not.
        let agrees = meaning.ty == ty
            && meaning.selected.iter().all(|(other, earlier)| {
                earlier == text || (is_object && !other.is_empty() && other != on)
            });
        if !agrees {
            return None;
        }
        let on = if is_object { on } else { "" };
        meaning.selected.push((on.to_owned(), text.to_owned()));
        Some(&mut meaning.inner)
    }
}
