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
#[case::open(synced::plans::OPEN, &["SCAN incident USING INDEX incident_open", "USING INDEX incident_over (<expr>>?)"], &["SCAN i"])]
#[case::not_over(synced::plans::MOVING, &["incident_open", "USING INDEX incident_over (<expr>>?)"], &["SCAN i", "incident_by_", "USING INDEX incident_ended"])]
#[case::ended(synced::plans::ENDED, &["SEARCH i USING INDEX incident_ended (status=? AND rowid>? AND rowid<?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::resolved(synced::plans::RESOLVED, &["USING INDEX incident_by_resolution (resolved_at>? AND resolved_at<?)"], &["SCAN incident"])]
#[case::alerts(synced::plans::FIRING_AND_LIKE, &["SEARCH o USING INDEX alert_by_start (start>? AND start<?)", "SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN a", "SCAN o"])]
#[case::firing(synced::plans::FIRING, &["SCAN alert USING INDEX alert_open", "INDEX alert_ended (end>?)", "SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN a"])]
#[case::reaching(synced::plans::REACHING, &["SCAN alert USING INDEX alert_open", "INDEX alert_ended (end>?)", "SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN a"])]
#[case::grave(synced::plans::GRAVE, &["INDEX incident_grave (severity=? AND rowid>? AND rowid<?)", "SEARCH i USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN incident", "SCAN i"])]
#[case::unmapped_words(synced::plans::UNMAPPED, &["INDEX incident_unmapped (id>? AND id<?)"], &["SCAN i"])]
#[case::failures(synced::plans::FAILED, &["SEARCH r USING INDEX sync_run_failed (ended_at>? AND ended_at<?)"], &["SCAN r", "SCAN s"])]
#[case::good_before(synced::plans::GOOD_BEFORE, &["INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at"], &["SCAN r"])]
#[case::good_after(synced::plans::GOOD_AFTER, &["INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at"], &["SCAN r"])]
#[case::overdue(synced::plans::OVERDUE, &["USING INDEX action_item_open (due_at<?)", "USING INDEX action_item_by_completion (completed_at>?)"], &["SCAN action_item", "SCAN a"])]
#[case::packed_days(synced::plans::PACKED_DAYS, &["SEARCH d USING PRIMARY KEY (slo_id=? AND day>? AND day<?)"], &["TEMP B-TREE", "SCAN d"])]
#[case::run_before(synced::plans::BEFORE, &["INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at<?)"], &["SCAN before", "TEMP B-TREE"])]
#[case::thinning(synced::plans::THIN, &["SEARCH old USING INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at>? AND ended_at<?)"], &["SCAN old"])]
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
