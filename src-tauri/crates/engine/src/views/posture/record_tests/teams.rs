//! Posture of one team: what it owns and what nobody owns, and nothing of another's.

use fairlead_domain::incident::Incident;
use fairlead_domain::time::HOUR_MS;

use super::records::{deploy, incident, measured, page};
use super::world::{TEAM, World};
use crate::sync::tests::rig::NOW;
use crate::views::posture::{Posture, Since, posture_of};

/// The service of the pager `SSEARCH` belongs to another team; `SOTHER` to none.
const TWO: &str = r#"
[[team]]
name = "Search"
[service.finder]
team = "Search"
tier = 1
also = ["pd:SSEARCH"]
"#;

fn at(service: &str) -> Incident {
    let id = format!("Q-{service}");
    Incident { ext_id: id, service: Some(service.to_owned()), ..incident(Some(1), HOUR_MS) }
}

async fn of(team: Option<&str>) -> Posture {
    let world = World::quiet().said(&format!("{TEAM}{TWO}")).tell_all(["SCHECK", "SSEARCH", "SOTHER"].map(at));
    let world = world.tell_all(measured("checkout", &[0.5; 3])).tell(deploy("D1", HOUR_MS)).tell(page("ines", HOUR_MS));
    let read = world.read().await;
    let workspace = &read.rig.workspace;
    posture_of(workspace, workspace.clock.now(), Since::At(NOW.plus_days(-1)), team).await.unwrap()
}

/// The open incidents by id, how many SLOs are told of, the teams of the rows, and the lines of what changed.
fn told(answer: &Posture) -> (Vec<&str>, usize, Vec<Option<&str>>, Vec<&str>) {
    let mut open: Vec<&str> = answer.open_list.iter().flatten().map(|one| one.id.as_str()).collect();
    open.sort_unstable();
    let slos = answer.slos;
    let slos = slos.ok + slos.warn + slos.critical + slos.spent + slos.no_traffic + slos.unknown;
    let mut teams: Vec<Option<&str>> = answer.attention.iter().map(|row| row.team.as_deref()).collect();
    teams.sort_unstable();
    teams.dedup();
    let lines = answer.since_last.lines.iter().map(|line| line.kind.as_str()).collect();
    (open, slos as usize, teams, lines)
}

#[tokio::test]
async fn a_team_sees_its_own_and_what_nobody_owns() {
    let (all, platform, search) = (of(None).await, of(Some("Platform")).await, of(Some("Search")).await);
    let (own, others, nobodys) = ("pd/Q-SCHECK", "pd/Q-SSEARCH", "pd/Q-SOTHER");
    let (open, slos, _, lines) = told(&all);
    assert_eq!((open, slos), (vec![own, nobodys, others], 1));
    assert!(lines.contains(&"deploys") && lines.contains(&"incidents_opened"), "{lines:?}");

    let (open, slos, teams, lines) = told(&platform);
    assert_eq!((open, slos, platform.open_incidents), (vec![own, nobodys], 1, Some(2)));
    assert!(teams.contains(&Some("Platform")) && !teams.contains(&Some("Search")), "{teams:?}");
    assert!(lines.contains(&"deploys"), "{lines:?}");

    let (open, slos, teams, lines) = told(&search);
    assert_eq!((open, slos, search.open_incidents), (vec![nobodys, others], 0, Some(2)));
    assert!(teams.contains(&Some("Search")) && !teams.contains(&Some("Platform")), "{teams:?}");
    assert!(!lines.contains(&"deploys"), "{lines:?}");
    let opened = search.since_last.lines.iter().find(|line| line.kind == "incidents_opened").unwrap();
    assert_eq!(opened.text, "Opened: 2 SEV1");
}

#[tokio::test]
async fn a_team_that_is_configured_nowhere_has_what_nobody_owns() {
    assert_eq!(told(&of(Some("Gone")).await).0, ["pd/Q-SOTHER"]);
}
