use super::assessment::{Assessment, Regime};
use super::eu261::Eu261;
use super::facts::CaseFacts;
use super::inputs::Inputs;
use super::rule::Rule;
use super::us_dot::UsDot;

/// One regime: its dated rules and how it reads the facts.
pub trait RulePack: Sync {
    /// The regime it answers for.
    fn regime(&self) -> Regime;

    /// Every version of every rule it holds, in force or not.
    fn rules(&self) -> Vec<&'static Rule>;

    /// Its answer; `None` when it has no rule for this kind of event on that day.
    fn assess(&self, facts: &CaseFacts, inputs: &Inputs) -> Option<Assessment>;
}

/// The regimes, in the order in which they answer.
pub fn rule_packs() -> &'static [&'static dyn RulePack] {
    &[&Eu261, &UsDot]
}
