//! OpenSLO files by pattern.

use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Most files that are read.
const MAX_FILES: usize = 2_000;

/// Files with their text, and what could not be read, as sentences.
pub(super) struct Files {
    /// Name as matched, and text.
    pub texts: Vec<(String, String)>,
    /// What could not be read.
    pub faults: Vec<String>,
}

/// Reads every file that a pattern matches. `*` stands for any part of one name; patterns are relative to `folder`.
pub(super) fn read(folder: &Path, patterns: &[String]) -> Files {
    let mut files = Files { texts: Vec::new(), faults: Vec::new() };
    for pattern in patterns {
        let mut found = matches(folder, pattern);
        found.sort();
        if found.is_empty() {
            files.faults.push(format!("no file matches {pattern}"));
        }
        for path in found.into_iter().take(MAX_FILES) {
            let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
            let size = std::fs::metadata(&path).map(|found| found.len());
            match size
                .and_then(|size| if size > MAX_BYTES { Ok(None) } else { std::fs::read_to_string(&path).map(Some) })
            {
                Ok(Some(text)) => files.texts.push((name, text)),
                Ok(None) => files.faults.push(format!("{name} is larger than 8 MiB")),
                Err(reason) => files.faults.push(format!("{name} cannot be read: {}", reason.kind())),
            }
        }
    }
    files.texts.dedup_by(|a, b| a.0 == b.0);
    files
}

fn matches(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for part in Path::new(pattern).components() {
        let text = part.as_os_str().to_string_lossy();
        found = if text.contains('*') {
            found.iter().flat_map(|folder| children(folder, &text)).collect()
        } else {
            found.iter().map(|folder| folder.join(part)).collect()
        };
    }
    found.into_iter().filter(|path| path.is_file()).collect()
}

fn children(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let fits = |entry: &std::fs::DirEntry| fits(pattern, &entry.file_name().to_string_lossy());
    entries.filter(fits).map(|entry| entry.path()).collect()
}

/// Whether a name fits a pattern in which `*` stands for anything, also nothing.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_part_of_a_name() {
        for (pattern, name, expected) in [
            ("*.yaml", "a.yaml", true),
            ("*.yaml", "a.yml", false),
            ("a*b*c", "aXbYc", true),
            ("a*b", "ab", true),
            ("a*b", "abc", false),
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} against {name}");
        }
    }

    #[test]
    fn files_are_found_below_the_folder_and_missing_ones_are_said() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("slo/web")).unwrap();
        std::fs::write(folder.path().join("slo/web/a.yaml"), "x").unwrap();
        let files = read(folder.path(), &["slo/*/*.yaml".into(), "none/*.yaml".into()]);
        assert_eq!(files.texts, [("slo/web/a.yaml".to_owned(), "x".to_owned())]);
        assert_eq!(files.faults, ["no file matches none/*.yaml"]);
    }
}
