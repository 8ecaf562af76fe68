//! Under which law a journey falls, as far as the duty to inform goes. Pure.
//!
//! It is wider than what is owed: whoever travels for nothing, or on a lap, is informed all the same.

/// The treaty territory, the EEA states and Switzerland, and the outermost regions with codes of their own: where Regulation
/// 261/2004 applies today (Guidelines C/2024/5687, 2.1.1).
const EU_ZONE: &[&str] = &[
    "AT", "AX", "BE", "BG", "BL", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GF", "GP",
    "GR", "HR", "HU", "IE", "IS", "IT", "LT", "LU", "LV", "MF", "MQ", "MT", "NL", "NO", "PL", "PT",
    "RE", "RO", "SE", "SI", "SK", "YT",
];

const UNITED_KINGDOM: &str = "GB";

/// The bodies that enforce the Regulation, by country (Article 16), where we are sure of them.
const BODIES: &[(&str, &str)] = &[
    (
        "AT",
        "Agentur für Passagier- und Fahrgastrechte, www.apf.gv.at",
    ),
    ("CH", "Federal Office of Civil Aviation, www.bazl.admin.ch"),
    ("DE", "Luftfahrt-Bundesamt, www.lba.de"),
    ("DK", "Trafikstyrelsen, www.trafikstyrelsen.dk"),
    (
        "ES",
        "Agencia Estatal de Seguridad Aérea, www.seguridadaerea.gob.es",
    ),
    (
        "FR",
        "Direction générale de l'aviation civile, www.ecologie.gouv.fr",
    ),
    ("IE", "Irish Aviation Authority, www.iaa.ie"),
    (
        "IT",
        "Ente Nazionale per l'Aviazione Civile, www.enac.gov.it",
    ),
    ("NL", "Inspectie Leefomgeving en Transport, www.ilent.nl"),
    ("PT", "Autoridade Nacional da Aviação Civil, www.anac.pt"),
];

/// The laws that ask for a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Regulation (EC) No 261/2004.
    pub is_under_eu: bool,
    /// The same as it has effect in United Kingdom law.
    pub is_under_uk: bool,
}

impl Scope {
    /// The laws over a journey between two countries, on a carrier licensed in `carrier`. A licence that is not known counts
    /// for the passenger (Article 3(1); SI 2019/278, regulation 8).
    pub fn of(origin: &str, destination: &str, carrier: Option<&str>) -> Self {
        let (from_eu, to_eu) = (is_eu(origin), is_eu(destination));
        let (from_uk, to_uk) = (origin == UNITED_KINGDOM, destination == UNITED_KINGDOM);
        let by_eu = carrier.is_none_or(is_eu);
        let by_uk = carrier.is_none_or(|country| country == UNITED_KINGDOM);
        Self {
            is_under_eu: from_eu || (to_eu && by_eu),
            is_under_uk: from_uk || (to_uk && (by_uk || by_eu)) || (to_eu && by_uk),
        }
    }

    /// Whether any of them asks for a notice.
    pub fn is_any(self) -> bool {
        self.is_under_eu || self.is_under_uk
    }
}

fn is_eu(country: &str) -> bool {
    EU_ZONE.contains(&country)
}

/// The body that enforces the Regulation over a journey: that of the member state in which it begins, else of that in which
/// it ends. `None` where we do not know it for sure.
pub fn enforcement_body(origin: &str, destination: &str) -> Option<&'static str> {
    let responsible = if is_eu(origin) { origin } else { destination };
    BODIES
        .iter()
        .find(|(country, _)| *country == responsible)
        .map(|(_, body)| *body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws(origin: &str, destination: &str, carrier: Option<&str>) -> (bool, bool) {
        let scope = Scope::of(origin, destination, carrier);
        (scope.is_under_eu, scope.is_under_uk)
    }

    #[test]
    fn the_law_follows_the_route_and_the_licence() {
        for (origin, destination, carrier, expected) in [
            ("DE", "AE", Some("AE"), (true, false)),
            ("AE", "DE", Some("AE"), (false, false)),
            ("AE", "DE", Some("DE"), (true, false)),
            ("AE", "DE", Some("GB"), (false, true)),
            ("GB", "AE", Some("AE"), (false, true)),
            ("AE", "GB", Some("AE"), (false, false)),
            ("AE", "GB", Some("DE"), (false, true)),
            ("FR", "GB", Some("GB"), (true, true)),
            ("GB", "FR", Some("FR"), (true, true)),
            ("US", "AE", Some("AE"), (false, false)),
            ("AE", "DE", None, (true, true)),
        ] {
            assert_eq!(
                laws(origin, destination, carrier),
                expected,
                "{origin}-{destination} by {carrier:?}"
            );
        }
    }

    #[test]
    fn a_body_is_that_of_the_state_in_which_the_journey_begins() {
        assert!(enforcement_body("DE", "FR").unwrap().contains("lba.de"));
        assert!(enforcement_body("AE", "FR").unwrap().contains("aviation"));
        assert_eq!(enforcement_body("SE", "DE"), None);
        assert!(BODIES.iter().all(|(country, _)| is_eu(country)));
    }
}
