//! Real handshakes: what is trusted, what is not, and what is said about it.

use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};
use rstest::rstest;
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::rig::*;
use crate::ConnectorError;
use crate::http::Http;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    authority_named("corp")
}

/// An authority that nobody named in a test knows.
fn stranger() -> Authority {
    authority_named("stranger")
}

fn authority_named(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

struct Pair {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Pair {
    fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.serialize_der()).into()
    }

    fn chain(&self) -> Vec<CertificateDer<'static>> {
        vec![self.certificate.der().clone()]
    }
}

fn server_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn signed(params: &CertificateParams, authority: &Authority) -> Pair {
    let key = KeyPair::generate().unwrap();
    Pair { certificate: params.signed_by(&key, authority).unwrap(), key }
}

fn client_of(authority: &Authority) -> Pair {
    let mut params = CertificateParams::new(vec!["mara".to_owned()]).unwrap();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    signed(&params, authority)
}

/// An upstream with this certificate, which asks for certificates of `clients` when given. Its host and port.
async fn serve(pair: &Pair, clients: Option<&Authority>) -> String {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config =
        ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions().unwrap();
    let config = match clients {
        None => config.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            config.with_client_cert_verifier(verifier)
        }
    };
    let config = config.with_single_cert(pair.chain(), pair.private_key()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let Some(_) = read_request(&mut stream).await else { return };
                let Reply::Bytes(bytes) = json_reply("{}") else { return };
                drop(send(&mut stream, &bytes).await);
            });
        }
    });
    host
}

fn client(folder: &Path, settings: &Value, vault: Vault) -> Http {
    Http::from_settings(settings, &build(Arc::new(vault), folder)).unwrap()
}

/// A folder with the authority's certificate in `corp.pem`.
fn folder_trusting(authority: &Authority) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("corp.pem"), authority.pem()).unwrap();
    folder
}

