import { useNavigate } from "@tanstack/react-router";
import { PAGES, type Page } from "./pages";

/** The page that a link of the engine leads to: a path with a query, as `/slos?open=prom/checkout`. */
export function pageOf(link: string | null): Page | undefined {
  return PAGES.find((page) => page.path === link?.split("?")[0]);
}

/** Goes where a link of the engine leads, and keeps of which instant and team the pages speak. */
export function useFollow(): (link: string) => void {
  const navigate = useNavigate();
  return (link) => {
    const page = pageOf(link);
    if (!page) return;
    const query = Object.fromEntries(new URLSearchParams(link.split("?")[1] ?? ""));
    void navigate({ to: page.path, search: query });
  };
}
