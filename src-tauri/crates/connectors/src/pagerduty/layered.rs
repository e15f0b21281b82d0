//! Schedules of stacked layers (`/schedules`): the final entries are the shifts. Which of them are overrides, whom those
//! replaced and which layer the others come from is told by the entries beneath.

use fairlead_domain::Window;
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Rotation, Shift, ShiftOrigin};

use super::person;
use super::shift::{self, Rota, Seat};
use super::wire::{Entry, Layered};

/// The shifts that `asked` touches, and the layers.
pub(super) fn rota(id: &str, answer: Layered, seat: Seat, asked: Window) -> Rota {
    let entries = |entries: &[Entry]| entries.iter().filter_map(|entry| Turn::of(entry, asked)).collect::<Vec<_>>();
    let overrides =
        answer.overrides_subschedule.map(|part| entries(&part.rendered_schedule_entries)).unwrap_or_default();
    let layers: Vec<(Option<String>, Vec<Turn>)> = answer
        .schedule_layers
        .iter()
        .map(|layer| (layer.id.clone(), entries(&layer.rendered_schedule_entries)))
        .collect();
    let finals = answer.final_schedule.unwrap_or_default().rendered_schedule_entries;
    let mut users = answer.users;
    users.extend(finals.iter().filter_map(|entry| entry.user.clone()));
    let shifts = entries(&finals).into_iter().map(|turn| shift(id, turn, seat, &overrides, &layers)).collect();
    let rotations = answer.schedule_layers.iter().zip(0_u32..).filter_map(|(layer, ordinal)| {
        let ext_id = layer.id.clone()?;
        Some(Rotation {
            name: layer.name.clone().unwrap_or_else(|| ext_id.clone()),
            ext_id,
            schedule: id.to_owned(),
            ordinal,
        })
    });
    Rota { shifts, rotations: rotations.collect(), schedule: None, users }
}

/// An entry with a time.
#[derive(Debug, Clone)]
struct Turn {
    person: Option<PersonRef>,
    span: Window,
    open: bool,
}

impl Turn {
    fn of(entry: &Entry, asked: Window) -> Option<Self> {
        let (span, open) = shift::span(entry.start, entry.end, asked)?;
        Some(Self { person: person::by_ref(entry.user.as_ref()), span, open })
    }

    fn is_by(&self, person: Option<&PersonRef>) -> bool {
        self.person.as_ref().and_then(|person| person.ext_id.as_ref())
            == person.and_then(|person| person.ext_id.as_ref())
    }
}

fn shift(id: &str, turn: Turn, seat: Seat, overrides: &[Turn], layers: &[(Option<String>, Vec<Turn>)]) -> Shift {
    let person = turn.person.as_ref();
    let within = |outer: &Turn| outer.span.start <= turn.span.start && turn.span.end <= outer.span.end;
    let overridden = overrides.iter().any(|other| other.is_by(person) && within(other));
    let own = |turns: &[Turn]| turns.iter().any(|other| other.is_by(person) && other.span.overlaps(turn.span));
    let rotation = layers.iter().find(|(_, turns)| !overridden && own(turns)).and_then(|(layer, _)| layer.clone());
    let replaced = overridden.then(|| beneath(&turn, layers)).flatten();
    Shift {
        schedule: id.to_owned(),
        ext_key: shift::key(id, person, turn.span.start, ""),
        withheld: false,
        start: turn.span.start,
        end: turn.span.end,
        end_open: turn.open,
        level: seat.level,
        role: seat.role(),
        origin: if overridden { ShiftOrigin::Override } else { ShiftOrigin::Rotation },
        replaced,
        rotation,
        person: turn.person,
    }
}

/// Who would have had the turn: of the topmost layer that fills its time, whoever fills most of it.
fn beneath(turn: &Turn, layers: &[(Option<String>, Vec<Turn>)]) -> Option<PersonRef> {
    let shared = |other: &&Turn| other.span.intersect(turn.span).millis();
    let most = |turns: &[Turn]| turns.iter().filter(|other| shared(other) > 0).max_by_key(shared).cloned();
    let whose = layers.iter().find_map(|(_, turns)| most(turns))?;
    whose.person.filter(|person| !turn.is_by(Some(person)))
}
