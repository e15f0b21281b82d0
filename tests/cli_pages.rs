//! What counts as a page, and what is left out of counts and lists.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use serde_json::{Value, json};
use support::{Desk, column, list, text};

const CONFIG: &str = "[workspace]\nname = \"Desk\"\n[page]\ndrop = [{ title = \"(?i)synthetic\" }]\n";

const INCIDENTS: &str = "\
id,title,status,service,created,test
A1,Checkout is slow,open,checkout,2026-11-01T10:00:00Z,
A2,Drill,open,checkout,2026-11-02T10:00:00Z,yes
A3,Synthetic probe,open,search,2026-11-03T10:00:00Z,
A4,Ledger lags,resolved,ledger,2026-11-04T10:00:00Z,
A5,Second drill,open,ledger,2026-11-05T10:00:00Z,true
";

fn ids(answer: &Value) -> Vec<&str> {
    list(answer, "/incidents").iter().map(|incident| text(incident, "/external_id")).collect()
}

#[test]
fn tests_are_left_out_of_counts_and_lists_and_that_is_said() {
    let desk = Desk::with(CONFIG);
    let file = desk.write_beside("incidents.csv", INCIDENTS);
    desk.ok(&["import", file.to_str().unwrap(), "--kind", "incidents"]);
    let shown = desk.ok(&["incidents", "list"]);
    assert_eq!(ids(&shown), ["A4", "A1"]);
    assert_eq!(shown["hidden"], json!({"tests": 2, "dropped": 1}));
    let all = desk.ok(&["incidents", "list", "--tests"]);
    assert_eq!((ids(&all).len(), &all["hidden"]), (5, &json!({"tests": 0, "dropped": 0})));
    assert_eq!(
        text(&desk.ok(&["incidents", "show", text(&all, "/incidents/0/id")]), "/incident/title"),
        "Second drill"
    );
    let people = desk.run(&["incidents"]).stdout;
    assert!(people.contains("2 tests and 1 dropped by [page] hidden (--tests shows them)"), "{people}");

    let status = desk.ok(&["status", "--since", "2026-10-31"]);
    assert_eq!(status["hidden"], json!({"tests": 2, "dropped": 1}));
    assert_eq!(status["open_incidents"], 1);
    assert_eq!(column(list(&status, "/open_list"), "title"), [&json!("Checkout is slow")]);
    let lines = column(list(&status, "/since_last/lines"), "text");
    assert!(lines.contains(&&json!("Opened: 2 without severity")), "{lines:?}");

    // Each page is full although something is left out between, and nothing is told twice.
    let mut after: Option<String> = None;
    let (mut found, mut hidden) = (Vec::new(), 0);
    for _ in 0..4 {
        let mut args = vec!["incidents", "list", "--limit", "1"];
        args.extend(after.iter().flat_map(|after| ["--after", after.as_str()]));
        let page = desk.ok(&args);
        found.extend(ids(&page).into_iter().map(str::to_owned));
        hidden += page["hidden"]["tests"].as_u64().unwrap() + page["hidden"]["dropped"].as_u64().unwrap();
        let Some(next) = page["next"].as_str() else { break };
        after = Some(next.to_owned());
    }
    assert_eq!((found, hidden), (vec!["A4".to_owned(), "A1".to_owned()], 3));

    desk.configure("[workspace]\nname = \"Desk\"\n");
    assert_eq!(desk.ok(&["status"])["hidden"], json!({"tests": 2, "dropped": 0}), "other rules, other numbers at once");
}

#[test]
fn the_demo_shows_what_the_rules_keep_and_what_others_would() {
    let desk = Desk::empty();
    desk.ok(&["init", "--demo"]);
    let pages = desk.ok(&["pages"]);
    let total = |of: &Value| {
        let dropped: u64 = list(of, "/dropped").iter().map(|dropped| dropped["notifications"].as_u64().unwrap()).sum();
        dropped + of["pages"].as_u64().unwrap() + of["merged"].as_u64().unwrap()
    };
    let count = pages["totals"]["pages"].as_u64().unwrap();
    assert!(count > 0 && list(&pages, "/pages").len() as u64 == count, "{:#}", pages["totals"]);
    assert_eq!(total(&pages["totals"]), pages["totals"]["notifications"].as_u64().unwrap());
    let preview = desk.ok(&["pages", "preview"]);
    assert_eq!(preview["totals"], pages["totals"]);
    assert_eq!((&preview["proposed"], &preview["rules"]), (&Value::Null, &pages["rules"]));
    let by_service: u64 = list(&preview, "/services").iter().map(|service| service["pages"].as_u64().unwrap()).sum();
    assert_eq!(by_service, count);
    assert!(text(&preview, "/rules/since").ends_with('Z'), "the sync has noted the rules");

    let rules = desk.write_beside("voice.toml", "[page]\nchannels = [\"voice\"]\n");
    let rules = rules.to_str().unwrap();
    let other = desk.ok(&["pages", "preview", "--rules", rules]);
    let proposed = &other["proposed"];
    assert_eq!(total(&proposed["totals"]), total(&other["totals"]));
    let change = proposed["pages_change"].as_i64().unwrap();
    assert_eq!(count as i64 + change, proposed["totals"]["pages"].as_i64().unwrap());
    assert!(change < 0 && !list(proposed, "/services").is_empty(), "{proposed:#}");
    assert_ne!(proposed["rules"]["version"], other["rules"]["version"]);
    assert!(desk.run(&["pages", "preview", "--rules", rules]).stdout.contains("Proposed "));

    let day = desk.ok(&["pages", "list", "--from", "2026-11-01", "--to", "2026-11-02"]);
    assert_eq!(text(&day, "/to"), "2026-11-02T00:00:00Z");
    let bad = desk.write_beside("bad.toml", "[page]\nchanels = []\n");
    let refused = desk.json(&["pages", "preview", "--rules", bad.to_str().unwrap()], 2);
    assert_eq!((&refused["error"]["line"], text(&refused, "/error/code")), (&json!(2), "unknown_key"));
    desk.json(&["pages", "--from", "2026-11-02", "--to", "2026-11-01"], 2);
}
