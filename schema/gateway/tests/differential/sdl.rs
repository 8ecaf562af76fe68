//! A subgraph's part of a world as federation SDL.

use std::fmt::Write;

use crate::world::{Field, Kind, Place, Type, World};

const LINK: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"])"#;

impl World {
    /// What one subgraph declares.
    pub(crate) fn sdl(&self, subgraph: usize) -> String {
        let mut text = format!("{LINK}\nscalar Blob\n");
        let colors = self.colors[subgraph].join(" ");
        let modes = self.modes[subgraph].join(" ");
        let (required, only) = if subgraph == 0 {
            ("!", "only: Int ")
        } else {
            ("", "")
        };
        writeln!(
            text,
            "enum Color {{ {colors} }}\nenum Mode {{ {modes} }}\nenum Size {{ S M L }}"
        )
        .unwrap();
        writeln!(text, "input Filter {{ n: Int{required} word: String = \"w\" mode: Mode size: Size nested: Filter tags: [String!] {only}}}").unwrap();
        for ty in self.types.values() {
            self.write_type(ty, subgraph, &mut text);
        }
        text
    }

    fn write_type(&self, ty: &Type, subgraph: usize, text: &mut String) {
        let is_interface_object = ty.interface_objects.contains(&subgraph);
        if !ty.homes.contains(&subgraph) && !is_interface_object {
            return;
        }
        if ty.kind == Kind::Union {
            let members = self.possible(&ty.name, Some(subgraph)).join(" | ");
            writeln!(text, "union {} = {members}", ty.name).unwrap();
            return;
        }
        let mut head = match ty.kind {
            Kind::Interface if !is_interface_object => format!("interface {}", ty.name),
            _ => format!("type {}", ty.name),
        };
        let interfaces = self.interfaces(&ty.name, subgraph);
        if !interfaces.is_empty() {
            write!(head, " implements {}", interfaces.join(" & ")).unwrap();
        }
        for (_, key) in ty.keys.iter().filter(|(home, _)| *home == subgraph) {
            write!(head, " @key(fields: \"{key}\")").unwrap();
        }
        if is_interface_object {
            head.push_str(" @interfaceObject");
        }
        if ty.kind == Kind::Value {
            head.push_str(" @shareable");
        }
        let fields: String = ty
            .fields
            .values()
            .filter_map(|field| Some((field, field.places.get(&subgraph)?)))
            .map(|(field, place)| self.field(ty, field, place))
            .collect();
        if !fields.is_empty() {
            writeln!(text, "{head} {{\n{fields}}}").unwrap();
        }
    }

    fn interfaces(&self, object: &str, subgraph: usize) -> Vec<String> {
        let interfaces = self.types.values().filter(|ty| ty.kind == Kind::Interface);
        interfaces
            .filter(|ty| {
                let mut members = ty.members.iter();
                members.any(|(home, member)| *home == subgraph && member == object)
            })
            .map(|ty| ty.name.clone())
            .collect()
    }

    #[expect(clippy::unused_self, reason = "reads like the rest")]
    fn field(&self, ty: &Type, field: &Field, place: &Place) -> String {
        let mut line = format!("  {}", field.name);
        if !field.arguments.is_empty() {
            let arguments = field.arguments.iter().map(|argument| {
                let default = argument
                    .default
                    .map_or(String::new(), |one| format!(" = {one}"));
                format!("{}: {}{default}", argument.name, argument.ty)
            });
            write!(line, "({})", arguments.collect::<Vec<_>>().join(", ")).unwrap();
        }
        write!(line, ": {}", field.ty).unwrap();
        if ty.kind == Kind::Interface
            && !ty
                .interface_objects
                .iter()
                .any(|one| field.places.contains_key(one))
        {
            return line + "\n";
        }
        if place.is_external {
            line.push_str(" @external");
        }
        if place.is_shareable && ty.kind != Kind::Value && !place.is_external {
            line.push_str(" @shareable");
        }
        if let Some(from) = place.overrides {
            write!(line, " @override(from: \"s{from}\")").unwrap();
        }
        if let Some(fields) = &field.requires
            && !place.is_external
        {
            write!(
                line,
                " @requires(fields: \"{}\")",
                fields.replace('"', "\\\"")
            )
            .unwrap();
        }
        if let Some(fields) = &place.provides {
            write!(line, " @provides(fields: \"{fields}\")").unwrap();
        }
        if field.is_inaccessible {
            line.push_str(" @inaccessible");
        }
        line + "\n"
    }
}
