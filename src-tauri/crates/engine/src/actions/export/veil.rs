//! Hides people: each becomes a pseudonym that is the same in every export of the workspace, and that nobody without
//! the workspace's key can compute.
//!
//! This is no anonymity: whoever knows the rota can tell from the times who is who.

use std::collections::{BTreeMap, HashMap};

use fairlead_domain::person::{Person, PersonRef, person_key};
use fairlead_domain::{Record, TextUse};
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::IdentityRow;
use regex::{Captures, Regex, RegexBuilder};
use serde_json::Value;
use uuid::Uuid;

use crate::EngineError;

/// Shorter words of names are too common to be cut out of text.
const MIN_WORD_CHARS: usize = 3;
/// Stands for a word that several people share.
const SHARED: &str = "[person]";
/// Stands for an address of nobody known.
const EMAIL: &str = "[e-mail]";

/// What hides people.
pub(super) struct Veil {
    key: [u8; 32],
    workspace: Uuid,
    aliases: PersonAliases,
    /// Keys of people, by source and identity.
    known: HashMap<(String, String), Uuid>,
    /// What every word by which somebody is called becomes, by the word in lower case.
    words: BTreeMap<String, String>,
    /// Finds those words, and addresses.
    pattern: Regex,
}

impl Veil {
    pub(super) fn new(
        key: [u8; 32],
        workspace: Uuid,
        identities: &[IdentityRow],
        aliases: PersonAliases,
    ) -> Result<Self, EngineError> {
        let mut veil = Self {
            key,
            workspace,
            aliases,
            known: HashMap::new(),
            words: BTreeMap::new(),
            pattern: pattern(&BTreeMap::new())?,
        };
        for row in identities {
            veil.known.insert((row.source.clone(), row.ext_id.clone()), row.person.key);
        }
        for row in identities {
            let pseudonym = veil.pseudonym(&row.source, &row.ext_id, None);
            for word in words(row) {
                let shared = veil.words.get(&word).is_some_and(|other| *other != pseudonym);
                veil.words.insert(word, if shared { SHARED.to_owned() } else { pseudonym.clone() });
            }
        }
        veil.pattern = pattern(&veil.words)?;
        Ok(veil)
    }

    /// Hides the people of a record.
    pub(super) fn hide(&self, source: &str, record: &mut Record) {
        if let Record::Person(person) = record {
            let name = self.pseudonym(source, &person.ext_id, person.email.as_deref());
            *person = Person { ext_id: name.clone(), name, email: None, timezone: None, active: person.active };
            return;
        }
        match record {
            Record::TimelineEvent(event) => event.text = None,
            Record::Silence(silence) => silence.comment = None,
            Record::Incident(incident) => incident.custom_fields.clear(),
            _ => {}
        }
        record.edit_people(&mut |person| {
            if let Some(identity) = person.identity() {
                let name = self.pseudonym(source, &identity, person.email.as_deref());
                *person = PersonRef { ext_id: Some(name.clone()), email: None, name: Some(name) };
            }
        });
        record.edit_texts(&mut |what, text| match what {
            TextUse::Id => self.hide_id(text),
            TextUse::Name | TextUse::Prose | TextUse::Address | TextUse::Data => self.hide_text(text),
        });
    }

    /// Hides the people in what somebody wrote; `false`: it is left out.
    pub(super) fn hide_authored(&self, table: &str, key: &mut String, said: &mut Value) -> bool {
        if table == "person_alias" {
            return false;
        }
        if ["person_hours", "person_mark"].contains(&table) {
            self.hide_person_row(key, said);
            return true;
        }
        self.hide_text(key);
        self.hide_value(said);
        if let Some(reason) = said.get_mut("reason") {
            *reason = Value::Null;
        }
        true
    }

    /// Hides whom a row is about: its key begins with the person's, and so may what it says. Zones tell where people live.
    fn hide_person_row(&self, key: &mut String, said: &mut Value) {
        let (person, rest) = key.split_once('/').map_or((key.as_str(), None), |(person, rest)| (person, Some(rest)));
        let name = match Uuid::parse_str(person) {
            Ok(person) => self.name_of(self.aliases.resolve_key(person)),
            Err(_) => format!("id-{}", self.digest(person.as_bytes())),
        };
        *key = rest.map_or_else(|| name.clone(), |rest| format!("{name}/{rest}"));
        if let Some(person) = said.get_mut("person") {
            *person = name.into();
        }
        if let Some(zone) = said.get_mut("timezone") {
            *zone = Value::Null;
        }
    }

    /// Hides who wrote something: whoever is known by their pseudonym, anybody else by one of their own.
    pub(super) fn hide_author(&self, author: &mut String) {
        let known = self.words.get(&author.to_lowercase()).filter(|name| *name != SHARED);
        *author = known.cloned().unwrap_or_else(|| format!("person-{}", self.digest(author.as_bytes())));
    }

    /// Hides the people in what a fact said before it changed.
    pub(super) fn hide_revision(&self, source: &str, key: &mut String, said: &mut Value) {
        self.hide_id(key);
        let person = said.get("person").and_then(Value::as_str).map(|id| self.pseudonym(source, id, None));
        self.hide_value(said);
        if let (Some(name), Some(person)) = (person, said.get_mut("person")) {
            *person = name.into();
        }
    }

