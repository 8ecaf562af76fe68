//! Parts of the world, so coarse that a route says little.

/// Countries by part of the world, ISO 3166-1 alpha-2.
const REGIONS: &[(&str, &str)] = &[
    (
        "EUROPE",
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GL GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT \
         NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK",
    ),
    ("GULF", "AE BH IQ IR KW OM QA SA YE"),
    ("LEVANT", "AM AZ GE IL JO LB PS SY"),
    ("SOUTH_ASIA", "AF BD BT IN KG KZ LK MV NP PK TJ TM UZ"),
    (
        "EAST_ASIA",
        "BN CN HK ID JP KH KP KR LA MM MN MO MY PH SG TH TL TW VN",
    ),
    (
        "OCEANIA",
        "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
    ),
    ("NORTH_AMERICA", "BM CA MX PM US"),
    (
        "LATIN_AMERICA",
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS NI PA PE PR PY \
         SR SV SX TC TT UY VC VE VG VI",
    ),
    (
        "AFRICA",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE \
         RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
    ),
];

/// The part of the world a country lies in; `OTHER` where it is not known.
pub(super) fn region(country: Option<&str>) -> &'static str {
    country
        .and_then(|country| {
            REGIONS
                .iter()
                .find(|(_, codes)| codes.split_ascii_whitespace().any(|code| code == country))
        })
        .map_or("OTHER", |(region, _)| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_lies_in_one_part_of_the_world() {
        let mut codes: Vec<&str> = REGIONS
            .iter()
            .flat_map(|(_, codes)| codes.split_ascii_whitespace())
            .collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert_eq!(
            (region(Some("AE")), region(Some("ZZ")), region(None)),
            ("GULF", "OTHER", "OTHER")
        );
    }
}
