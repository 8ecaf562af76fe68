//! Who works on cases.

use entities::{
    case::{
        agent::{self, Codes},
        agent_queue,
    },
    id::AgentId,
    profile::customer::Gender,
};
use schema_kernel::{Database, Error};

use super::{
    bulk,
    calendar::Calendar,
    culture::CULTURES,
    name::{Pool, family_form},
    stream::{Purpose, Stream},
};

/// Queues, skills and languages of each agent.
const DESKS: [(&[&str], &[&str], &[&str]); 14] = [
    (
        &["Compensation", "Refunds"],
        &["EU261", "US_DOT"],
        &["en", "de"],
    ),
    (
        &["Compensation", "Refunds"],
        &["EU261"],
        &["en", "fr", "ar"],
    ),
    (&["Compensation"], &["EU261", "US_DOT"], &["en", "es", "pt"]),
    (&["Refunds"], &["US_DOT"], &["en", "es"]),
    (&["Refunds", "Loyalty"], &["MILES"], &["en", "hi", "ur"]),
    (
        &["CustomerAffairs", "CustomerAffairs-Feedback"],
        &["COMPLAINT"],
        &["en", "ar"],
    ),
    (
        &["CustomerAffairs", "CustomerAffairs-Feedback", "Product"],
        &["COMPLAINT"],
        &["en", "zh-Hans"],
    ),
    (
        &["CustomerAffairs"],
        &["COMPLAINT", "EU261"],
        &["en", "it", "el"],
    ),
    (
        &["Baggage", "BaggageClaims", "LostProperty"],
        &["BAGGAGE"],
        &["en", "pl", "de"],
    ),
    (&["Baggage", "LostProperty"], &["BAGGAGE"], &["en", "fil"]),
    (
        &["SpecialAssist", "AirportDuty"],
        &["PRM"],
        &["en", "ja", "ko"],
    ),
    (&["AirportDuty"], &["DENIED_BOARDING"], &["en", "tr"]),
    (&["DPO", "Legal"], &["PRIVACY"], &["en", "de", "fr"]),
    (&["Security", "Legal"], &["FRAUD"], &["en", "ru"]),
];

/// The agents, in the order of their desks.
pub(super) struct Staff {
    agents: Vec<agent::Model>,
}

impl Staff {
    /// The agents of the world of `seed`.
    pub(super) fn new(seed: u64, calendar: Calendar) -> Self {
        let hired_at = calendar.minutes_ago(1_200 * 1_440);
        let agents = (0_u64..).zip(DESKS).map(|(place, (_, skills, languages))| {
            let mut stream = Stream::new(seed, Purpose::Agent, place);
            let pool = Pool::parse(stream.pick(CULTURES).names);
            let gender = if stream.chance(500) {
                Gender::F
            } else {
                Gender::M
            };
            let (given, family) = (
                pool.given(gender, &mut stream),
                family_form(pool.family(&mut stream), gender),
            );
            let codes =
                |codes: &[&str]| Codes(codes.iter().map(|code| (*code).to_owned()).collect());
            agent::Model {
                id: stream.id(hired_at),
                name: format!("{given} {family}"),
                skills: codes(skills),
                languages: codes(languages),
                is_active: true,
            }
        });
        Self {
            agents: agents.collect(),
        }
    }

    /// An agent who works a queue.
    pub(super) fn of_queue(&self, queue: &str, stream: &mut Stream) -> Option<AgentId> {
        let places: Vec<&agent::Model> = self
            .agents
            .iter()
            .zip(DESKS)
            .filter(|(_, (queues, ..))| queues.contains(&queue))
            .map(|(agent, _)| agent)
            .collect();
        (!places.is_empty()).then(|| stream.pick(&places).id)
    }

    /// Some agent, as histories show actors.
    pub(super) fn anybody(&self, stream: &mut Stream) -> String {
        self.agents[stream.below(self.agents.len())].id.to_string()
    }

    /// Writes the agents and the queues they work.
    pub(super) async fn write(&self, database: &Database) -> Result<(), Error> {
        let queues: Vec<agent_queue::Model> = self
            .agents
            .iter()
            .zip(DESKS)
            .flat_map(|(agent, (queues, ..))| {
                queues.iter().map(|queue| agent_queue::Model {
                    agent_id: agent.id,
                    queue: (*queue).to_owned(),
                })
            })
            .collect();
        database
            .transaction(async |transaction| {
                bulk::insert(transaction, &self.agents).await?;
                bulk::insert(transaction, &queues).await
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use entities::case::case::CaseType;
    use schema_case::case::policy::queue_of;

    use super::*;

    #[test]
    fn every_queue_has_somebody() {
        let staff = Staff::new(1, Calendar::new("2026-11-20".parse().unwrap()));
        let mut stream = Stream::new(1, Purpose::Agent, 99);
        for case_type in [
            CaseType::Complaint,
            CaseType::Compliment,
            CaseType::Suggestion,
            CaseType::BaggageDelayed,
            CaseType::BaggageLost,
            CaseType::Refund,
            CaseType::Compensation,
            CaseType::DeniedBoarding,
            CaseType::SpecialAssistance,
            CaseType::Privacy,
            CaseType::Loyalty,
            CaseType::LostProperty,
            CaseType::Fraud,
            CaseType::Regulator,
        ] {
            assert!(
                staff.of_queue(queue_of(case_type), &mut stream).is_some(),
                "{case_type:?}"
            );
        }
    }
}
