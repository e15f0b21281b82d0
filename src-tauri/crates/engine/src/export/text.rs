//! Posture as text, for documents and chat. What upstreams wrote goes out inert.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::views::answer::Warning;
use crate::views::posture::{AttentionClass, Posture, headline};
use crate::views::wording::{clock_in, day_clock_in};

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Flavour {
    /// CommonMark.
    Markdown,
    /// What Slack takes in a message.
    Slack,
}

impl Flavour {
    pub(super) fn bold(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("**{}**", self.inert(text)),
            Self::Slack => format!("*{}*", self.inert(text)),
        }
    }

    pub(super) const fn bullet(self) -> &'static str {
        match self {
            Self::Markdown => "-",
            Self::Slack => "•",
        }
    }

    pub(super) fn inert(self, text: &str) -> String {
        match self {
            Self::Markdown => escape(text),
            Self::Slack => slack(text),
        }
    }
}

/// Posture as text. Names of people appear only as who is on call.
#[must_use]
pub fn posture_text(answer: &Posture, zone: Tz, flavour: Flavour) -> String {
    let (dot, escape) = (flavour.bullet(), |text: &str| flavour.inert(text));
    let mut lines =
        vec![format!("{} ({})", flavour.bold(&headline(answer)), clock_in(answer.as_of, zone)), String::new()];
    for row in answer.attention.iter().filter(|row| row.snoozed.is_none()) {
        let class = match row.class {
            AttentionClass::Now => "Now",
            AttentionClass::Today => "Today",
            AttentionClass::Week => "Week",
        };
        lines.push(format!("{dot} {class}: {}. {}", flavour.bold(&row.title), escape(&row.reason)));
    }
    if !answer.since_last.lines.is_empty() {
        lines.extend([String::new(), format!("Since {}:", clock_in(answer.since_last.since, zone)), String::new()]);
    }
    for change in &answer.since_last.lines {
        lines.push(format!("{dot} {}", escape(&change.text)));
    }
    let open = answer.open_list.as_ref().is_some_and(|open| !open.is_empty());
    if open || !answer.on_call.is_empty() || !answer.warnings.is_empty() {
        lines.push(String::new());
    }
    for entry in &answer.on_call {
        let who = match (&entry.person, entry.withheld) {
            (Some(person), _) => person.as_str(),
            (None, true) => "somebody outside the team",
            (None, false) => "nobody",
        };
        let until = clock_in(entry.end, zone);
        lines.push(format!("{dot} On call for {}: {} until {until}", escape(&entry.schedule), escape(who)));
    }
    for incident in answer.open_list.iter().flatten() {
        let since = clock_in(incident.since, zone);
        lines.push(format!("{dot} Open: {} since {since}", escape(&incident.words())));
    }
    lines.extend(answer.open_unnamed().map(|more| format!("{dot} Open: {more}")));
    lines.extend(answer.warnings.iter().map(|warning| not_known(warning, zone, flavour)));
    lines.join("\n")
}

/// What limits an answer, as a line of it.
pub(super) fn not_known(warning: &Warning, zone: Tz, flavour: Flavour) -> String {
    let words = warning.words(|at| day_clock_in(at, zone));
    format!("{} Not known: {}", flavour.bullet(), flavour.inert(&words))
}

/// Text without the power to mark anything up, link, mention, break the line or turn its direction.
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
            c if turns(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is not seen and turns the direction of the text around it.
const fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text as Slack wants it, without the power to mark anything up, link, mention, break the line or turn its direction. Slack
/// knows no escape for its marks: a word joiner beside one keeps it from beginning or ending a span.
fn slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '*' | '_' | '~' | '`' => out.extend(['\u{2060}', c, '\u{2060}']),
            '@' | ':' => out.extend([c, '\u{2060}']),
            '\n' | '\r' => out.push(' '),
            c if turns(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, slack};

    #[test]
    fn markup_of_an_upstream_is_inert_in_slack() {
        assert_eq!(slack("<!here> *a*\n&"), "&lt;!here&gt; \u{2060}*\u{2060}a\u{2060}*\u{2060} &amp;");
        assert_eq!(slack("safe \u{202e}gpj.exe"), "safe gpj.exe");
    }

    #[test]
    fn markup_of_an_upstream_is_inert() {
        assert_eq!(escape("[x](http://e) <b>\n@here"), "\\[x\\]\\(http://e\\) \\<b\\> @\u{200b}here");
        assert_eq!(escape("safe \u{202e}gpj.exe"), "safe gpj.exe");
    }
}
