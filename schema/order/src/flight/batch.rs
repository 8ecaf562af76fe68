//! Rows in statements of few different lengths. Pure.
//!
//! A connection keeps the statements it has prepared. A statement for every number of rows that ever comes would fill that
//! store with texts of a hundred kilobytes that never come again; powers of two are a dozen, and are found again.

/// The rows in batches of `most`, and what is left in batches of powers of two.
pub(crate) fn batches<Row>(rows: Vec<Row>, most: usize) -> impl Iterator<Item = Vec<Row>> {
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let left = rows.len();
        let next = left.checked_ilog2()?;
        let size = if left >= most { most } else { 1 << next };
        Some(rows.by_ref().take(size).collect())
    })
}

/// The values to look for, with the last one repeated until there are `1, 2, 4, ..` of them.
pub(crate) fn padded<Value: Clone>(mut values: Vec<Value>) -> Vec<Value> {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    values
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_row_is_lost_and_lengths_are_few(count in 0..3_000_usize) {
            let rows: Vec<usize> = (0..count).collect();
            let batches: Vec<Vec<usize>> = batches(rows.clone(), 1_000).collect();
            prop_assert!(batches.iter().all(|batch| batch.len() == 1_000 || batch.len().is_power_of_two()));
            prop_assert_eq!(batches.concat(), rows);
        }

        #[test]
        fn padding_adds_nothing_new(values in prop::collection::vec(any::<u8>(), 0..100)) {
            let mut kept = padded(values.clone());
            prop_assert!(values.is_empty() || kept.len().is_power_of_two());
            kept.truncate(values.len());
            prop_assert_eq!(kept, values);
        }
    }
}
