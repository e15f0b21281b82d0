//! The parts of a scenario: each plays one source, with the streams and modes that a real one of its sort has.

use fairlead_domain::record::{Item, RecordKind, ReplaceSet};
use fairlead_domain::{Timestamp, Window, words};

use super::plot::Scenario;
use super::{alerts, calendar, catalogue, hours, incidents, pages, rota, slos, work};
use crate::{Backfill, Mode, Request, Stream};

words! {
    /// Which source of the scenario is played.
    Part {
        /// On-call and incidents.
        Pager = "pager",
        /// SLOs and the history of alerts.
        Metrics = "metrics",
        /// Alerts and silences of the present.
        Alerts = "alerts",
        /// Changes, action items, postmortems.
        Tracker = "tracker",
        /// Leave and holidays.
        Calendar = "calendar",
    }
}

/// The words of [`Part`], for the declaration of the settings.
pub const PARTS: &[&str] = &["pager", "metrics", "alerts", "tracker", "calendar"];

/// Days of one backfill request, as a pager takes them.
const BACKFILL: Option<Backfill> = Some(Backfill { chunk_days: 90, slo_depth: false });

/// Read again each time: an hour, and for what is answered later a day.
const HOUR: u32 = 3_600;
const DAY: u32 = 86_400;

/// The window that calendars and rotas are read in.
const REPLACE: Mode = Mode::ReplaceWindow { back_days: 120, ahead_days: 60 };

const fn stream(name: &'static str, mode: Mode, kinds: &'static [RecordKind], backfill: Option<Backfill>) -> Stream {
    Stream { name, mode, kinds, interval_secs: 300, backfill }
}

/// The streams of the pager.
const PAGER: &[Stream] = &[
    stream(
        "catalogue",
        Mode::Snapshot,
        &[
            RecordKind::Person,
            RecordKind::Team,
            RecordKind::Service,
            RecordKind::Schedule,
            RecordKind::Rotation,
            RecordKind::EscalationPolicy,
        ],
        None,
    ),
    stream("shifts", REPLACE, &[RecordKind::Shift], None),
    stream("incidents", Mode::Created { overlap_secs: HOUR }, &[RecordKind::Incident], BACKFILL),
    stream("timeline", Mode::Feed { overlap_secs: HOUR }, &[RecordKind::TimelineEvent], BACKFILL),
    stream("pages", Mode::Created { overlap_secs: DAY }, &[RecordKind::Page], BACKFILL),
];

/// The streams of the metrics system.
const METRICS: &[Stream] = &[
    stream("slos", Mode::Snapshot, &[RecordKind::Slo, RecordKind::SloUpstream], None),
    stream(
        "sli_counts",
        Mode::Created { overlap_secs: HOUR },
        &[RecordKind::SliHour],
        Some(Backfill { chunk_days: 30, slo_depth: true }),
    ),
    stream("alert_history", Mode::Created { overlap_secs: DAY }, &[RecordKind::Alert], BACKFILL),
];

/// The streams of an alert source.
const ALERTS: &[Stream] = &[
    stream("alerts", Mode::Observed, &[RecordKind::Alert], None),
    stream("silences", Mode::Snapshot, &[RecordKind::Silence], None),
];

/// The streams of the tracker.
const TRACKER: &[Stream] = &[
    stream("changes", Mode::Created { overlap_secs: HOUR }, &[RecordKind::Change], BACKFILL),
    stream("action_items", Mode::Updated { overlap_secs: HOUR }, &[RecordKind::ActionItem], BACKFILL),
    stream("postmortems", Mode::Updated { overlap_secs: HOUR }, &[RecordKind::Postmortem], BACKFILL),
];

/// The streams of a calendar.
const CALENDAR: &[Stream] =
    &[stream("leave", REPLACE, &[RecordKind::Leave], None), stream("holidays", REPLACE, &[RecordKind::Holiday], None)];

impl Part {
    /// The streams of this part, in dependency order.
    #[must_use]
    pub const fn streams(self) -> &'static [Stream] {
        match self {
            Self::Pager => PAGER,
            Self::Metrics => METRICS,
            Self::Alerts => ALERTS,
            Self::Tracker => TRACKER,
            Self::Calendar => CALENDAR,
        }
    }
}

/// Everything that a walk of `stream` yields; `window` is what was asked for, cut to the scenario's memory.
#[must_use]
pub fn walk(
    scenario: &Scenario,
    stream: &Stream,
    site: Option<&str>,
    request: Request<'_>,
    window: Window,
) -> Vec<Item> {
    let now = request.now;
    // Nothing is told before it happened, except what is planned.
    let past = window.intersect(Window::new(Timestamp::EARLIEST, now));
    match stream.name {
        "catalogue" => catalogue::catalogue(scenario),
        "shifts" => items(scenario.schedule.iter().flat_map(|s| rota::shifts(scenario, s, window))),
        "incidents" => items(incidents::incidents(scenario, past, &request.known.open_incidents, now)),
        "timeline" => items(incidents::timeline(scenario, past)),
        "pages" => items(pages::pages(scenario, past, now)),
        "slos" => slos::slos(scenario, now),
        "sli_counts" => items(scenario.slo.iter().flat_map(|slo| hours::hours(scenario, slo, past, now))),
        "alert_history" => items(alerts::history(scenario, past, now)),
        "alerts" => items(alerts::alerts(scenario, site, now)),
        "silences" => items(alerts::silences(scenario, site, now)),
        "changes" => items(work::changes(scenario, past, now)),
        "action_items" => items(work::action_items(scenario, past, now)),
        "postmortems" => items(work::postmortems(scenario, past, now)),
        "leave" => items(calendar::leave(scenario, window)),
        "holidays" => items(calendar::holidays(scenario, window)),
        _ => Vec::new(),
    }
}

/// What a whole walk of `stream` states to be complete.
#[must_use]
pub fn complete(scenario: &Scenario, stream: &Stream, window: Window) -> Vec<ReplaceSet> {
    let set = |kind: RecordKind, parent: &str| ReplaceSet { kind, parent: parent.to_owned(), window };
    match stream.mode {
        Mode::ReplaceWindow { .. } if stream.name == "shifts" => {
            scenario.schedule.iter().map(|schedule| set(RecordKind::Shift, &schedule.id)).collect()
        }
        Mode::ReplaceWindow { .. } | Mode::Snapshot => stream.kinds.iter().map(|&kind| set(kind, "")).collect(),
        Mode::Updated { .. } | Mode::Feed { .. } | Mode::Created { .. } | Mode::Observed => Vec::new(),
    }
}

fn items<R: Into<fairlead_domain::Record>>(records: impl IntoIterator<Item = R>) -> Vec<Item> {
    records.into_iter().map(Item::from).collect()
}
