//! The file that `fairleadctl init` makes.

/// A commented [`super::FILE`] for a workspace of this name, valid as it is, with every key in a comment.
#[must_use]
pub fn template(name: &str) -> String {
    let quoted = toml_edit::Value::from(name).to_string();
    include_str!("template.toml").replacen("\"My team\"", &quoted, 1)
}
