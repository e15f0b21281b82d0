import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../commands/keyboard";
import type { Page } from "./pages";

/** Answers for the keys that lead to a page. */
export function GoTo({ page }: { page: Page }) {
  const navigate = useNavigate();
  useCommand(page.command, () => void navigate({ to: page.path }));
  return null;
}
