//! Watches the configuration: a broken edit keeps the last good one.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use fairlead_connectors::Kind;

use super::{Config, ConfigErrors};

/// The configuration of a folder and what its files looked like when it was read. It looks when it is told to.
pub struct Watch {
    folder: PathBuf,
    kinds: &'static [Kind],
    good: Config,
    seen: Vec<Seen>,
}

/// What a look at the files found.
#[derive(Debug)]
pub enum Look {
    /// Nothing new.
    Same,
    /// Another configuration, which is now [`Watch::config`].
    Changed,
    /// The files no longer make a configuration; the last good one stays. Said once per edit.
    Broken(ConfigErrors),
}

/// What a file looked like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    name: String,
    /// Time of change and length; `None` when the file is not there.
    about: Option<(Option<SystemTime>, u64)>,
    /// Digest of the content; `None` when it cannot be read.
    digest: Option<blake3::Hash>,
}

impl Watch {
    /// Reads the configuration of `folder` and begins to watch its files.
    ///
    /// # Errors
    /// Everything that is wrong with it: without a good configuration there is nothing to keep.
    pub fn begin(folder: &Path, kinds: &'static [Kind]) -> Result<Self, ConfigErrors> {
        let good = Config::load(folder, kinds)?;
        let seen = good.files.iter().map(|name| Seen::at(folder, name)).collect();
        Ok(Self { folder: folder.to_owned(), kinds, good, seen })
    }

    /// The last good configuration.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.good
    }

    /// Looks whether a file changed, and if so reads the configuration again.
    pub fn look(&mut self) -> Look {
        let about_as_before = self.seen.iter().all(|seen| seen.about == about(&self.folder, &seen.name));
        if about_as_before {
            return Look::Same;
        }
        let now: Vec<Seen> = self.seen.iter().map(|seen| Seen::at(&self.folder, &seen.name)).collect();
        let same = now.iter().zip(&self.seen).all(|(now, before)| now.digest == before.digest);
        self.seen = now;
        if same {
            return Look::Same;
        }
        match Config::load(&self.folder, self.kinds) {
            Ok(config) => {
                self.seen = config.files.iter().map(|name| Seen::at(&self.folder, name)).collect();
                self.good = config;
                Look::Changed
            }
            Err(errors) => Look::Broken(errors),
        }
    }
}

impl Seen {
    fn at(folder: &Path, name: &str) -> Self {
        // The look at the file comes before its content: an edit between the two is then seen next time.
        let about = about(folder, name);
        let digest = std::fs::read(folder.join(name)).ok().map(|content| blake3::hash(&content));
        Self { name: name.to_owned(), about, digest }
    }
}

fn about(folder: &Path, name: &str) -> Option<(Option<SystemTime>, u64)> {
    let about = std::fs::metadata(folder.join(name)).ok()?;
    Some((about.modified().ok(), about.len()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::config::FILE;

    const GOOD: &str = "[workspace]\nname = \"Harbor\"\ninclude = [\"team.toml\"]\n";

    /// Writes a file and sets its time of change, which would else be too coarse on some file systems.
    fn write(folder: &Path, name: &str, text: &str, secs: u64) {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(secs)).unwrap();
    }

    fn watch() -> (tempfile::TempDir, Watch) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), FILE, GOOD, 1);
        write(folder.path(), "team.toml", "[[team]]\nname = \"a\"\n", 1);
        let watch = Watch::begin(folder.path(), &[]).unwrap();
        (folder, watch)
    }

    #[test]
    fn nothing_new_is_the_same_also_when_only_the_time_changed() {
        let (folder, mut watch) = watch();
        assert!(matches!(watch.look(), Look::Same));
        write(folder.path(), FILE, GOOD, 2);
        assert!(matches!(watch.look(), Look::Same));
    }

    #[test]
    fn an_edit_is_taken_over_also_of_an_included_file() {
        let (folder, mut watch) = watch();
        write(folder.path(), "team.toml", "[[team]]\nname = \"b\"\n", 2);
        assert!(matches!(watch.look(), Look::Changed));
        assert_eq!(watch.config().teams[0].name, "b");
        assert!(matches!(watch.look(), Look::Same));
    }

    #[test]
    fn a_broken_edit_keeps_the_last_good_one_and_is_told_once() {
        let (folder, mut watch) = watch();
        write(folder.path(), FILE, "[workspace\n", 2);
        assert!(matches!(watch.look(), Look::Broken(errors) if errors.0[0].line == 1));
        assert_eq!(watch.config().workspace.name, "Harbor");
        assert!(matches!(watch.look(), Look::Same));
        write(folder.path(), FILE, &GOOD.replace("Harbor", "Port"), 3);
        assert!(matches!(watch.look(), Look::Changed));
        assert_eq!(watch.config().workspace.name, "Port");
    }

    #[test]
    fn a_file_that_goes_and_comes_back_is_noticed() {
        let (folder, mut watch) = watch();
        fs::remove_file(folder.path().join(FILE)).unwrap();
        assert!(matches!(watch.look(), Look::Broken(errors) if errors.0[0].code == "unreadable"));
        write(folder.path(), FILE, GOOD, 3);
        assert!(matches!(watch.look(), Look::Changed));
    }

    #[test]
    fn a_new_include_is_watched_from_then_on() {
        let (folder, mut watch) = watch();
        write(folder.path(), "more.toml", "[[team]]\nname = \"m\"\n", 1);
        write(folder.path(), FILE, &GOOD.replace("team.toml", "more.toml"), 2);
        assert!(matches!(watch.look(), Look::Changed));
        write(folder.path(), "more.toml", "[[team]]\nname = \"n\"\n", 2);
        assert!(matches!(watch.look(), Look::Changed));
        assert_eq!(watch.config().teams[0].name, "n");
    }
}
