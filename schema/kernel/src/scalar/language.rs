use super::text_scalar;

text_scalar! {
    /// A language: BCP 47, in canonical case. Example: `"en-GB"`.
    LanguageTag, |text| {
        oxilangtag::LanguageTag::parse_and_normalize(text.trim())
            .map(oxilangtag::LanguageTag::into_inner)
            .map_err(|_| "A language is a BCP 47 tag, like \"en-GB\".".to_owned())
    }
}
