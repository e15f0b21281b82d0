import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./app.css";
import { mendLanguage } from "./format/language";
import { chooseHost } from "./host/choose";
import { startTheme } from "./theme/theme";

mendLanguage();
startTheme();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const host = await chooseHost();
createRoot(root).render(
  <StrictMode>
    <App host={host} />
  </StrictMode>,
);
