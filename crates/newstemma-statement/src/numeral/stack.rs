//! Terms of falling value, of which a number is made.

/// Whether a joiner stands before a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    Yes,
    No,
}

/// Terms of falling value.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<f64>);

impl Stack {
    pub(super) fn new(value: f64) -> Stack {
        Stack(vec![value])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Puts a term below the last one; `false` if it has no room there.
    pub(super) fn add(&mut self, value: f64, joined: Joined) -> bool {
        let fits = match self.0.last() {
            None => true,
            Some(&last) => {
                value < room(last)
                    // soixante-douze, quatre-vingt-douze
                    || (10.0..20.0).contains(&value) && matches!(last % 100.0, 60.0 | 80.0)
                    // fünfundzwanzig
                    || joined == Joined::Yes && last < 10.0 && (20.0..100.0).contains(&value) && value % 10.0 == 0.0
            }
        };
        if fits {
            self.0.push(value);
        }
        fits
    }

    /// Multiplies the terms below `by`; `false` if none of this makes a number.
    pub(super) fn multiply(&mut self, by: f64) -> bool {
        let mut below = 0.0;
        while self.0.last().is_some_and(|&last| last < by) {
            below += self.0.pop().unwrap_or(0.0);
        }
        let product = if below == 0.0 { by } else { below * by };
        let fits = self.0.last().is_none_or(|&last| product < room(last).max(last));
        self.0.push(product);
        fits
    }

    /// Whether every term fits below the one before, as a finished number's do.
    pub(super) fn is_falling(&self) -> bool {
        self.0.windows(2).all(|w| w[1] < w[0] || w[0] < 10.0)
    }

    /// Whether there is one term made of single digits, as in 二〇二四.
    pub(super) fn is_digit_run(&self) -> bool {
        self.0.len() == 1 && self.0[0] < 1e6
    }

    pub(super) fn push_digit(&mut self, digit: f64) {
        if let Some(last) = self.0.last_mut() {
            *last = *last * 10.0 + digit;
        }
    }
}

/// What fits below a term: less than the greatest power of ten that divides it.
fn room(term: f64) -> f64 {
    let mut power = 1.0;
    while power < 1e15 && term % (power * 10.0) == 0.0 && term > 0.0 {
        power *= 10.0;
    }
    power
}
