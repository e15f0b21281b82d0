//! How much of a source the teams take, told from the configuration alone.

use super::{Scope, TeamConfig, takes_all};

/// How much of what a source brings of one kind is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All of it: no team narrows such things, or one takes everything.
    All,
    /// All of it, for these teams.
    Whole(Vec<String>),
    /// So many, for these teams.
    Chosen(usize, Vec<String>),
    /// What these teams list without naming a source.
    ByName(Vec<String>),
    /// None of it: the teams list others.
    Nothing,
}

impl Scope {
    /// How much of the schedules of a source is stored.
    #[must_use]
    pub fn reach_of_schedules(&self, source: &str) -> Reach {
        self.reach(source, |team| &team.schedules, |team| team.schedules.clone())
    }

    /// How much of the services of a source is stored, and of what names them.
    #[must_use]
    pub fn reach_of_services(&self, source: &str) -> Reach {
        let owned = |team: &TeamConfig| {
            let own = self.services.iter().filter(|(_, service)| service.team.as_deref() == Some(&team.name));
            own.flat_map(|(name, service)| std::iter::once(name).chain(&service.also)).cloned().collect::<Vec<_>>()
        };
        self.reach(source, |team| &team.services, |team| team.services.iter().cloned().chain(owned(team)).collect())
    }

    /// Whether only SLOs are stored that a team selects by their labels.
    #[must_use]
    pub fn selects_slos(&self) -> bool {
        let takes = |team: &TeamConfig| team.slo.is_empty() && takes_all(team);
        self.teams.iter().any(|team| !team.slo.is_empty()) && !self.teams.iter().any(takes)
    }

    /// Whether only members of the teams are stored.
    #[must_use]
    pub fn selects_people(&self) -> bool {
        self.teams.iter().any(|team| !team.members.is_empty()) && !self.teams.iter().any(takes_all)
    }

    fn reach(
        &self,
        source: &str,
        narrowed: impl Fn(&TeamConfig) -> &Vec<String>,
        listed: impl Fn(&TeamConfig) -> Vec<String>,
    ) -> Reach {
        if self.open(narrowed) {
            return Reach::All;
        }
        let listed: Vec<(&str, Vec<String>)> =
            self.teams.iter().map(|team| (team.name.as_str(), listed(team))).collect();
        let own = |entry: &str| entry.strip_prefix(source).is_some_and(|rest| rest.starts_with(':'));
        let bare = |entry: &str| !entry.contains(':') && !self.severities.contains_key(entry);
        let teams = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
            let takes = listed.iter().filter(|(_, entries)| entries.iter().any(|entry| wanted(entry)));
            takes.map(|(team, _)| (*team).to_owned()).collect()
        };
        let whole = teams(&|entry| entry == source);
        let count = listed.iter().flat_map(|(_, entries)| entries).filter(|entry| own(entry)).count();
        match (whole.is_empty(), count, teams(&bare)) {
            (false, ..) => Reach::Whole(whole),
            (true, 1.., _) => Reach::Chosen(count, teams(&own)),
            (true, 0, named) if named.is_empty() => Reach::Nothing,
            (true, 0, named) => Reach::ByName(named),
        }
    }
}
