import { Bookmark } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { keysOf } from "../../commands/registry";
import { Button } from "../../components/Button";
import { TextField } from "../../components/fields/TextField";
import { Dialog } from "../../components/overlay/Dialog";
import { Menu, type MenuGroup } from "../../components/overlay/Menu";
import { notify } from "../../components/overlay/notices";
import { Upstream } from "../../components/Upstream";
import { useSavedFilters } from "../../host/incidents";
import { messageOf } from "../../host/error";
import { type Filters, searchOf } from "./filters";

/** Filters that were kept under a name: apply one, keep these, take one away. */
export function SavedMenu({ filters }: { filters: Filters }) {
  const saved = useSavedFilters();
  const [name, setName] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const here = JSON.stringify(filters.search);
  const current = saved.filters.find((filter) => JSON.stringify(searchOf(filter.filters)) === here);
  const ask = () => {
    setRefusal(null);
    setName(current?.name ?? "");
  };
  useCommand("incidents.save", ask);
  const failed = (error: unknown) => notify({ text: messageOf(error) });
  const save = async () => {
    if (name === null) return;
    // What the top bar chose is not part of a filter: it is the same for every page.
    const kept = { ...filters.filters, days: null, team: null };
    try {
      const before = await saved.save(name, kept);
      setName(null);
      const back = () => (before ? saved.save(before.name, before.filters) : saved.remove(name));
      notify({ text: `Filter saved as ${name.trim()}`, onUndo: () => void back().catch(failed) });
    } catch (error) {
      setRefusal(messageOf(error));
    }
  };
  const remove = async (gone: string) => {
    const before = await saved.remove(gone);
    const back = () => saved.save(before.name, before.filters);
    notify({ text: `Filter ${before.name} taken away`, onUndo: () => void back().catch(failed) });
  };
  const groups: MenuGroup[] = [
    {
      id: "saved",
      name: "Saved filters",
      entries: saved.filters.map((filter) => ({
        id: filter.name,
        word: <Upstream text={filter.name} />,
        run: () => filters.apply(searchOf(filter.filters)),
      })),
    },
    {
      id: "change",
      entries: [
        { id: "save", word: "Save these filters…", keys: keysOf("incidents.save"), run: ask },
        ...(current
          ? [
              {
                id: "remove",
                word: (
                  <>
                    Take away <Upstream text={current.name} />
                  </>
                ),
                run: () => void remove(current.name).catch(failed),
              },
            ]
          : []),
      ],
    },
  ].filter((group) => group.entries.length > 0);
  return (
    <>
      <Menu
        groups={groups}
        trigger={
          <Button>
            <Bookmark size={14} strokeWidth={1.75} aria-hidden="true" />
            <span className="cut max-w-28">{current ? <Upstream text={current.name} /> : "Saved"}</span>
          </Button>
        }
      />
      <Dialog
        open={name !== null}
        title="Save these filters"
        clause="They are there again under their name. A name that is taken is written over; both can be undone."
        verb="Save"
        disabled={(name ?? "").trim() === ""}
        refusal={refusal}
        onSubmit={() => void save()}
        onClose={() => setName(null)}
      >
        <TextField label="Name" value={name ?? ""} onChange={setName} placeholder="Major incidents" />
      </Dialog>
    </>
  );
}
