//! Reading of a large document only what is wanted.
//!
//! Vendors send ten times what is used. What is not named is passed over in the text: no value is made of it, which is
//! most of the cost of reading, and nothing that must not be kept was ever held.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The fields of a document that are wanted.
#[derive(Debug, Default)]
pub struct Fields {
    /// Everything from here on.
    whole: bool,
    below: BTreeMap<&'static str, Self>,
}

impl Fields {
    /// The fields that `paths` name: keys joined by dots, lists passed through. A path names all that lies below it.
    #[must_use]
    pub fn named(paths: impl IntoIterator<Item = &'static str>) -> Self {
        let mut fields = Self::default();
        for path in paths {
            let end = path.split('.').fold(&mut fields, |at, key| at.below.entry(key).or_default());
            end.whole = true;
        }
        fields
    }

    /// Everything.
    #[must_use]
    pub const fn whole() -> Self {
        Self { whole: true, below: BTreeMap::new() }
    }

    /// These fields below `key`.
    #[must_use]
    pub fn beneath(self, key: &'static str) -> Self {
        Self { whole: false, below: BTreeMap::from([(key, self)]) }
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.whole |= others.whole;
        for (key, fields) in others.below {
            let own = self.below.remove(key).unwrap_or_default();
            self.below.insert(key, own.and(fields));
        }
        self
    }

    /// Reads a JSON text. What stands where fields were named and has none, such as a number, is kept as it is.
    ///
    /// # Errors
    /// Where the text is no JSON.
    pub fn read(&self, text: &[u8]) -> serde_json::Result<Value> {
        let mut reader = serde_json::Deserializer::from_slice(text);
        let value = self.deserialize(&mut reader)?;
        reader.end()?;
        Ok(value)
    }
}

impl<'de> DeserializeSeed<'de> for &Fields {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.whole { Value::deserialize(deserializer) } else { deserializer.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for &Fields {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(wanted) = object.next_key_seed(Key(self))? {
            match wanted {
                Some((key, fields)) => {
                    let value = object.next_value_seed(fields)?;
                    kept.insert(key.to_owned(), value);
                }
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(kept))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element_seed(self)? {
            entries.push(entry);
        }
        Ok(Value::Array(entries))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

/// Finds a key among the fields, without keeping it.
struct Key<'f>(&'f Fields);

impl<'de, 'f> DeserializeSeed<'de> for Key<'f> {
    type Value = Option<(&'static str, &'f Fields)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'f> Visitor<'_> for Key<'f> {
    type Value = Option<(&'static str, &'f Fields)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.below.get_key_value(key).map(|(key, fields)| (*key, fields)))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_named_is_passed_over() {
        let text = br#"{"more":false,"body":{"deep":[{"x":"\u00e9"}]},"things":[{"id":"A","who":{"id":1,"name":"n"},
            "when":"t","odd":{"a":1}},7,null,{"who":"x"}]}"#;
        let fields = Fields::named(["id", "who.id", "odd"]).beneath("things").and(Fields::named(["more"]));
        let expected = json!({
            "more": false, "things": [{ "id": "A", "who": { "id": 1 }, "odd": { "a": 1 } }, 7, null, { "who": "x" }]
        });
        assert_eq!(fields.read(text).unwrap(), expected);
    }

    #[test]
    fn a_path_names_all_below_it_whatever_else_is_named() {
        for fields in [Fields::named(["a", "a.b"]), Fields::named(["a.b", "a"])] {
            assert_eq!(fields.read(br#"{"a":{"b":1,"c":2}}"#).unwrap(), json!({ "a": { "b": 1, "c": 2 } }));
        }
    }

    #[rstest]
    #[case::cut(br#"{"a":{"b":"#)]
    #[case::cut_where_nothing_is_wanted(br#"{"z":[1,2"#)]
    #[case::more_behind(br#"{"a":1} x"#)]
    #[case::no_json(b"Bad gateway")]
    fn a_text_that_is_no_json_is_refused(#[case] text: &[u8]) {
        assert!(Fields::named(["a"]).read(text).is_err());
    }

    #[test]
    fn the_last_of_a_key_counts() {
        assert_eq!(Fields::named(["a"]).read(br#"{"a":1,"a":2}"#).unwrap(), json!({ "a": 2 }));
    }
}
