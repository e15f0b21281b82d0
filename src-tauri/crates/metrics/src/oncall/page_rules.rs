//! What counts as a page.

use fairlead_domain::Window;
use fairlead_domain::page::PageChannel;
use regex::Regex;

/// `[page]`: what counts as a page.
#[derive(Debug, Clone)]
pub struct PageRules {
    /// Channels that count.
    pub channels: Vec<PageChannel>,
    /// Urgencies of the incident that count, lower case; an incident without urgency counts.
    pub urgency: Vec<String>,
    /// Notifications of a person less than this many seconds after the one before are the same page.
    pub merge_secs: u32,
    /// What does not count although it looks like a page.
    pub drop: Vec<DropRule>,
}

impl Default for PageRules {
    fn default() -> Self {
        Self {
            channels: vec![PageChannel::Push, PageChannel::Sms, PageChannel::Voice],
            urgency: vec!["high".to_owned(), "low".to_owned()],
            merge_secs: 60,
            drop: Vec::new(),
        }
    }
}

impl PageRules {
    /// The rules as one text that is the same for the same rules, however they are written: the basis of their version.
    #[must_use]
    pub fn canonical(&self) -> String {
        let list = |mut words: Vec<String>| {
            words.sort();
            words.dedup();
            words.join(", ")
        };
        let channels = list(self.channels.iter().map(|channel| format!("{:?}", channel.word())).collect());
        let urgency = list(self.urgency.iter().map(|word| format!("{word:?}")).collect());
        // The order of drop rules matters to nobody but the reason that is told.
        let drop: Vec<String> = self.drop.iter().map(DropRule::to_string).collect();
        format!(
            "channels = [{channels}]\nurgency = [{urgency}]\nmerge_secs = {}\ndrop = [{}]",
            self.merge_secs,
            drop.join(", ")
        )
    }

    /// The drop rules that something with these names may meet: whether it does hangs on its title alone.
    #[must_use]
    pub fn rules_for<S: AsRef<str>>(&self, services: &[S]) -> Vec<&DropRule> {
        self.drop.iter().filter(|rule| rule.means(services)).collect()
    }

    /// The first drop rule that is met by something with these names and this title.
    #[must_use]
    pub fn dropped_by<S: AsRef<str>>(&self, services: &[S], title: Option<&str>) -> Option<usize> {
        self.drop.iter().position(|rule| rule.is_met(services, title))
    }
}

/// A page that meets everything given here does not count.
#[derive(Debug, Clone)]
pub struct DropRule {
    /// The service, `source:id` or a name.
    pub service: Option<String>,
    /// Matches the incident's title.
    pub title: Option<Regex>,
}

impl DropRule {
    fn is_met<S: AsRef<str>>(&self, services: &[S], title: Option<&str>) -> bool {
        self.means(services) && self.takes(title)
    }

    fn means<S: AsRef<str>>(&self, services: &[S]) -> bool {
        let service =
            self.service.as_ref().is_none_or(|wanted| services.iter().any(|name| name.as_ref() == wanted.as_str()));
        // A rule without either is refused by the configuration and must not take everything.
        service && (self.service.is_some() || self.title.is_some())
    }

    /// Whether a title is one that the rule takes, of something that [`PageRules::rules_for`] named it for.
    #[must_use]
    pub fn takes(&self, title: Option<&str>) -> bool {
        self.title.as_ref().is_none_or(|wanted| title.is_some_and(|title| wanted.is_match(title)))
    }
}

impl std::fmt::Display for DropRule {
    /// As it is written in `fairlead.toml`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let service = self.service.as_ref().map(|service| format!("service = {service:?}"));
        let title = self.title.as_ref().map(|title| format!("title = {:?}", title.as_str()));
        let keys: Vec<String> = [service, title].into_iter().flatten().collect();
        write!(f, "{{ {} }}", keys.join(", "))
    }
}

/// Planned work during which alerts are expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// Every name of the services that it touches; empty: all of them.
    pub services: Vec<String>,
    /// When, half-open.
    pub window: Window,
}

impl Quiet {
    /// Whether a notification at an instant about a service with these names falls into it.
    pub(super) fn takes(&self, at: fairlead_domain::Timestamp, services: &[String]) -> bool {
        self.window.contains(at)
            && (self.services.is_empty() || self.services.iter().any(|name| services.contains(name)))
    }
}
