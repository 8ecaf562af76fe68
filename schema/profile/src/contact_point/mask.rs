//! What is shown of a contact value to those who may not see it whole. Pure functions.

const HIDDEN: &str = "•••";

/// `"amal@example.com"` is `"a•••@e•••.com"`.
pub(super) fn email(value: &str) -> String {
    let (local, domain) = value.rsplit_once('@').unwrap_or((value, ""));
    let (host, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    format!("{}{HIDDEN}@{}{HIDDEN}.{top}", first(local), first(host))
}

/// `"+971501234567"` is `"+97••••••••67"`: as many signs as the number has.
pub(super) fn phone(value: &str) -> String {
    let length = value.chars().count();
    let sign = |(index, character)| {
        if index < 3 || index + 2 >= length {
            character
        } else {
            '•'
        }
    };
    value.chars().enumerate().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn enough_stays_to_recognise_it() {
        assert_eq!(email("amal.haddad@example.co.uk"), "a•••@e•••.uk");
        assert_eq!(phone("+971501234567"), "+97••••••••67");
    }

    proptest! {
        #[test]
        fn what_is_in_the_middle_never_shows(local in "[a-z]{2,20}", host in "[a-z]{2,20}") {
            let masked = email(&format!("{local}@{host}.com"));
            prop_assert!(!masked.contains(&local) && !masked.contains(&host));
        }

        #[test]
        fn no_more_than_four_digits_of_a_number_show(number in "\\+[1-9][0-9]{8,14}") {
            prop_assert_eq!(phone(&number).chars().filter(char::is_ascii_digit).count(), 4);
        }
    }
}
