//! Posture as Markdown, for chat and documents. What upstreams wrote goes out inert.

use chrono_tz::Tz;

use crate::views::posture::{AttentionClass, Posture, headline};
use crate::views::wording::clock_in;

/// Posture as Markdown. Names of people appear only as who is on call.
#[must_use]
pub fn posture_markdown(answer: &Posture, zone: Tz) -> String {
    let mut lines =
        vec![format!("**{}** ({})", escape(&headline(answer)), clock_in(answer.as_of, zone)), String::new()];
    for row in answer.attention.iter().filter(|row| row.snoozed.is_none()) {
        let class = match row.class {
            AttentionClass::Now => "Now",
            AttentionClass::Today => "Today",
            AttentionClass::Week => "Week",
        };
        lines.push(format!("- {class}: **{}**. {}", escape(&row.title), escape(&row.reason)));
    }
    if !answer.since_last.lines.is_empty() {
        lines.extend([String::new(), format!("Since {}:", clock_in(answer.since_last.since, zone)), String::new()]);
    }
    for change in &answer.since_last.lines {
        lines.push(format!("- {}", escape(&change.text)));
    }
    if !answer.on_call.is_empty() || !answer.warnings.is_empty() {
        lines.push(String::new());
    }
    for entry in &answer.on_call {
        let who = match (&entry.person, entry.withheld) {
            (Some(person), _) => person.as_str(),
            (None, true) => "somebody outside the team",
            (None, false) => "nobody",
        };
        let until = clock_in(entry.end, zone);
        lines.push(format!("- On call for {}: {} until {until}", escape(&entry.schedule), escape(who)));
    }
    for warning in &answer.warnings {
        lines.push(format!("- Not known: {}", escape(&warning.message)));
    }
    lines.join("\n")
}

/// Text without the power to mark anything up, link, mention or break the line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '@' => out.push_str("@\u{200b}"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_of_an_upstream_is_inert() {
        assert_eq!(escape("[x](http://e) <b>\n@here"), "\\[x\\]\\(http://e\\) \\<b\\> @\u{200b}here");
    }
}
