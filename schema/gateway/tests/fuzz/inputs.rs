//! Real inputs, and what becomes of them under the knife.

use proptest::{prelude::*, sample::Index};

pub(crate) const BODIES: &[&str] = &[
    r#"{"query":"{ me { id } }"}"#,
    r#"{"query":"query A($n: Int = 2) { customers(first: $n) { nodes { id } } } query B { me { id } }","operationName":"A","variables":{"n":3},"extensions":{"a":[1,2.5,null,true]}}"#,
    r#"{"query":"{ me { displayName } }","operationName":null,"variables":null,"extensions":null}"#,
    r#"{"query":"query($f: CustomerFilter) { customers(first: 1, filter: $f) { nodes { id } } }","variables":{"f":{"name":"M\u00fcller \ud83d\ude00","tier":"GOLD"}}}"#,
];

pub(crate) const DOCUMENTS: &[&str] = &[
    "{ me { id displayName } }",
    "query A($n: Int = 2, $no: Boolean! = false) { customers(first: $n) { nodes { ...C @skip(if: $no) } edges { cursor } } } fragment C on Customer { id title cases(first: 2) { nodes { id } } claims(first: 1) { nodes { id __typename } } }",
    "{ a: customer(id: \"1\") { id: displayName ... { version } ... on Customer @include(if: true) { tier } } b: me { orders(first: 1) { nodes { id } } } }",
    "mutation { createCustomer(input: {familyName: \"M\\u00fcller\"}) { __typename ... on Problem { message code } } }",
    "# a comment\nquery Q { customers(first: 3, filter: {name: \"\"\"an \"x\" b\"\"\", tier: GOLD}) { pageInfo { hasNextPage } nodes { id } } }",
    "{ __typename __schema { queryType { name } types { fields { name } } } __type(name: \"Customer\") { name } }",
];

pub(crate) const VARIABLES: &[&str] = &[
    r#"{"filter":{"n":1},"filters":[{"n":2,"word":null},{"n":3,"ratio":1.5,"id":7,"flag":true,"mode":"OFF"}]}"#,
    r#"{"filter":{"n":-2147483648,"tags":["a","b"],"grid":[[1,2],null,[3]],"nested":{"n":4,"nested":{"n":5}}}}"#,
    r#"{"filter":{"n":0,"tags":"one","grid":7,"blob":{"a":[1,null,{"b":1e300}]}},"filters":{"n":9}}"#,
    r#"{"filter":null,"other":1}"#,
];

/// What stands where in the three languages; put in anywhere it is mostly wrong.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\"\"\"",
    "\\",
    "\\u{110000}",
    "\\ud800",
    "$",
    "$n",
    "...",
    "... on X",
    "@skip(if: true)",
    "@include(if: $no)",
    ":",
    ",",
    "null",
    "true",
    "-",
    "0",
    "00",
    "1e999",
    "9223372036854775808",
    "2147483648",
    "1.",
    "#",
    "\u{feff}",
    "__typename",
    "__a",
    "fragment C on Customer { ...C }",
    "subscription",
    "{\"n\":1}",
    "\"n\"",
    "é",
    "\u{0}",
    "😀",
];

#[derive(Debug, Clone)]
enum Cut {
    Remove(Index, Index),
    Double(Index, Index),
    Move(Index, Index, Index),
    Insert(Index, Index),
    Byte(Index, u8),
}

fn cut() -> impl Strategy<Value = Cut> {
    let index = any::<Index>;
    prop_oneof![
        (index(), index()).prop_map(|(from, to)| Cut::Remove(from, to)),
        (index(), index()).prop_map(|(from, to)| Cut::Double(from, to)),
        (index(), index(), index()).prop_map(|(from, to, at)| Cut::Move(from, to, at)),
        (index(), index()).prop_map(|(at, piece)| Cut::Insert(at, piece)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Cut::Byte(at, byte)),
    ]
}

/// One of these, changed in one to five places.
pub(crate) fn mutated(of: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let cuts = prop::collection::vec(cut(), 1..6);
    (prop::sample::select(of), cuts)
        .prop_map(|(text, cuts)| cuts.iter().fold(text.as_bytes().to_vec(), apply))
}

fn apply(mut bytes: Vec<u8>, cut: &Cut) -> Vec<u8> {
    let at = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
    // Short stretches, so that most of the text stays what it was.
    let stretch = |from: &Index, to: &Index, bytes: &[u8]| {
        let start = at(from, bytes);
        start..(start + to.index(12)).min(bytes.len())
    };
    match cut {
        Cut::Remove(from, to) => drop(bytes.drain(stretch(from, to, &bytes))),
        Cut::Double(from, to) => {
            let range = stretch(from, to, &bytes);
            let copy = bytes[range.clone()].to_vec();
            bytes.splice(range.end..range.end, copy);
        }
        Cut::Move(from, to, target) => {
            let moved = bytes.drain(stretch(from, to, &bytes)).collect::<Vec<_>>();
            let target = at(target, &bytes);
            bytes.splice(target..target, moved);
        }
        Cut::Insert(target, piece) => {
            let target = at(target, &bytes);
            bytes.splice(target..target, piece.get(PIECES).bytes());
        }
        Cut::Byte(target, byte) => {
            let target = at(target, &bytes);
            bytes.insert(target, *byte);
        }
    }
    bytes
}
