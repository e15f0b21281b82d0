//! What the interface allows at the least: the yardstick for a client's thrift.

use fairlead_domain::Window;
use fairlead_domain::schedule::ScheduleSystem;

use super::asked::months_after;
use crate::scenario::Scenario;
use crate::scenario::case::What;

/// Something to be read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Users, teams and their members, services, policies, both lists of schedules.
    Catalogue,
    /// Every schedule's entries in a window, whole: one request a schedule, since lists do not say who is on call; one more
    /// for a shift schedule with overrides there, since nothing else says whom they replaced.
    Shifts(Window),
    /// Incidents that were created in a window, at most six months at a time.
    Incidents(Window),
    /// Everything that happened in a window.
    LogEntries(Window),
    /// Who was notified in a window, less than three months at a time.
    Notifications(Window),
    /// Maintenance windows.
    Maintenance,
}

/// Rows of the fullest page.
const PAGE: usize = 100;

const fn pages(rows: usize) -> u64 {
    let pages = rows.div_ceil(PAGE) as u64;
    if pages == 0 { 1 } else { pages }
}

impl Walk {
    pub(super) fn minimum(self, story: &Scenario) -> u64 {
        let layered = story.rotas.iter().filter(|rota| rota.system == ScheduleSystem::Layer).count();
        match self {
            Self::Catalogue => {
                let people = story.people.iter().filter(|member| member.deleted_at.is_none()).count();
                let members: u64 = story.teams.iter().map(|squad| pages(squad.members.len())).sum();
                let lists = pages(story.teams.len()) + pages(story.services.len()) + pages(story.ladders.len());
                // Shift schedules come a thousand a page.
                let shifts = (story.rotas.len() - layered).div_ceil(1_000).max(1) as u64;
                pages(people) + members + lists + pages(layered) + shifts
            }
            Self::Shifts(window) => {
                let shifts = story.rotas.iter().filter(|rota| rota.system == ScheduleSystem::Shift);
                let covers =
                    shifts.map(|rota| rota.covers.iter().filter(|cover| cover.window.overlaps(window)).count());
                story.rotas.len() as u64 + covers.filter(|covers| *covers > 0).map(pages).sum::<u64>()
            }
            Self::Incidents(window) => {
                split(window, 6, |part| story.cases.iter().filter(|case| part.contains(case.created())).count())
            }
            Self::LogEntries(window) => {
                let moments = story.cases.iter().flat_map(|case| &case.moments);
                pages(moments.filter(|moment| window.contains(moment.at)).count())
            }
            Self::Notifications(window) => split(window, 3, |part| {
                let moments = story.cases.iter().flat_map(|case| &case.moments);
                let notified = moments.filter(|moment| matches!(moment.what, What::Notify { .. }));
                notified.filter(|moment| part.contains(moment.at)).count()
            }),
            Self::Maintenance => pages(story.works.len()),
        }
    }
}

/// Pages over stretches of so many months.
fn split(window: Window, months: u32, rows: impl Fn(Window) -> usize) -> u64 {
    let (mut start, mut sum) = (window.start, 0);
    while start < window.end {
        let end = months_after(start, months).min(window.end);
        sum += pages(rows(Window::new(start, end)));
        if end <= start {
            break;
        }
        start = end;
    }
    sum.max(1)
}
