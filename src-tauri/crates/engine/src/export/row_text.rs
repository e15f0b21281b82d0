//! A row of a page as text, in each way in which it may leave.

use serde::Serialize;
use specta::Type;

use super::text::Flavour;

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
    pub(super) fn of(tell: impl Fn(Flavour) -> String) -> Self {
        Self { markdown: tell(Flavour::Markdown), slack: tell(Flavour::Slack) }
    }
}
