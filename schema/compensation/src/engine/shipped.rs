//! The files that come with the program, in the order in which they answer.

use super::pack::PackStatus;
use super::ruleset::RuleSet;

/// A pack that comes with the program, as it is written; the zones among them.
#[derive(Debug, Clone, Copy)]
pub struct ShippedPack {
    /// Stable name.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The version of the file.
    pub version: u32,
    /// Whether it answers.
    pub status: PackStatus,
    /// The file.
    pub text: &'static str,
}

/// The packs that come with the program, in the order in which they answer, and the zones after them.
pub fn shipped_packs() -> impl Iterator<Item = ShippedPack> {
    let rules = RuleSet::shipped();
    let (id, version) = rules.jurisdictions();
    let zones = ShippedPack {
        id,
        title: "Zones that rules speak of",
        version,
        status: PackStatus::Enabled,
        text: JURISDICTIONS,
    };
    let packs = rules.packs().iter().zip(PACKS);
    packs
        .map(|(pack, text)| ShippedPack {
            id: pack.id(),
            title: pack.title(),
            version: pack.version(),
            status: pack.status(),
            text,
        })
        .chain([zones])
}

/// The zones.
pub(crate) const JURISDICTIONS: &str = include_str!("../../rules/jurisdictions.toml");

/// The packs.
pub(crate) const PACKS: &[&str] = &[
    include_str!("../../rules/eu261.toml"),
    include_str!("../../rules/uk261.toml"),
    include_str!("../../rules/us_dot.toml"),
    include_str!("../../rules/ca_appr.toml"),
    include_str!("../../rules/montreal.toml"),
    include_str!("../../rules/uae_pwp.toml"),
    include_str!("../../rules/goodwill_v1.toml"),
    include_str!("../../rules/eu261_2026.toml"),
];
