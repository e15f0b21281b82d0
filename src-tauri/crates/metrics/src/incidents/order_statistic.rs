//! Between which of the sorted values a quantile of what they were drawn from lies. No assumption about the shape of the
//! distribution is made, and no lot is drawn: the same values give the same interval.

/// How sure an interval is.
pub const CONFIDENCE: f64 = 0.95;

/// Beyond so many standard deviations nothing is left that a double could tell.
const REACH: f64 = 12.0;

/// Ranks (1 is the least) of the two of `n` sorted values between which the `quantile` (0 < q < 1) lies with at least
/// [`CONFIDENCE`]; `None` where the sample is too small for a bound on that side.
///
/// The number of values below the quantile is binomial(n, q); each side leaves out at most half of what is allowed:
/// W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.
#[must_use]
pub fn interval_ranks(n: usize, quantile: f64) -> (Option<usize>, Option<usize>) {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let (first, weights) = weights(n, quantile);
    let all: f64 = weights.iter().sum();
    let mut below = 0.0;
    let (mut low, mut high) = (None, None);
    for (count, weight) in (first..).zip(&weights) {
        below += weight / all;
        if below <= tail {
            low = Some(count + 1);
        }
        if high.is_none() && below >= 1.0 - tail {
            high = Some(count + 1);
        }
    }
    // What was cut off before the first weight is nothing, so its rank is a bound too.
    let low = low.or(Some(first)).filter(|rank| *rank > 0);
    (low, high.filter(|rank| *rank <= n))
}

/// Binomial probabilities around their peak, up to a factor, and the count that the first of them is for.
fn weights(n: usize, q: f64) -> (usize, Vec<f64>) {
    let (size, odds) = (n as f64, q / (1.0 - q));
    let peak = ((size + 1.0) * q).floor().min(size);
    let reach = (REACH * (size * q * (1.0 - q)).sqrt()).ceil() + REACH;
    let mut under = Vec::new();
    let (mut count, mut weight) = (peak, 1.0);
    while count > 0.0 && peak - count < reach {
        weight *= count / ((size - count + 1.0) * odds);
        count -= 1.0;
        under.push(weight);
    }
    let first = count as usize;
    under.reverse();
    under.push(1.0);
    let (mut count, mut weight) = (peak, 1.0);
    while count < size && count - peak < reach {
        weight *= (size - count) * odds / (count + 1.0);
        count += 1.0;
        under.push(weight);
    }
    (first, under)
}
