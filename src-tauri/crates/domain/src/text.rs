//! Text from outside, made safe to store and to show.

/// Longest text that is kept of a title or a name, in characters. Longer text is cut with an ellipsis.
pub const MAX_LINE_CHARS: usize = 1_000;

/// One line of upstream text: control and bidirectional-override characters dropped, white space folded, cut to
/// [`MAX_LINE_CHARS`].
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MAX_LINE_CHARS * 4));
    let mut count = 0;
    let mut pending_space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            pending_space = count > 0;
            continue;
        }
        if c.is_control() || is_direction_control(c) {
            continue;
        }
        if count + usize::from(pending_space) >= MAX_LINE_CHARS {
            line.push('…');
            return line;
        }
        if pending_space {
            line.push(' ');
            count += 1;
            pending_space = false;
        }
        line.push(c);
        count += 1;
    }
    line
}

/// E-mail as it is compared: trimmed and lower-cased, without `mailto:`; `None` when it is no address.
#[must_use]
pub fn normalise_email(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let address = match trimmed.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &trimmed[7..],
        _ => trimmed,
    };
    let (local, host) = address.split_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '@';
    let valid = !local.is_empty() && !host.is_empty() && local.chars().all(plain) && host.chars().all(plain);
    valid.then(|| address.to_lowercase())
}

/// Characters that reorder or hide the text around them.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_what_reorders_or_breaks_it() {
        assert_eq!(clean_line("  pay\u{202e}gnp.\u{0007}exe\r\n\tnow "), "paygnp.exe now");
    }

    #[test]
    fn a_long_line_is_cut_visibly() {
        let line = clean_line(&"x".repeat(1 << 20));
        assert_eq!(line.chars().count(), MAX_LINE_CHARS + 1);
        assert!(line.ends_with('…'));
    }

    #[test]
    fn an_email_is_compared_without_case_scheme_or_space() {
        assert_eq!(normalise_email(" MAILTO:Ines@Harbor.Example "), Some("ines@harbor.example".into()));
        assert_eq!(normalise_email("Ines"), None);
        assert_eq!(normalise_email("a b@c"), None);
    }
}
