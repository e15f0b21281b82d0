//! What of a source would be read as its form was filled in, told before anything is.

use fairlead_connectors::Stream;
use fairlead_domain::RecordKind;
use serde::Serialize;
use specta::Type;

use super::save_source::proposed;
use super::scope_choice::ScopeChoice;
use crate::EngineError;
use crate::config::{Reach, Scope};
use crate::views::sources::settings::SourceDraft;
use crate::views::wording::listed;
use crate::workspace::Workspace;

/// What of a source is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ScopeTold {
    /// In sentences.
    pub lines: Vec<String>,
    /// Teams of which one can take the schedules of a new source; empty where that needs no choice.
    pub teams: Vec<String>,
    /// Nothing of its schedules is read until a team takes them.
    pub must_choose: bool,
    /// What of the other sources is read now and would not be any more, in sentences.
    pub ends: Vec<String>,
}

/// Tells what of a draft's source would be read. Nothing is kept.
///
/// # Errors
/// As [`save_source`](super::save_source::save_source).
pub fn scope_told(
    workspace: &Workspace,
    draft: &SourceDraft,
    of: Option<&str>,
    choice: Option<&ScopeChoice>,
) -> Result<ScopeTold, EngineError> {
    let proposed = proposed(workspace, draft, of, choice)?.workspace(workspace);
    let name = of.unwrap_or(&draft.name);
    let plan = proposed.plan();
    let streams = plan.streams.get(name).map_or(&[][..], Vec::as_slice);
    let brings = |kinds: &[RecordKind]| bring(streams, kinds);
    let (before, scope) = (Scope::of(&workspace.config), Scope::of(&proposed.config));
    let others = plan.streams.iter().filter(|(other, _)| other.as_str() != name);
    let ends = others.flat_map(|(other, streams)| ends(other, streams, &before, &scope)).collect();
    let schedules = brings(&[RecordKind::Schedule]).then(|| scope.reach_of_schedules(name));
    let services = brings(&NAMING_SERVICES).then(|| scope.reach_of_services(name));
    let slos = brings(&[RecordKind::Slo]) && scope.selects_slos();
    let people = brings(&[RecordKind::Person, RecordKind::Leave]) && scope.selects_people();

    let reaches = [("Schedules", &schedules), ("Services, with their incidents and alerts", &services)];
    let narrowed = |reach: &Reach| *reach != Reach::All;
    let whole = !slos && !people && reaches.iter().all(|(_, reach)| !reach.as_ref().is_some_and(narrowed));
    let mut lines = Vec::new();
    if whole {
        lines.push("All of it is read.".to_owned());
    } else {
        lines.extend(
            reaches.into_iter().filter_map(|(what, reach)| Some(format!("{what}: {}.", words(reach.as_ref()?)))),
        );
        lines.extend(slos.then(|| "SLOs: those that a team selects by their labels.".to_owned()));
        lines.extend(people.then(|| "People: members of the teams.".to_owned()));
    }
    let teams: Vec<String> = workspace.config.teams.iter().map(|team| team.name.clone()).collect();
    let must_choose = schedules == Some(Reach::Nothing);
    let open = of.is_none() && teams.len() > 1 && schedules.is_some_and(|reach| narrowed(&reach));
    Ok(ScopeTold { lines, teams: if open { teams } else { Vec::new() }, must_choose, ends })
}

fn bring(streams: &[Stream], kinds: &[RecordKind]) -> bool {
    streams.iter().any(|stream| stream.kinds.iter().any(|kind| kinds.contains(kind)))
}

/// What of another source was read whole and is not any more, because a team begins to list.
fn ends(source: &str, streams: &[Stream], before: &Scope, after: &Scope) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |kinds: &[RecordKind], what: String, was: &Reach, is: &Reach| {
        if bring(streams, kinds) && *was == Reach::All && !matches!(is, Reach::All | Reach::Whole(_)) {
            told.push(format!("All {what} are read now; then {}.", words(is)));
        }
    };
    let reach = |scope: &Scope| (scope.reach_of_schedules(source), scope.reach_of_services(source));
    let (was, is) = (reach(before), reach(after));
    tell(&[RecordKind::Schedule], format!("schedules of {source}"), &was.0, &is.0);
    tell(&NAMING_SERVICES, format!("services of {source}, with their incidents and alerts,"), &was.1, &is.1);
    told
}

/// What belongs to a service.
const NAMING_SERVICES: [RecordKind; 4] =
    [RecordKind::Service, RecordKind::Incident, RecordKind::Page, RecordKind::Alert];

