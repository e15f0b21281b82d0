//! What of an upstream's document is kept.

use serde_json::{Map, Value};

/// The document with nothing but the fields that `paths` name: keys joined by dots, lists passed through. Anything that
/// is not named, and so anything that is new, is dropped.
pub(super) fn only(document: &Value, paths: &[&str]) -> Value {
    let mut kept = Map::new();
    let Some(object) = document.as_object() else { return Value::Object(kept) };
    for (key, value) in object {
        let beneath: Vec<&str> =
            paths.iter().filter_map(|path| path.strip_prefix(key.as_str())?.strip_prefix('.')).collect();
        if paths.contains(&key.as_str()) {
            if !value.is_object() && !value.is_array() {
                kept.insert(key.clone(), value.clone());
            }
        } else if !beneath.is_empty() {
            let value = match value {
                Value::Array(list) => Value::Array(list.iter().map(|entry| only(entry, &beneath)).collect()),
                Value::Object(_) => only(value, &beneath),
                _ => continue,
            };
            kept.insert(key.clone(), value);
        }
    }
    Value::Object(kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_named_is_kept() {
        let document = json!({
            "id": "P1", "title": "t", "body": { "details": "x" }, "channel": { "type": "auto", "notification":
            { "type": "sms", "address": "+351 912 345 678" } }, "teams": [{ "id": "T1", "summary": "s" }], "note": {}
        });
        let kept = only(&document, &["id", "channel.type", "channel.notification.type", "teams.id", "note"]);
        let expected = json!({
            "id": "P1", "channel": { "type": "auto", "notification": { "type": "sms" } }, "teams": [{ "id": "T1" }]
        });
        assert_eq!(kept, expected, "an object at the place of a plain value is not let through");
    }
}
