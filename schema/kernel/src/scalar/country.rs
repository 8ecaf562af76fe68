use super::text_scalar;

// Codes that are in use though ISO 3166-1 has not assigned them: Kosovo.
const USER_ASSIGNED: [&str; 1] = ["XK"];

text_scalar! {
    /// A country: ISO 3166-1 alpha-2. Example: `"AE"`.
    CountryCode, |text| {
        let code = text.trim().to_ascii_uppercase();
        if rust_iso3166::from_alpha2(&code).is_some() || USER_ASSIGNED.contains(&code.as_str()) {
            Ok(code)
        } else {
            Err("A country is an ISO 3166-1 alpha-2 code, like \"AE\".".to_owned())
        }
    }
}
