//! Addresses that grant access by themselves: feeds that a calendar or a pager shows to whoever knows where they are.
//!
//! Public feeds look alike, so that this is a guess that is worth a warning and never an error.

/// Names in a query whose value lets somebody in.
const GRANTING_KEYS: [&str; 12] = [
    "token",
    "key",
    "apikey",
    "secret",
    "password",
    "passwd",
    "pwd",
    "auth",
    "signature",
    "sig",
    "accesstoken",
    "authkey",
];

/// Parts of a path beneath which calendars lie.
const FEEDS: [&str; 5] = ["ical", "ics", "feed", "feeds", "calendar"];

/// Fewest characters of a part of a path that nobody can guess.
const UNGUESSABLE: usize = 20;

/// Whether an address seems to hold what lets its reader in: in its query, or as a part of its path that says that it is
/// private or cannot be guessed.
pub(super) fn grants_access(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let named = query.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
        let name = name.to_ascii_lowercase().replace(['-', '_'], "");
        !value.is_empty() && GRANTING_KEYS.contains(&name.as_str())
    });
    let parts: Vec<String> = place.to_ascii_lowercase().split('/').skip(1).map(str::to_owned).collect();
    let is_feed = parts.iter().any(|part| FEEDS.contains(&part.as_str()) || part.ends_with(".ics"));
    named || parts.iter().any(|part| part.starts_with("private-") || (is_feed && is_unguessable(part)))
}

/// Long, without the shape of words or of a year: letters and digits take turns.
fn is_unguessable(part: &str) -> bool {
    let part = part.split_once('.').map_or(part, |(name, _)| name);
    let kinds: Vec<bool> = part.chars().filter(char::is_ascii_alphanumeric).map(|c| c.is_ascii_digit()).collect();
    let turns = kinds.windows(2).filter(|two| two.first() != two.last()).count();
    let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    plain && part.len() >= UNGUESSABLE && turns >= 4
}

#[cfg(test)]
mod tests {
    use super::grants_access;

    #[rstest::rstest]
    #[case("https://rota.example/feed.ics?token=abc", true)]
    #[case("https://rota.example/feed.ics?team=1&api_key=abc", true)]
    #[case("webcal://calendar.example/ical/ines/private-0a1b2c/basic.ics", true)]
    #[case("https://pager.example/private/4f0a8a572f1d3c5b7a909f2f3c1e6a54/feed/P1", true)]
    #[case("https://pager.example/feeds/9f2f3c1e-6a54-4f0a-8a57-2f1d3c5b7a90.ics", true)]
    #[case("https://holidays.example/public/en.portuguese.ics", false)]
    #[case("https://holidays.example/feed.ics?country=PT&year=2026", false)]
    #[case("https://holidays.example/feed.ics?token=", false)]
    #[case("https://metrics.example/workspaces/ws-9f2f3c1e-6a54-4f0a-8a57-2f1d3c5b7a90", false)]
    #[case("https://rota.example/team/checkout-and-payments-2026/rota.ics", false)]
    #[case("rota.ics", false)]
    fn what_looks_secret_is_told_from_what_is_public(#[case] address: &str, #[case] secret: bool) {
        assert_eq!(grants_access(address), secret);
    }
}
