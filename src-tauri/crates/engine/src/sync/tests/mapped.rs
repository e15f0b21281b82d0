//! Services that somebody mapped by hand are within the teams as configured ones are.

use fairlead_connectors::Mode;
use fairlead_domain::RecordKind;
use fairlead_domain::incident::Incident;
use fairlead_domain::service::Service;
use fairlead_testkit::records::incident;
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::rig::{NOW, Rig};

const TEAM: &str = "[[team]]\nname = \"platform\"\nservices = [\"checkout\"]\n";

fn about(id: &str, service: &str) -> Incident {
    Incident { service: Some(service.to_owned()), ..incident(id, NOW.plus_hours(-1)) }
}

/// An account with a service of ours under another name, and one of somebody else.
fn account() -> Upstream {
    let service = |id: &str, name: &str| Service { ext_id: id.to_owned(), name: name.to_owned(), team: None };
    Upstream::new([
        Shelf::new("services", Mode::Snapshot, &[RecordKind::Service])
            .with(NOW, service("S1", "cart-svc"))
            .with(NOW, service("S2", "mailer")),
        Shelf::new("incidents", Mode::Created { overlap_secs: 86_400 }, &[RecordKind::Incident])
            .with(NOW.plus_hours(-1), about("ours", "S1"))
            .with(NOW.plus_hours(-1), about("theirs", "S2")),
    ])
}

#[tokio::test]
async fn what_was_mapped_by_hand_is_within_the_team() {
    for (mapped, stored) in [(true, &["ours"][..]), (false, &[])] {
        let rig = Rig::configured(TEAM, &[("pd", &account())]).await;
        if mapped {
            let by = crate::actions::by(&rig.workspace);
            let write = rig.workspace.authored.write(move |w| w.set_service_alias("pd", "S1", Some("checkout"), &by));
            write.await.unwrap();
        }
        rig.refresh().await;
        assert_eq!(rig.incident_ids().await, stored, "mapped: {mapped}");
    }
}
