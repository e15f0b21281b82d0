//! People and teams. The listing of people tells the teams of each, so that no team need be asked for its members.

use std::collections::BTreeMap;

use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::team::{Team, TeamMember};
use fairlead_domain::{Item, Record};

use super::api::{LIMIT, Resource, endpoint, in_path};
use super::page_walk::Turn;
use super::source::{PagerDuty, fresh, locked};
use super::{person, wire, zone};
use crate::http::Share;
use crate::{Batch, ConnectorError, Note, Request};

pub(super) const USERS: Resource =
    Resource::new("users", "users", "users", "nobody has a name, an e-mail or a time zone");

pub(super) const TEAMS: Resource = Resource {
    absent: &[402, 404],
    ..Resource::new("teams", "teams", "teams", "teams and their members are not known")
};

/// The teams of everyone.
#[derive(Debug, Default)]
pub(super) struct Memberships {
    /// Members by their team's id.
    members: BTreeMap<String, Vec<PersonRef>>,
    /// The listing told teams, and was read to its end.
    told: bool,
}

impl PagerDuty {
    pub(super) async fn users(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let turn = Turn::read(request.cursor);
        let (page, step) = self.page(&USERS, &[], &turn, Share::Incremental).await?;
        let mut memberships = locked(&self.memberships);
        if turn == Turn::default() {
            *memberships = Memberships::default();
        }
        let mut items: Vec<Item> = Vec::new();
        for entry in fresh(&page, &step) {
            let user: wire::User = wire::read(entry);
            let Some(id) = user.id else { continue };
            for team in user.teams.iter().flatten().filter_map(|team| team.id.clone()) {
                memberships.members.entry(team).or_default().push(person::by_id(&id));
            }
            let name = person::name(user.name.as_deref().or(user.summary.as_deref()));
            items.push(Item::from(Person {
                name: name.unwrap_or_else(|| id.clone()),
                ext_id: id,
                email: user.email,
                timezone: zone::iana(user.time_zone.as_deref()),
                active: true,
            }));
        }
        memberships.told = step.next.is_none() && !memberships.members.is_empty();
        Ok(Batch { items, next: step.next.map(|next| next.text()), total: page.total, ..Batch::default() })
    }

    pub(super) async fn teams(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let turn = Turn::read(request.cursor);
        let (page, step) = self.page(&TEAMS, &[], &turn, Share::Incremental).await?;
        let mut items: Vec<Item> = Vec::new();
        for entry in fresh(&page, &step) {
            let team: wire::Team = wire::read(entry);
            let Some(id) = team.id else { continue };
            let name = team.name.or(team.summary).unwrap_or_else(|| id.clone());
            let members = match self.told_members(&id) {
                Some(members) => members,
                None => self.members(&id).await?,
            };
            items.push(Item { record: Record::from(Team { ext_id: id, name, members }), raw: None });
        }
        let notes = if page.absent { vec![no_teams()] } else { Vec::new() };
        Ok(Batch { items, next: step.next.map(|next| next.text()), total: page.total, notes, ..Batch::default() })
    }

    /// Members by what the listing of people told; `None` when it told nothing.
    fn told_members(&self, team: &str) -> Option<Vec<TeamMember>> {
        let memberships = locked(&self.memberships);
        let members = memberships.members.get(team).cloned().unwrap_or_default();
        let member = |person| TeamMember { person, role: None };
        memberships.told.then(|| members.into_iter().map(member).collect())
    }

    /// Members by the team itself, where the listing of people could not be read or holds no teams.
    async fn members(&self, team: &str) -> Result<Vec<TeamMember>, ConnectorError> {
        let path = format!("teams/{}/members", in_path(team));
        let mut members = Vec::new();
        let mut offset = 0;
        loop {
            let endpoint = endpoint("members of teams", TEAMS.lost, Share::Incremental);
            let page = self.api.part(&path, &["members"], &[], offset, endpoint).await?;
            let read = page.entries.iter().map(wire::read::<wire::Member>);
            members.extend(read.filter_map(|member| {
                let person = person::by_id(&member.user?.id?);
                // The listing of people tells no role; one that came and went with it would be news without news.
                Some(TeamMember { person, role: None })
            }));
            offset += page.entries.len() as u64;
            if !page.more || page.entries.is_empty() || offset + LIMIT > super::api::REACH {
                return Ok(members);
            }
        }
    }
}

fn no_teams() -> Note {
    let message = "this account has no teams, or its plan has none: people and services are in no team".to_owned();
    Note { code: "teams_absent", message, incomplete: false }
}
