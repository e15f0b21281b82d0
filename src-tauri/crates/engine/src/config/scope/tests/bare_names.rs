//! Bare names, as calendars give them.

use rstest::rstest;

use super::*;

#[test]
fn a_calendar_of_leave_tells_whose_a_bare_name_is() {
    let mut scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n"));
    let oswald = PersonRef { email: Some("oswald@elsewhere.example".into()), ..PersonRef::by_name("Oswald") };
    let items = [oswald, PersonRef::by_name("Oswald"), PersonRef::by_name("Ines")];
    let admitted = scope.admit_all("leave", items.map(|person| Item::from(leave(Some(person)))).to_vec());
    let names: Vec<_> = admitted
        .iter()
        .map(|item| match &item.record {
            Record::Leave(leave) => leave.person.as_ref().and_then(|person| person.name.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [Some("Ines".to_owned())]);
}

/// What a rota and a calendar of leave say of somebody by a bare name.
fn by_name(name: &str) -> [Record; 3] {
    let person_ref = PersonRef { ext_id: Some(name.into()), ..PersonRef::by_name(name) };
    [person(name, None, name).into(), shift("S1", person_ref.clone()).into(), leave(Some(person_ref)).into()]
}

fn withheld(shift_: &Record) -> Record {
    match shift_.clone() {
        Record::Shift(shift) => Record::Shift(Shift { person: None, withheld: true, ..shift }),
        other => other,
    }
}

#[test]
fn a_bare_name_that_is_no_members_is_withheld_and_counted_but_not_told() {
    let mut scope = narrow("individual");
    let [person, shift, leave] = by_name("Zoe Quill");
    let items = [&person, &shift, &leave, &shift].map(|record| Item::from(record.clone())).to_vec();
    let admitted: Vec<Record> = scope.admit_all("pd", items).into_iter().map(|item| item.record).collect();
    assert_eq!(admitted, [withheld(&shift), withheld(&shift)]);
    let told = scope.unmatched().unwrap();
    assert!(told.contains("match no member: 1.") && !told.contains("Zoe"), "{told}");
    let elsewhere = Shift { schedule: "S2".into(), ..self::shift("S2", PersonRef::by_name("Ann")) };
    assert_eq!(scope.admit_all("pd", vec![Record::from(elsewhere).into()]), []);
    assert!(scope.unmatched().unwrap().contains(": 1."), "the shifts of other schedules are not stored anyway");
}

#[rstest]
#[case::name(r#"{ email = "ines@harbor.example", name = "Zoe Quill" }"#)]
#[case::also(r#"{ email = "ines@harbor.example", name = "Ines", also = ["Z.", " zoe quill "] }"#)]
fn a_bare_name_that_a_member_is_configured_with_is_stored(#[case] member: &str) {
    let mut scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [{member}]\n"));
    let items = by_name("Zoe Quill").map(Item::from).to_vec();
    assert_eq!(scope.admit_all("rota", items.clone()), items);
    assert_eq!(scope.unmatched(), None);
}

#[test]
fn bare_names_are_stored_while_no_team_lists_members() {
    let mut scope = scope("[[team]]\nname = \"a\"\nschedules = [\"rota\"]\n");
    let items = by_name("Zoe Quill").map(Item::from).to_vec();
    assert_eq!(scope.admit_all("rota", items.clone()), items);
    assert_eq!(scope.unmatched(), None);
}
