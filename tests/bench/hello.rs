//! The least window that Tauri opens: what a start and a page cost before Fairlead adds anything. Yardstick of `./test bench`.

use std::process::ExitCode;

use tauri::http::{Response, header};
use tauri::{WebviewUrl, WebviewWindowBuilder};

const PAGE: &[u8] = b"<!doctype html><title>Hello</title><h1>Hello, world</h1>";

fn main() -> ExitCode {
    let mut context: tauri::Context<tauri::Wry> = tauri::generate_context!();
    // Of the app's own configuration nothing but the program's name stays.
    context.config_mut().app.windows.clear();
    context.config_mut().app.security.csp = None;
    let builder = tauri::Builder::default().register_uri_scheme_protocol("hello", |_, _| {
        Response::builder().header(header::CONTENT_TYPE, "text/html").body(PAGE).unwrap_or_default()
    });
    let opened = builder.setup(|app| {
        let page = WebviewUrl::CustomProtocol("hello://localhost/".parse()?);
        WebviewWindowBuilder::new(app, "main", page).title("Hello").inner_size(1280.0, 800.0).build()?;
        Ok(())
    });
    match opened.run(context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
