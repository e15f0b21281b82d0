//! What a first sync of a PagerDuty account asks for, against the least that its interface allows.

use fairlead_domain::Window;
use fairlead_testkit::pagerduty::Walk;
use fairlead_testkit::scenario::Extent;

use super::pager::Pager;
use crate::Outcome;
use crate::figure::{Figure, Goal};

const ROW: &str = "backfill";

/// 90 days, as deep as a first sync reads unless more is asked for.
pub const FULL: Extent = Extent { incidents: 2_000, days: 90, bystanders: 110 };
/// The least account whose lists have several pages.
pub const TINY: Extent = Extent { incidents: 400, days: 90, bystanders: 110 };

/// Counts the requests of a first sync.
///
/// # Errors
/// Why the sync does not go well.
pub fn measure(extent: Extent) -> Outcome<Vec<Figure>> {
    let pager = Pager::of(extent)?;
    pager.sync(&pager.desk("desk")?)?;
    let violations = pager.fake.violations();
    if let Some(first) = violations.first() {
        return Err(format!("the account was asked what it does not allow: {first}").into());
    }
    let now = pager.fake.story().now();
    let days = |from: i64, to: i64| Window::new(now.plus_days(from), now.plus_days(to));
    let least = |walk| pager.fake.minimum_requests(walk);
    let rota: u64 =
        [days(-14, 60), days(-28, -14), days(-90, -28)].map(|window| least(Walk::Shifts(window))).iter().sum();
    let parts = [
        ("catalogue", least(Walk::Catalogue)),
        ("incidents", least(Walk::Incidents(days(-90, 0)))),
        ("log", least(Walk::LogEntries(days(-90, 0)))),
        ("maintenance", least(Walk::Maintenance)),
        ("rota", rota),
        // Who is on call and what is open now, once each.
        ("now", 2),
    ];
    let minimum: u64 = parts.iter().map(|(_, requests)| requests).sum();
    let sent = pager.fake.log().len() as u64;
    let told = parts.map(|(what, requests)| format!("{what} {requests}")).join(", ");
    #[expect(clippy::cast_precision_loss, reason = "some hundred requests")]
    let ratio = sent as f64 / minimum as f64;
    Ok(vec![
        Figure::of(ROW, "requests / the least", ratio, "", Goal::AtMost(1.02))
            .made_of(format!("{sent} / {minimum} ({told})")),
    ])
}
