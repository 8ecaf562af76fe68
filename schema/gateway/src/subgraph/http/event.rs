//! An event stream taken apart (HTML Living Standard, section 9.2), as far as GraphQL over SSE uses it in its "distinct
//! connections mode". Pure, and it keeps no more than one event of bounded length: which is why it is ours.

use std::collections::VecDeque;

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// A response of the subscription.
    Next(Vec<u8>),
    /// There will be no other.
    Complete,
}

/// An event is longer than may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Events out of the bytes of a stream.
#[derive(Debug)]
pub(super) struct EventReader {
    limit: usize,
    line: Vec<u8>,
    name: Vec<u8>,
    data: Option<Vec<u8>>,
    // A line that ended with a carriage return may end with a line feed as well.
    after_return: bool,
    told: VecDeque<Told>,
    is_too_long: bool,
}

impl EventReader {
    /// For events of at most so many bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            name: Vec::new(),
            data: None,
            after_return: false,
            told: VecDeque::new(),
            is_too_long: false,
        }
    }

    /// The next event that is there as a whole; then, whether one was too long, after which there is none.
    pub(super) fn next(&mut self) -> Result<Option<Told>, TooLong> {
        match self.told.pop_front() {
            None if self.is_too_long => Err(TooLong),
            told => Ok(told),
        }
    }

    /// Reads on. To be called when there is no event left: so no more wait than these bytes hold.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if std::mem::take(&mut self.after_return) && bytes[0] == b'\n' {
                bytes = &bytes[1..];
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            let held = self.data.as_ref().map_or(0, Vec::len);
            if held + self.line.len() + part.len() > self.limit {
                self.is_too_long = true;
                return;
            }
            self.line.extend_from_slice(part);
            if let Some((last, rest)) = rest.split_first() {
                self.after_return = *last == b'\r';
                bytes = rest;
                self.end_line();
            } else {
                bytes = rest;
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return self.end_event();
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        // A comment is a field without a name. A mark of the byte order may stand before everything.
        match field.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(field) {
            b"event" => self.name = value.to_vec(),
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            _ => {}
        }
    }

    fn end_event(&mut self) {
        let (name, data) = (std::mem::take(&mut self.name), self.data.take());
        match (name.as_slice(), data) {
            (b"next", Some(data)) => self.told.push_back(Told::Next(data)),
            (b"complete", _) => self.told.push_back(Told::Complete),
            // Of other kinds the protocol knows nothing.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &[u8] =
        b":\n\nevent: next\ndata: {\"data\":1}\n\n: still here\n\nevent:next\rdata:a\rdata: b\r\revent: other\r\ndata: c\r\n\r\nevent: next\n\ndata: d\n\nevent: complete\ndata:\n\n";

    fn told() -> Vec<Told> {
        let next = |text: &str| Told::Next(text.into());
        vec![next("{\"data\":1}"), next("a\nb"), Told::Complete]
    }

    fn read(chunks: &[&[u8]], limit: usize) -> Result<Vec<Told>, TooLong> {
        let mut reader = EventReader::new(limit);
        let mut told = Vec::new();
        for chunk in chunks {
            reader.read(chunk);
            while let Some(one) = reader.next()? {
                told.push(one);
            }
        }
        Ok(told)
    }

    #[test]
    fn responses_and_the_end_are_told_and_nothing_else() {
        assert_eq!(read(&[STREAM], 100), Ok(told()));
        assert_eq!(
            read(&[b"\xEF\xBB\xBFevent: complete\n\n"], 100),
            Ok(vec![Told::Complete])
        );
    }

    #[test]
    fn an_event_without_end_is_not_kept() {
        let lines = b"data: 123456\n".repeat(3);
        assert_eq!(read(&[&lines], 20), Err(TooLong));
        assert_eq!(read(&[b"data: ", &[b'x'; 20]], 20), Err(TooLong));
        assert!(read(&[&b"data: 123456\n\n".repeat(3)], 20).is_ok());
    }

    #[test]
    fn what_came_before_is_told() {
        let mut reader = EventReader::new(20);
        reader.read(&[b"event: complete\n\ndata: ", &[b'x'; 20] as &[u8]].concat());
        assert_eq!(reader.next(), Ok(Some(Told::Complete)));
        assert_eq!(reader.next(), Err(TooLong));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_come(sizes in prop::collection::vec(1_usize..9, 1..40)) {
            let (mut rest, mut chunks) = (STREAM, Vec::new());
            for size in sizes.into_iter().cycle() {
                if rest.is_empty() { break; }
                let (chunk, others) = rest.split_at(size.min(rest.len()));
                chunks.push(chunk);
                rest = others;
            }
            prop_assert_eq!(read(&chunks, 100), Ok(told()));
        }

        #[test]
        fn no_bytes_are_kept_beyond_the_limit(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let mut reader = EventReader::new(50);
            reader.read(&bytes);
            let held = reader.line.len() + reader.data.map_or(0, |data| data.len());
            prop_assert!(held <= 50 + 50);
        }
    }
}
