//! Who has no seat, or a lower one, when a flight is flown by an aircraft with fewer seats. Pure.

use super::manifest::{Cabin, FlightManifest};

/// The cabins, from the lowest to the highest.
const CABINS: [Cabin; 4] = [Cabin::Y, Cabin::W, Cabin::J, Cabin::F];

/// The seats of an aircraft, by cabin from the lowest to the highest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats(pub [u32; 4]);

impl Seats {
    /// How many there are.
    pub fn total(self) -> u32 {
        self.0.iter().sum()
    }
}

/// How many passengers of a group are hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// They stay behind.
    pub denied: u32,
    /// They sit in a lower cabin than they paid for.
    pub downgraded: u32,
}

/// How many of each group are hit, in their order.
///
/// Whoever has no seat in their cabin is moved to the nearest higher one with free seats, which costs nothing; else to the
/// nearest lower one; else they stay behind. Nobody makes room for anybody. Within a cabin every group is hit in proportion,
/// because nobody knows who will volunteer, and whoever volunteers costs no more.
pub fn hits(manifest: &FlightManifest, seats: Seats) -> Vec<Hit> {
    let booked = CABINS.map(|cabin| {
        let own = manifest.groups.iter().filter(|group| group.sits_in(cabin));
        own.map(|group| group.passengers).sum::<u32>()
    });
    let moved = move_over(booked, seats.0);
    let mut hits = vec![Hit::default(); manifest.groups.len()];
    for (cabin, moved) in CABINS.into_iter().zip(moved) {
        let own: Vec<(usize, u32)> = manifest
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.sits_in(cabin))
            .map(|(index, group)| (index, group.passengers))
            .collect();
        for (index, share) in shares(&own, moved.denied) {
            if let Some(hit) = hits.get_mut(index) {
                hit.denied += share;
            }
        }
        let left: Vec<(usize, u32)> = own
            .iter()
            .map(|(index, passengers)| {
                let denied = hits.get(*index).map_or(0, |hit| hit.denied);
                (*index, passengers.saturating_sub(denied))
            })
            .collect();
        for (index, share) in shares(&left, moved.downgraded) {
            if let Some(hit) = hits.get_mut(index) {
                hit.downgraded += share;
            }
        }
    }
    hits
}

/// How many of each cabin stay behind or are downgraded.
fn move_over(booked: [u32; 4], seats: [u32; 4]) -> [Hit; 4] {
    let pairs = |cabin: usize| (at(&booked, cabin), at(&seats, cabin));
    let mut over = [0, 1, 2, 3]
        .map(pairs)
        .map(|(booked, seats)| booked.saturating_sub(seats));
    let mut free = [0, 1, 2, 3]
        .map(pairs)
        .map(|(booked, seats)| seats.saturating_sub(booked));
    // The nearest cabin above, for nothing.
    for (from, over) in over.iter_mut().enumerate() {
        for free in free.iter_mut().skip(from + 1) {
            take(over, free);
        }
    }
    // Then the nearest one below, the highest cabin first.
    let mut moved = [Hit::default(); 4];
    for (from, (over, moved)) in over.iter_mut().zip(&mut moved).enumerate().rev() {
        for free in free.iter_mut().take(from).rev() {
            moved.downgraded += take(over, free);
        }
        moved.denied = *over;
    }
    moved
}

fn at(cabins: &[u32; 4], cabin: usize) -> u32 {
    cabins.get(cabin).copied().unwrap_or_default()
}

fn take(over: &mut u32, free: &mut u32) -> u32 {
    let both = (*over).min(*free);
    *over -= both;
    *free -= both;
    both
}

/// Divides `all` among the groups in proportion, by largest remainder; the first group wins a tie.
fn shares(groups: &[(usize, u32)], all: u32) -> Vec<(usize, u32)> {
    let sum: u64 = groups.iter().map(|(_, size)| u64::from(*size)).sum();
    if sum == 0 {
        return Vec::new();
    }
    let whole = |size: u32| u64::from(size) * u64::from(all);
    let mut shares: Vec<(usize, u64, u64)> = groups
        .iter()
        .map(|(index, size)| (*index, whole(*size) / sum, whole(*size) % sum))
        .collect();
    let given: u64 = shares.iter().map(|(_, share, _)| share).sum();
    let left = usize::try_from(u64::from(all).saturating_sub(given)).unwrap_or_default();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|place| std::cmp::Reverse(shares.get(*place).map_or(0, |it| it.2)));
    for place in by_remainder.into_iter().take(left) {
        if let Some(share) = shares.get_mut(place) {
            share.1 += 1;
        }
    }
    shares
        .into_iter()
        .map(|(index, share, _)| (index, u32::try_from(share).unwrap_or(u32::MAX)))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(moved: [Hit; 4]) -> (u32, u32) {
        let denied = moved.iter().map(|hit| hit.denied).sum();
        (denied, moved.iter().map(|hit| hit.downgraded).sum())
    }

    #[test]
    fn business_moves_down_before_anybody_stays_behind() {
        // 200 in economy and 20 in business, on 230 and 8 seats.
        assert_eq!(sum(move_over([200, 0, 20, 0], [230, 0, 8, 0])), (0, 12));
    }

    #[test]
    fn economy_moves_up_for_nothing() {
        assert_eq!(sum(move_over([200, 0, 10, 0], [195, 0, 20, 0])), (0, 0));
    }

    #[test]
    fn nobody_makes_room_for_anybody() {
        let moved = move_over([200, 0, 20, 0], [200, 0, 15, 0]);
        assert_eq!(
            moved[2],
            Hit {
                denied: 5,
                downgraded: 0
            }
        );
    }

    proptest! {
        #[test]
        fn who_has_no_seat_stays_behind_and_nobody_else(
            booked in prop::array::uniform4(0..300_u32), seats in prop::array::uniform4(0..300_u32),
        ) {
            let (denied, downgraded) = sum(move_over(booked, seats));
            let (all, there): (u32, u32) = (booked.iter().sum(), seats.iter().sum());
            prop_assert_eq!(denied, all.saturating_sub(there));
            prop_assert!(downgraded <= all);
        }

        #[test]
        fn shares_add_up_and_no_group_gives_more_than_it_has(
            sizes in prop::collection::vec(0..60_u32, 1..8), part in 0..100_u32,
        ) {
            let groups: Vec<(usize, u32)> = sizes.iter().copied().enumerate().collect();
            let all = sizes.iter().sum::<u32>() * part / 100;
            let shares = shares(&groups, all);
            prop_assert_eq!(shares.iter().map(|(_, share)| share).sum::<u32>(), if sizes.iter().sum::<u32>() == 0 { 0 } else { all });
            prop_assert!(shares.iter().all(|(index, share)| *share <= sizes[*index]));
        }
    }
}
