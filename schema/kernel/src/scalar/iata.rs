use super::text_scalar;

fn is_upper_or_digit(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

text_scalar! {
    /// An IATA location identifier of an airport: three letters. Example: `"DXB"`.
    IataAirport, |text| {
        let code = text.trim().to_ascii_uppercase();
        if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Ok(code)
        } else {
            Err("An IATA airport code has three letters, like \"DXB\".".to_owned())
        }
    }
}

text_scalar! {
    /// An IATA airline designator: two characters, at least one of them a letter. Example: `"EK"`.
    IataAirline, |text| {
        let code = text.trim().to_ascii_uppercase();
        if code.len() == 2 && is_upper_or_digit(&code) && code.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Ok(code)
        } else {
            Err("An IATA airline designator has two letters or digits, at least one of them a letter, like \"EK\".".to_owned())
        }
    }
}

text_scalar! {
    /// A record locator (PNR): six letters or digits. Example: `"K7QX2M"`. Locators are used again after a time, so they
    /// never identify an order alone.
    RecordLocator, |text| {
        let code = text.trim().to_ascii_uppercase();
        if code.len() == 6 && is_upper_or_digit(&code) {
            Ok(code)
        } else {
            Err("A record locator has six letters or digits, like \"K7QX2M\".".to_owned())
        }
    }
}

text_scalar! {
    /// An electronic ticket or EMD number: 13 digits, the first three of them the airline's. Example: `"1762345678901"`.
    TicketNumber, |text| {
        let digits: String = text.chars().filter(|character| !matches!(character, '-' | ' ')).collect();
        if digits.len() == 13 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(digits)
        } else {
            Err("A ticket number has 13 digits, like \"176-2345678901\".".to_owned())
        }
    }
}

text_scalar! {
    /// The reference of a property irregularity report: the station, the airline and five digits. References are used again
    /// after some years, so they never identify a report alone. Example: `"SINEK19666"`.
    BaggageReference, |text| {
        let code: String = text.trim().to_ascii_uppercase().chars().filter(|character| *character != ' ').collect();
        let is_reference = code.is_ascii() && code.len() == 10 && {
            let (station, rest) = code.split_at(3);
            let (airline, number) = rest.split_at(2);
            IataAirport::parse(station).is_ok()
                && IataAirline::parse(airline).is_ok()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        };
        if is_reference {
            Ok(code)
        } else {
            Err("A baggage report has a reference of station, airline and five digits, like \"SINEK19666\".".to_owned())
        }
    }
}

text_scalar! {
    /// The licence plate of a bag tag (IATA Resolution 740): 10 digits. Example: `"0176123456"`.
    BagTagNumber, |text| {
        let digits = text.trim().to_owned();
        if digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(digits)
        } else {
            Err("A bag tag number has 10 digits, like \"0176123456\".".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_normalised_or_refused_with_a_sentence() {
        assert_eq!(IataAirport::parse(" dxb ").unwrap().as_str(), "DXB");
        assert_eq!(IataAirline::parse("b6").unwrap().as_str(), "B6");
        assert_eq!(
            TicketNumber::parse("176-2345678901").unwrap().as_str(),
            "1762345678901"
        );
        for refused in [
            IataAirport::parse("DXBX").err(),
            IataAirport::parse("D1B").err(),
            IataAirline::parse("12").err(),
            RecordLocator::parse("ABC").err(),
        ] {
            assert!(refused.unwrap().contains("like"));
        }
    }
}
