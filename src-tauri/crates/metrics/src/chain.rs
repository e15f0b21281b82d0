//! What follows closely on the one before belongs to it.

use std::ops::Range;

use fairlead_domain::Timestamp;

/// The chains among `times`, oldest first: each that comes less than `gap_millis` after the one before goes on with its
/// chain. Given as places in `times`; every place lies in exactly one chain, and none is empty.
#[must_use]
pub(crate) fn chains(times: &[Timestamp], gap_millis: i64) -> Vec<Range<usize>> {
    let mut chains: Vec<Range<usize>> = Vec::new();
    let mut before: Option<Timestamp> = None;
    for (place, at) in times.iter().enumerate() {
        let goes_on = before.replace(*at).is_some_and(|before| at.since(before) < gap_millis);
        match chains.last_mut().filter(|_| goes_on) {
            Some(chain) => chain.end = place + 1,
            None => chains.push(place..place + 1),
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none(&[], 60, &[])]
    #[case::less_than_the_gap(&[0, 59, 118], 60, &[(0, 3)])]
    #[case::the_gap(&[0, 60, 119], 60, &[(0, 1), (1, 3)])]
    #[case::no_gap_joins_nothing(&[0, 0], 0, &[(0, 1), (1, 2)])]
    fn a_chain_goes_on_while_each_is_near_the_one_before(
        #[case] secs: &[i64],
        #[case] gap_secs: i64,
        #[case] expected: &[(usize, usize)],
    ) {
        let times: Vec<Timestamp> = secs.iter().copied().map(Timestamp::from_secs).collect();
        let found: Vec<_> =
            chains(&times, gap_secs * 1_000).into_iter().map(|chain| (chain.start, chain.end)).collect();
        assert_eq!(found, expected);
    }
}
