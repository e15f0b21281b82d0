//! The two ways in which text leaves: as Markdown, and as chat takes it.

use fairlead_domain::words;
use serde::Serialize;
use specta::Type;

use super::markdown;

words! {
    /// How text is marked up.
    TextStyle {
        /// Markdown.
        Markdown = "markdown",
        /// Slack's own markup.
        Slack = "slack",
    }
}

/// A row of a page as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct RowText {
    /// As Markdown.
    pub markdown: String,
    /// As Slack takes it.
    pub slack: String,
}

impl RowText {
    /// The same told in both ways.
    pub(super) fn of(tell: impl Fn(TextStyle) -> String) -> Self {
        Self { markdown: tell(TextStyle::Markdown), slack: tell(TextStyle::Slack) }
    }
}

impl TextStyle {
    /// Stressed text, made inert first.
    pub(super) fn bold(self, text: &str) -> String {
        let text = self.inert(text);
        match self {
            Self::Markdown => format!("**{text}**"),
            Self::Slack => format!("*{text}*"),
        }
    }

    /// Text of somebody else without the power to mark anything up, link, mention or break the line.
    pub(super) fn inert(self, text: &str) -> String {
        match self {
            Self::Markdown => markdown::escape(text),
            Self::Slack => slack(text),
        }
    }
}

/// Slack reads three characters as markup of its own, and others between words: those are parted by a space of no width.
fn slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '*' | '_' | '~' | '`' | '@' => {
                out.push('\u{200b}');
                out.push(c);
                out.push('\u{200b}');
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_upstream_wrote_is_inert_in_chat() {
        assert_eq!(TextStyle::Slack.inert("<!here> a*b*\n"), "&lt;!here&gt; a\u{200b}*\u{200b}b\u{200b}*\u{200b} ");
        assert_eq!(TextStyle::Slack.bold("Ines"), "*Ines*");
        assert_eq!(TextStyle::Markdown.bold("a*b"), "**a\\*b**");
    }
}
