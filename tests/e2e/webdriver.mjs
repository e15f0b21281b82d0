// The little of the W3C WebDriver protocol that the window test speaks.
import { writeFile } from "node:fs/promises";

const WAIT_MS = 20_000;

async function ask(address, method, body) {
  const response = await fetch(address, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = await response.json();
  if (!response.ok)
    throw new Error(`${method} ${new URL(address).pathname.split("/").at(-1)}: ${value.message || value.error}`);
  return value;
}

/** One window under automation. */
export class Session {
  #address;

  constructor(address) {
    this.#address = address;
  }

  /** Starts `binary` through the driver on `port`, once that answers. */
  static async open(port, binary) {
    const driver = `http://127.0.0.1:${port}`;
    await patiently(
      () =>
        ask(`${driver}/status`, "GET").then(
          () => true,
          () => false,
        ),
      "the driver does not answer",
    );
    const capabilities = { alwaysMatch: { browserName: "wry", "webkitgtk:browserOptions": { binary, args: [] } } };
    const { sessionId } = await ask(`${driver}/session`, "POST", { capabilities });
    const session = new Session(`${driver}/session/${sessionId}`);
    await ask(`${session.#address}/timeouts`, "POST", { script: 10_000, pageLoad: 20_000, implicit: 0 });
    return session;
  }

  /** Runs a function body in the page. */
  run(script) {
    return ask(`${this.#address}/execute/sync`, "POST", { script, args: [] });
  }

  /** Runs a function body that calls its last argument with the answer. */
  runAsync(script) {
    return ask(`${this.#address}/execute/async`, "POST", { script, args: [] });
  }

  /** Presses a key, with modifiers held. */
  async keys(key, ...held) {
    const down = [...held, key].map((value) => ({ type: "keyDown", value }));
    const up = [key, ...held].map((value) => ({ type: "keyUp", value }));
    await ask(`${this.#address}/actions`, "POST", {
      actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }],
    });
  }

  /** Waits for a condition. */
  until(condition, complaint) {
    return patiently(condition, complaint);
  }

  /** Takes a picture of what is painted: two frames after now, because the first may still show the past. */
  async picture(file) {
    await this.runAsync("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    await writeFile(file, Buffer.from(await ask(`${this.#address}/screenshot`, "GET"), "base64"));
  }

  /** Closes the window. */
  close() {
    return ask(this.#address, "DELETE").catch(() => undefined);
  }
}

async function patiently(condition, complaint) {
  const end = Date.now() + WAIT_MS;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(complaint);
}
