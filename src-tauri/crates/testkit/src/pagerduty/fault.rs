//! What goes wrong, and when.

/// What happens instead of, or to, an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks in the middle of the body.
    Reset,
    /// The right answer, its body in pieces over so many milliseconds.
    Slow(u64),
    /// The right answer, its body cut in half.
    Truncated,
    /// An error of the server.
    Status(u16),
    /// A sign-in page where JSON was due.
    Html,
    /// A refusal for haste: seconds until the client may come back, or no word of it.
    TooMany(Option<u32>),
    /// The page before the one that was asked for, under the offset that was asked for.
    RepeatedPage,
    /// The right answer, which says that there is more.
    MoreForEver,
}

/// At which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The n-th request from now, from 1 on.
    Request(u64),
    /// The n-th request from now of a path that begins so, from 1 on.
    Path(String, u64),
    /// Every request of a path that begins so.
    Always(String),
}

impl When {
    /// The n-th request of a path from now.
    #[must_use]
    pub fn path(path: &str, nth: u64) -> Self {
        Self::Path(path.to_owned(), nth)
    }

    /// Counts a request; says whether the time has come.
    pub(super) fn strikes(&mut self, path: &str) -> bool {
        let left = match self {
            Self::Always(prefix) => return path.starts_with(prefix.as_str()),
            Self::Path(prefix, _) if !path.starts_with(prefix.as_str()) => return false,
            Self::Path(_, left) | Self::Request(left) => left,
        };
        *left = left.saturating_sub(1);
        *left == 0
    }

    /// Whether it comes again.
    pub(super) const fn lasts(&self) -> bool {
        matches!(self, Self::Always(_))
    }
}
