//! Names of sources.

/// Whether `name` may name a source: 1–64 characters of `a–z`, `A–Z`, `0–9`, `_`, `-`, `.`, beginning with a letter or
/// a digit. A source's name is its identity and is part of every id shown, so it must not hold `/`.
#[must_use]
pub fn is_source_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (1..=64).contains(&name.len()) && name.chars().all(allowed) && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_name_is_plain() {
        assert!(is_source_name("prom-eu.1"));
        for bad in ["", "a/b", "-x", "é", &"x".repeat(65)] {
            assert!(!is_source_name(bad), "{bad:?} must be refused");
        }
    }
}