    fn hide_value(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.hide_text(text),
            Value::Array(list) => list.iter_mut().for_each(|value| self.hide_value(value)),
            Value::Object(object) => object.values_mut().for_each(|value| self.hide_value(value)),
            _ => {}
        }
    }

    /// The pseudonym of whoever an identity is. People who were merged by hand share one.
    fn pseudonym(&self, source: &str, identity: &str, email: Option<&str>) -> String {
        let place = (source.to_owned(), identity.to_owned());
        let own = self.known.get(&place).copied();
        let own = own.unwrap_or_else(|| person_key(self.workspace, source, identity, email));
        self.name_of(self.aliases.resolve(source, identity, own))
    }

    fn name_of(&self, person: Uuid) -> String {
        format!("person-{}", self.digest(person.as_bytes()))
    }

    /// An id with somebody in it becomes a digest: ids must stay apart.
    fn hide_id(&self, id: &mut String) {
        if self.pattern.is_match(id) {
            *id = format!("id-{}", self.digest(id.as_bytes()));
        }
    }

    fn hide_text(&self, text: &mut String) {
        let hidden = self.pattern.replace_all(text, |found: &Captures<'_>| {
            let word = found.get(0).map_or("", |found| found.as_str()).to_lowercase();
            self.words.get(&word).map_or(EMAIL, String::as_str).to_owned()
        });
        if let std::borrow::Cow::Owned(hidden) = hidden {
            *text = hidden;
        }
    }

    fn digest(&self, bytes: &[u8]) -> String {
        let hex = blake3::keyed_hash(&self.key, bytes).to_hex();
        hex.as_str().get(..12).unwrap_or_default().to_owned()
    }
}

/// The words by which somebody is called, in lower case: names whole and in parts, e-mail, what stands before its `@`.
fn words(row: &IdentityRow) -> Vec<String> {
    let name = row.person.name.to_lowercase();
    let parts = name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    let mut all: Vec<String> = parts.collect();
    all.extend([name.clone(), row.ext_id.to_lowercase()]);
    if let Some(email) = &row.person.email {
        let email = email.to_lowercase();
        all.extend(email.split_once('@').map(|(local, _)| local.to_owned()));
        all.push(email);
    }
    all.retain(|word| word.chars().count() >= MIN_WORD_CHARS && word.chars().any(char::is_alphabetic));
    all
}

/// Finds addresses and the words, the longest first, each as a whole word.
fn pattern(words: &BTreeMap<String, String>) -> Result<Regex, EngineError> {
    let mut longest: Vec<&String> = words.keys().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut text = String::from(r"[^\s@<>()\[\],;:/]+@[^\s@<>()\[\],;:/]+\.[\w.-]*\w");
    for word in longest {
        let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
        text.push('|');
        text.push_str(edge(word.chars().next()));
        text.push_str(&regex::escape(word));
        text.push_str(edge(word.chars().last()));
    }
    RegexBuilder::new(&text).case_insensitive(true).size_limit(1 << 28).build().map_err(|_| EngineError::Usage {
        message: "there are too many people to find their names in text: export with --include-people".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use fairlead_store::synced::PersonName;

    use super::*;

    fn veil() -> Veil {
        let row = |ext_id: &str, name: &str, email: Option<&str>| IdentityRow {
            source: "pd".to_owned(),
            ext_id: ext_id.to_owned(),
            person: PersonName {
                identity: "P1".into(),
                key: person_key(Uuid::nil(), "pd", ext_id, email),
                name: name.to_owned(),
                email: email.map(str::to_owned),
            },
            timezone: None,
            active: true,
            stated: true,
        };
        let rows = [
            row("P1", "Ines Duarte", Some("ines@harbor.example")),
            row("P2", "Ana Duarte", Some("ana.d@harbor.example")),
        ];
        Veil::new([7; 32], Uuid::nil(), &rows, PersonAliases::default()).unwrap()
    }

    #[rstest::rstest]
    #[case("Checkout is slow", "Checkout is slow")]
    #[case("INES DUARTE took it", "person-A took it")]
    #[case("ask @ines or ana.d", "ask @person-A or person-B")]
    #[case("mail ines@harbor.example, bob@else.example", "mail person-A, [e-mail]")]
    #[case("the Duarte family", "the [person] family")]
    #[case("guines", "guines")]
    fn people_are_cut_out_of_text(#[case] text: &str, #[case] expected: &str) {
        let veil = veil();
        let expected = expected
            .replace("person-A", &veil.pseudonym("pd", "P1", None))
            .replace("person-B", &veil.pseudonym("pd", "P2", None));
        let mut text = text.to_owned();
        veil.hide_text(&mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn an_id_with_somebody_in_it_stays_apart_from_others() {
        let veil = veil();
        let (mut a, mut b, mut c) = ("2026/ines".to_owned(), "2026/ana".to_owned(), "P9XYZ".to_owned());
        for id in [&mut a, &mut b, &mut c] {
            veil.hide_id(id);
        }
        assert!(a.starts_with("id-") && b.starts_with("id-") && a != b, "{a} {b}");
        assert_eq!(c, "P9XYZ");
    }

    #[test]
    fn another_key_gives_other_pseudonyms() {
        let (a, mut b) = (veil(), veil());
        b.key = [8; 32];
        assert_ne!(a.pseudonym("pd", "P1", None), b.pseudonym("pd", "P1", None));
        assert_eq!(a.pseudonym("pd", "P1", None), veil().pseudonym("pd", "P1", None));
    }
}
