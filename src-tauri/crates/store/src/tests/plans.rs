//! Plans of the reads that pages wait for: what grows with history must be sought, not scanned.

use fairlead_domain::RecordKind;
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
#[case::shift_revisions(synced::plans::SHIFT_REVISIONS, &["SEARCH x USING INDEX shift_by_end (end>?)", "SEARCH r USING INDEX span_revision_by_row (source_id=? AND kind=? AND ext_id=?)", "SEARCH r USING INDEX span_revision_by_time (at>? AND at<?)"], &["SCAN x", "SCAN r"])]
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
#[case::outlines(synced::plans::OUTLINES, &["SEARCH i USING COVERING INDEX incident_outline (created_at>? AND created_at<?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::titled(synced::plans::TITLED, &["SEARCH i USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::sought(synced::plans::SOUGHT_OUTLINES, &["SEARCH i USING INTEGER PRIMARY KEY (rowid=?)"], &["TEMP B-TREE", "SCAN i"])]
#[case::hits(synced::plans::HITS, &["SCAN incident_search VIRTUAL TABLE INDEX"], &["TEMP B-TREE"])]
#[case::chosen(synced::plans::CHOSEN, &["SEARCH i USING INTEGER PRIMARY KEY (rowid=?)"], &["SCAN i"])]
#[case::pages_of(synced::plans::OF_INCIDENT, &["SEARCH p USING INDEX page_by_incident (source_id=? AND incident=?)"], &["SCAN p"])]
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
#[case::run_log(synced::plans::LAST, &["SEARCH sync_run USING INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at<?)"], &["SCAN sync_run"])]
#[case::first_run(synced::plans::FIRST, &["SEARCH sync_run USING COVERING INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at>? AND ended_at<?)"], &["TEMP B-TREE", "SCAN sync_run"])]
#[case::log_before(synced::plans::LOG_BEFORE, &["SEARCH sync_run USING COVERING INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at>? AND ended_at<?)"], &["TEMP B-TREE", "SCAN sync_run"])]
#[case::failed_runs(synced::plans::COUNT, &["SEARCH sync_run USING COVERING INDEX sync_run_by_end (source_id=? AND stream=? AND ended_at>? AND ended_at<?)"], &["SCAN sync_run"])]
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

#[rstest]
#[case(RecordKind::Incident, "SEARCH incident USING INDEX incident_outline (created_at>? AND created_at<?)")]
#[case(RecordKind::TimelineEvent, "SEARCH timeline_event USING INDEX timeline_event_by_time (at>? AND at<?)")]
#[case(RecordKind::Page, "SEARCH page USING INDEX page_by_time (sent_at>? AND sent_at<?)")]
#[case(RecordKind::Alert, "SEARCH alert USING INDEX alert_by_start (start>? AND start<?)")]
#[case(RecordKind::Silence, "SEARCH silence USING INDEX silence_by_end (end>?)")]
#[case(RecordKind::Change, "SEARCH change_event USING INDEX change_event_by_time (at>? AND at<?)")]
#[case(RecordKind::Shift, "SEARCH t USING INDEX shift_by_end (end>?)")]
#[case(RecordKind::Leave, "SEARCH t USING INDEX leave_by_end (end>?)")]
#[case(RecordKind::Holiday, "SEARCH t USING INDEX holiday_by_end (end>?)")]
#[case(RecordKind::Maintenance, "SEARCH t USING INDEX maintenance_by_end (end>?)")]
fn what_vanished_is_sought_in_its_window(#[case] kind: RecordKind, #[case] seeks: &str) {
    let statements = synced::plans::vanishing(kind).unwrap();
    for sql in [statements.unseen, statements.size] {
        let plan = plan(sql).replace(" COVERING", "");
        assert!(plan.lines().any(|line| line == seeks), "{seeks} is missing in\n{plan}");
    }
}
