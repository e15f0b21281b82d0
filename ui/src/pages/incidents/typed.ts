import { useState } from "react";

/**
 * What is typed stands there at once, and the address follows. What the address says by other means, a kept filter or the
 * way back, stands there too.
 */
export function useTyped(inForce: string, put: (text: string) => void): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(inForce);
  const [seen, setSeen] = useState(inForce);
  const [sent, setSent] = useState<readonly string[]>([]);
  if (seen !== inForce) {
    setSeen(inForce);
    const at = sent.lastIndexOf(inForce);
    setSent(sent.slice(at + 1));
    // An echo of what was typed a moment ago must not take back what was typed since.
    if (at < 0) setTyped(inForce);
  }
  const type = (text: string) => {
    setTyped(text);
    setSent((before) => [...before, text]);
    put(text);
  };
  return [typed, type];
}
