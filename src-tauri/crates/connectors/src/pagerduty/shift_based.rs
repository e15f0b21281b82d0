//! Schedules of explicit shifts (`/v3/schedules`): several people may be on call at once, and a slot may be empty on
//! purpose, which is a stated gap.

use std::collections::BTreeMap;

use fairlead_domain::Window;
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem, Shift, ShiftOrigin};

use super::person;
use super::shift::{self, Rota, Seat};
use super::wire::{Assignment, OverrideShift, RotationMember, ShiftBased};
use super::zone;

/// Whom each override replaces, by the override's id.
pub(super) type Replaced = BTreeMap<String, PersonRef>;

/// Whether whom overrides replace must be asked for: the schedule's own answer does not tell.
pub(super) fn has_overrides(answer: &ShiftBased) -> bool {
    assignments(answer).iter().any(|shift| origin(shift) == ShiftOrigin::Override)
}

/// Whom each of these overrides replaces.
pub(super) fn replaced(overrides: &[OverrideShift]) -> Replaced {
    let whom = |shift: &OverrideShift| match member(shift.overridden_member.as_ref()) {
        Some(Slot::Person(person)) => Some((shift.id.clone()?, person)),
        _ => None,
    };
    overrides.iter().filter_map(whom).collect()
}

/// The shifts that `asked` touches, the rotations, and the schedule itself with what `listed` knows of it.
pub(super) fn rota(listed: &Schedule, answer: ShiftBased, replaced: &Replaced, seat: Seat, asked: Window) -> Rota {
    let id = &listed.ext_id;
    let shifts = assignments(&answer).iter().filter_map(|turn| shift(id, turn, replaced, seat, asked)).collect();
    let rotations = answer.rotations.iter().zip(0_u32..).filter_map(|(rotation, ordinal)| {
        let ext_id = rotation.id.clone()?;
        let named = rotation.events.iter().find_map(|event| event.name.clone());
        Some(Rotation { name: named.unwrap_or_else(|| ext_id.clone()), ext_id, schedule: id.clone(), ordinal })
    });
    let head = &answer.head;
    let schedule = Schedule {
        ext_id: id.clone(),
        name: head.name.clone().or_else(|| head.summary.clone()).unwrap_or_else(|| listed.name.clone()),
        system: ScheduleSystem::Shift,
        timezone: zone::iana(head.time_zone.as_deref()).or_else(|| listed.timezone.clone()),
        team: head.teams.iter().find_map(|team| team.id.clone()).or_else(|| listed.team.clone()),
        url: head.html_url.clone().or_else(|| listed.url.clone()),
    };
    Rota { shifts, rotations: rotations.collect(), schedule: Some(schedule), users: answer.users }
}

fn assignments(answer: &ShiftBased) -> &[Assignment] {
    answer.final_schedule.as_ref().map_or(&[], |part| &part.computed_shift_assignments)
}

/// Who has a slot.
enum Slot {
    Person(PersonRef),
    /// Nobody, on purpose.
    Empty,
}

/// `None` for a kind of member that is not known: that it is nobody must not be claimed.
fn member(member: Option<&RotationMember>) -> Option<Slot> {
    let member = member?;
    match (member.kind.as_deref(), member.user_id.as_deref()) {
        (Some("empty_member"), _) => Some(Slot::Empty),
        (_, Some(id)) => Some(Slot::Person(person::by_id(id))),
        _ => None,
    }
}

fn origin(turn: &Assignment) -> ShiftOrigin {
    match turn.source.as_ref().and_then(|source| source.kind.as_deref()) {
        Some(kind) if kind.contains("override") => ShiftOrigin::Override,
        Some(kind) if kind.contains("custom") => ShiftOrigin::Custom,
        _ => ShiftOrigin::Rotation,
    }
}

fn shift(id: &str, turn: &Assignment, replaced: &Replaced, seat: Seat, asked: Window) -> Option<Shift> {
    let person = match member(turn.member.as_ref())? {
        Slot::Person(person) => Some(person),
        Slot::Empty => None,
    };
    let (span, open) = shift::span(turn.start_time, turn.end_time, asked)?;
    let source = turn.source.clone().unwrap_or_default();
    let rotation = source.rotation_id;
    Some(Shift {
        schedule: id.to_owned(),
        ext_key: shift::key(id, person.as_ref(), span.start, rotation.as_deref().unwrap_or_default()),
        withheld: false,
        start: span.start,
        end: span.end,
        end_open: open,
        level: seat.level,
        role: seat.role(),
        origin: origin(turn),
        replaced: source.override_id.and_then(|id| replaced.get(&id).cloned()),
        rotation,
        person,
    })
}
