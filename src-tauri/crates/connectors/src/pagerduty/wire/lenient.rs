//! Reading fields that may be anything.
//!
//! These read values that lie in memory (`wire::read`): one that turns out to be of another type spoils nothing there,
//! because each has its own place. In the middle of a text it would.

use std::fmt;
use std::marker::PhantomData;

use fairlead_domain::text::clean_line;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A value, unless it is missing, null or of another type.
#[expect(clippy::unnecessary_wraps, reason = "the form that serde asks for")]
pub(in super::super) fn maybe<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(T::deserialize(deserializer).ok())
}

/// The readable entries of a list; none when it is no list.
pub(in super::super) fn each<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(each_told(deserializer)?.unwrap_or_default())
}

/// The same, where it matters whether there is a list at all.
#[expect(clippy::unnecessary_wraps, reason = "the form that serde asks for")]
pub(in super::super) fn each_told<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(deserializer.deserialize_seq(Readable(PhantomData)).ok())
}

/// One line of text, also of a number; `None` when nothing is left of it.
pub(in super::super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(Line)
}

/// The entries of a list that can be read as `T`.
struct Readable<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Readable<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut read = Vec::with_capacity(list.size_hint().unwrap_or(0));
        while let Some(entry) = list.next_element_seed(Maybe(PhantomData))? {
            read.extend(entry);
        }
        Ok(read)
    }
}

/// [`maybe`] of an entry.
struct Maybe<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Maybe<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        maybe(deserializer)
    }
}

struct Line;

impl<'de> Visitor<'de> for Line {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok(Some(clean_line(text)).filter(|line| !line.is_empty()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Option<String>, E> {
        Ok(Some(serde_json::Value::from(number).to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<String>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Option<String>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::super::{Incident, Ref, User, read};

    #[rstest]
    #[case::null(json!(null))]
    #[case::missing(json!({}))]
    #[case::other_types(json!({ "id": {}, "incident_number": [], "title": 7, "created_at": "yesterday", "service": "x",
        "assignments": null, "teams": {}, "priority": 3, "resolve_reason": [], "acknowledgements": "none" }))]
    fn an_odd_field_hides_nothing(#[case] entry: Value) {
        let incident: Incident = read(&entry);
        assert_eq!((incident.created_at, incident.service.clone()), (None, None));
        assert!(incident.assignments.is_empty() && incident.teams.is_empty());
    }

    #[test]
    fn what_can_be_read_is_read() {
        let user: User =
            read(&json!({ "id": "P1", "name": "Ines\u{202e} \n Alves", "new_field": { "x": [1] }, "teams":
            [{ "id": "T1" }, null, 7] }));
        assert_eq!((user.id.as_deref(), user.name.as_deref()), (Some("P1"), Some("Ines Alves")));
        let known: Vec<&Ref> = user.teams.iter().flatten().filter(|team| team.id.is_some()).collect();
        assert_eq!(known.len(), 1);
    }
}
