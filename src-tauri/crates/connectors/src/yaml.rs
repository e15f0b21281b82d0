//! Files of several YAML documents.

/// The documents of a file, each with the line at which it begins, so that a broken one does not take the others with
/// it. Blank ones are left out.
pub(crate) fn documents(text: &str) -> Vec<(usize, String)> {
    let mut parts: Vec<(usize, String)> = vec![(1, String::new())];
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            parts.push((index + 2, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    let blank = |part: &str| part.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    parts.retain(|(_, part)| !blank(part));
    parts
}
