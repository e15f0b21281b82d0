//! Tokens that tell withheld persons apart without telling who they are.
//!
//! To count pages, it must be known which notifications went to the same person: one who is called, then sent a message,
//! was interrupted once; two who are called at once are two. A token serves that and nothing else. It is made with a key
//! that is drawn when the program starts and never stored, so that nobody can work out afterwards whose it was, and it is
//! another one in each hour, so that it does not follow a person through a night.

use std::sync::OnceLock;

use fairlead_domain::Timestamp;
use uuid::Uuid;

static KEY: OnceLock<[u8; 32]> = OnceLock::new();

fn key() -> &'static [u8; 32] {
    KEY.get_or_init(|| {
        let mut key = [0; 32];
        key[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        key[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        key
    })
}

/// The token of somebody in the hour of `at`.
pub(super) fn party(source: &str, who: &str, at: Timestamp) -> i64 {
    let text = format!("{}/{source}/{who}", at.floor_hour().as_secs());
    let hash = blake3::keyed_hash(key(), text.as_bytes());
    let mut token = [0; 8];
    token.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_be_bytes(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_persons_apart_within_an_hour() {
        let at = |minutes: i64| Timestamp::from_secs(1_795_000_000).floor_hour().plus_millis(minutes * 60_000);
        let token = |who: &str, minutes| party("pd", who, at(minutes));
        assert_eq!(token("P1", 0), token("P1", 59));
        assert_ne!(token("P1", 0), token("P2", 0));
        assert_ne!(token("P1", 59), token("P1", 60), "it does not follow a person through a night");
        assert_ne!(token("P1", 0), party("ops", "P1", at(0)));
    }
}
