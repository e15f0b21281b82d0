//! Sources as Markdown, for whoever mends them.

use chrono_tz::Tz;

use super::text::escape;
use crate::views::sources::{SourceCondition, SourceOverview, SourcesPage};
use crate::views::wording::clock_in;

/// The page as Markdown, or with `name` one source of it. It holds no address beyond the host, and no secret.
#[must_use]
pub fn sources_markdown(page: &SourcesPage, name: Option<&str>, zone: Tz) -> String {
    let wanted = page.sources.iter().filter(|source| name.is_none_or(|name| source.name == name));
    let mut lines = match name {
        None => vec![format!("**{}** ({})", escape(&page.headline), clock_in(page.as_of, zone)), String::new()],
        Some(_) => Vec::new(),
    };
    for source in wanted {
        lines.extend(source_lines(source, zone));
    }
    lines.join("\n")
}

fn source_lines(source: &SourceOverview, zone: Tz) -> Vec<String> {
    let condition = match source.condition {
        SourceCondition::Fresh => "fresh",
        SourceCondition::Late => "late",
        SourceCondition::Partial => "read in part",
        SourceCondition::Failed => "failed",
        SourceCondition::Unread => "not read yet",
    };
    let read = source.last_ok_at.map_or_else(|| "never".to_owned(), |at| clock_in(at, zone));
    let mut lines =
        vec![format!("- **{}** ({}): {condition}, last read whole {read}", escape(&source.name), escape(&source.kind))];
    let Some(trouble) = &source.trouble else { return lines };
    lines.push(format!("  - Cause: {} ({})", escape(&trouble.message), trouble.code));
    if !trouble.blocks.is_empty() {
        let words: Vec<&str> = trouble.blocks.iter().map(|blocked| blocked.words.as_str()).collect();
        lines.push(format!("  - Not known: {}", words.join(", ")));
    }
    lines.push(format!("  - Kept: {}", escape(&trouble.kept)));
    lines.push(format!("  - Next: {}", escape(&trouble.next_step)));
    lines
}
