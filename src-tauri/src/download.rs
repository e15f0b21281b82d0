//! Keeps what a page made, such as a picture of a chart, in the person's folder for downloads: the window itself may not
//! write, and offers no way to save.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt;

use crate::error::CommandError;

/// What a page may give.
const ENDINGS: &[&str] = &["csv", "png"];
/// Longest name without its ending, in characters: short enough for every file system.
const LONGEST: usize = 60;
/// Largest content, in bytes.
const MOST_BYTES: usize = 32 << 20;
/// How many files of one name there may be.
const COPIES: u32 = 1_000;

/// Writes a file into a folder, which is made where it is missing. A file that is there is left alone: the new one gets a
/// number.
///
/// # Errors
/// `not_a_download` for a name or size that no page gives; `not_saved` with what the system says.
pub async fn save(folder: &Path, name: &str, content: &[u8]) -> Result<PathBuf, CommandError> {
    let (stem, ending) = parts(name).ok_or_else(|| refused("not_a_download", "only pictures and tables are saved"))?;
    if content.len() > MOST_BYTES {
        return Err(refused("not_a_download", &format!("more than {} MiB are not saved", MOST_BYTES >> 20)));
    }
    tokio::fs::create_dir_all(folder).await.map_err(|error| unsaved(folder, &error))?;
    for copy in 1..=COPIES {
        let number = if copy == 1 { String::new() } else { format!(" ({copy})") };
        let path = folder.join(format!("{stem}{number}.{ending}"));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path).await {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            opened => opened.map_err(|error| unsaved(&path, &error))?,
        };
        let written = async {
            file.write_all(content).await?;
            file.sync_all().await
        };
        return match written.await {
            Ok(()) => Ok(path),
            Err(error) => Err(unsaved(&path, &error)),
        };
    }
    Err(refused("not_saved", &format!("{} holds too many files of this name", folder.display())))
}

/// A harmless name for the file, and its ending: letters, digits and dashes, so that it is no path, no option and not hidden.
fn parts(name: &str) -> Option<(String, &'static str)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = ENDINGS.iter().find(|known| ending.eq_ignore_ascii_case(known))?;
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").chars().take(LONGEST).collect();
    (!stem.is_empty()).then_some((stem, ending))
}

fn unsaved(path: &Path, error: &std::io::Error) -> CommandError {
    refused("not_saved", &format!("{}: {error}", path.display()))
}

fn refused(code: &str, message: &str) -> CommandError {
    CommandError { code: code.to_owned(), message: message.to_owned(), hint: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless() {
        let cases = [
            ("budget-left.csv", Some("budget-left.csv")),
            ("../../.bashrc.csv", Some("bashrc.csv")),
            ("/etc/x.png", Some("etc-x.png")),
            ("--help.PNG", Some("help.png")),
            ("Zahlung schlägt fehl\0\n.csv", Some("Zahlung-schlägt-fehl.csv")),
            ("run.sh", None),
            ("csv", None),
            ("....csv", None),
        ];
        for (name, safe) in cases {
            let found = parts(name).map(|(stem, ending)| format!("{stem}.{ending}"));
            assert_eq!(found.as_deref(), safe, "{name}");
        }
        assert_eq!(parts(&format!("{}.csv", "ä".repeat(300))).map(|(stem, _)| stem.len()), Some(2 * LONGEST));
    }

    #[tokio::test]
    async fn what_is_there_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("Downloads");
        let first = save(&folder, "a.csv", b"1").await.unwrap();
        let second = save(&folder, "a.csv", b"2").await.unwrap();
        assert_eq!((first.file_name().unwrap(), second.file_name().unwrap()), ("a.csv".as_ref(), "a (2).csv".as_ref()));
        assert_eq!((std::fs::read(first).unwrap(), std::fs::read(second).unwrap()), (b"1".to_vec(), b"2".to_vec()));
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("file");
        std::fs::write(&folder, "").unwrap();
        assert_eq!(save(&folder, "a.csv", b"1").await.unwrap_err().code, "not_saved");
        assert_eq!(save(dir.path(), "a.sh", b"1").await.unwrap_err().code, "not_a_download");
        assert_eq!(save(dir.path(), "a.csv", &vec![0; MOST_BYTES + 1]).await.unwrap_err().code, "not_a_download");
    }
}
