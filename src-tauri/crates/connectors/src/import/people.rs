//! People as files name them.

use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::text::{clean_line, normalise_email};

use crate::phone::without_phones;

/// A person by e-mail and name, either of which may be missing. Telephone numbers are cut out.
pub(super) fn person(email: Option<&str>, name: Option<&str>) -> Option<PersonRef> {
    let name = name.map(|name| without_phones(&clean_line(name)).trim().to_owned()).filter(|name| !name.is_empty());
    let (email, name) = match (email, name) {
        (None, Some(name)) => split(&name),
        (email, name) => (email.map(|email| email.trim().to_owned()), name),
    };
    let email = email.filter(|email| normalise_email(email).is_some());
    (email.is_some() || name.is_some()).then_some(PersonRef { ext_id: None, email, name })
}

/// `Ines <ines@harbor.example>`, an address alone, or a name alone.
fn split(text: &str) -> (Option<String>, Option<String>) {
    if let Some((name, rest)) = text.split_once('<') {
        let name = name.trim().trim_matches('"').trim();
        let email = rest.trim_end().trim_end_matches('>').trim().to_owned();
        return (Some(email), (!name.is_empty()).then(|| name.to_owned()));
    }
    match normalise_email(text) {
        Some(_) => (Some(text.to_owned()), None),
        None => (None, Some(text.to_owned())),
    }
}

/// The record of a person who is pointed to.
pub(super) fn record(person: &PersonRef) -> Option<Person> {
    let ext_id = person.identity()?;
    let name = person.name.clone().or_else(|| person.email.clone()).unwrap_or_else(|| ext_id.clone());
    Some(Person { ext_id, name, email: person.email.clone(), timezone: None, active: true })
}
