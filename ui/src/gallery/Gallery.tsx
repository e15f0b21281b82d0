import { useLocation, useNavigate } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Segmented } from "../components/Segmented";
import { ChartPart } from "./ChartPart";
import { FigurePart } from "./FigurePart";
import { FormPart } from "./FormPart";
import { LanePart } from "./LanePart";
import { MarkPart } from "./MarkPart";
import { OverlayPart } from "./OverlayPart";
import { PalettePart } from "./PalettePart";
import { TablePart } from "./TablePart";

const PARTS: Record<string, ComponentType> = {
  table: TablePart,
  forms: FormPart,
  overlays: OverlayPart,
  palette: PalettePart,
  charts: ChartPart,
  lanes: LanePart,
  marks: MarkPart,
  figures: FigurePart,
};

/** Every shared piece in every state, one part at a time: `/gallery?part=table`. */
export function Gallery() {
  const search = useLocation({ select: (location) => location.searchStr });
  const navigate = useNavigate();
  const asked = new URLSearchParams(search).get("part") ?? "";
  const part = asked in PARTS ? asked : "table";
  const Part = PARTS[part] ?? TablePart;
  return (
    <div className="grid min-h-0 grid-rows-[40px_minmax(0,1fr)]">
      <nav aria-label="Parts of the gallery" className="flex items-center border-b border-line px-4">
        <Segmented
          label="Part"
          segments={Object.keys(PARTS).map((id) => ({ id, word: id }))}
          value={part}
          onChange={(id) => void navigate({ href: `/gallery?part=${id}` })}
        />
      </nav>
      <Part />
    </div>
  );
}
