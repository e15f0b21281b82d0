//! Answers against the vendor's own description, which is no part of the project: `FAIRLEAD_SPECS_DIR` names a folder
//! that has it. Without it these tests say that they were skipped.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{now, read, start};
use crate::pagerduty::routes::ROUTES;
use crate::pagerduty::{AckWord, PagerDuty, Quirks};
use crate::scenario::noun::{Noun, Vendor};

const FILE: &str = "pagerduty-rest-v2.sync-subset.openapi3.json";

#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn description() -> Option<Value> {
    let Some(folder) = std::env::var_os("FAIRLEAD_SPECS_DIR") else {
        eprintln!("skipped: FAIRLEAD_SPECS_DIR names no folder with descriptions of vendors");
        return None;
    };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join(FILE)).expect("the description can be read");
    Some(serde_json::from_str(&text).expect("the description is JSON"))
}

/// What of an answer the schema does not allow: required fields that are missing, words out of a list, wrong types.
fn faults(whole: &Value, schema: &Value, found: &Value, place: &str) -> Vec<String> {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = whole.pointer(target.trim_start_matches('#')).expect("a reference that leads somewhere");
        return faults(whole, target, found, place);
    }
    let mut all = Vec::new();
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        all.extend(faults(whole, part, found, place));
    }
    for choice in ["oneOf", "anyOf"] {
        let Some(options) = schema.get(choice).and_then(Value::as_array) else { continue };
        let tried: Vec<Vec<String>> = options.iter().map(|option| faults(whole, option, found, place)).collect();
        if !tried.iter().any(Vec::is_empty) {
            all.extend(tried.into_iter().min_by_key(Vec::len).unwrap_or_default());
        }
    }
    // The vendor's own examples have null where nothing allows it.
    if found.is_null() {
        return all;
    }
    let right = match schema.get("type").and_then(Value::as_str) {
        Some("object") => found.is_object(),
        Some("array") => found.is_array(),
        Some("string") => found.is_string(),
        Some("integer") => found.is_i64() || found.is_u64(),
        Some("number") => found.is_number(),
        Some("boolean") => found.is_boolean(),
        _ => true,
    };
    if !right {
        all.push(format!("{place} is {found}, not {}", schema["type"]));
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|words| !words.contains(found)) {
        all.push(format!("{place} is {found}, none of {}", schema["enum"]));
    }
    for field in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        let nullable = schema["properties"][field]["nullable"] == true;
        if found.is_object() && found.get(field).is_none_or(|value| value.is_null() && !nullable) {
            all.push(format!("{place}.{field} is missing"));
        }
    }
    if let (Some(known), Some(fields)) = (schema.get("properties").and_then(Value::as_object), found.as_object()) {
        for (name, value) in fields {
            all.extend(
                known.get(name).into_iter().flat_map(|part| faults(whole, part, value, &format!("{place}.{name}"))),
            );
        }
    }
    if let (Some(part), Some(rows)) = (schema.get("items"), found.as_array()) {
        all.extend(rows.iter().enumerate().flat_map(|(at, row)| faults(whole, part, row, &format!("{place}[{at}]"))));
    }
    all
}

fn schema_of<'a>(whole: &'a Value, path: &str) -> &'a Value {
    let responses = &whole["paths"][path]["get"]["responses"];
    let answer = responses.get("200").or_else(|| responses.get("201")).expect("an answer");
    let content = answer["content"].as_object().expect("content");
    content.values().next().and_then(|kind| kind.get("schema")).expect("a schema")
}

