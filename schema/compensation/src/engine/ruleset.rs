use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::expression::Frame;
use super::facts::CaseFacts;
use super::inputs::Inputs;
use super::jurisdiction::Zones;
use super::pack::{Asked, PackProblem, PackStatus, RulePack, Witness};
use super::rule::{Across, Rule, contradictions};
use super::trace::Step;
use super::vocabulary::Slots;
use super::{overlap, shipped};

/// First and last day of incidents; open where nothing is said.
pub type Period = (Option<NaiveDate>, Option<NaiveDate>);

/// The packs that answer together, with the zones they speak of. It is made once and then only read.
#[derive(Debug, Clone)]
pub struct RuleSet {
    zones: Zones,
    packs: Vec<RulePack>,
}

static SHIPPED: LazyLock<Arc<RuleSet>> = LazyLock::new(|| {
    let texts = shipped::PACKS.iter().copied();
    #[expect(
        clippy::expect_used,
        reason = "files of the program itself; a test reads them too"
    )]
    let rules = RuleSet::read(shipped::JURISDICTIONS, texts).expect("the shipped packs are right");
    Arc::new(rules)
});

impl RuleSet {
    /// The packs that come with the program, read once.
    pub fn shipped() -> &'static Arc<Self> {
        &SHIPPED
    }

    /// Reads zones and packs, and refuses packs that contradict each other.
    ///
    /// # Errors
    /// Everything that is wrong, with file, rule, line and column.
    pub fn read<'t>(
        jurisdictions: &str,
        packs: impl IntoIterator<Item = &'t str>,
    ) -> Result<Self, Vec<PackProblem>> {
        let always = packs.into_iter().map(|text| (text, (None, None)));
        Self::of_versions(jurisdictions, always)
    }

    /// Reads zones and versions of packs, each with the first and last day of incidents for which it answers.
    ///
    /// # Errors
    /// Everything that is wrong, with file, rule, line and column.
    pub fn of_versions<'t>(
        jurisdictions: &str,
        versions: impl IntoIterator<Item = (&'t str, Period)>,
    ) -> Result<Self, Vec<PackProblem>> {
        let zones = Zones::read(jurisdictions)?;
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for (text, active) in versions {
            match RulePack::read(text, &zones) {
                Ok(pack) => read.push(RulePack { active, ..pack }),
                Err(found) => problems.extend(found),
            }
        }
        let enabled = read
            .iter()
            .filter(|pack| pack.status == PackStatus::Enabled);
        let rules: Vec<Rule> = enabled.flat_map(RulePack::rules_in_its_days).collect();
        for (id, message) in contradictions(&rules.iter().collect::<Vec<_>>(), Across::Versions) {
            let pack = read
                .iter()
                .find(|pack| pack.rules().any(|rule| rule.id == id));
            let pack = pack.map_or("", RulePack::id);
            problems.push(PackProblem::of(pack, Some(&id), message));
        }
        if problems.is_empty() {
            Ok(Self { zones, packs: read })
        } else {
            Err(problems)
        }
    }

    /// The packs, in the order in which they answer.
    pub fn packs(&self) -> &[RulePack] {
        &self.packs
    }

    /// The versions that answer together for incidents of that day, by name, with that of the zones.
    pub fn versions_on(&self, day: NaiveDate) -> BTreeMap<String, u32> {
        let answering = self.packs.iter().filter(|pack| pack.answers_on(day));
        answering
            .map(|pack| (pack.id.clone(), pack.version))
            .chain([(self.zones.id().to_owned(), self.zones.version())])
            .collect()
    }

    /// Name and version of the zones.
    pub fn jurisdictions(&self) -> (&str, u32) {
        (self.zones.id(), self.zones.version())
    }

    #[cfg(test)]
    pub(crate) fn zones(&self) -> &Zones {
        &self.zones
    }

    /// Every answer for one passenger and one event, in the order of the packs. See [`assess`](super::assess).
    pub(crate) fn assess(&self, facts: &CaseFacts) -> Vec<Assessment> {
        self.ask(facts, &mut ())
    }

    /// Every rule that was tried, and why it did or did not apply.
    pub(crate) fn explain(&self, facts: &CaseFacts) -> Vec<Step> {
        let mut steps = Vec::new();
        self.ask(facts, &mut steps);
        steps
    }

    fn ask<W: Witness>(&self, facts: &CaseFacts, witness: &mut W) -> Vec<Assessment> {
        let (slots, inputs) = (Slots::of(facts), Inputs::of(facts));
        let mut assessments = Vec::with_capacity(8);
        let mut once = Vec::new();
        for pack in &self.packs {
            if !pack.answers_on(facts.event.incident_on) {
                continue;
            }
            let frame = Frame::new(&pack.program, &slots, &self.zones);
            let asked = Asked {
                facts,
                inputs: &inputs,
                frame,
            };
            let first = assessments.len();
            pack.assess(&asked, witness, &mut assessments);
            if let Some(starts_here) = pack.pays_once
                && assessments.len() > first
            {
                once.push((
                    first..assessments.len(),
                    asked.frame.value(starts_here).is_yes(),
                ));
            }
        }
        overlap::pay_once(&mut assessments, &once);
        overlap::mark(&mut assessments);
        assessments
    }
}
