//! Arithmetic and comparison of numbers that may be open. Known numbers are computed exactly or not at all.

use super::value::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Least,
    Greatest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
}

impl Arithmetic {
    fn exactly(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
            Self::Least => Some(left.min(right)),
            Self::Greatest => Some(left.max(right)),
        }
    }

    pub(crate) fn of(self, left: Value, right: Value) -> Value {
        let open = left.open.with(right.open);
        if open.is_faulty() {
            return Value::fault(open);
        }
        if left.is_known() && right.is_known() {
            return self
                .exactly(left.low, right.low)
                .map_or_else(|| Value::fault(open), Value::known);
        }
        match self {
            Self::Least => Value::between(left.low.min(right.low), left.high.min(right.high), open),
            Self::Greatest => {
                Value::between(left.low.max(right.low), left.high.max(right.high), open)
            }
            Self::Remainder => Value::between(i64::MIN, i64::MAX, open),
            Self::Divide if right.low <= 0 && right.high >= 0 => {
                Value::between(i64::MIN, i64::MAX, open)
            }
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide => {
                let (low, high) = self.corners(left, right);
                Value::between(low, high, open)
            }
        }
    }

    /// The least and the greatest result over both ranges: these four operations have them at the ends.
    fn corners(self, left: Value, right: Value) -> (i64, i64) {
        let (mut low, mut high) = (i64::MAX, i64::MIN);
        for one in [left.low, left.high] {
            for other in [right.low, right.high] {
                let corner = self.towards(one, other);
                low = low.min(corner);
                high = high.max(corner);
            }
        }
        (low, high)
    }

    /// A result beyond the range of numbers, or from an end without limit, is an end without limit.
    fn towards(self, one: i64, other: i64) -> i64 {
        let (a, b) = (i128::from(one), i128::from(other));
        let wide = match self {
            Self::Add | Self::Subtract if is_limitless(one) => a,
            Self::Add if is_limitless(other) => b,
            Self::Subtract if is_limitless(other) => -b,
            Self::Divide if is_limitless(one) => a * b.signum(),
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Remainder | Self::Least | Self::Greatest => a,
        };
        i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
    }
}

fn is_limitless(number: i64) -> bool {
    number == i64::MIN || number == i64::MAX
}

impl Comparison {
    pub(crate) fn of(self, left: Value, right: Value) -> Value {
        let undecided = Value::undecided(left.open.with(right.open));
        let never_meet = left.high < right.low || right.high < left.low;
        let are_equal = left.is_known() && right.is_known() && left.low == right.low;
        let (yes, no) = match self {
            Self::Equal => (are_equal, never_meet),
            Self::NotEqual => (never_meet, are_equal),
            Self::Less => (left.high < right.low, left.low >= right.high),
            Self::LessOrEqual => (left.high <= right.low, left.low > right.high),
        };
        if undecided.open.is_faulty() {
            undecided
        } else if yes {
            Value::YES
        } else if no {
            Value::NO
        } else {
            undecided
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::expression::FactSet;
    use crate::engine::fact::FactName;

    const ALL: [Arithmetic; 7] = [
        Arithmetic::Add,
        Arithmetic::Subtract,
        Arithmetic::Multiply,
        Arithmetic::Divide,
        Arithmetic::Remainder,
        Arithmetic::Least,
        Arithmetic::Greatest,
    ];

    fn range() -> impl Strategy<Value = (Value, i64)> {
        let edge = prop_oneof![3 => -50_i64..50, 1 => any::<i64>()];
        (edge.clone(), edge, any::<prop::sample::Index>()).prop_map(|(one, other, at)| {
            let (low, high) = (one.min(other), one.max(other));
            let inside = [
                low,
                low.saturating_add(1).min(high),
                low / 2 + high / 2,
                high,
            ];
            let open = FactSet::of(FactName::Presented);
            (
                Value::between(low, high, open),
                inside[at.index(4)].clamp(low, high),
            )
        })
    }

    proptest! {
        #[test]
        fn a_range_holds_every_result_of_what_is_in_it((left, a) in range(), (right, b) in range()) {
            for operation in ALL {
                let wide = operation.of(left, right);
                if let Some(exact) = operation.exactly(a, b) {
                    prop_assert!(wide.low <= exact && exact <= wide.high, "{operation:?} {wide:?} {exact}");
                }
            }
        }

        #[test]
        fn a_comparison_is_decided_only_when_all_agree((left, a) in range(), (right, b) in range()) {
            for (comparison, exact) in [
                (Comparison::Equal, a == b), (Comparison::NotEqual, a != b),
                (Comparison::Less, a < b), (Comparison::LessOrEqual, a <= b),
            ] {
                let answer = comparison.of(left, right);
                prop_assert!(!answer.is_known() || answer.is_yes() == exact);
            }
        }
    }

    #[test]
    fn known_numbers_that_leave_the_range_are_a_fault_and_no_number() {
        let beyond = Arithmetic::Multiply.of(Value::known(i64::MAX), Value::known(2));
        assert!(beyond.open.is_faulty() && !beyond.is_known());
        assert!(
            Arithmetic::Divide
                .of(Value::known(1), Value::known(0))
                .open
                .is_faulty()
        );
        assert!(
            Comparison::Less
                .of(beyond, Value::known(0))
                .open
                .is_faulty()
        );
    }
}
