import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./app.css";
import { mendLanguage } from "./format/language";
import { readAhead } from "./host/ahead";
import { chooseHost } from "./host/choose";
import { makeClient } from "./host/client";
import { followChanges } from "./host/refresh";
import { makeRouter } from "./router";
import { startTheme } from "./theme/theme";

/** How long nothing is drawn at most, in ms: what takes longer is waited for behind a skeleton. */
const PATIENCE_MS = 150;

async function start(root: HTMLElement): Promise<void> {
  mendLanguage();
  startTheme();
  const host = await chooseHost();
  const client = makeClient();
  // Before anything is asked, so that no change falls between an answer and the first picture of it.
  const begun = { client, router: makeRouter(), release: followChanges(host, client) };
  // The first page is drawn once and whole, instead of as a skeleton that asks and is then thrown away.
  const ready = Promise.all([readAhead(client, host), begun.router.load()]);
  const late = new Promise((done) => {
    setTimeout(done, PATIENCE_MS);
  });
  await Promise.race([ready, late]);
  createRoot(root).render(
    <StrictMode>
      <App host={host} begun={begun} />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
void start(root);
