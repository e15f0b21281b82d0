//! What a team names, and what of it is then within.

use rstest::rstest;

use super::*;

#[test]
fn of_two_teams_the_one_that_protects_more_counts() {
    let teams = format!(
        "[[team]]\nname = \"a\"\npeople = \"individual\"\nmembers = [\"{INES}\", \"{BOB}\"]\n\
         [[team]]\nname = \"b\"\npeople = \"team\"\nmembers = [\"{INES}\"]\n"
    );
    let scope = scope(&teams);
    let named =
        |id_| matches!(scope.admit("pd", page(None, id(id_)).into()), Some(Record::Page(p)) if p.person.is_some());
    assert_eq!((named("P1"), named("P2")), (false, true));
}

#[rstest]
#[case::source_and_id("pd:S1", true)]
#[case::source_and_name("pd:Primary", true)]
#[case::source("pd", true)]
#[case::name("Primary", true)]
#[case::other_source("og:S1", false)]
#[case::other_schedule("pd:S2", false)]
#[case::prefix_of_the_source("p", false)]
fn a_schedule_is_named_in_four_ways(#[case] key: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nschedules = [\"{key}\"]\n"));
    assert_eq!(scope.admit("pd", shift("S1", id("P1")).into()).is_some(), inside);
}

#[rstest]
#[case::name("services = [\"checkout\"]", "", true)]
#[case::source_and_id("services = [\"pd:V1\"]", "", true)]
#[case::configured("services = [\"shop\"]", "[service.shop]\nalso = [\"pd:V1\"]", true)]
#[case::owned("services = [\"other\"]", "[service.shop]\nteam = \"a\"\nalso = [\"pd:checkout\"]", true)]
#[case::owned_by_others("services = [\"other\"]", "[service.shop]\nteam = \"b\"\nalso = [\"pd:V1\"]", false)]
#[case::other("services = [\"mailer\"]", "", false)]
fn a_service_is_named_as_configured(#[case] services: &str, #[case] service: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\n{services}\n{service}\n"));
    assert_eq!(scope.admit("pd", alert(Some("V1")).into()).is_some(), inside);
}

#[rstest]
#[case::label("slo = { tier = [\"1\"] }", true)]
#[case::one_value("slo = { sloth_service = \"checkout\" }", true)]
#[case::all_keys_must_hold("slo = { sloth_service = [\"checkout\"], tier = [\"2\"] }", false)]
#[case::source("slo = { source = [\"pd\"] }", true)]
#[case::other_source("slo = { source = [\"prom\"] }", false)]
#[case::absent_label("slo = { region = [\"eu\"] }", false)]
#[case::not_narrowed("services = [\"mailer\"]", true)]
fn slos_are_chosen_by_source_and_labels(#[case] chosen: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n{chosen}\n"));
    assert_eq!(scope.admit("pd", slo("s1", "checkout").into()).is_some(), inside);
}

#[test]
fn a_team_that_names_nothing_takes_all_beside_one_that_does() {
    let teams =
        format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\nschedules = [\"pd:S1\"]\n[[team]]\nname = \"b\"\n");
    let scope = scope(&teams);
    for record in [shift("S2", id("P2")).into(), Record::from(person("P2", Some(BOB), "Bob"))] {
        assert_eq!(scope.admit("pd", record.clone()), Some(record));
    }
}

#[test]
fn what_no_team_narrows_stays_open() {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n"));
    assert!(scope.admit("pd", schedule("S2", "Other").into()).is_some());
    assert_eq!(scope.admit("pd", person("P2", Some(BOB), "Bob").into()), None);
}
