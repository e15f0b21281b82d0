import { beforeEach, describe, expect, it, vi } from "vitest";
import { startZoom, zoomBy } from "./zoom";

beforeEach(() => window.localStorage.clear());

describe("zoom", () => {
  it("goes by steps between its ends, and back to the usual", async () => {
    const draw = vi.fn(async () => undefined);
    expect(await zoomBy(1, draw)).toBe(1.1);
    for (let step = 0; step < 9; step += 1) await zoomBy(1, draw);
    expect(draw).toHaveBeenLastCalledWith(2);
    for (let step = 0; step < 12; step += 1) await zoomBy(-1, draw);
    expect(draw).toHaveBeenLastCalledWith(0.8);
    expect(await zoomBy(0, draw)).toBe(1);
  });

  it("is as it was chosen at the next start, and asks for nothing where it is the usual", async () => {
    const draw = vi.fn(async () => undefined);
    await startZoom(draw);
    expect(draw).not.toHaveBeenCalled();
    await zoomBy(1, draw);
    const again = vi.fn(async () => undefined);
    await startZoom(again);
    expect(again).toHaveBeenCalledExactlyOnceWith(1.1);
  });

  it("keeps what it was where the window refuses, and what is stored is no size", async () => {
    await expect(zoomBy(1, async () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    expect(window.localStorage.getItem("fairlead.zoom")).toBeNull();
    window.localStorage.setItem("fairlead.zoom", "40");
    const draw = vi.fn(async () => undefined);
    await startZoom(draw);
    expect(draw).not.toHaveBeenCalled();
  });
});
