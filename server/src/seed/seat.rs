//! Who sits where: seats are given out in order, so that no two people have the same one.

use entities::order::flight_segment::Cabin;

/// The seats that are left, by flight.
pub(super) struct Seats {
    given: Vec<[u16; 3]>,
}

/// First row, rows and letters of a cabin.
struct Layout {
    class: usize,
    first_row: u16,
    rows: u16,
    letters: &'static [char],
}

const FRONT: Layout = Layout {
    class: 0,
    first_row: 1,
    rows: 10,
    letters: &['A', 'D', 'G', 'K'],
};
const MIDDLE: Layout = Layout {
    class: 1,
    first_row: 16,
    rows: 4,
    letters: &['A', 'C', 'D', 'G', 'H', 'K'],
};
const BACK: Layout = Layout {
    class: 2,
    first_row: 21,
    rows: 36,
    letters: &['A', 'B', 'C', 'D', 'E', 'F'],
};

impl Seats {
    /// Empty flights.
    pub(super) fn on(flights: usize) -> Self {
        Self {
            given: vec![[0; 3]; flights],
        }
    }

    /// The next seat in a cabin; `None` when all are given out, and the seat is found at the gate.
    pub(super) fn next(&mut self, flight: usize, cabin: Cabin) -> Option<String> {
        let layout = match cabin {
            Cabin::F | Cabin::J => &FRONT,
            Cabin::W => &MIDDLE,
            Cabin::Y => &BACK,
        };
        let given = self.given.get_mut(flight)?.get_mut(layout.class)?;
        let width = u16::try_from(layout.letters.len()).unwrap_or(1);
        let (row, letter) = (*given / width, *given % width);
        if row >= layout.rows {
            return None;
        }
        *given += 1;
        Some(format!(
            "{}{}",
            layout.first_row + row,
            layout.letters[usize::from(letter)]
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nobody_shares_a_seat_and_planes_get_full() {
        let mut seats = Seats::on(1);
        let given: Vec<String> = [Cabin::F, Cabin::J, Cabin::W, Cabin::Y]
            .into_iter()
            .flat_map(|cabin| (0..300).map(move |_| cabin))
            .filter_map(|cabin| seats.next(0, cabin))
            .collect();
        assert_eq!(given.len(), 40 + 24 + 216);
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
        assert_eq!(seats.next(0, Cabin::Y), None);
    }
}
