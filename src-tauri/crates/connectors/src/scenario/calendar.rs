//! Leave and public holidays.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use fairlead_domain::Window;
use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::person::PersonRef;

use super::plot::Scenario;
use super::wall::instant;

/// The leave that reaches into `window`.
#[must_use]
pub fn leave(scenario: &Scenario, window: Window) -> Vec<Leave> {
    let entries = scenario.leave.iter().map(|plot| (plot, scenario.span(plot.start, plot.end)));
    entries
        .filter(|(_, span)| span.overlaps(window))
        .map(|(plot, span)| Leave {
            ext_key: format!("leave:{}:{}", plot.person, span.start.as_secs()),
            // Calendars know people by e-mail, not by the pager's id.
            person: scenario.person(&plot.person).map(|person| PersonRef::by_email(&person.email)),
            start: span.start,
            end: span.end,
        })
        .collect()
}

/// The public holidays that reach into `window`.
#[must_use]
pub fn holidays(scenario: &Scenario, window: Window) -> Vec<Holiday> {
    let holiday = |plot: &super::plot::Holiday| {
        let zone: Tz = plot.timezone.parse().ok()?;
        let day: NaiveDate = plot.date.parse().ok()?;
        let start = instant(day, NaiveTime::MIN, zone);
        let end = instant(day.checked_add_days(Days::new(1))?, NaiveTime::MIN, zone);
        let ext_key = format!("holiday:{}:{}", plot.timezone, plot.date);
        Some(Holiday { ext_key, name: plot.name.clone(), start, end })
    };
    let holidays = scenario.holiday.iter().filter_map(holiday);
    holidays.filter(|holiday| Window::new(holiday.start, holiday.end).overlaps(window)).collect()
}
