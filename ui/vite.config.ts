import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `--mode fixture` builds the same pages on invented answers, for a browser without the engine behind it.
export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    target: "es2023",
    outDir: mode === "fixture" ? "../target/ui-fixture" : "dist",
    emptyOutDir: true,
    // Fonts and icons stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    // What a start needs is one file: each more is asked for across two processes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    // A busy machine is slow, not wrong.
    testTimeout: 30_000,
    env: { TZ: "America/New_York" },
  },
}));
