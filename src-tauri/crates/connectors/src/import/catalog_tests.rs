//! Catalogues, whole and broken.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const BACKSTAGE: &str = "\
# The catalogue of the desk.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  labels: { tier: 1 }
  annotations:
    pagerduty.com/service-id: PSVC1
    pagerduty.com/integration-key: 0123456789abcdef0123456789abcdef
    github.com/project-slug: harbor/checkout
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
---
kind: Group
metadata: { name: platform }
---
kind: Component
metadata:
  name: ledger
  labels:
    harbor.example/tier: gold
spec: { owner: platform }
---
kind: Component
metadata: { title: nameless }
---
kind: Component
metadata:
  name: [broken
---
kind: Component
metadata: { name: checkout }
";

#[test]
fn components_are_read_and_faults_named_by_line() {
    let catalog = Catalog::read(BACKSTAGE, true);
    let [checkout, ledger] = catalog.services.as_slice() else { panic!("{catalog:#?}") };
    assert_eq!(
        *checkout,
        CatalogService {
            line: 5,
            name: "checkout".into(),
            team: Some("platform".into()),
            tier: Some(1),
            lifecycle: Some("production".into()),
            also: vec![
                CatalogAlias::Kind("github", "harbor/checkout".into()),
                CatalogAlias::Kind("pagerduty", "PSVC1".into()),
            ],
        }
    );
    assert_eq!((ledger.line, ledger.tier, ledger.lifecycle.as_deref()), (21, None, None));
    assert_eq!(catalog.others, 1);
    let faults: Vec<(usize, bool)> =
        catalog.faults.iter().map(|fault| (fault.line, fault.message.contains("0123"))).collect();
    assert_eq!(
        faults.iter().map(|(line, _)| *line).filter(|line| *line != 32 && *line != 31).collect::<Vec<_>>(),
        [23, 26, 34]
    );
    assert_eq!(faults.len(), 4, "{:#?}", catalog.faults);
    assert!(catalog.faults.last().unwrap().message.contains("line 5"));
}

#[test]
fn a_table_of_services_is_read() {
    let csv = "\u{feff}Service,Owner,Tier,Also\ncheckout,platform,tier-1,pd:P1; prom:checkout\nledger,,,\n\
        ,platform,2,\nmailer,x,9,\nsearch,,3,P7\ncheckout,,2,\n";
    let catalog = Catalog::read(csv, false);
    let told: Vec<_> = catalog.services.iter().map(|s| (s.line, s.name.as_str(), s.tier, s.also.len())).collect();
    assert_eq!(told, [(2, "checkout", Some(1), 2), (3, "ledger", None, 0)]);
    let lines: Vec<usize> = catalog.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 5, 6, 7], "{:#?}", catalog.faults);
    assert_eq!(Catalog::read("a,b\n", false).faults[0].line, 1);
}

#[rstest]
#[case("1", Some(1))]
#[case("tier-2", Some(2))]
#[case("Tier 3", Some(3))]
#[case("T4", Some(4))]
#[case("5", None)]
#[case("0", None)]
#[case("gold", None)]
fn a_tier_is_a_digit(#[case] word: &str, #[case] expected: Option<u8>) {
    assert_eq!(tier_of(word), expected);
}

proptest! {
    #[test]
    fn nothing_breaks_it(text in ".{0,200}", yaml: bool) {
        let catalog = Catalog::read(&text, yaml);
        // YAML also ends a line at a lone carriage return.
        let last = text.split(['\n', '\r']).count() + 1;
        prop_assert!(catalog.faults.iter().all(|fault| (1..=last).contains(&fault.line)), "{:?}", catalog.faults);
    }

    #[test]
    fn half_a_catalogue_still_has_its_first_services(cut in 420_usize..BACKSTAGE.len()) {
        let text = BACKSTAGE.get(..cut).unwrap_or_default();
        prop_assert_eq!(&Catalog::read(text, true).services[0].name, "checkout");
    }
}
