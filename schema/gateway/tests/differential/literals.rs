//! Arguments of generated queries: literals, variables, and variables inside literals.

use async_graphql::parser::types::{BaseType, Type as Ty};
use serde_json::{Value as Json, json};

use crate::{
    dice::Dice,
    query::Variable,
    world::{Field, World},
};

pub(crate) struct Literals<'w> {
    world: &'w World,
    pub(crate) variables: Vec<Variable>,
}

impl<'w> Literals<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        Self {
            world,
            variables: Vec::new(),
        }
    }

    /// A new variable; its name.
    pub(crate) fn declare(&mut self, definition: String, given: Option<Json>) -> String {
        let name = format!("v{}x", self.variables.len());
        self.variables.push(Variable {
            name: name.clone(),
            definition,
            given,
        });
        name
    }

    /// The arguments of a field, parentheses included.
    pub(crate) fn arguments(&mut self, dice: &mut Dice, field: &Field) -> String {
        let mut given = Vec::new();
        for argument in &field.arguments {
            let is_needed = !argument.ty.nullable && argument.default.is_none();
            if is_needed || dice.once_in(2) {
                let has_default = argument.default.is_some();
                given.push(format!(
                    "{}: {}",
                    argument.name,
                    self.value(dice, &argument.ty, has_default, 0)
                ));
            }
        }
        if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        }
    }

    fn value(&mut self, dice: &mut Dice, ty: &Ty, has_default: bool, depth: usize) -> String {
        if dice.once_in(3) {
            return format!("${}", self.variable(dice, ty, has_default));
        }
        if ty.nullable && dice.once_in(6) {
            return "null".to_owned();
        }
        match &ty.base {
            BaseType::List(item) if !dice.once_in(4) => {
                let items = (0..dice.below(3)).map(|_| self.value(dice, item, false, depth));
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            BaseType::List(item) => self.constant(dice, item).to_string(),
            BaseType::Named(name) if name == "Filter" => self.filter(dice, depth),
            BaseType::Named(_) => literal(&self.constant(dice, ty), base_is_enum(ty)),
        }
    }

    fn filter(&mut self, dice: &mut Dice, depth: usize) -> String {
        let mut fields = vec![format!(
            "n: {}",
            self.value(dice, &Ty::new("Int!").unwrap(), false, 9)
        )];
        for (name, ty) in [
            ("word", "String"),
            ("mode", "Mode"),
            ("size", "Size"),
            ("tags", "[String!]"),
            ("nested", "Filter"),
        ] {
            if dice.once_in(3) && (name != "nested" || depth < 2) {
                let value = self.value(dice, &Ty::new(ty).unwrap(), name == "word", depth + 1);
                fields.push(format!("{name}: {value}"));
            }
        }
        format!("{{{}}}", fields.join(", "))
    }

    /// A variable that fits, given or not.
    fn variable(&mut self, dice: &mut Dice, ty: &Ty, has_default: bool) -> String {
        let mut declared = ty.clone();
        let mut default = String::new();
        let mut given = Some(self.constant(dice, ty));
        if ty.nullable && dice.once_in(4) {
            declared.nullable = false;
        } else if dice.once_in(3) {
            let constant = self.constant(dice, ty);
            if !matches!(constant, Json::Object(_)) {
                default = format!(" = {}", literal(&constant, base_is_enum(ty)));
                given = given.filter(|_| dice.once_in(2));
            }
        } else if ty.nullable && dice.once_in(2) {
            given = dice.once_in(2).then_some(Json::Null);
        } else if has_default && !ty.nullable && dice.once_in(2) {
            // A nullable variable may stand where the place itself has a default; absent, not null.
            declared.nullable = true;
            given = given.filter(|_| dice.once_in(2));
        }
        self.declare(format!("{declared}{default}"), given)
    }

    /// A value that fits, never null.
    fn constant(&self, dice: &mut Dice, ty: &Ty) -> Json {
        match &ty.base {
            BaseType::List(item) => {
                let items = (0..dice.below(3)).map(|_| self.constant(dice, item));
                Json::Array(items.collect())
            }
            BaseType::Named(name) => match name.as_str() {
                "Int" => json!(dice.roll(9)),
                "Boolean" => json!(dice.once_in(2)),
                "Mode" => json!(dice.pick(&["ON", "OFF"])),
                "Size" => json!(dice.pick(&["S", "M", "L"])),
                "Filter" => self.filter_object(dice),
                _ => json!(dice.pick(&["", "a", "\"q\" \\ é", "$x", "7"])),
            },
        }
    }

    fn filter_object(&self, dice: &mut Dice) -> Json {
        let mut object = json!({"n": dice.roll(9)});
        if dice.once_in(3) {
            object["word"] = Json::Null;
        }
        if dice.once_in(3) {
            object["nested"] = json!({"n": self.world.subgraphs, "mode": "ON"});
        }
        if dice.once_in(3) {
            object["tags"] = json!("single");
        }
        object
    }
}

fn base_is_enum(ty: &Ty) -> bool {
    matches!(crate::world::base(ty), "Mode" | "Size")
}

fn literal(value: &Json, is_enum: bool) -> String {
    match value {
        Json::String(text) if is_enum => text.clone(),
        Json::Array(items) => {
            let items = items.iter().map(|item| literal(item, is_enum));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
