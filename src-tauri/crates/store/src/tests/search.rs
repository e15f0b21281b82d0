//! Lists of incidents and the search in them.

use rstest::rstest;

use super::*;
use crate::synced::IncidentFilter;

async fn titled(titles: &'static [&'static str], filter: IncidentFilter) -> Vec<String> {
    with_source(move |w, source| {
        for (title, n) in titles.iter().zip(1_i64..) {
            w.apply(source, "i", &[incident(&n.to_string(), title, -n).into()], NOW)?;
        }
        Ok(w.incidents(&filter)?.incidents.into_iter().map(|i| i.title).collect())
    })
    .await
}

const TITLES: &[&str] = &["Café payments fail", "Payments OR ledger", "pay \"quoted\" NEAR", "Search is slow"];

#[rstest]
#[case("payments", &["Café payments fail", "Payments OR ledger"])]
#[case("PAY", &["Café payments fail", "Payments OR ledger", "pay \"quoted\" NEAR"])]
#[case("cafe pay", &["Café payments fail"])]
#[case("payments OR search", &[])]
#[case("payments or", &["Payments OR ledger"])]
#[case("\"quoted", &["pay \"quoted\" NEAR"])]
#[case("NEAR(", &["pay \"quoted\" NEAR"])]
#[case("title:pay", &[])]
#[case("inc-4", &["Search is slow"])]
#[case("* ^ - ( \"", &[])]
#[case("x' OR 1=1 --", &[])]
#[case("  ", TITLES)]
#[tokio::test]
async fn a_search_finds_words_and_nothing_typed_is_an_operator(#[case] text: &str, #[case] found: &[&str]) {
    let filter = IncidentFilter { text: Some(text.to_owned()), ..IncidentFilter::at(NOW) };
    assert_eq!(titled(TITLES, filter).await, found);
}

#[tokio::test]
async fn a_list_is_read_page_by_page_newest_first() {
    with_source(|w, source| {
        let items: Vec<Item> = (0..7).map(|n| incident(&n.to_string(), "Mail", -n / 2).into()).collect();
        w.apply(source, "i", &items, NOW)?;
        let mut filter = IncidentFilter { limit: 3, ..IncidentFilter::at(NOW) };
        let mut seen = Vec::new();
        loop {
            let page = w.incidents(&filter)?;
            seen.extend(page.incidents.into_iter().map(|i| (i.created_at, i.ext_id)));
            let Some(next) = page.next else { break };
            filter.before = Some(next);
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted_by(|a, b| a.0 >= b.0));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7, "no incident twice");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn since_is_inside_and_until_is_not() {
    let filter = IncidentFilter { since: Some(hours(-3)), until: Some(hours(-1)), ..IncidentFilter::at(NOW) };
    assert_eq!(titled(TITLES, filter).await, ["Payments OR ledger", "pay \"quoted\" NEAR"]);
    let open = IncidentFilter { statuses: vec![IncidentStatus::Resolved], ..IncidentFilter::at(NOW) };
    assert!(titled(TITLES, open).await.is_empty());
    let past = IncidentFilter { statuses: vec![IncidentStatus::Open], ..IncidentFilter::at(hours(-2)) };
    assert_eq!(titled(TITLES, past).await, ["Payments OR ledger"], "made that instant, not yet acknowledged");
}
