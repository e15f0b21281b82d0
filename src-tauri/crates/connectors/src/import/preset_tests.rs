//! Exports of known systems, recognised by their columns.

use std::path::Path;

use fairlead_domain::incident::{AckSource, Incident, IncidentKind, IncidentStatus};
use fairlead_domain::{Record, Timestamp};
use proptest::prelude::*;
use rstest::rstest;

use super::{Format, ImportError, ImportKind, Imported, Mapping, Preset, read};

const PAGERDUTY: &str = include_str!("fixtures/pagerduty-incidents.csv");
const OPSGENIE: &str = include_str!("fixtures/opsgenie-alerts.csv");
const GOALERT: &str = include_str!("fixtures/goalert-alerts.csv");
const FINAL_SHIFTS: &str = include_str!("fixtures/grafana-oncall-final-shifts.json");

fn import(kind: ImportKind, text: &str, mapping: &Mapping, home: chrono_tz::Tz) -> Imported {
    let format = Format::of(Path::new("export"), text.as_bytes());
    read(kind, format, text.as_bytes(), mapping, home).expect("an export")
}

fn incidents(imported: Imported) -> Vec<Incident> {
    let records = imported.items.into_iter().map(|item| item.record);
    records.filter_map(|record| if let Record::Incident(incident) = record { Some(incident) } else { None }).collect()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// What matters of an incident: id, title, status, created, acked, where that comes from, resolved.
fn told(
    i: &Incident,
) -> (&str, &str, IncidentStatus, Timestamp, Option<Timestamp>, Option<AckSource>, Option<Timestamp>) {
    (&i.ext_id, &i.title, i.status, i.created_at, i.acked_at, i.ack_source, i.resolved_at)
}

#[test]
fn a_report_of_pagerduty_gives_acknowledgements_by_their_seconds() {
    let imported = import(ImportKind::Incidents, PAGERDUTY, &Mapping::default(), chrono_tz::Europe::Lisbon);
    assert_eq!((imported.preset, imported.source.as_deref()), (Some("pagerduty"), Some("pagerduty-file")));
    assert_eq!((imported.rows, &imported.skipped[..], &imported.doubtful[..]), (3, &[][..], &[][..]));
    let incidents = incidents(imported);
    let derived = Some(AckSource::Derived);
    let ten = at("2026-11-22T10:00:00Z");
    let (acked, resolved) = (Some(at("2026-11-22T10:04:30Z")), Some(at("2026-11-22T11:00:00Z")));
    let first = ("Q41", "Checkout is slow, again", IncidentStatus::Resolved, ten, acked, derived, resolved);
    assert_eq!(told(&incidents[0]), first);
    assert_eq!((incidents[1].acked_at, incidents[1].ack_source), (None, None), "nobody acknowledged");
    assert_eq!(incidents[1].status, IncidentStatus::Resolved);
    assert_eq!((incidents[2].status, incidents[2].resolved_at), (IncidentStatus::Acked, None));
    assert_eq!(incidents[2].responders[0].person.name.as_deref(), Some("Yuki Mori"), "without the number");
    assert!(incidents.iter().all(|one| one.kind == IncidentKind::Paged && one.severity.is_none()));
    assert_eq!(incidents[0].urgency.as_deref(), Some("high"));
}

#[test]
fn an_export_of_opsgenie_does_not_say_when_an_alert_was_acknowledged_or_closed() {
    let imported = import(ImportKind::Incidents, OPSGENIE, &Mapping::default(), chrono_tz::UTC);
    assert_eq!((imported.preset, imported.skipped_rows), (Some("opsgenie"), 0));
    assert_eq!(imported.doubtful, []);
    let incidents = incidents(imported);
    let status: Vec<_> = incidents.iter().map(|one| (one.status, one.severity)).collect();
    let expected =
        [(IncidentStatus::Resolved, Some(2)), (IncidentStatus::Acked, Some(3)), (IncidentStatus::Open, Some(1))];
    assert_eq!(status, expected);
    assert!(incidents.iter().all(|one| one.acked_at.is_none() && one.resolved_at.is_none() && one.closed_at.is_none()));
    assert_eq!(incidents[0].updated_at, Some(at("2026-11-22T11:00:00Z")));
    assert_eq!(incidents[0].number.as_deref(), Some("1041"));
}

#[test]
fn times_of_goalert_are_wall_clock_of_the_zone_in_both_halves_of_the_year() {
    let imported = import(ImportKind::Incidents, GOALERT, &Mapping::default(), chrono_tz::Europe::Berlin);
    assert_eq!((imported.preset, imported.skipped_rows), (Some("goalert"), 0));
    assert_eq!(imported.doubtful, []);
    let text = format!("{imported:?}");
    assert!(!text.contains("1234567") && !text.contains("goalert.example"), "details and addresses are not kept");
    let incidents = incidents(imported);
    assert_eq!(incidents[0].created_at, at("2026-11-22T10:00:00Z"));
    assert_eq!(incidents[0].acked_at, Some(at("2026-11-22T10:04:30Z")));
    assert_eq!(incidents[0].ack_source, Some(AckSource::Derived));
    assert_eq!(incidents[1].created_at, at("2026-07-22T12:00:00Z"), "summer is two hours ahead");
    assert_eq!((incidents[1].acked_at, incidents[1].status), (None, IncidentStatus::Resolved));
    assert_eq!((incidents[2].resolved_at, incidents[2].status), (None, IncidentStatus::Open));
}

#[test]
fn an_offset_that_the_zone_never_has_is_said() {
    let imported = import(ImportKind::Incidents, GOALERT, &Mapping::default(), chrono_tz::America::New_York);
    let doubts: Vec<_> = imported.doubtful.iter().map(|doubt| (doubt.line, doubt.column.as_deref())).collect();
    assert_eq!(doubts, [(1, Some("Created At (CET +1)"))]);
    assert_eq!(incidents(imported)[0].created_at, at("2026-11-22T10:00:00Z"), "read with the header's offset");

    let own = Mapping { timezone: Some("Europe/Berlin".into()), ..Mapping::default() };
    let mapping = own.over(Preset::named(ImportKind::Incidents, "goalert").unwrap().mapping().unwrap());
    let imported = import(ImportKind::Incidents, GOALERT, &mapping, chrono_tz::America::New_York);
    assert_eq!(imported.doubtful, []);
    assert_eq!(incidents(imported)[1].created_at, at("2026-07-22T12:00:00Z"));
}

#[test]
fn final_shifts_of_grafana_are_shifts() {
    let own = Mapping { values: [("schedule".into(), "Primary".into())].into(), ..Mapping::default() };
    let mapping = own.over(Preset::named(ImportKind::Shifts, "grafana-oncall").unwrap().mapping().unwrap());
    for (mapping, schedule) in [(Mapping::default(), "imported"), (mapping, "Primary")] {
        let imported = import(ImportKind::Shifts, FINAL_SHIFTS, &mapping, chrono_tz::UTC);
        assert_eq!((imported.rows, imported.skipped_rows), (2, 0));
        let shift = imported.items.iter().find_map(|item| match &item.record {
            Record::Shift(shift) => Some(shift),
            _ => None,
        });
        let shift = shift.unwrap();
        assert_eq!((shift.schedule.as_str(), shift.start), (schedule, at("2026-11-22T09:00:00Z")));
        let person = shift.person.as_ref().unwrap();
        assert_eq!((person.email.as_deref(), person.name.as_deref()), (Some("ines@harbor.example"), Some("ines")));
    }
}

#[rstest]
#[case(ImportKind::Incidents, "pagerdutty")]
#[case(ImportKind::Shifts, "pagerduty")]
#[case(ImportKind::Records, "goalert")]
fn a_preset_that_is_none_is_told_with_those_there_are(#[case] kind: ImportKind, #[case] name: &str) {
    let error = Preset::named(kind, name).unwrap_err();
    assert!(matches!(&error, ImportError::Mapping { .. }) && error.to_string().contains("there are: "), "{error}");
}

#[test]
fn a_fault_in_a_preset_names_line_and_column() {
    let wrong = PAGERDUTY.replace(",270,", ",soon,").replace("2026-11-22T12:00:00+00:00", "noon");
    let imported = import(ImportKind::Incidents, &wrong, &Mapping::default(), chrono_tz::UTC);
    let place = |issue: &super::RowIssue| (issue.line, issue.column.clone().unwrap());
    assert_eq!(imported.doubtful.iter().map(place).collect::<Vec<_>>(), [(2, "seconds_to_first_ack".to_owned())]);
    assert_eq!(imported.skipped.iter().map(place).collect::<Vec<_>>(), [(3, "created_on".to_owned())]);
}

#[test]
fn a_file_of_ones_own_is_no_known_export() {
    let text = "Alert ID,Created At,Time to Ack\n1,2026-11-22 10:00,00:01:00\n";
    let imported = import(ImportKind::Incidents, text, &Mapping::default(), chrono_tz::UTC);
    assert_eq!((imported.preset, imported.source.clone()), (None, None));
    assert_eq!(incidents(imported)[0].ack_source, Some(AckSource::Derived));
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000_000).prop_map(Timestamp::from_millis)
}

