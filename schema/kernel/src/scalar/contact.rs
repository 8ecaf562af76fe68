use super::text_scalar;

text_scalar! {
    /// An e-mail address with a domain that has a top level (RFC 5321, without quoted local parts). The domain is kept in
    /// lower case. Example: `"amal@example.com"`.
    EmailAddress, |text| {
        let refusal = || "An e-mail address looks like \"name@example.com\".".to_owned();
        let text = text.trim();
        let address: email_address::EmailAddress = text.parse().map_err(|_| refusal())?;
        let (local, domain) = (address.local_part(), address.domain());
        if local.starts_with('"') || !domain.contains('.') || domain.starts_with('[') {
            return Err(refusal());
        }
        Ok(format!("{local}@{}", domain.to_lowercase()))
    }
}

text_scalar! {
    /// A telephone number in international form (ITU-T E.164). Example: `"+971501234567"`.
    PhoneNumber, |text| {
        let refusal = || "A telephone number is written with its country code, like \"+971501234567\".".to_owned();
        let text = text.trim();
        // The parser knows `00` only as part of a national number.
        let text = text.strip_prefix("00").map_or_else(|| text.to_owned(), |rest| format!("+{rest}"));
        let number = phonenumber::parse(None, &text).map_err(|_| refusal())?;
        if !phonenumber::is_valid(&number) {
            return Err(refusal());
        }
        Ok(number.format().mode(phonenumber::Mode::E164).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_values_are_normalised() {
        assert_eq!(
            EmailAddress::parse("Amal.Haddad+trip@Example.COM")
                .unwrap()
                .as_str(),
            "Amal.Haddad+trip@example.com"
        );
        assert_eq!(
            PhoneNumber::parse("00971 50 123 4567").unwrap().as_str(),
            "+971501234567"
        );
    }

    #[test]
    fn what_no_post_could_reach_is_refused() {
        for text in ["a@b", "\"a b\"@example.com", "nobody", "a@[127.0.0.1]"] {
            assert!(EmailAddress::parse(text).is_err(), "{text}");
        }
        for text in ["+9715012345", "12345", "+999999999999999"] {
            assert!(PhoneNumber::parse(text).is_err(), "{text}");
        }
    }
}
