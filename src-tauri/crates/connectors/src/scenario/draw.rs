//! Chance without a state: the same draw for the same subject, whatever was drawn before.

/// FNV-1a's starting value and prime, 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A number in `[0, 1)` that depends on the seed, the subject and `n` alone: FNV-1a over the three, mixed by the
/// finaliser of SplitMix64. The subject has two words: what is drawn, and for what.
#[must_use]
pub fn unit(seed: u64, [what, whom]: [&str; 2], n: i64) -> f64 {
    let subject = what.bytes().chain([0]).chain(whom.bytes());
    let bytes = seed.to_le_bytes().into_iter().chain(subject).chain(n.to_le_bytes());
    let mut x = bytes.fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    // 53 bits are all that a double holds.
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

/// `expected` as a whole number that is right on average: 0.3 becomes 1 in three of ten draws.
#[must_use]
pub fn whole(expected: f64, draw: f64) -> f64 {
    (expected + draw).floor().max(0.0)
}
