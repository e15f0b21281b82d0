//! Shifts as blocks: their nights, the lines they lie on, and what is the matter with them.

use std::collections::HashMap;

use chrono_tz::Tz;
use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{ClashKind, Duty, Nights, clashes};
use fairlead_store::authored::{PersonAliases, PersonKind};

use super::answer::{Block, DoubleBooking, RotaDifference, Stretch};
use super::rounding::{hours_of, hours_of_all};
use crate::views::oncall::{HeldShift, Rota, ScheduleRota};

/// Stable name of a shift on the page.
pub(super) fn id_of(shift: &HeldShift) -> String {
    format!("{}/{}", shift.row.source, shift.row.ext_key)
}

/// Zone of who holds a shift, where it is known.
pub(super) fn zone_of(shift: &HeldShift) -> Option<Tz> {
    shift.timezone.as_deref().and_then(|zone| zone.parse().ok())
}

/// Lays windows, sorted by start, onto as few lines as hold them without one lying over another. Answers the line of
/// each, and how many there are.
pub(super) fn pack(windows: &[Window]) -> (Vec<u32>, u32) {
    let mut ends: Vec<Timestamp> = Vec::new();
    let mut rows = Vec::with_capacity(windows.len());
    for window in windows {
        let row = ends.iter().position(|end| *end <= window.start).unwrap_or(ends.len());
        match ends.get_mut(row) {
            Some(end) => *end = window.end,
            None => ends.push(window.end),
        }
        rows.push(super::rounding::count(row));
    }
    (rows, super::rounding::count(ends.len()))
}

/// Every shift of the rota, by start.
pub(super) fn blocks(rota: &Rota, window: Window, nights: &mut Nights) -> Vec<Block> {
    let mut blocks = Vec::new();
    for schedule in &rota.schedules {
        let rows = rows_of(schedule);
        for (shift, row) in schedule.shifts.iter().zip(rows) {
            blocks.push(block(schedule, shift, row, window, nights));
        }
    }
    blocks.sort_by(|a, b| (a.start, &a.schedule, a.row, &a.id).cmp(&(b.start, &b.schedule, b.row, &b.id)));
    blocks
}

/// The line of each shift within its schedule: roles one under another, each on as few lines as it needs.
fn rows_of(schedule: &ScheduleRota) -> Vec<u32> {
    let mut rows = vec![0; schedule.shifts.len()];
    let mut first = 0;
    for role in ShiftRole::ALL {
        let of_role: Vec<usize> = (0..rows.len()).filter(|index| schedule.shifts[*index].role == *role).collect();
        let windows: Vec<Window> = of_role.iter().map(|index| schedule.shifts[*index].window()).collect();
        let (packed, lines) = pack(&windows);
        for (index, row) in of_role.into_iter().zip(packed) {
            rows[index] = first + row;
        }
        first += lines;
    }
    rows
}

fn block(schedule: &ScheduleRota, shift: &HeldShift, row: u32, window: Window, nights: &mut Nights) -> Block {
    let part = shift.window().intersect(window);
    let nights = zone_of(shift).map(|zone| nights.within(zone, part));
    Block {
        id: id_of(shift),
        schedule: schedule.key(),
        start: shift.row.start,
        end: shift.row.end,
        end_open: shift.row.end_open,
        person: shift.row.person.as_ref().map(|person| person.name.clone()),
        person_key: shift.person_key.clone(),
        withheld: shift.row.withheld,
        role: shift.role.word().to_owned(),
        origin: shift.row.origin.word().to_owned(),
        replaced: shift.row.replaced.clone(),
        timezone: shift.timezone.clone(),
        row,
        person_row: 0,
        hours: hours_of(shift.window()),
        hours_in_view: hours_of(part),
        night_hours_in_view: nights.as_ref().map(hours_of_all),
        nights: nights.into_iter().flatten().map(Stretch::from).collect(),
        double_booked: false,
        on_leave: false,
        changed: false,
    }
}

/// Who or what is held twice at once; the blocks concerned are marked. An account that several share, or that is a
/// machine's, may hold two posts.
pub(super) fn double_bookings(
    rota: &Rota,
    aliases: &PersonAliases,
    window: Window,
    blocks: &mut [Block],
) -> Vec<DoubleBooking> {
    let keys: Vec<String> = rota.schedules.iter().map(ScheduleRota::key).collect();
    let held: Vec<(&ScheduleRota, &str, &HeldShift)> = rota
        .schedules
        .iter()
        .zip(&keys)
        .flat_map(|(schedule, key)| schedule.shifts.iter().map(move |shift| (schedule, key.as_str(), shift)))
        .collect();
    let duties: Vec<Duty<'_>> = held
        .iter()
        .map(|(_, key, shift)| Duty {
            schedule: key,
            person: shift.person_key.as_deref(),
            withheld: shift.row.withheld,
            role: shift.role,
            window: shift.window(),
        })
        .collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        places.insert(block.id.clone(), index);
    }
    let mut found = Vec::new();
    for clash in clashes(&duties) {
        let part = clash.window.intersect(window);
        let (first, second) = (held[clash.first], held[clash.second]);
        let shared = first.2.row.person.as_ref().is_some_and(|person| is_shared(aliases, person.key));
        if part.is_empty() || (clash.kind == ClashKind::Person && shared) {
            continue;
        }
        let ids = [id_of(first.2), id_of(second.2)];
        for index in ids.iter().filter_map(|id| places.get(id)) {
            blocks[*index].double_booked = true;
        }
        let name = |shift: &HeldShift| shift.row.person.as_ref().map(|person| person.name.clone());
        found.push(DoubleBooking {
            kind: if clash.kind == ClashKind::Person { "person" } else { "post" }.to_owned(),
            start: part.start,
            end: part.end,
            hours: hours_of(part),
            people: sorted([name(first.2), name(second.2)].into_iter().flatten()),
            schedules: sorted([first.0.name.clone(), second.0.name.clone()]),
            blocks: ids,
        });
    }
    found
}

/// Whether an account stands for no one person.
pub(super) fn is_shared(aliases: &PersonAliases, key: uuid::Uuid) -> bool {
    aliases.mark(key).is_some_and(|kind| kind != PersonKind::Person)
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names.dedup();
    names
}

/// Marks the blocks of which the rota said something else before.
pub(super) fn mark_changed(blocks: &mut [Block], changes: &[RotaDifference]) {
    for block in blocks {
        let span = Window::new(block.start, block.end);
        block.changed = changes.iter().any(|change| {
            change.schedule == block.schedule
                && change.role == block.role
                && span.overlaps(Window::new(change.start, change.end))
        });
    }
}
