//! Reading fields that may be anything.

use fairlead_domain::text::clean_line;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A value, unless it is missing, null or of another type.
pub(in super::super) fn maybe<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(T::deserialize(Value::deserialize(deserializer)?).ok())
}

/// The readable entries of a list; none when it is no list.
pub(in super::super) fn each<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(each_told(deserializer)?.unwrap_or_default())
}

/// The same, where it matters whether there is a list at all.
pub(in super::super) fn each_told<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(list) => Some(list.into_iter().filter_map(|entry| T::deserialize(entry).ok()).collect()),
        _ => None,
    })
}

/// One line of text, also of a number; `None` when nothing is left of it.
pub(in super::super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let line = match Value::deserialize(deserializer)? {
        Value::String(text) => clean_line(&text),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Ok(Some(line).filter(|line| !line.is_empty()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::super::{Incident, Ref, User, read};
    use super::*;

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
