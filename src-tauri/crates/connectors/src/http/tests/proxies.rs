//! Ways out of a closed network. The upstream's name exists for the proxy alone.

use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::rig::*;

#[tokio::test]
async fn a_plain_proxy_is_asked_for_the_whole_address() {
    let proxy = Upstream::playing(vec![json_reply("{}")]).await;
    let settings = json!({ "url": "http://prom.closed.example/base", "proxy": proxy.url });
    let (http, _) = leaping(&settings, &Arc::default());
    http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(proxy.seen()[0].target, "http://prom.closed.example/base/rules");
}

#[tokio::test]
async fn a_tunnel_is_asked_for_and_its_refusal_is_said() {
    let proxy = Upstream::playing(vec![status(403, &[])]).await;
    let vault = Arc::new(Vault::default().holding("P", &format!("http://mara:canary@{}", proxy.host)));
    let settings = json!({ "url": "https://prom.closed.example", "proxy": { "env": "P" } });
    let (http, _) = leaping(&settings, &vault);
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    let seen = proxy.seen().remove(0);
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("CONNECT", "prom.closed.example:443"));
    assert_eq!(seen.header("proxy-authorization"), Some("Basic bWFyYTpjYW5hcnk="));
    assert_eq!(error.code(), "network");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

/// A SOCKS 5 proxy that answers the request itself and says which name it was asked for.
async fn socks() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let names: Arc<Mutex<Vec<String>>> = Arc::default();
    let asked = Arc::clone(&names);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 2];
        stream.read_exact(&mut greeting).await.unwrap();
        stream.read_exact(&mut vec![0; greeting[1].into()]).await.unwrap();
        stream.write_all(&[5, 0]).await.unwrap();
        let mut head = [0; 5];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(head[3], 3, "a name, not an address");
        let mut name = vec![0; head[4].into()];
        stream.read_exact(&mut name).await.unwrap();
        stream.read_exact(&mut [0; 2]).await.unwrap();
        asked.lock().unwrap().push(String::from_utf8(name).unwrap());
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        read_request(&mut stream).await.unwrap();
        let Reply::Bytes(bytes) = json_reply("{}") else { unreachable!() };
        send(&mut stream, &bytes).await.unwrap();
    });
    (address, names)
}

#[tokio::test]
async fn socks5h_leaves_names_to_the_proxy() {
    let (proxy, names) = socks().await;
    let settings = json!({ "url": "http://prom.closed.example", "proxy": format!("socks5h://{proxy}") });
    let (http, _) = leaping(&settings, &Arc::default());
    http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(names.lock().unwrap().as_slice(), ["prom.closed.example"]);
}

#[tokio::test]
async fn a_name_is_looked_up_when_no_proxy_does() {
    let upstream = Upstream::playing(vec![json_reply("{}")]).await;
    let url = upstream.url.replace("127.0.0.1", "localhost");
    let (http, _) = leaping(&json!({ "url": url }), &Arc::default());
    http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(http.host(), upstream.host.replace("127.0.0.1", "localhost"));
}
