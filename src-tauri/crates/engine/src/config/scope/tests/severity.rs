//! What a source's words for a severity mean.

use rstest::rstest;
use serde_json::json;

use super::*;

#[rstest]
#[case::said("Blocker", None, Some(Some(1)))]
#[case::by_digit("SEV2", None, Some(Some(2)))]
#[case::said_goes_before_the_connector("P3", Some(5), Some(Some(4)))]
#[case::the_connector_knows_better("odd", Some(5), Some(Some(5)))]
#[case::unmapped("odd", None, Some(None))]
#[case::ignored("P5", Some(5), None)]
fn a_severity_is_what_the_source_map_says(
    #[case] word: &str,
    #[case] known: Option<u8>,
    #[case] expected: Option<Option<u8>>,
) {
    let kinds = fairlead_connectors::kinds();
    let text = "[workspace]\nname = \"W\"\n[[source]]\nname = \"pd\"\nkind = \"scenario\"\npart = \"pager\"\n\
        severity = { blocker = 1, P3 = 4, P5 = \"ignore\" }\n";
    let mut scope = Scope::of(&Config::parse(text, kinds).unwrap());
    let record = Incident { severity: known, severity_raw: Some(word.into()), ..incident(None, &[]) };
    let item = Item { record: record.into(), raw: Some(json!({"kept": true})) };
    let stored = scope.admit_all("pd", vec![item]).pop();
    let severity = stored.map(|item| match item.record {
        Record::Incident(incident) if item.raw.is_some() => incident.severity,
        other => panic!("{other:?} lost its document"),
    });
    assert_eq!(severity, expected);
}
