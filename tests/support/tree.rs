//! The files of the repository, as the architecture is checked on them.

use std::path::{Path, PathBuf};

/// A text file.
pub struct SourceFile {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl SourceFile {
    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// Whether it holds tests alone.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.split('/').any(|part| part == "tests" || part == "testkit")
            || name == "tests.rs"
            || name.ends_with("_tests.rs")
            || name.contains(".test.")
    }
}

/// The repository's own text files.
pub struct Tree {
    /// Sorted by path.
    pub files: Vec<SourceFile>,
}

impl Tree {
    /// The root of the repository.
    pub fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie below the root").to_path_buf()
    }

    /// Reads every source file.
    pub fn read() -> Self {
        let root = Self::root();
        let mut files = Vec::new();
        for top in ["src-tauri", "ui/src", "tests", "assets", "docs"] {
            collect(&root, &root.join(top), &mut files);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(files.len() > 50, "the tree was found");
        Self { files }
    }

    /// The files with an ending.
    pub fn with_ending(&self, ending: &str) -> impl Iterator<Item = &SourceFile> {
        let ending = format!(".{ending}");
        self.files.iter().filter(move |file| file.path.ends_with(&ending))
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    /// The file of this path.
    pub fn file(&self, path: &str) -> &SourceFile {
        self.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is missing"))
    }
}

/// The lines of a text that are not comments.
pub fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "node_modules" | "target" | "dist" | "proptest-regressions") {
            collect(root, &path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let path = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path, text });
        }
    }
}
