//! Lists in pages, by offset and limit.

use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::Asked;

/// A page of a list under the older interface: at most 100 rows, 25 unless asked otherwise, the total only on request.
pub(super) fn page<T>(asked: &Asked, name: &str, rows: &[T], show: impl Fn(&T) -> Value) -> Answer {
    let (Some(limit), Some(offset)) = (number(asked, "limit", 25), number(asked, "offset", 0)) else {
        return Answer::invalid("Limit and offset must be whole numbers");
    };
    if limit == 0 {
        return Answer::invalid("Limit must be greater than zero");
    }
    // More than a page holds is not an error: fewer rows come than were asked for.
    let limit = limit.min(100);
    if offset + limit > asked.reach {
        let reason = format!("Offset plus limit must not exceed {}", asked.reach);
        return Answer::refusal(400, 2002, "Arguments Caused Error", &[&reason]);
    }
    let total = asked.is_set("total").then_some(rows.len());
    Answer::ok(json!({
        name: cut(asked, rows, offset, limit, show),
        "limit": limit,
        "offset": offset,
        "more": asked.endless || offset + limit < rows.len(),
        "total": total,
    }))
}

/// A page of a list under the newer interface, which refuses limits out of range and knows no total.
pub(super) fn page_v3<T>(
    asked: &Asked,
    name: &str,
    (usual, most): (usize, usize),
    rows: &[T],
    show: impl Fn(&T) -> Value,
) -> Answer {
    let Some(limit) = number(asked, "limit", usual).filter(|limit| (1..=most).contains(limit)) else {
        return Answer::invalid_v3("limit", &format!("must be between 1 and {most}"));
    };
    let Some(offset) = number(asked, "offset", 0) else {
        return Answer::invalid_v3("offset", "must be a whole number");
    };
    Answer::ok(json!({
        name: cut(asked, rows, offset, limit, show),
        "limit": limit,
        "offset": offset,
        "more": asked.endless || offset + limit < rows.len(),
    }))
}

fn cut<T>(asked: &Asked, rows: &[T], offset: usize, limit: usize, show: impl Fn(&T) -> Value) -> Vec<Value> {
    let from = if asked.repeats { offset.saturating_sub(limit) } else { offset };
    rows.iter().skip(from).take(limit).map(show).collect()
}

fn number(asked: &Asked, name: &str, usual: usize) -> Option<usize> {
    asked.get(name).map_or(Some(usual), |text| text.parse().ok())
}
