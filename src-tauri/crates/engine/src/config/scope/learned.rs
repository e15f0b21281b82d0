//! What records have told so far: e-mails behind ids, names behind ids, and what was left out.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::text::normalise_email;

type Key = (String, String);

#[derive(Debug, Clone, Default)]
pub(super) struct Learned {
    emails: BTreeMap<Key, String>,
    names: BTreeMap<String, BTreeSet<String>>,
    schedules: BTreeMap<Key, String>,
    services: BTreeMap<Key, String>,
    dropped_slos: BTreeSet<Key>,
    followed: BTreeSet<Key>,
    left_out: BTreeSet<Key>,
}

fn key(source: &str, id: &str) -> Key {
    (source.to_owned(), id.to_owned())
}

pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Learned {
    pub(super) fn person(&mut self, source: &str, person: &Person) {
        let Some(email) = person.email.as_deref().and_then(normalise_email) else { return };
        self.names.entry(folded(&person.name)).or_default().insert(email.clone());
        self.emails.insert(key(source, &person.ext_id), email);
    }

    /// Somebody with a name and an e-mail where no person is listed: in a calendar of leave.
    pub(super) fn named(&mut self, person: &PersonRef) {
        if let (Some(name), Some(email)) = (&person.name, person.normal_email()) {
            self.names.entry(folded(name)).or_default().insert(email);
        }
    }

    pub(super) fn schedule(&mut self, source: &str, id: &str, name: &str) {
        self.schedules.insert(key(source, id), name.to_owned());
    }

    pub(super) fn service(&mut self, source: &str, id: &str, name: &str) {
        self.services.insert(key(source, id), name.to_owned());
    }

    pub(super) fn drop_slo(&mut self, source: &str, id: &str) {
        self.dropped_slos.insert(key(source, id));
    }

    pub(super) fn keep_slo(&mut self, source: &str, id: &str) {
        self.dropped_slos.remove(&key(source, id));
    }

    /// An incident that belongs here, or did.
    pub(super) fn follow(&mut self, source: &str, id: &str) {
        self.left_out.remove(&key(source, id));
        self.followed.insert(key(source, id));
    }

    /// An incident that belongs to others, unless it is followed.
    pub(super) fn leave_out(&mut self, source: &str, id: &str) {
        if !self.is_followed(source, id) {
            self.left_out.insert(key(source, id));
        }
    }

    pub(super) fn is_followed(&self, source: &str, id: &str) -> bool {
        self.followed.contains(&key(source, id))
    }

    pub(super) fn is_left_out(&self, source: &str, id: &str) -> bool {
        self.left_out.contains(&key(source, id))
    }

    pub(super) fn email(&self, source: &str, id: &str) -> Option<&str> {
        self.emails.get(&key(source, id)).map(String::as_str)
    }

    /// E-mails of everyone seen under a name.
    pub(super) fn emails_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.names.get(&folded(name)).into_iter().flatten().map(String::as_str)
    }

    pub(super) fn schedule_name(&self, source: &str, id: &str) -> Option<&str> {
        self.schedules.get(&key(source, id)).map(String::as_str)
    }

    pub(super) fn service_name(&self, source: &str, id: &str) -> Option<&str> {
        self.services.get(&key(source, id)).map(String::as_str)
    }

    pub(super) fn is_dropped_slo(&self, source: &str, id: &str) -> bool {
        self.dropped_slos.contains(&key(source, id))
    }
}
