//! One lane for each person who holds a shift, by name: nobody is ranked.

use std::collections::BTreeMap;

use fairlead_domain::Window;
use fairlead_metrics::oncall::{Duty, Nights, PersonLoad, ZonedDuty, person_loads};
use fairlead_store::authored::{PersonAliases, PersonKind};
use uuid::Uuid;

use super::answer::{Block, Load, PersonLane};
use super::blocks::{pack, zone_of};
use super::rounding::{count, tenth};
use crate::views::oncall::Rota;

/// The lanes of people; the blocks get their lines within them.
pub(super) fn lanes(
    rota: &Rota,
    aliases: &PersonAliases,
    window: Window,
    nights: &mut Nights,
    blocks: &mut [Block],
) -> Vec<PersonLane> {
    let duties: Vec<ZonedDuty<'_>> = rota
        .schedules
        .iter()
        .flat_map(|schedule| {
            schedule.shifts.iter().map(|shift| ZonedDuty {
                duty: Duty {
                    schedule: &schedule.ext_id,
                    person: shift.person_key.as_deref(),
                    withheld: shift.row.withheld,
                    role: shift.role,
                    window: shift.window(),
                },
                zone: zone_of(shift),
            })
        })
        .collect();
    let loads = person_loads(&duties, window, nights);
    let mut held: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.person.is_some() || block.withheld) {
        held.entry(block.person_key.clone()).or_default().push(index);
    }
    let mut lanes: Vec<PersonLane> = held
        .into_iter()
        .map(|(key, mine)| {
            let windows: Vec<Window> =
                mine.iter().map(|index| Window::new(blocks[*index].start, blocks[*index].end)).collect();
            let (rows, lines) = pack(&windows);
            for (index, row) in mine.iter().zip(rows) {
                blocks[*index].person_row = row;
            }
            let of_lane = || mine.iter().map(|index| &blocks[*index]);
            let account = account_of(aliases, key.as_deref());
            // Who only learns or decides carries no hours, which is known.
            let none = PersonLoad { night: Some(0.0), ..PersonLoad::default() };
            let load = key.as_deref().map(|key| loads.get(key).copied().unwrap_or(none));
            let load = load.filter(|_| account == PersonKind::Person);
            PersonLane {
                name: of_lane().find_map(|block| block.person.clone()).unwrap_or_default(),
                timezone: of_lane().find_map(|block| block.timezone.clone()),
                account: account.word().to_owned(),
                rows: lines.max(1),
                load: load.as_ref().map(told),
                key,
            }
        })
        .collect();
    lanes.sort_by_cached_key(|lane| (lane.key.is_none(), lane.name.to_lowercase(), lane.key.clone()));
    lanes
}

fn account_of(aliases: &PersonAliases, key: Option<&str>) -> PersonKind {
    let key = key.and_then(|key| Uuid::parse_str(key).ok());
    key.and_then(|key| aliases.mark(key)).unwrap_or(PersonKind::Person)
}

fn told(load: &PersonLoad) -> Load {
    Load {
        primary_hours: tenth(load.primary),
        secondary_hours: tenth(load.secondary),
        on_call_hours: tenth(load.on_call),
        night_hours: load.night.map(tenth),
        share: load.share,
        shifts: count(load.shifts),
    }
}
