//! Declarations of settings. They check the configuration, become the form, and become the documentation.

/// One key of a source's table.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The key.
    pub key: &'static str,
    /// What may stand there.
    pub value: Value,
    /// Whether the source cannot work without it.
    pub required: bool,
    /// One or two sentences for the form and the documentation.
    pub doc: &'static str,
}

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// Text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Whole number within bounds, both included.
    Integer {
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
    },
    /// `true` or `false`.
    Bool,
    /// An instant: a date, which is midnight in the workspace's zone, or RFC 3339.
    Moment,
    /// A list of texts.
    Texts,
    /// A list of words out of these.
    Words(&'static [&'static str]),
    /// A reference to a secret: `{ env | keychain | command | file = "…" }`. Text in its place is refused.
    Secret,
    /// Text, or a reference to a secret, for addresses that are secrets themselves.
    TextOrSecret,
    /// A table with these keys.
    Table(&'static [Setting]),
    /// One of the words, or a table with exactly one of the keys.
    WordOrTable(&'static [&'static str], &'static [Setting]),
    /// A list of such tables.
    Tables(&'static [Setting]),
    /// A table whose keys the user chooses, each with such a value.
    Map(&'static Value),
    /// Any one of these.
    Either(&'static [Value]),
}
