//! Somebody was paged and nobody has acknowledged.

use fairlead_domain::time::{MINUTE_MS, SECOND_MS};
use fairlead_metrics::posture::{Class, Part};

use super::super::facts::{Facts, PageFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::duration;

pub(super) const KIND: Kind = Kind { name: "page_unacked", judge };

/// Unacknowledged for longer than this is too long where no policy says otherwise, in milliseconds.
const TOO_LONG_MS: i64 = 5 * MINUTE_MS;

fn judge(facts: &Facts) -> Outcome {
    let pages = match &facts.pages {
        Ok(pages) => pages,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let late = |page: &&PageFact| facts.now.since(page.since) > limit(page);
    Outcome::Found(pages.iter().filter(late).map(|page| finding(facts, page)).collect())
}

/// Milliseconds that a page may wait.
fn limit(page: &PageFact) -> i64 {
    page.timeout_secs.map_or(TOO_LONG_MS, |secs| i64::from(secs) * SECOND_MS)
}

fn finding(facts: &Facts, page: &PageFact) -> Finding {
    let mut row = plain_row(KIND.name, &page.id, Class::Now, page.since);
    row.tier = page.tier;
    row.part = Part::Symptom;
    row.service.clone_from(&page.service);
    row.sources = vec![page.source.clone()];
    row.unknown = facts.is_blind(&page.source, KIND.name);
    let age = facts.now.since(page.since);
    row.value = Some(super::seconds(age));
    let threshold = duration(limit(page));
    let rule = if page.timeout_secs.is_some() { "the policy's timeout" } else { "no policy says otherwise" };
    Finding {
        title: format!("Page on {} unacknowledged", page.subject),
        reason: format!("Unacknowledged for {}", duration(age)),
        unit: Some("secs"),
        team: page.team.clone(),
        action: action("Open in the pager", page.url.clone()),
        why: why(
            "a page is not acknowledged for longer than its policy waits, or 5 min",
            Some(&format!("{threshold} ({rule})")),
            vec![format!("{}, first sent {}", page.id, page.since)],
            Some(&page.source),
        ),
        row,
    }
}
