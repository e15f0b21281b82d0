//! `backup`.

use fairlead_engine::actions::backup::{Backup, create, list, restore, verify};
use serde_json::json;

use super::Place;
use crate::args::BackupCommand;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<BackupCommand>) -> Result<Reply, Failure> {
    let (said, backups) = match what.unwrap_or(BackupCommand::List) {
        BackupCommand::List => ("", list(&place.dir)?),
        BackupCommand::Create => ("Made and verified:\n", create(&place.dir).await?),
        BackupCommand::Verify { file } => ("Good:\n", verify(&place.dir, file.as_deref())?),
        BackupCommand::Restore { file } => {
            let question = "Restored; what was there lies beside it as *.before-restore-*:\n";
            (question, vec![restore(&place.dir, &file)?])
        }
    };
    let json = json!({
        "as_of": super::now().to_rfc3339(),
        "warnings": [],
        "backups": backups.iter().map(entry).collect::<Vec<_>>(),
    });
    let text =
        if backups.is_empty() { "There is no backup yet.".to_owned() } else { format!("{said}{}", rows(&backups)) };
    Ok(Reply::plain(json, text))
}

fn entry(backup: &Backup) -> serde_json::Value {
    json!({ "file": backup.file, "database": backup.database, "at": backup.at.to_rfc3339(), "bytes": backup.bytes })
}

fn rows(backups: &[Backup]) -> String {
    let rows = backups.iter().map(|backup| {
        let kib = (backup.bytes / 1024).to_string();
        vec![backup.file.clone(), backup.database.to_owned(), backup.at.to_rfc3339(), kib]
    });
    table(&["FILE", "DATABASE", "MADE", "KIB"], &[3], rows.collect())
}
