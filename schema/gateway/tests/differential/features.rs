//! What a query makes the gateway do, so that no part of federation goes untested by accident.

use std::collections::BTreeSet;

use crate::world::{Field, Type, World};

/// Everything that has to occur.
pub(crate) const ALL: &[&str] = &[
    "@requires",
    "@requires a required field",
    "@requires with arguments",
    "@requires through fragments",
    "@provides",
    "@shareable",
    "@override",
    "@interfaceObject",
    "interface",
    "union",
    "null key",
    "compound key",
    "nested key",
    "several keys",
    "list of lists",
    "custom scalar",
    "variables",
    "conditions",
    "named fragments",
    "mutation",
];

/// Those that the text of a query over this world touches.
pub(crate) fn touched(world: &World, text: &str) -> BTreeSet<&'static str> {
    let words = text.split(|one: char| !one.is_alphanumeric() && one != '_');
    let words = words.collect::<BTreeSet<_>>();
    let mut found = BTreeSet::new();
    for ty in world.types.values() {
        let fields = ty.fields.values();
        // The first names are aliases too.
        let fields =
            fields.filter(|field| field.name.len() > 2 && words.contains(field.name.as_str()));
        for field in fields {
            of_field(world, ty, field, &mut found);
        }
    }
    for (sign, feature) in [
        ("$", "variables"),
        ("(if: ", "conditions"),
        ("fragment ", "named fragments"),
        ("mutation", "mutation"),
    ] {
        if text.contains(sign) {
            found.insert(feature);
        }
    }
    found
}

fn of_field(world: &World, ty: &Type, field: &Field, found: &mut BTreeSet<&'static str>) {
    let mut note = |holds: bool, feature| {
        if holds {
            found.insert(feature);
        }
    };
    if let Some(requires) = &field.requires {
        note(true, "@requires");
        note(requires.contains('('), "@requires with arguments");
        note(requires.contains("... on"), "@requires through fragments");
        let mut names = requires.split(|one: char| !one.is_alphanumeric());
        let is_chain = names.any(|name| {
            ty.fields
                .get(name)
                .is_some_and(|one| one.requires.is_some())
        });
        note(is_chain, "@requires a required field");
    }
    let shown = field.ty.to_string();
    note(shown.starts_with("[["), "list of lists");
    note(shown.contains("Blob"), "custom scalar");
    note(
        field.owners().count() > 1 && field.key.is_none() && field.name != "version",
        "@shareable",
    );
    for place in field.places.values() {
        note(place.provides.is_some(), "@provides");
        note(place.overrides.is_some(), "@override");
    }
    let is_added = field.owners().any(|owner| !ty.homes.contains(&owner));
    note(is_added, "@interfaceObject");
    note(
        ty.null_keyed
            .is_some_and(|home| field.owners().any(|one| one == home)),
        "null key",
    );
    let target = crate::world::base(&field.ty);
    note(matches!(target, "Node" | "Shape"), "interface");
    note(target.starts_with('U'), "union");
    if let Some(target) = world.ty(target) {
        let has = |name| target.fields.contains_key(name);
        note(has("high"), "compound key");
        note(has("ref"), "nested key");
        note(
            has("id") && has("code") && target.null_keyed.is_none(),
            "several keys",
        );
    }
}