fn people() -> impl Strategy<Value = fairlead_domain::person::PersonRef> {
    let text = || proptest::option::of("[a-zA-Zé]{1,12}");
    (text(), proptest::option::of("[a-z]{1,8}@[a-z]{1,8}\\.example"), text())
        .prop_map(|(ext_id, email, name)| fairlead_domain::person::PersonRef { ext_id, email, name })
}

fn records() -> impl Strategy<Value = Record> {
    use fairlead_domain::incident::{CustomField, IncidentLink, LinkRelation, Responder, TimelineEvent, TimelineKind};
    use fairlead_domain::schedule::{Shift, ShiftOrigin, ShiftRole};
    use fairlead_domain::slo::{SliFigures, SliHour, SloUpstream};

    let opt = || proptest::option::of(instants());
    let word = || "[a-zA-Zäß]{1,16}";
    let incident =
        (word(), word(), instants(), (opt(), opt(), opt()), proptest::collection::vec(people(), 0..3), any::<bool>())
            .prop_map(|(ext_id, title, created_at, (acked_at, resolved_at, impact_start), people, is_test)| Incident {
                ext_id: ext_id.clone(),
                kind: IncidentKind::StatusPage,
                number: Some(title.clone()),
                title,
                status: IncidentStatus::Merged,
                status_raw: None,
                severity: Some(5),
                severity_raw: None,
                urgency: None,
                service: None,
                teams: vec![ext_id.clone()],
                created_at,
                acked_at,
                ack_source: acked_at.map(|_| AckSource::Timeline),
                mitigated_at: None,
                resolved_at,
                closed_at: None,
                updated_at: None,
                impact_start,
                impact_end: None,
                merged_into: None,
                is_test,
                url: Some("https://x.example/1".into()),
                responders: people
                    .into_iter()
                    .map(|person| Responder { person, role: None, assigned_at: acked_at })
                    .collect(),
                links: vec![IncidentLink { system: "x".into(), ext_id, relation: LinkRelation::Same }],
                custom_fields: vec![CustomField { field: "f".into(), value: "{\"a\":[1,\"\\n\"]}".into() }],
            });
    let event = (word(), instants(), proptest::option::of(people()), proptest::option::of(word())).prop_map(
        |(ext_id, at, actor, text)| TimelineEvent {
            ext_id,
            incident: None,
            at,
            kind: TimelineKind::Reopen,
            actor,
            raw_type: None,
            text,
        },
    );
    let shift = (word(), instants(), 1_i64..1_000_000_000, proptest::option::of(people()), any::<bool>()).prop_map(
        |(key, start, length, person, withheld)| Shift {
            schedule: key.clone(),
            ext_key: key,
            replaced: person.clone(),
            person,
            withheld,
            start,
            end: start.plus_millis(length),
            end_open: !withheld,
            level: Some(2),
            role: ShiftRole::Shadow,
            origin: ShiftOrigin::Swap,
            rotation: None,
        },
    );
    let figure = || proptest::option::of(proptest::num::f64::NORMAL);
    let hour = (word(), instants(), figure(), figure(), figure()).prop_map(|(slo, hour, good, total, ratio_sum)| {
        SliHour { slo, hour, figures: SliFigures { good, total, ratio_sum, ..SliFigures::default() } }
    });
    let said = (word(), instants(), proptest::num::f64::NORMAL).prop_map(|(slo, at, budget_remaining)| SloUpstream {
        slo,
        at,
        budget_remaining,
    });
    prop_oneof![
        incident.prop_map(Record::from),
        event.prop_map(Record::from),
        shift.prop_map(Record::from),
        hour.prop_map(Record::from),
        said.prop_map(Record::from),
    ]
}

proptest! {
    #[test]
    fn a_record_that_is_written_is_read_as_it_was(record in records()) {
        let line = serde_json::to_string(&record).unwrap();
        let imported = read(ImportKind::Records, Format::JsonLines, line.as_bytes(), &Mapping::default(), chrono_tz::UTC).unwrap();
        prop_assert_eq!(&imported.skipped, &[]);
        prop_assert_eq!(&imported.items[0].record, &record);
    }
}
