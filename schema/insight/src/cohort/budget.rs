//! How much may be asked. Pure functions.

/// Why a question is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Spent {
    /// As many questions as there may be in a day.
    Questions {
        /// How many.
        limit: u32,
    },
    /// What it would cost is not left of the year's privacy budget.
    Epsilon {
        /// What it would cost.
        cost: f64,
        /// What is left.
        left: f64,
    },
}

/// What somebody may spend, and has spent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// How many questions in 24 hours.
    pub questions_a_day: u32,
    /// How many were asked in the last 24 hours.
    pub asked: u64,
    /// How much ε in a calendar year.
    pub epsilon_a_year: f64,
    /// How much was spent this year.
    pub spent: f64,
}

/// Fractions of ε that are no difference: sums of decimal fractions are not exact.
const NOTHING: f64 = 1e-9;

impl Budget {
    /// Whether one more question that costs so much ε may be answered.
    ///
    /// # Errors
    /// With what is spent.
    pub fn allows(&self, cost: f64) -> Result<(), Spent> {
        if self.asked >= u64::from(self.questions_a_day) {
            return Err(Spent::Questions {
                limit: self.questions_a_day,
            });
        }
        let left = self.epsilon_left();
        if cost > left + NOTHING {
            return Err(Spent::Epsilon { cost, left });
        }
        Ok(())
    }

    /// How many questions are left today.
    pub fn questions_left(&self) -> u64 {
        u64::from(self.questions_a_day).saturating_sub(self.asked)
    }

    /// How much ε is left this year.
    pub fn epsilon_left(&self) -> f64 {
        (self.epsilon_a_year - self.spent).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nobody_spends_more_than_there_is(costs in proptest::collection::vec(0u8..4, 0..40), a_day in 0u32..20, a_year in 0u8..30) {
            let mut budget = Budget { questions_a_day: a_day, asked: 0, epsilon_a_year: f64::from(a_year) / 10.0, spent: 0.0 };
            for cost in costs {
                let cost = f64::from(cost) / 10.0;
                if budget.allows(cost).is_ok() {
                    budget.asked += 1;
                    budget.spent += cost;
                }
            }
            prop_assert!(budget.asked <= u64::from(a_day));
            prop_assert!(budget.spent <= budget.epsilon_a_year + 1e-6);
        }
    }

    #[test]
    fn the_last_of_it_may_be_spent() {
        let budget = Budget {
            questions_a_day: 1,
            asked: 0,
            epsilon_a_year: 0.3,
            spent: 0.1 + 0.1,
        };
        assert_eq!(budget.allows(0.1), Ok(()));
        assert!(matches!(budget.allows(0.2), Err(Spent::Epsilon { .. })));
        let budget = Budget { asked: 1, ..budget };
        assert_eq!(budget.allows(0.0), Err(Spent::Questions { limit: 1 }));
    }
}
