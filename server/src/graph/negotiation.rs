//! Which media types a request speaks and wants: the GraphQL-over-HTTP specification, pure.

/// The two ways to write an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/graphql-response+json`: the status says whether the request was executed.
    GraphQlResponse,
    /// `application/json`: for older clients, who take every status but 200 for somebody else's answer.
    Json,
}

impl MediaType {
    /// The value of the header `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphQlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The media type to answer with, from the header `Accept`; `None` when the caller wants neither.
///
/// The highest weight wins. At equal weights the more specific range, then the newer media type.
pub fn answer_type(accept: Option<&str>) -> Option<MediaType> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return Some(MediaType::Json);
    };
    let mut best: Option<(u16, u8, MediaType)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight(parts);
        let (specific, media_type) = match name.as_str() {
            "application/graphql-response+json" => (3, MediaType::GraphQlResponse),
            "application/json" => (2, MediaType::Json),
            "application/*" => (1, MediaType::Json),
            "*/*" => (0, MediaType::Json),
            _ => continue,
        };
        if weight > 0
            && best.is_none_or(|(best_weight, best_specific, _)| {
                (weight, specific) > (best_weight, best_specific)
            })
        {
            best = Some((weight, specific, media_type));
        }
    }
    best.map(|(_, _, media_type)| media_type)
}

/// Whether an answer may be a stream of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    /// It may not.
    Refused,
    /// It may; JSON is as good or better.
    Accepted,
    /// It is what the caller would rather have.
    Preferred,
}

/// What the header `Accept` says about `text/event-stream`, which counts only where it is named: a caller who takes
/// anything does not mean a stream that never ends.
pub fn event_stream_wanted(accept: Option<&str>) -> Events {
    let (mut events, mut others) = (0, 0);
    for range in accept.unwrap_or_default().split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight(parts);
        match name.as_str() {
            "text/event-stream" => events = weight,
            "application/graphql-response+json" | "application/json" | "application/*" | "*/*" => {
                others = weight.max(others);
            }
            _ => {}
        }
    }
    match events {
        0 => Events::Refused,
        _ if events > others => Events::Preferred,
        _ => Events::Accepted,
    }
}

// In thousandths, because a float cannot be compared.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u16 {
    let Some(text) = parameters.find_map(|parameter| {
        parameter
            .strip_prefix("q=")
            .or_else(|| parameter.strip_prefix("Q="))
    }) else {
        return 1_000;
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let thousandths = format!("{fraction:0<3}");
    match (
        whole,
        thousandths
            .get(..3)
            .and_then(|digits| digits.parse::<u16>().ok()),
    ) {
        ("0", Some(thousandths)) => thousandths,
        ("1", Some(0)) => 1_000,
        _ => 0,
    }
}

/// Whether a body is JSON in UTF-8, from the header `Content-Type`. Nothing else is read: what a browser sends across
/// origins without asking first (`text/plain`, forms, nothing) is refused here.
pub fn is_json(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    if !parts
        .next()
        .unwrap_or_default()
        .eq_ignore_ascii_case("application/json")
    {
        return false;
    }
    parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_caller_chooses_the_answer() {
        use MediaType::{GraphQlResponse, Json};
        for (accept, expected) in [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("application/json; charset=utf-8"), Some(Json)),
            (
                Some("application/graphql-response+json"),
                Some(GraphQlResponse),
            ),
            (
                Some("Application/GraphQL-Response+JSON"),
                Some(GraphQlResponse),
            ),
            (
                Some("application/graphql-response+json, application/json"),
                Some(GraphQlResponse),
            ),
            (
                Some("application/json, application/graphql-response+json"),
                Some(GraphQlResponse),
            ),
            (
                Some("application/graphql-response+json;q=0.5, application/json"),
                Some(Json),
            ),
            (
                Some(
                    "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8;q=0.9",
                ),
                Some(GraphQlResponse),
            ),
            (Some("text/html, */*;q=0.1"), Some(Json)),
            (Some("text/html"), None),
            (Some("text/event-stream"), None),
            (Some("application/json;q=0"), None),
        ] {
            assert_eq!(answer_type(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn events_are_for_whoever_names_them() {
        for (accept, expected) in [
            (None, Events::Refused),
            (Some("*/*"), Events::Refused),
            (Some("text/*"), Events::Refused),
            (Some("text/event-stream;q=0"), Events::Refused),
            (Some("text/event-stream"), Events::Preferred),
            (
                Some("application/json;q=0.5, Text/Event-Stream"),
                Events::Preferred,
            ),
            (
                Some("application/json, text/event-stream"),
                Events::Accepted,
            ),
            (
                Some("application/graphql-response+json, text/event-stream;q=0.9"),
                Events::Accepted,
            ),
        ] {
            assert_eq!(event_stream_wanted(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_json_is_read() {
        for yes in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON;charset=\"UTF-8\"",
            "application/json; profile=x",
        ] {
            assert!(is_json(Some(yes)), "{yes}");
        }
        for no in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin1",
            "application/graphql",
            "",
        ] {
            assert!(!is_json(Some(no)), "{no}");
        }
        assert!(!is_json(None));
    }

    proptest! {
        #[test]
        fn nothing_in_a_header_can_crash_it(text in ".*") {
            let _ = (answer_type(Some(&text)), event_stream_wanted(Some(&text)), is_json(Some(&text)));
        }
    }
}
