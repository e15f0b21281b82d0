import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { useCommand, useKeyboard } from "./keyboard";

function Page({ told }: { told: string[] }) {
  const [focused, setFocused] = useState(false);
  useKeyboard();
  useCommand("row.next", () => told.push("row"));
  useCommand("lanes.down", () => told.push("lane"), focused);
  return (
    <div tabIndex={-1} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)} aria-label="lanes">
      lanes
    </div>
  );
}

it("a key of the page is the lanes' while they have the focus", () => {
  const told: string[] = [];
  render(<Page told={told} />);
  const lanes = screen.getByLabelText("lanes");
  fireEvent.keyDown(window, { key: "j", code: "KeyJ" });
  fireEvent.focus(lanes);
  fireEvent.keyDown(lanes, { key: "j", code: "KeyJ" });
  fireEvent.blur(lanes);
  fireEvent.keyDown(window, { key: "j", code: "KeyJ" });
  expect(told).toEqual(["row", "lane", "row"]);
});
