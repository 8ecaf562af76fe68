//! What people are called: pools of names, read from `server/data/names`.

use entities::profile::customer::Gender;

use super::stream::Stream;

/// Names of one culture.
pub(super) struct Pool {
    male: Vec<&'static str>,
    female: Vec<&'static str>,
    family: Vec<&'static str>,
}

impl Pool {
    /// Reads a pool: sections `[male]`, `[female]` and `[family]`, names parted by commas.
    pub(super) fn parse(text: &'static str) -> Self {
        let section = |name: &str| {
            let from = text.split(name).nth(1).unwrap_or_default();
            let names = from.split('[').next().unwrap_or_default();
            names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect()
        };
        Self {
            male: section("[male]"),
            female: section("[female]"),
            family: section("[family]"),
        }
    }

    /// A given name.
    pub(super) fn given(&self, gender: Gender, stream: &mut Stream) -> &'static str {
        match gender {
            Gender::M => stream.pick(&self.male),
            Gender::F => stream.pick(&self.female),
            Gender::X | Gender::U => {
                let names = if stream.chance(500) {
                    &self.male
                } else {
                    &self.female
                };
                stream.pick(names)
            }
        }
    }

    /// A family name, with all its forms.
    pub(super) fn family(&self, stream: &mut Stream) -> &'static str {
        stream.pick(&self.family)
    }
}

/// The form of a family name for a man or a woman: of `Kowalski/Kowalska` the first or the second.
pub(super) fn family_form(name: &'static str, gender: Gender) -> &'static str {
    let (first, second) = name.split_once('/').unwrap_or((name, name));
    match gender {
        Gender::F => second,
        Gender::M | Gender::X | Gender::U => first,
    }
}

#[cfg(test)]
mod tests {
    use schema_profile::customer::name::{document_name, search_key};

    use super::*;
    use crate::seed::culture::CULTURES;

    #[test]
    fn every_pool_is_large_enough_and_can_be_spelled() {
        assert!(CULTURES.len() >= 14);
        for culture in CULTURES {
            let pool = Pool::parse(culture.names);
            assert!(
                pool.male.len() >= 25 && pool.female.len() >= 25 && pool.family.len() >= 30,
                "{}",
                culture.code
            );
            for name in pool
                .male
                .iter()
                .chain(&pool.female)
                .chain(&pool.family)
                .flat_map(|name| name.split('/'))
            {
                let spelled = document_name(name);
                assert!(spelled.is_some_and(|spelled| !spelled.is_empty()), "{name}");
                assert!(search_key(name).is_ascii(), "{name}");
            }
        }
    }

    #[test]
    fn family_names_have_their_form() {
        assert_eq!(family_form("Kowalski/Kowalska", Gender::F), "Kowalska");
        assert_eq!(family_form("Kowalski/Kowalska", Gender::M), "Kowalski");
        assert_eq!(family_form("Nowak", Gender::F), "Nowak");
    }
}
