//! The form of a source, made from what its kind declares. The same declaration checks the file and documents it.

use fairlead_connectors::Kind;
use fairlead_connectors::scenario;
use fairlead_connectors::setting::{Setting, Value};
use serde::Serialize;
use specta::Type;

use crate::views::wording::capitalised;

/// The form of one kind of source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct KindForm {
    /// The word in `kind = "…"`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Whether it is offered to whoever adds a source; the demo's is not.
    pub offered: bool,
    /// Its fields beside the name.
    pub fields: Vec<FieldForm>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FieldForm {
    /// The key.
    pub key: String,
    /// What stands beside it.
    pub label: String,
    /// One or two sentences under it.
    pub help: String,
    /// Whether the source cannot work without it.
    pub required: bool,
    /// What may stand there.
    pub value: FieldValue,
}

/// What may stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldValue {
    /// Text.
    Text,
    /// One of the words.
    Word {
        /// The words.
        words: Vec<String>,
    },
    /// A whole number, bounds included.
    Integer {
        /// Least.
        min: i32,
        /// Greatest.
        max: i32,
    },
    /// Yes or no.
    Switch,
    /// A list of texts.
    Texts,
    /// Some of the words.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// A secret: typed once into the keychain, or a reference to where it is.
    Secret,
    /// Text or a secret, for addresses that may grant access.
    TextOrSecret,
    /// A group of fields.
    Group {
        /// The fields.
        fields: Vec<FieldForm>,
    },
    /// One of the words, or exactly one of the fields.
    OneOf {
        /// The words.
        words: Vec<String>,
        /// The fields.
        fields: Vec<FieldForm>,
    },
    /// A list of groups.
    Groups {
        /// The fields of each.
        fields: Vec<FieldForm>,
    },
    /// Names that the person chooses, each with such a value.
    Map {
        /// What may stand at each.
        value: Box<FieldValue>,
    },
    /// Any one of these.
    Either {
        /// The choices.
        choices: Vec<FieldValue>,
    },
}

/// The forms of these kinds, in the order in which they are offered.
#[must_use]
pub fn kind_forms(kinds: &[Kind]) -> Vec<KindForm> {
    let form = |kind: &Kind| KindForm {
        name: kind.name.to_owned(),
        title: kind.title.to_owned(),
        offered: kind.name != scenario::KIND.name,
        fields: fields(kind.settings),
    };
    kinds.iter().map(form).collect()
}

fn fields(settings: &[Setting]) -> Vec<FieldForm> {
    let field = |setting: &Setting| FieldForm {
        key: setting.key.to_owned(),
        label: label(setting.key),
        help: setting.doc.to_owned(),
        required: setting.required,
        value: value(&setting.value),
    };
    settings.iter().map(field).collect()
}

fn value(value_of: &Value) -> FieldValue {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    // Bounds of settings are seconds and severities: a number beyond is as good as none.
    let bound = |n: i64| i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX });
    match value_of {
        // Written as text; what is no instant is refused with its place.
        Value::Text | Value::Moment => FieldValue::Text,
        Value::Word(words) => FieldValue::Word { words: owned(words) },
        Value::Integer { min, max } => FieldValue::Integer { min: bound(*min), max: bound(*max) },
        Value::Bool => FieldValue::Switch,
        Value::Texts => FieldValue::Texts,
        Value::Words(words) => FieldValue::Words { words: owned(words) },
        Value::Secret => FieldValue::Secret,
        Value::TextOrSecret => FieldValue::TextOrSecret,
        Value::Table(settings) => FieldValue::Group { fields: fields(settings) },
        Value::WordOrTable(words, settings) => FieldValue::OneOf { words: owned(words), fields: fields(settings) },
        Value::Tables(settings) => FieldValue::Groups { fields: fields(settings) },
        Value::Map(each) => FieldValue::Map { value: Box::new(value(each)) },
        Value::Either(choices) => FieldValue::Either { choices: choices.iter().map(value).collect() },
    }
}

/// A key as people read it: `external_labels` is `External labels`, `url` is `Address`.
fn label(key: &str) -> String {
    match key {
        "url" => return "Address".to_owned(),
        "auth" => return "Sign-in".to_owned(),
        "ca" => return "Authority".to_owned(),
        "cert" => return "Certificate".to_owned(),
        "tls" | "slo" => return key.to_uppercase(),
        "openslo" => return "OpenSLO files".to_owned(),
        "timeout_secs" => return "Timeout".to_owned(),
        _ => {}
    }
    capitalised(&key.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_form_with_words_for_each_field() {
        fn all<'f>(fields: &'f [FieldForm], into: &mut Vec<&'f FieldForm>) {
            for field in fields {
                into.push(field);
                match &field.value {
                    FieldValue::Group { fields } | FieldValue::OneOf { fields, .. } => all(fields, into),
                    _ => {}
                }
            }
        }
        let forms = kind_forms(fairlead_connectors::kinds());
        assert_eq!(forms.iter().filter(|form| form.offered).count(), forms.len() - 1, "all but the demo's");
        for form in &forms {
            let mut found = Vec::new();
            all(&form.fields, &mut found);
            assert!(!found.is_empty(), "{}", form.name);
            for field in found {
                assert!(!field.label.is_empty() && field.help.len() > 5, "{}.{}", form.name, field.key);
            }
        }
    }

    #[test]
    fn labels_are_words() {
        assert_eq!(
            ["external_labels", "url", "tls", "resend_secs"].map(label),
            ["External labels", "Address", "TLS", "Resend secs"]
        );
    }
}
