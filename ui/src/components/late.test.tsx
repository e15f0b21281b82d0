import { render, screen } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { late } from "./late";

const Said = ({ text }: { text: string }) => <p>{text}</p>;

/** Shows what went wrong below it. */
class Boundary extends Component<{ children: ReactNode }, { said: string | null }> {
  override state = { said: null };
  static getDerivedStateFromError = (error: Error) => ({ said: error.message });
  override render() {
    return this.state.said ?? this.props.children;
  }
}

describe("a component whose code is loaded late", () => {
  it("is drawn as soon as its code is there, and what stands in its place goes", async () => {
    const Late = late(async () => Said);
    const begun = performance.now();
    render(<Late text="here" meanwhile={<p>on the way</p>} />);
    expect(screen.getByText("on the way")).toBeTruthy();
    await screen.findByText("here", {}, { interval: 10 });
    expect(performance.now() - begun).toBeLessThan(250);
    expect(screen.queryByText("on the way")).toBeNull();
  });

  it("is drawn at once where its code was loaded before, which is asked for once", async () => {
    const fetch = vi.fn(async () => Said);
    const Late = late(fetch);
    await Promise.all([Late.load(), Late.load()]);
    render(<Late text="here" meanwhile="on the way" />);
    expect(screen.getByText("here")).toBeTruthy();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("tells the page that its code did not come, and loads it anew the next time", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const fetch = vi.fn().mockRejectedValueOnce(new Error("no such file")).mockResolvedValue(Said);
    const Late = late<{ text: string }>(fetch);
    const { unmount } = render(
      <Boundary>
        <Late text="here" />
      </Boundary>,
    );
    await screen.findByText("no such file");
    unmount();
    render(<Late text="here" />);
    await screen.findByText("here");
  });
});
