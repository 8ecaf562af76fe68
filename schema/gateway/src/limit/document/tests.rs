use super::*;

fn refusal(text: &str) -> Option<RefusalReason> {
    refusal_by(text, &Limits::default())
}

fn refusal_by(text: &str, limits: &Limits) -> Option<RefusalReason> {
    let refusal = parse(text, limits).err()?;
    let code = refusal.errors[0].code().unwrap();
    assert!(code.starts_with("GRAPHQL_"), "{code}");
    Some(refusal.reason)
}

fn doubling(levels: usize) -> String {
    let fragments = (0..levels).map(|level| {
        let next = level + 1;
        format!("fragment f{level} on Query {{ ...f{next} ...f{next} }} ")
    });
    format!(
        "{{ ...f0 }} {} fragment f{levels} on Query {{ __typename }}",
        fragments.collect::<String>()
    )
}

fn nested(levels: usize) -> String {
    format!("{}{}", "{ a ".repeat(levels), "}".repeat(levels))
}

fn repeated(times: usize, text: impl Fn(usize) -> String) -> String {
    (0..times).map(text).collect()
}

#[test]
fn ordinary_documents_pass() {
    assert_eq!(refusal(&doubling(3)), None);
    let fields = "b(c: [1, 2]) { d ... on E { f } } ".repeat(100);
    assert_eq!(refusal(&format!("{{ a {{ {fields} }} }}")), None);
}

#[test]
fn each_limit_holds_exactly() {
    let below =
        |times, text: fn(usize) -> String| format!("{{ x {{ {} }} }}", repeated(times, text));
    let small = Limits {
        tokens: 100,
        ..Limits::default()
    };
    assert_eq!(refusal_by(&below(95, |_| "a ".into()), &small), None);
    for (reason, at, past) in [
        (RefusalReason::Depth, nested(10), nested(11)),
        (
            RefusalReason::Aliases,
            below(15, |index| format!("a{index}: b ")),
            below(16, |index| format!("a{index}: b ")),
        ),
        (
            RefusalReason::Directives,
            below(25, |_| "a @b ".into()),
            below(26, |_| "a @b ".into()),
        ),
        (
            RefusalReason::RootFields,
            format!("{{ {} }}", "a ".repeat(10)),
            format!("{{ {} }}", "a ".repeat(11)),
        ),
        (
            RefusalReason::Tokens,
            below(1_995, |_| "a ".into()),
            below(1_996, |_| "a ".into()),
        ),
    ] {
        assert_eq!((refusal(&at), refusal(&past)), (None, Some(reason)));
    }
}

#[test]
fn fragments_are_no_way_around_a_limit() {
    let fragment = |body: &str| format!("{{ x {{ ...f ...f }} }} fragment f on Q {{ {body} }}");
    for (reason, body) in [
        (
            RefusalReason::Depth,
            nested(10)[2..].trim_end_matches('}').to_owned() + &"}".repeat(9),
        ),
        (
            RefusalReason::Aliases,
            repeated(8, |index| format!("a{index}: b ")),
        ),
        (RefusalReason::Directives, "a @b ".repeat(13)),
        (RefusalReason::Fields, "a ".repeat(1_000)),
    ] {
        assert_eq!(refusal(&fragment(&body)), Some(reason), "{body}");
    }
    let roots = "{ ...f ...f } fragment f on Q { a b c d e f }";
    assert_eq!(refusal(roots), Some(RefusalReason::RootFields));
}

#[test]
fn white_space_commas_and_comments_are_no_tokens_but_have_an_end() {
    let limits = Limits {
        tokens: 10,
        ..Limits::default()
    };
    assert_eq!(
        refusal_by("{ a, b, c,,,, # a b c d e f g\n d }", &limits),
        None
    );
    let commas = format!("{{ a {} }}", ",".repeat(50));
    assert_eq!(refusal_by(&commas, &limits), Some(RefusalReason::Tokens));
}

#[test]
fn introspection_may_be_deep() {
    let of_type = "ofType { ".repeat(12);
    let text = format!(
        "{{ __schema {{ types {{ fields {{ type {{ {of_type} name {} }} }} }} }} }}",
        "} ".repeat(12)
    );
    assert_eq!(refusal(&text), None);
    let fragment = format!(
        "{{ __type(name: \"A\") {{ ...f }} }} fragment f on __Type {{ {of_type} name {} }}",
        "} ".repeat(12)
    );
    assert_eq!(refusal(&fragment), None);
}

#[test]
fn fragments_that_double_are_counted_and_not_followed() {
    for levels in [14, 25, 60] {
        assert!(matches!(
            refusal(&doubling(levels)),
            Some(RefusalReason::Fields | RefusalReason::RootFields)
        ));
    }
    assert_eq!(refusal(&doubling(120)), Some(RefusalReason::Recursion));
}

#[test]
fn circles_are_refused() {
    for text in [
        "{ ...a } fragment a on Q { ...a }",
        "{ x } fragment a on Q { b { ...b } } fragment b on Q { ... { ...a } }",
    ] {
        assert_eq!(refusal(text), Some(RefusalReason::FragmentCycle));
    }
}

#[test]
fn reading_stops_at_the_limits() {
    for text in [
        format!(
            "{{ {} }}",
            repeated(20_000, |index| format!("a{index}: a "))
        ),
        "{".repeat(100_000),
        format!("{{ a {} }}", "@b ".repeat(20_000)),
        format!("{{ a(x: {}) }}", "[".repeat(100_000)),
        nested(5_000),
        doubling(4_000),
    ] {
        assert_eq!(refusal(&text), Some(RefusalReason::Tokens));
    }
    for text in [
        format!("{{ a(x: {}) }}", "[".repeat(500)),
        nested(500),
        format!(
            "{}a{}",
            "{ ... @include(if: true) ".repeat(150),
            "}".repeat(150)
        ),
    ] {
        assert_eq!(refusal(&text), Some(RefusalReason::Recursion));
    }
}
