//! From an entry of PagerDuty's log to a timeline entry and, when somebody was notified, a page. Pure.

use fairlead_domain::Item;
use fairlead_domain::incident::{TimelineEvent, TimelineKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::text::clean_line;
use serde_json::Value;

use super::allow::only;
use super::wire::{Channel, LogEntry, Ref};
use super::{incident, person};
use crate::http::Fields;
use crate::phone::without_phones;

/// Fields of the document that are kept: no text, which names people, no address, and of people only the one whom the
/// record names.
const KEPT: &[&str] = &[
    "id",
    "type",
    "created_at",
    "incident.id",
    "service.id",
    "teams.id",
    "channel.type",
    "channel.notification.type",
    "channel.notification.status",
];

/// Fields that are read beyond those that are kept, without those of the incident.
const READ: [&str; 6] = ["agent", "user", "assignees", "channel.summary", "channel.content", "note"];

/// What of an entry is read, with its incident as it is now.
pub(super) fn fields() -> Fields {
    Fields::named(KEPT.iter().copied().chain(READ)).and(incident::fields().beneath("incident"))
}

/// An entry as it was read.
#[derive(Debug)]
pub(super) struct Read {
    /// The timeline entry with its document.
    pub event: TimelineEvent,
    /// What of the document is kept.
    pub raw: Value,
    /// Whom it notified.
    pub page: Option<Page>,
    /// Everyone whom it points to.
    pub users: Vec<Ref>,
}

impl Read {
    /// The timeline entry as an item.
    pub fn into_item(self) -> Item {
        Item { record: self.event.into(), raw: Some(self.raw) }
    }
}

/// Reads an entry; `None` when it has no id or no time.
pub(super) fn read(entry: &LogEntry, document: &Value) -> Option<Read> {
    let (ext_id, at) = (entry.id.clone()?, entry.created_at?);
    let raw_type = entry.kind.clone().unwrap_or_default();
    let kind = kind(&raw_type);
    let whom =
        if kind == TimelineKind::Notify { entry.user.as_ref().or(entry.agent.as_ref()) } else { entry.agent.as_ref() };
    let actor = person::by_ref(whom);
    let incident = entry.incident.as_ref().and_then(|incident| incident.id.clone());
    let service = entry.service.as_ref().or_else(|| entry.incident.as_ref()?.service.as_ref());
    let page = (kind == TimelineKind::Notify).then(|| Page {
        ext_id: ext_id.clone(),
        person: actor.clone(),
        party: None,
        incident: incident.clone(),
        sent_at: at,
        channel: channel(entry.channel.as_ref()),
        status: entry.channel.as_ref().and_then(|c| c.notification.as_ref()?.status.clone()),
        answered_at: None,
        service: service.and_then(|service| service.id.clone()),
    });
    let users = entry.user.iter().chain(&entry.agent).chain(&entry.assignees).cloned().collect();
    let event = TimelineEvent {
        ext_id,
        incident,
        at,
        kind,
        actor,
        raw_type: Some(raw_type).filter(|word| !word.is_empty()),
        text: if kind == TimelineKind::Note { note(entry) } else { None },
    };
    Some(Read { event, raw: only(document, KEPT), page, users })
}

/// Types are described in two spellings and more are made each year: what is not known is kept by its word.
fn kind(word: &str) -> TimelineKind {
    match word.trim_end_matches("_reference").trim_end_matches("_log_entry") {
        "trigger" => TimelineKind::Trigger,
        "acknowledge" | "acknowledgement" => TimelineKind::Ack,
        "unacknowledge" | "reach_ack_limit" => TimelineKind::Unack,
        "assign" | "delegate" => TimelineKind::Assign,
        "escalate" | "exhaust_escalation_path" | "repeat_escalation_path" => TimelineKind::Escalate,
        "notify" => TimelineKind::Notify,
        "resolve" => TimelineKind::Resolve,
        "reopen" => TimelineKind::Reopen,
        "snooze" => TimelineKind::Snooze,
        "annotate" => TimelineKind::Note,
        "merge" => TimelineKind::Merge,
        "priority_change" => TimelineKind::Severity,
        "status_update" => TimelineKind::Status,
        _ => TimelineKind::Field,
    }
}

/// How somebody was reached: of the notification, else of the channel itself.
fn channel(channel: Option<&Channel>) -> PageChannel {
    let Some(channel) = channel else { return PageChannel::Unknown };
    let word = channel.notification.as_ref().and_then(|notified| notified.kind.as_deref());
    let of = |word: &str| {
        let word = word.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        if has(&["push"]) {
            PageChannel::Push
        } else if has(&["sms", "whatsapp"]) {
            PageChannel::Sms
        } else if has(&["phone", "voice", "call"]) {
            PageChannel::Voice
        } else if has(&["mail"]) {
            PageChannel::Email
        } else if has(&["slack", "teams", "chat"]) {
            PageChannel::Chat
        } else {
            PageChannel::Unknown
        }
    };
    word.or(channel.kind.as_deref()).map_or(PageChannel::Unknown, of)
}

/// What somebody wrote, without telephone numbers.
fn note(entry: &LogEntry) -> Option<String> {
    let channel = entry.channel.as_ref();
    let written = channel.and_then(|c| c.content.as_deref().or(c.summary.as_deref())).or(entry.note.as_deref());
    written.map(|text| clean_line(&without_phones(text))).filter(|text| !text.is_empty())
}
