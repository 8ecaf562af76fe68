//! Every field of every subgraph has a decision for every role; the table of them is a snapshot, so that a change of
//! rights is seen in review.

use std::collections::BTreeMap;

use clap::ValueEnum;
use schema_kernel::{
    Actor, ActorKind,
    guard::{Decision, Rights},
    id::CustomerId,
};
use server::auth::Role;

fn actor(role: Role) -> Actor {
    let kind = role
        .kind(Some(CustomerId(uuid::Uuid::nil())))
        .unwrap_or(ActorKind::Anonymous);
    Actor::new(
        "someone",
        kind,
        "role",
        role.scopes().iter().map(|&scope| scope.to_owned()),
    )
}

fn subgraphs() -> Vec<(&'static str, Rights)> {
    [
        ("profile", schema_profile::sdl().unwrap()),
        ("order", schema_order::sdl().unwrap()),
        ("case", schema_case::sdl().unwrap()),
        ("compensation", schema_compensation::sdl().unwrap()),
        ("engagement", schema_engagement::sdl().unwrap()),
        ("identity", schema_identity::sdl().unwrap()),
    ]
    .into_iter()
    .map(|(name, sdl)| (name, Rights::from_sdl(&sdl).unwrap()))
    .collect()
}

fn name(role: Role) -> String {
    role.to_possible_value().unwrap().get_name().to_owned()
}

#[test]
fn no_field_is_without_a_declaration() {
    for (subgraph, rights) in subgraphs() {
        for (type_name, field) in rights.fields() {
            let decision = rights.decide(type_name, field, &Actor::service("test"));
            assert_eq!(
                decision,
                Decision::Allowed,
                "{subgraph}: {type_name}.{field} declares no scopes"
            );
        }
    }
}

#[test]
fn nobody_in_particular_reaches_only_what_is_public() {
    for (subgraph, rights) in subgraphs() {
        for root in ["Query", "Mutation", "Subscription"] {
            for (_, field) in rights.fields().filter(|(type_name, _)| *type_name == root) {
                let decision = rights.decide(root, field, &Actor::anonymous());
                assert_eq!(
                    decision,
                    Decision::Denied,
                    "{subgraph}: {root}.{field} is open to everybody"
                );
            }
        }
    }
}

#[test]
fn the_table_of_rights_is_as_reviewed() {
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, rights) in subgraphs() {
        for (type_name, field) in rights.fields() {
            if type_name == "PageInfo"
                || type_name.ends_with("Connection")
                || type_name.ends_with("Edge")
            {
                continue;
            }
            let may =
                |role: &Role| rights.decide(type_name, field, &actor(*role)) == Decision::Allowed;
            let mut roles: Vec<String> = Role::value_variants()
                .iter()
                .copied()
                .filter(may)
                .map(name)
                .collect();
            if rights.decide(type_name, field, &Actor::anonymous()) == Decision::Allowed {
                roles = vec!["everybody".to_owned()];
            }
            let known = table
                .entry(format!("{type_name}.{field}"))
                .or_insert_with(|| roles.clone());
            assert_eq!(
                *known, roles,
                "{type_name}.{field} is decided differently in two subgraphs"
            );
        }
    }
    let lines: Vec<String> = table
        .into_iter()
        .map(|(field, roles)| format!("{field}: {}", roles.join(", ")))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
