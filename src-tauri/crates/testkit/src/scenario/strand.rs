//! A rotation: whose turn it is by the calendar and the clock on the wall.

use chrono::{Days, Duration, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};

use super::turn::{Turn, Why};

/// A rotation of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strand {
    /// Number within the scenario, over all schedules.
    pub number: u32,
    /// Display name.
    pub name: String,
    /// The zone whose wall clock rules.
    pub zone: Tz,
    /// The day on which the first member's first turn begins.
    pub anchor: NaiveDate,
    /// The hour of the day at which turns change.
    pub hour: u32,
    /// Days of a turn.
    pub turn_days: i64,
    /// Whose turn follows whose; `None` is a turn that expressly nobody has.
    pub members: Vec<Option<u32>>,
    /// Everyone has every turn.
    pub together: bool,
    /// On call from [`hour`](Self::hour) for so many hours a day; `None` is around the clock.
    pub daily_hours: Option<u32>,
    /// Before this instant the first person had the turns of the second.
    pub former: Option<(Timestamp, u32, u32)>,
}

impl Strand {
    /// The instant of an hour of a day on the wall; an hour that is skipped is taken an hour later, one that comes twice
    /// the first time.
    fn instant(&self, day: NaiveDate, hour: u32) -> Timestamp {
        let naive = NaiveDateTime::from(day) + Duration::hours(i64::from(hour));
        let utc = match self.zone.from_local_datetime(&naive) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
            LocalResult::None => match self.zone.from_local_datetime(&(naive + Duration::hours(1))) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
                LocalResult::None => Utc.from_utc_datetime(&naive),
            },
        };
        utc.into()
    }

    /// When the rotation begins.
    #[must_use]
    pub fn start(&self) -> Timestamp {
        self.instant(self.anchor, self.hour)
    }

    /// Whoever is a member now.
    #[must_use]
    pub fn people(&self) -> Vec<u32> {
        self.members.iter().flatten().copied().collect()
    }

    /// Every turn that reaches into the window, whole, in order of time. Turns held together come side by side.
    #[must_use]
    pub fn turns(&self, window: Window) -> Vec<Turn> {
        let stride = if self.daily_hours.is_some() { 1 } else { self.turn_days };
        let first = window.start.plus_days(-2 - stride).to_utc().with_timezone(&self.zone).date_naive();
        let behind = first.signed_duration_since(self.anchor).num_days().max(0);
        let mut day = self.anchor.checked_add_days(Days::new(u64::try_from(behind - behind % stride).unwrap_or(0)));
        let mut turns = Vec::new();
        while let Some(today) = day {
            let next = today.checked_add_days(Days::new(u64::try_from(stride).unwrap_or(1)));
            let start = self.instant(today, self.hour);
            if start >= window.end {
                break;
            }
            let end = match (self.daily_hours, next) {
                (Some(hours), _) => self.instant(today, self.hour + hours),
                (None, Some(next)) => self.instant(next, self.hour),
                (None, None) => break,
            };
            let span = Window::new(start, end);
            if span.overlaps(window) {
                let held = today.signed_duration_since(self.anchor).num_days().div_euclid(self.turn_days);
                turns.extend(self.holders(held).into_iter().map(|person| self.turn(span, person)));
            }
            day = next;
        }
        turns
    }

    fn holders(&self, held: i64) -> Vec<Option<u32>> {
        if self.together {
            return self.members.clone();
        }
        let count = i64::try_from(self.members.len()).unwrap_or(1).max(1);
        let at = usize::try_from(held.rem_euclid(count)).unwrap_or(0);
        self.members.get(at).copied().into_iter().collect()
    }

    fn turn(&self, window: Window, person: Option<u32>) -> Turn {
        let person = match self.former {
            Some((left, former, heir)) if window.end <= left && person == Some(heir) => Some(former),
            _ => person,
        };
        Turn { window, person, why: Why::Rotation, strand: Some(self.number), replaced: None }
    }
}
