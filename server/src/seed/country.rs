//! Where people live: the airport they leave from, the numbers they are called on, the money they pay in.

/// A country in which customers live.
#[derive(Debug)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// Airports, all of them served by the flights of the demo world.
    pub(super) airports: &'static [&'static str],
    /// Telephone numbers, every `#` a digit. Where a regulator has set numbers aside for fiction, only those are used.
    pub(super) phones: &'static [&'static str],
    /// ISO 4217 code of the money that fares are sold in there.
    pub(super) currency: &'static str,
}

impl Country {
    /// The country, if customers live there.
    pub(super) fn find(code: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|country| country.code == code)
    }
}

const fn country(
    code: &'static str,
    airports: &'static [&'static str],
    phones: &'static [&'static str],
    currency: &'static str,
) -> Country {
    Country {
        code,
        airports,
        phones,
        currency,
    }
}

/// Every country in which customers live.
pub(super) const COUNTRIES: &[Country] = &[
    country(
        "AE",
        &["DXB"],
        &["+97150#######", "+97155#######", "+97156#######"],
        "AED",
    ),
    country("AU", &["SYD"], &["+61255501###", "+61270101###"], "USD"),
    country("BR", &["GRU"], &["+55119########"], "USD"),
    country("CN", &["PVG"], &["+86138########", "+86139########"], "USD"),
    country("CO", &["BOG"], &["+57310#######", "+57300#######"], "USD"),
    country("CZ", &["PRG"], &["+420602######", "+420777######"], "EUR"),
    country(
        "DE",
        &["FRA"],
        &[
            "+493023125###",
            "+496990009###",
            "+494066969###",
            "+498999998###",
        ],
        "EUR",
    ),
    country("DK", &["CPH"], &["+4526######", "+4528######"], "EUR"),
    country("EG", &["CAI"], &["+20100#######", "+20122#######"], "USD"),
    country("ES", &["MAD"], &["+34612######", "+34655######"], "EUR"),
    country("ET", &["ADD"], &["+251911######"], "USD"),
    country("FR", &["CDG"], &["+33199000###", "+33199009###"], "EUR"),
    country(
        "GB",
        &["LHR"],
        &["+442079460###", "+441614960###", "+441214960###"],
        "GBP",
    ),
    country("GH", &["ACC"], &["+233244######"], "USD"),
    country("GR", &["ATH"], &["+30697#######", "+30694#######"], "EUR"),
    country("HK", &["HKG"], &["+85261######"], "USD"),
    country("HR", &["ZAG"], &["+38591#######"], "EUR"),
    country("IE", &["DUB"], &["+35315550###"], "EUR"),
    country(
        "IN",
        &["BOM", "DEL", "MAA"],
        &["+9198########", "+9199########"],
        "USD",
    ),
    country("IR", &["IKA"], &["+98912#######"], "USD"),
    country("IT", &["FCO"], &["+39347#######", "+39333#######"], "EUR"),
    country("JP", &["NRT"], &["+81901#######", "+81803#######"], "JPY"),
    country("KE", &["NBO"], &["+254722######"], "USD"),
    country("KR", &["ICN"], &["+82102#######", "+82104#######"], "USD"),
    country("LB", &["BEY"], &["+9613######", "+96170######"], "USD"),
    country("MX", &["MEX"], &["+5255########"], "USD"),
    country("NG", &["LOS"], &["+234803#######", "+234806#######"], "USD"),
    country("PH", &["MNL"], &["+63917#######", "+63918#######"], "USD"),
    country("PK", &["KHI"], &["+92300#######", "+92321#######"], "USD"),
    country("PL", &["WAW"], &["+48501######", "+48602######"], "EUR"),
    country("PT", &["LIS"], &["+35191#######", "+35196#######"], "EUR"),
    country("QA", &["DOH"], &["+97455######", "+97466######"], "USD"),
    country("SA", &["RUH"], &["+96650#######", "+96655#######"], "USD"),
    country("SE", &["ARN"], &["+468465004##", "+46313900###"], "EUR"),
    country("SG", &["SIN"], &["+6581######", "+6591######"], "USD"),
    country("TR", &["IST"], &["+90532#######", "+90542#######"], "EUR"),
    country(
        "US",
        &["JFK", "JFK", "EWR", "LGA"],
        &[
            "+121255501##",
            "+191755501##",
            "+171855501##",
            "+197355501##",
            "+164655501##",
        ],
        "USD",
    ),
    country("VN", &["SGN"], &["+8490#######", "+8491#######"], "USD"),
];

#[cfg(test)]
mod tests {
    use schema_kernel::scalar::{IataAirport, PhoneNumber};

    use super::*;
    use crate::seed::{
        culture::CULTURES,
        stream::{Purpose, Stream},
    };

    #[test]
    fn everybody_can_be_called() {
        let mut stream = Stream::new(1, Purpose::Profile, 0);
        for country in COUNTRIES {
            for pattern in country.phones {
                for _ in 0..60 {
                    let number = stream.digits(pattern);
                    assert_eq!(
                        PhoneNumber::parse(&number)
                            .as_ref()
                            .map(PhoneNumber::as_str),
                        Ok(number.as_str()),
                        "{pattern}"
                    );
                }
            }
            assert!(
                country
                    .airports
                    .iter()
                    .all(|airport| IataAirport::parse(airport).is_ok())
            );
        }
    }

    #[test]
    fn everybody_lives_somewhere() {
        for culture in CULTURES {
            assert!(
                culture
                    .abroad
                    .iter()
                    .all(|code| Country::find(code).is_some()),
                "{}",
                culture.code
            );
        }
    }
}
