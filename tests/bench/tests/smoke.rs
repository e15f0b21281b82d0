//! Every row of the table at its least size, so that the benches cannot rot; what is counted is asserted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

use fairlead_bench::figure::Figure;
use fairlead_bench::rows::{backfill, ingest, no_change, pages, slo_requests};

/// The figure of this name.
fn of<'f>(figures: &'f [Figure], what: &str) -> &'f Figure {
    figures.iter().find(|figure| figure.what == what).unwrap_or_else(|| panic!("no {what} in {figures:#?}"))
}

#[test]
fn a_sync_is_compared_with_bare_writing() {
    let figures = ingest::measure(&ingest::Plan::TINY).unwrap();
    let share = of(&figures, "speed of a sync / of bare SQLite").value.unwrap();
    // How fast is for a run that is long enough to tell; that something was read and written, for every run.
    assert!(share > 0.0 && share.is_finite(), "{figures:#?}");
}

#[test]
fn a_sync_that_meets_nothing_new_writes_nothing() {
    let shelf = tempfile::tempdir().unwrap();
    let figures = no_change::measure(shelf.path(), &no_change::Plan::tiny()).unwrap();
    assert_eq!(of(&figures, "facts written").value, Some(0.0), "{figures:#?}");
}

#[test]
fn every_page_answers() {
    let shelf = tempfile::tempdir().unwrap();
    let figures = pages::measure(shelf.path(), &pages::Plan::tiny()).unwrap();
    assert!(figures.len() > 20, "{figures:#?}");
}

#[test]
fn a_backfill_asks_for_the_least() {
    let figures = backfill::measure(backfill::TINY).unwrap();
    assert_eq!(of(&figures, "requests / the least").holds(), Some(true), "{figures:#?}");
}

#[test]
fn slos_cost_three_requests_and_one_for_every_five_that_are_counted() {
    let figures = slo_requests::measure(slo_requests::TINY).unwrap();
    assert!(figures.iter().all(|figure| figure.holds() == Some(true)), "{figures:#?}");
}
