//! Patterns as Go reads them, for the library at hand.
//!
//! Both have the syntax of RE2. They differ in that Go's `\d`, `\s`, `\w` and `\b` know ASCII alone, and in that a `[`,
//! `&&`, `--` or `~~` within a class means itself there.

use regex::{Regex, RegexBuilder};

/// Largest compiled pattern in bytes; a silence needs far less.
const MOST: usize = 1 << 20;

/// The pattern, anchored at both ends as Alertmanager does.
pub(super) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("^(?:{})$", translate(pattern))).size_limit(MOST).build()
}

fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern.chars().peekable();
    let mut class = Class::Outside;
    while let Some(c) = rest.next() {
        match (class, c) {
            (_, '\\') => {
                let escaped = rest.next();
                out.push_str(&escape(escaped, class != Class::Outside));
                class = class.after_item();
            }
            (Class::Outside, '[') => {
                out.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                class = Class::First;
            }
            (Class::Outside, _) => out.push(c),
            // A bracket that comes first stands for itself.
            (Class::First, ']') => {
                out.push_str("\\]");
                class = Class::Inside;
            }
            (Class::Inside, ']') => {
                out.push(']');
                class = Class::Outside;
            }
            (_, '[') if rest.peek() == Some(&':') => {
                out.push('[');
                for c in rest.by_ref() {
                    out.push(c);
                    if c == ']' {
                        break;
                    }
                }
                class = Class::Inside;
            }
            // `+--` is a range whose end is a dash.
            (_, '-') if rest.next_if_eq(&'-').is_some() => {
                out.push_str("-\\-");
                class = Class::Inside;
            }
            (_, '[' | '&' | '~') => {
                out.extend(['\\', c]);
                class = Class::Inside;
            }
            (_, _) => {
                out.push(c);
                class = Class::Inside;
            }
        }
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Outside,
    /// Within a class, before its first member.
    First,
    Inside,
}

impl Class {
    const fn after_item(self) -> Self {
        match self {
            Self::Outside => Self::Outside,
            Self::First | Self::Inside => Self::Inside,
        }
    }
}

fn escape(c: Option<char>, inside: bool) -> String {
    match (c, inside) {
        (Some('d'), _) => "[0-9]".to_owned(),
        (Some('D'), _) => "[^0-9]".to_owned(),
        (Some('w'), _) => "[0-9A-Za-z_]".to_owned(),
        (Some('W'), _) => "[^0-9A-Za-z_]".to_owned(),
        (Some('s'), _) => r"[\t\n\x0C\r ]".to_owned(),
        (Some('S'), _) => r"[^\t\n\x0C\r ]".to_owned(),
        (Some('b'), false) => r"(?-u:\b)".to_owned(),
        (Some(c @ ('<' | '>')), _) => c.to_string(),
        (Some(c), _) => format!("\\{c}"),
        (None, _) => "\\".to_owned(),
    }
}