#[tokio::test]
async fn every_answer_has_the_shape_of_the_description() {
    let Some(whole) = description() else { return };
    // A schema of its own contradicts the list of types over the longer word.
    let fake = start(Quirks { ack_word: AckWord::Short, ..Quirks::default() });
    let story = fake.story();
    let window = format!("since={}&until={}", now().plus_days(-60), now());
    let (case, layered, shift) = (story.lingering().expect("one"), 1, 2);
    let mut checked = 0;
    for route in ROUTES.iter().filter(|route| route.path != "/users/me") {
        let noun = match route.resource() {
            "users" => (Noun::Person, 0),
            "teams" => (Noun::Team, 0),
            "services" => (Noun::Service, 0),
            "escalation_policies" => (Noun::Policy, 1),
            "schedules" => (Noun::Schedule, if route.is_v3() { shift } else { layered }),
            _ => (Noun::Incident, case),
        };
        let path = route.path.replace("{id}", &PagerDuty.id(noun.0, noun.1));
        let mut query = if route.params.contains(&"since") { window.clone() } else { String::new() };
        if route.params.contains(&"limit") && !route.path.contains("custom_shifts") {
            query += "&limit=100";
        }
        for bare in [true, false] {
            let schemaed = schema_of(&whole, route.path);
            let include = if bare { String::new() } else { includes(&whole, route.path) };
            let found = read(&fake, &format!("{path}?{query}{include}")).await;
            let mut wrong = faults(&whole, schemaed, &found, route.path);
            // Both words for an acknowledgement, and changed fields, are in one of the description's lists and not in the
            // other.
            wrong.retain(|line| !line.contains("none of [\"acknowledgement_log_entry\"]"));
            // What is included is whole, though the description has references alone in many of its places.
            wrong.retain(|line| bare || !line.contains("_reference\""));
            assert!(wrong.is_empty(), "{path}{include}: {:#?}", wrong.iter().take(10).collect::<Vec<_>>());
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
    assert!(fake.violations().is_empty(), "{:?}", fake.violations());
}

/// Everything that an operation can include.
fn includes(whole: &Value, path: &str) -> String {
    let params = params(whole, path);
    let include = params.iter().find(|param| param["name"] == "include[]");
    let schema = include.map(|param| &param["schema"]);
    let words = schema.and_then(|schema| schema.get("enum").or_else(|| schema["items"].get("enum")));
    let words = words.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    words.map(|word| format!("&include[]={word}")).collect()
}

fn params<'a>(whole: &'a Value, path: &str) -> Vec<&'a Value> {
    let listed = whole["paths"][path]["get"]["parameters"].as_array().into_iter().flatten();
    let found = |param: &'a Value| {
        let target = param.get("$ref").and_then(Value::as_str);
        target.map_or(Some(param), |target| whole.pointer(target.trim_start_matches('#')))
    };
    listed.filter_map(found).collect()
}

#[test]
fn every_path_and_parameter_is_the_descriptions() {
    let Some(whole) = description() else { return };
    let not_served = ["/analytics/raw/incidents/{id}", "/analytics/raw/incidents/{id}/responses"];
    let paths = whole["paths"].as_object().expect("paths");
    let read = paths.iter().filter(|(path, item)| item.get("get").is_some() && !not_served.contains(&path.as_str()));
    let described: BTreeSet<&str> = read.map(|(path, _)| path.as_str()).collect();
    assert_eq!(ROUTES.iter().map(|route| route.path).collect::<BTreeSet<_>>(), described);
    for route in ROUTES {
        let query = params(&whole, route.path).into_iter().filter(|param| param["in"] == "query");
        let described: BTreeSet<&str> = query.filter_map(|param| param["name"].as_str()).collect();
        assert_eq!(route.params.iter().copied().collect::<BTreeSet<_>>(), described, "{}", route.path);
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let whole = json!({ "components": { "word": { "type": "string", "enum": ["a", "b"] } } });
    let schema = json!({
        "type": "object", "required": ["x"],
        "properties": { "x": { "$ref": "#/components/word" }, "n": { "type": "array", "items": { "type": "integer" } } },
    });
    assert!(faults(&whole, &schema, &json!({ "x": "a", "n": [1] }), "at").is_empty());
    for wrong in [json!({}), json!({ "x": "c" }), json!({ "x": "a", "n": [1, "2"] }), json!([])] {
        assert_eq!(faults(&whole, &schema, &wrong, "at").len(), 1, "{wrong}");
    }
}