fn words(reach: &Reach) -> String {
    match reach {
        Reach::All => "all".to_owned(),
        Reach::Whole(teams) => format!("all, for {}", listed(teams)),
        Reach::Chosen(count, teams) => format!("{count}, for {}", listed(teams)),
        Reach::ByName(teams) => format!("those listed by name for {}", listed(teams)),
        Reach::Nothing => "none, for the teams list others".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fairlead_connectors::Mode;
    use fairlead_domain::incident::Incident;
    use fairlead_testkit::records::{incident, schedule};
    use fairlead_testkit::upstream::{Shelf, Upstream};
    use rstest::rstest;

    use super::super::save_source::save_source;
    use super::*;
    use crate::sync::tests::rig::{NOW, Rig};

    const TWO: &str = "[[team]]\nname = \"Platform\"\nschedules = [\"pd:P1\"]\nservices = [\"pd:S1\"]\n\
        [[team]]\nname = \"Desk\"\nschedules = [\"pd:P2\"]\n";

    fn shelves() -> [Shelf; 2] {
        let named = Incident { service: Some("S9".to_owned()), ..incident("I1", NOW.plus_hours(-1)) };
        [
            Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]).with(NOW, schedule("P9")),
            Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident])
                .with(NOW.plus_hours(-1), named),
        ]
    }

    /// A source of that name as its form was filled in.
    fn draft(name: &str, upstream: &Upstream) -> SourceDraft {
        let draft = format!(
            r#"{{ "name": "{name}", "kind": "scripted",
                "settings": [{{ "key": "part", "value": {{ "type": "text", "value": "{}" }} }}] }}"#,
            upstream.part()
        );
        serde_json::from_str(&draft).unwrap()
    }

    #[rstest]
    #[case::no_team("", None, &["All of it is read."], false, (1, 1))]
    #[case::a_team_that_takes_all("[[team]]\nname = \"Platform\"\n", None, &["All of it is read."], false, (1, 1))]
    #[case::the_one_team_takes_its_schedules(
        "[[team]]\nname = \"Platform\"\nschedules = [\"pd:P1\"]\n", None,
        &["Schedules: all, for Platform.", "Services, with their incidents and alerts: all."], false, (1, 1)
    )]
    #[case::of_two_teams_none_takes_them(
        TWO, None,
        &["Schedules: none, for the teams list others.",
            "Services, with their incidents and alerts: none, for the teams list others."], true, (0, 0)
    )]
    #[case::the_chosen_team_takes_them(
        TWO, Some("Desk"),
        &["Schedules: all, for Desk.", "Services, with their incidents and alerts: none, for the teams list others."],
        false, (1, 0)
    )]
    #[tokio::test]
    async fn what_is_told_of_a_new_source_is_what_is_stored_of_it(
        #[case] teams: &str,
        #[case] chosen: Option<&str>,
        #[case] lines: &[&str],
        #[case] must_choose: bool,
        #[case] stored: (usize, usize),
    ) {
        let (pd, og) = (Upstream::new([]), Upstream::new(shelves()));
        let mut rig = Rig::configured(teams, &[("pd", &pd)]).await;
        let draft = draft("og", &og);
        let choice = chosen.map(|team| ScopeChoice { team: team.to_owned(), schedules: None, services: None });
        let told = scope_told(&rig.workspace, &draft, None, choice.as_ref()).unwrap();
        assert_eq!(
            (&told.lines[..], told.must_choose),
            (&lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()[..], must_choose)
        );
        let offered: &[&str] = if teams == TWO { &["Platform", "Desk"] } else { &[] };
        assert_eq!(told.teams, offered);

        let edited = save_source(&rig.workspace, &draft, None, choice.as_ref()).await.unwrap();
        rig.workspace = Arc::new(rig.workspace.under(edited.config.clone()));
        rig.refresh().await;
        let schedules = rig.workspace.synced.read(|r| r.schedules(NOW)).await.unwrap();
        assert_eq!((schedules.len(), rig.incidents().await.len()), stored);
        let again = scope_told(&rig.workspace, &draft, Some("og"), None).unwrap();
        assert_eq!((again.lines, again.teams), (told.lines, Vec::new()), "as it was told before, it stays");
    }

    /// Teams, and what of the services of `pd` one chooses.
    #[rstest]
    #[case::nothing_was_listed("[[team]]\nname = \"Platform\"\n", Some(&["pd:S1"][..]), &[
        "All services of og, with their incidents and alerts, are read now; then none, for the teams list others."
    ])]
    #[case::it_was_listed_before(TWO, Some(&["pd:S1", "pd:S2"][..]), &[])]
    #[case::no_service_is_chosen("[[team]]\nname = \"Platform\"\n", None, &[])]
    #[tokio::test]
    async fn what_ends_elsewhere_is_told(
        #[case] teams: &str,
        #[case] services: Option<&[&str]>,
        #[case] ends: &[&str],
    ) {
        let (pd, og) = (Upstream::new(shelves()), Upstream::new(shelves()));
        let rig = Rig::configured(teams, &[("pd", &pd), ("og", &og)]).await;
        let draft = draft("pd", &pd);
        let chosen = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let choice = ScopeChoice {
            team: "Platform".to_owned(),
            schedules: Some(vec!["pd:P1".to_owned()]),
            services: services.map(chosen),
        };
        let told = scope_told(&rig.workspace, &draft, Some("pd"), Some(&choice)).unwrap();
        assert_eq!(told.ends, ends, "{:?}", told.lines);
    }
}
