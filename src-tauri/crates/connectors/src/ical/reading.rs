//! One reading of a feed: what it says, what it covers, and what was left out.

use fairlead_domain::record::{RecordKind, ReplaceSet};
use fairlead_domain::{Timestamp, Window};

use super::expand::expand;
use super::feed::Feed;
use super::records::{SCHEDULE, items};
use super::remark::Remarks;
use super::settings::{Settings, Use};
use crate::{Batch, ConnectorError};

/// Most days back and ahead of now that a recurring event is followed.
const MAX_BACK_DAYS: i64 = 3_653;
const MAX_AHEAD_DAYS: i64 = 731;

/// Turns the bytes of a feed into the batch of a window.
///
/// # Errors
/// [`ConnectorError::Decode`] when there is no calendar in it; `host` names where it came from.
pub(super) fn read(
    bytes: &[u8],
    host: &str,
    settings: &Settings,
    window: Window,
    now: Timestamp,
) -> Result<Batch, ConnectorError> {
    let feed = Feed::read(bytes);
    if feed.calendars.is_empty() {
        return Err(ConnectorError::Decode {
            host: host.to_owned(),
            expected: "a calendar (BEGIN:VCALENDAR)".to_owned(),
            reason: "there is none in it; check the address".to_owned(),
        });
    }
    let bounds = Window::new(now.plus_days(-MAX_BACK_DAYS), now.plus_days(MAX_AHEAD_DAYS));
    let asked = window.intersect(bounds);
    let mut remarks = Remarks::default();
    if feed.truncated {
        remarks.add("calendar_cut", true, "the calendar ends in the middle: nothing is taken to have vanished");
    }
    let expansion = expand(&feed, asked, settings.home, &mut remarks);
    let items = items(&feed, &expansion, settings, &mut remarks);
    let notes = remarks.finish();
    let covered = covered(asked, expansion.begin, now);
    let whole = !notes.iter().any(|note| note.incomplete);
    let complete = if whole && !covered.is_empty() { vec![statement(settings.kind, covered)] } else { Vec::new() };
    Ok(Batch {
        total: u64::try_from(items.len()).ok(),
        exhausted: covered.start > window.start,
        covered: Some(covered),
        complete,
        state: Some(blake3::hash(bytes).to_hex().to_string()),
        items,
        notes,
        next: None,
    })
}

/// The time that the feed speaks of. Many feeds show no past: before their first event they say nothing, but never less
/// than from now on.
fn covered(asked: Window, begin: Option<Timestamp>, now: Timestamp) -> Window {
    let speaks_from = begin.map_or(now, |begin| begin.min(now));
    let start = asked.start.max(speaks_from);
    Window::new(start, asked.end.max(start))
}

fn statement(kind: Use, window: Window) -> ReplaceSet {
    let (kind, parent) = match kind {
        Use::Oncall => (RecordKind::Shift, SCHEDULE),
        Use::Leave => (RecordKind::Leave, ""),
        Use::Holiday => (RecordKind::Holiday, ""),
        Use::Freeze => (RecordKind::Maintenance, ""),
    };
    ReplaceSet { kind, parent: parent.to_owned(), window }
}
