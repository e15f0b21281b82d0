// The little of the W3C WebDriver protocol that the window test speaks.
import { writeFile } from "node:fs/promises";

const WAIT_MS = 20_000;
/** The longest that one request to the driver may take. */
const MOST_MS = 30_000;
/** The key under which the protocol names an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A dot of one pixel that is painted anew in each frame until it is removed. */
const FLICKER = `
  const dot = (window.__dot = document.createElement("i"));
  dot.setAttribute("aria-hidden", "true");
  Object.assign(dot.style, { position: "fixed", inset: "auto 0 0 auto", width: "1px", height: "1px" });
  document.body.append(dot);
  let frames = 0;
  const paint = () => {
    dot.style.background = frames++ % 2 ? "#777" : "#888";
    if (dot.isConnected) requestAnimationFrame(paint);
  };
  paint();`;

async function ask(address, method, body) {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(MOST_MS),
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

  /** The element that a function body gives, as soon as there is one. */
  async element(script, complaint) {
    let found;
    await patiently(async () => {
      found = await this.run(script);
      return found !== null;
    }, complaint);
    return `${this.#address}/element/${found[ELEMENT]}`;
  }

  /** Clicks an element with the mouse, as soon as it can be: something that closes may still lie over it. */
  async click(element) {
    let refusal;
    const clicked = () =>
      ask(`${element}/click`, "POST", {}).then(
        () => true,
        (error) => {
          refusal = error;
          return !/intercepted|interactable/.test(error.message);
        },
      );
    await patiently(clicked, "it cannot be clicked", 3_000).catch(() => {
      throw refusal;
    });
    if (refusal && !/intercepted|interactable/.test(refusal.message)) throw refusal;
  }

  /** Types into an element in place of what stands there, as a person does: all of it is selected first. */
  async type(element, text) {
    await this.click(element);
    await this.keys("a", "\uE009");
    await ask(`${element}/value`, "POST", { text });
  }

  /** Waits for a condition. */
  until(condition, complaint, most = WAIT_MS) {
    return patiently(condition, complaint, most);
  }

  /** Takes a picture of what is painted. A page at rest paints no more, and then no picture ever comes: a dot in the corner
   * keeps it painting meanwhile. The first frames may still show the past. */
  async picture(file) {
    await this.run(FLICKER);
    try {
      await this.runAsync(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))",
      );
      await writeFile(file, Buffer.from(await ask(`${this.#address}/screenshot`, "GET"), "base64"));
    } finally {
      await this.run("window.__dot.remove()");
    }
  }

  /** Closes the window. */
  close() {
    return ask(this.#address, "DELETE").catch(() => undefined);
  }
}

async function patiently(condition, complaint, most = WAIT_MS) {
  const end = Date.now() + most;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(complaint);
}
