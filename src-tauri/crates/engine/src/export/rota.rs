//! The rota as text: the page, a shift, and a request for cover. People by name, never by number.

use chrono_tz::Tz;
use fairlead_domain::Window;

use super::row_text::RowText;
use super::text::{Flavour, not_known};
use crate::views::lanes::{Awake, GapDetail, Lanes, Post, RotaDifference, ShiftDetail};
use crate::views::wording::{clock_in, swap};

/// `Sat 21 Nov 20:00 – Sun 22 Nov 08:00 WET`.
fn span(window: Window, zone: Tz) -> String {
    let (start, end) = (window.start.to_utc().with_timezone(&zone), window.end.to_utc().with_timezone(&zone));
    format!("{} – {}", start.format("%a %-d %b %H:%M"), end.format("%a %-d %b %H:%M %Z"))
}

/// `12 h`, `7.5 h`.
fn hours(hours: f64) -> String {
    if hours.fract() == 0.0 { format!("{hours:.0}\u{a0}h") } else { format!("{hours:.1}\u{a0}h") }
}

fn place(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

fn holder(person: Option<&str>, withheld: bool) -> &str {
    match (person, withheld) {
        (Some(person), _) => person,
        (None, true) => "somebody outside the team",
        (None, false) => "nobody",
    }
}

/// The page as text: who is on call, what is not held, held twice or changed, and every shift of the window.
#[must_use]
pub fn rota_text(lanes: &Lanes, zone: Tz, flavour: Flavour) -> String {
    let dot = flavour.bullet();
    let title = flavour.bold(&format!("On call, {}", lanes.title));
    let mut lines = vec![format!("{title} ({})", clock_in(lanes.as_of, zone)), String::new()];
    for post in lanes.facts.primary.iter().chain(&lanes.facts.secondary) {
        lines.push(format!("{dot} {}", post_line(post, zone, flavour)));
    }
    lines.extend(findings(lanes, zone, flavour).into_iter().map(|line| format!("{dot} {line}")));
    for lane in &lanes.schedules {
        lines.extend([String::new(), flavour.bold(&lane.name), String::new()]);
        for block in lanes.blocks.iter().filter(|block| block.schedule == lane.key) {
            let who = flavour.inert(holder(block.person.as_deref(), block.withheld));
            let instead = block.replaced.as_deref().map(|name| format!(", in place of {}", flavour.inert(name)));
            let when = span(Window::new(block.start, block.end), zone);
            lines.push(format!("{dot} {when}: {who}{}", instead.unwrap_or_default()));
        }
    }
    if !lanes.warnings.is_empty() {
        lines.push(String::new());
    }
    lines.extend(lanes.warnings.iter().map(|warning| not_known(warning, zone, flavour)));
    lines.join("\n")
}

/// What of a window wants a look, a line each.
fn findings(lanes: &Lanes, zone: Tz, flavour: Flavour) -> Vec<String> {
    let mut lines = Vec::new();
    for lane in &lanes.schedules {
        let name = flavour.inert(&lane.name);
        for gap in &lane.gaps {
            let when = span(Window::new(gap.start, gap.end), zone);
            lines.push(format!("{}: {name}, {when} ({})", flavour.bold("Gap"), hours(gap.hours)));
        }
        if lane.declared.is_none() {
            lines.push(format!("{name}: coverage is not declared, so no gap is claimed"));
        }
        if !lane.unread.is_empty() {
            lines.push(format!("{name}: not all of this window was read"));
        }
    }
    for booking in &lanes.double_bookings {
        let when = span(Window::new(booking.start, booking.end), zone);
        let who = flavour.inert(&booking.people.join(" and "));
        lines.push(format!("Double booking: {who} on {}, {when}", flavour.inert(&booking.schedules.join(" and "))));
    }
    for leave in lanes.leaves.iter().filter(|leave| !leave.conflicts.is_empty()) {
        let who = flavour.inert(leave.person.as_deref().unwrap_or("somebody"));
        lines.push(format!("On call during leave: {who}, {}", span(Window::new(leave.start, leave.end), zone)));
    }
    lines.extend(lanes.changes.iter().map(|change| change_line(change, zone, flavour)));
    lines
}

fn post_line(post: &Post, zone: Tz, flavour: Flavour) -> String {
    let name = flavour.inert(&post.schedule_name);
    let next = post.next.as_ref().map(|next| {
        let who = flavour.inert(holder(next.person.as_deref(), next.withheld));
        format!(", then {who} from {}", clock_in(next.at, zone))
    });
    let next = next.unwrap_or_default();
    match (post.state.as_str(), post.until) {
        ("held", Some(until)) => {
            let who = flavour.bold(holder(post.person.as_deref(), post.withheld));
            format!("{name}: {who} until {}{next}", clock_in(until, zone))
        }
        ("nobody", Some(until)) => format!("{name}: {} until {}{next}", flavour.bold("nobody"), clock_in(until, zone)),
        ("not_read", _) => format!("{name}: not read, so who is on call is not known"),
        ("not_due", _) => format!("{name}: nobody is due now{next}"),
        _ => format!("{name}: no shift now, and no coverage is declared{next}"),
    }
}

fn change_line(change: &RotaDifference, zone: Tz, flavour: Flavour) -> String {
    let when = span(Window::new(change.start, change.end), zone);
    let how = match change.kind.as_str() {
        "coming" => "Changed ahead",
        "after_the_fact" => "Changed after the fact",
        _ => "The source now says otherwise",
    };
    let who = flavour.inert(&swap(&change.before, &change.after));
    format!("{how}: {}, {when}: {who} (read {})", flavour.inert(&change.schedule_name), clock_in(change.seen, zone))
}

/// A shift as text.
pub(crate) fn shift_text(shift: &ShiftDetail, zone: Tz) -> RowText {
    RowText::of(|flavour| {
        let dot = flavour.bullet();
        let window = Window::new(shift.start, shift.end);
        let local = shift.timezone.as_deref().and_then(|name| name.parse::<Tz>().ok());
        let night = match (shift.night_hours, local) {
            (Some(night), Some(local)) => format!(", {} at night in {}", hours(night), place(local.name())),
            _ => String::new(),
        };
        let who = flavour.bold(holder(shift.person.as_deref(), shift.withheld));
        let (post, when) = (flavour.inert(&shift.schedule_name), span(window, zone));
        let mut lines = vec![format!("{who}, {} for {post}: {when} ({}{night})", shift.role, hours(shift.hours))];
        if let Some(local) = local.filter(|local| *local != zone) {
            lines.push(format!("{dot} In {}: {}", place(local.name()), span(window, local)));
        }
        if let Some(replaced) = &shift.replaced {
            lines.push(format!("{dot} In place of {}", flavour.inert(replaced)));
        }
        lines.extend(shift.history.iter().map(|change| format!("{dot} {}", change_line(change, zone, flavour))));
        lines.join("\n")
    })
}

/// A request for cover as text: when it is where each of them is. It says nothing of leave, which is nobody's business
/// in a channel.
pub(crate) fn gap_text(gap: &GapDetail, zone: Tz) -> RowText {
    RowText::of(|flavour| {
        let window = Window::new(gap.start, gap.end);
        let (name, when) = (flavour.inert(&gap.schedule_name), span(window, zone));
        let mut lines =
            vec![format!("{}: {name}, {when} ({})", flavour.bold("Cover needed"), hours(gap.hours)), String::new()];
        lines.push(format!("Nobody is on call then; declared is {}.", flavour.inert(&gap.declared)));
        if !gap.backup_people.is_empty() {
            let who = flavour.inert(&gap.backup_people.join(", "));
            lines.push(format!("Until somebody takes it, {who} would be reached as backup."));
        }
        lines.push(String::new());
        let asked = gap.awake.iter().filter(|person| !person.on_leave);
        lines.extend(asked.map(|person| format!("{} {}", flavour.bullet(), awake_line(person, window, flavour))));
        lines.extend([String::new(), asked_where(gap, zone, flavour)]);
        lines.join("\n")
    })
}

fn awake_line(person: &Awake, window: Window, flavour: Flavour) -> String {
    let who = flavour.inert(&person.person);
    let local = person.timezone.as_deref().and_then(|name| name.parse::<Tz>().ok());
    match (local, person.night_hours) {
        (Some(local), Some(night)) if night > 0.0 => {
            format!("{who}: {} in {}, {} of it at night", span(window, local), place(local.name()), hours(night))
        }
        (Some(local), _) => format!("{who}: {} in {}, all of it by day", span(window, local), place(local.name())),
        (None, _) => format!("{who}: zone not known"),
    }
}

fn asked_where(gap: &GapDetail, zone: Tz, flavour: Flavour) -> String {
    let read = gap.freshness.as_ref().and_then(|source| source.last_ok_at);
    let read = read.map(|at| format!(", read {}", clock_in(at, zone))).unwrap_or_default();
    let place = gap.url.as_deref().map(|url| format!(": {url}")).unwrap_or_default();
    format!("Answer here; the rota itself is changed in {}{read}{place}", flavour.inert(&gap.source))
}
