//! Numbers of the pages, rounded once: here, and nowhere after.

/// A remaining budget, to a tenth of a point.
pub(super) fn budget(ratio: f64) -> f64 {
    to(ratio, 1e3)
}

/// A burn rate, to a hundredth.
pub(super) fn burn(rate: f64) -> f64 {
    to(rate, 1e2)
}

/// A share such as coverage, to a tenth of a percent, and never whole unless it is.
pub(super) fn share(ratio: f64) -> f64 {
    let rounded = to(ratio, 1e3);
    if rounded >= 1.0 && ratio < 1.0 { 0.999 } else { rounded }
}

/// An SLI, to a thousandth of a percent.
pub(super) fn sli(ratio: f64) -> f64 {
    to(ratio, 1e5)
}

/// Rounded, and never the negative zero that would be shown as −0.
fn to(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_zero_has_no_sign() {
        assert_eq!((budget(0.181_76), budget(-0.000_1).to_bits()), (0.182, 0.0_f64.to_bits()));
        assert_eq!((burn(38.301_7), sli(0.999_181_7)), (38.3, 0.999_18));
        assert_eq!((share(0.999_9), share(1.0), share(0.958_4)), (0.999, 1.0, 0.958), "all but an hour is not all");
    }
}
