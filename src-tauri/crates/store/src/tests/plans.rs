//! Plans of the reads that pages wait for: what grows with history must be sought, not scanned.

use rstest::rstest;
use rusqlite::Connection;

use crate::file::Database;
use crate::migrations;
use crate::synced;

fn plan(sql: &str) -> String {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations::run(Database::Synced, std::path::Path::new("plan"), &mut connection).unwrap();
    connection.execute_batch(synced::TEMPORARY).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // Nothing is bound: the plan is asked for, not run.
    let mut rows = statement.raw_query();
    let mut plan = String::new();
    while let Some(row) = rows.next().unwrap() {
        plan.push_str(&row.get::<_, String>("detail").unwrap());
        plan.push('\n');
    }
    plan
}

#[rstest]
#[case::shifts(synced::plans::SHIFTS, &["SEARCH x USING INDEX shift_by_end (end>?)"], &["SCAN x"])]
#[case::incidents(synced::plans::LIST, &["SEARCH i USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::search(synced::plans::SEARCH, &["SEARCH i USING INTEGER PRIMARY KEY (rowid=?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::hours(synced::plans::HOURS, &["SEARCH h USING PRIMARY KEY (slo_id=? AND hour>? AND hour<?)"], &["TEMP B-TREE", "SCAN h"])]
#[case::days(synced::plans::DAYS, &["SEARCH d USING PRIMARY KEY (slo_id=? AND day>? AND day<?)"], &["TEMP B-TREE", "SCAN d"])]
#[case::days_of_one(synced::plans::DAYS_OF_ONE, &["SEARCH sli_day USING PRIMARY KEY (slo_id=? AND day>? AND day<?)"], &["TEMP B-TREE"])]
#[case::hours_of_one(synced::plans::HOURS_OF_ONE, &["SEARCH sli_hour USING PRIMARY KEY (slo_id=? AND hour>? AND hour<?)"], &["TEMP B-TREE"])]
#[case::alerts_begun(synced::plans::BEGUN, &["SEARCH a USING INDEX alert_by_start (start>? AND start<?)"], &["SCAN a"])]
#[case::open(synced::plans::OPEN, &["SCAN incident USING INDEX incident_open", "USING INDEX incident_over (<expr>>?)"], &["SCAN i"])]
#[case::not_over(synced::plans::MOVING, &["incident_open", "USING INDEX incident_over (<expr>>?)"], &["SCAN i", "incident_by_", "USING INDEX incident_ended"])]
#[case::ended(synced::plans::ENDED, &["SEARCH i USING INDEX incident_ended (status=? AND rowid>? AND rowid<?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::resolved(synced::plans::RESOLVED, &["USING INDEX incident_by_resolution (resolved_at>? AND resolved_at<?)"], &["SCAN incident"])]
#[case::alerts(synced::plans::FIRING_AND_LIKE, &["SEARCH o USING INDEX alert_by_start (start>? AND start<?)", "SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN a", "SCAN o"])]
fn a_page_seeks(#[case] sql: &str, #[case] seeks: &[&str], #[case] never: &[&str]) {
    let plan = plan(sql);
    for part in seeks {
        assert!(plan.contains(part), "{part} is missing in\n{plan}");
    }
    for part in never {
        let found = plan.lines().any(|line| line == *part || line.contains(&format!("{part} ")));
        assert!(!found, "{part} in\n{plan}");
    }
}