async fn reason(http: &Http) -> String {
    match http.get("rules", &[], RULES).await {
        Err(ConnectorError::Tls { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_when_named() {
    let authority = authority();
    let host = serve(&signed(&server_params("127.0.0.1"), &authority), None).await;
    let folder = folder_trusting(&authority);
    let settings = json!({ "url": format!("https://{host}"), "tls": { "ca": "corp.pem" } });
    let http = client(folder.path(), &settings, Vault::default());
    assert_eq!(http.get("rules", &[], RULES).await.unwrap().status, 200);

    let unknowing = client(folder.path(), &json!({ "url": format!("https://{host}") }), Vault::default());
    assert!(reason(&unknowing).await.contains("name the authority's file as tls.ca"));
    assert_eq!(unknowing.requests(), 1, "trust does not come by asking again");
}

#[tokio::test]
async fn a_certificate_that_is_not_good_is_refused_with_its_reason() {
    let authority = authority();
    let folder = folder_trusting(&authority);
    let mut expired = server_params("127.0.0.1");
    (expired.not_before, expired.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
    let mut early = server_params("127.0.0.1");
    (early.not_before, early.not_after) = (date_time_ymd(2090, 1, 1), date_time_ymd(2091, 1, 1));
    let key = KeyPair::generate().unwrap();
    let own = Pair { certificate: server_params("127.0.0.1").self_signed(&key).unwrap(), key };
    let cases = [
        (signed(&expired, &authority), "expired"),
        (signed(&early, &authority), "not valid yet"),
        (signed(&server_params("other.example"), &authority), "is for another name"),
        (signed(&server_params("127.0.0.1"), &stranger()), "does not trust"),
        (own, "does not trust"),
    ];
    for (pair, words) in cases {
        let host = serve(&pair, None).await;
        let settings = json!({ "url": format!("https://{host}"), "tls": { "ca": "corp.pem" } });
        let reason = reason(&client(folder.path(), &settings, Vault::default())).await;
        assert!(reason.contains(words), "{reason} instead of {words}");
    }
}

#[tokio::test]
async fn a_client_certificate_opens_the_door_and_its_lack_is_said() {
    let authority = authority();
    let folder = folder_trusting(&authority);
    let host = serve(&signed(&server_params("127.0.0.1"), &authority), Some(&authority)).await;
    let (mine, foreign) = (client_of(&authority), client_of(&stranger()));
    std::fs::write(folder.path().join("me.pem"), mine.certificate.pem()).unwrap();
    let one_line = mine.key.serialize_pem().replace('\n', "\\n");
    let vault = || {
        Vault::default()
            .holding("key", &one_line)
            .holding("foreign", &foreign.certificate.pem())
            .holding("foreign-key", &foreign.key.serialize_pem())
            .holding("no-key", "c4n4ry")
    };
    let with = |tls: Value| {
        let mut settings = json!({ "url": format!("https://{host}"), "tls": tls });
        settings["tls"]["ca"] = json!("corp.pem");
        client(folder.path(), &settings, vault())
    };
    let good = with(json!({ "cert": "me.pem", "key": { "keychain": "key" } }));
    good.get("rules", &[], RULES).await.unwrap();
    let none = reason(&with(json!({}))).await;
    assert_eq!(none, "it asks for a client certificate: set tls.cert and tls.key");
    let refused = with(json!({ "cert": { "env": "foreign" }, "key": { "env": "foreign-key" } }));
    assert!(reason(&refused).await.contains("refused our client certificate"));
    let mismatched = with(json!({ "cert": "me.pem", "key": { "env": "foreign-key" } }));
    assert!(reason(&mismatched).await.contains("does not go with tls.key"));
    let broken = reason(&with(json!({ "cert": "me.pem", "key": { "env": "no-key" } }))).await;
    assert!(broken.contains("in PEM") && !broken.contains("c4n4ry"), "{broken}");
    let missing = with(json!({ "cert": "gone.pem", "key": { "env": "key" } }));
    assert_eq!(missing.get("rules", &[], RULES).await.unwrap_err().code(), "file");
}

#[tokio::test]
async fn a_client_certificate_that_was_renewed_in_its_file_heals_the_source() {
    let authority = authority();
    let folder = folder_trusting(&authority);
    let host = serve(&signed(&server_params("127.0.0.1"), &authority), Some(&authority)).await;
    let (old, new) = (client_of(&stranger()), client_of(&authority));
    let path = folder.path().join("me.pem");
    std::fs::write(&path, old.certificate.pem()).unwrap();
    let vault = Vault::default().stale("key", &old.key.serialize_pem(), &new.key.serialize_pem());
    let tls = json!({ "ca": "corp.pem", "cert": { "file": "cert" }, "key": { "file": "key" } });
    let vault = vault.stale("cert", &old.certificate.pem(), &new.certificate.pem());
    let http = client(folder.path(), &json!({ "url": format!("https://{host}"), "tls": tls }), vault);
    assert_eq!(http.get("rules", &[], RULES).await.unwrap().status, 200);
}

#[rstest]
#[case::only_tls_1_1(&[21, 3, 2, 0, 2, 2, 70], "no TLS that is safe")]
#[case::no_common_cipher(&[21, 3, 3, 0, 2, 2, 40], "broke off the TLS handshake")]
#[case::plain_http(b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS")]
#[tokio::test]
async fn a_peer_that_cannot_speak_safely_is_refused(#[case] bytes: &'static [u8], #[case] words: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = vec![0; 5];
            drop(tokio::io::AsyncReadExt::read(&mut stream, &mut hello).await);
            drop(tokio::io::AsyncWriteExt::write_all(&mut stream, bytes).await);
            // Reading on keeps the bytes from being lost in a reset.
            drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
        }
    });
    let http = client(Path::new("."), &json!({ "url": url }), Vault::default());
    let reason = reason(&http).await;
    assert!(reason.contains(words), "{reason}");
}
