import { useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/fields/TextField";
import { useEntered } from "../sources/entered";

/** What a workspace is called, in which zone its days lie, and who writes in it. */
export interface About {
  name: string;
  timezone: string;
  me: string;
}

interface StartFormProps {
  verb: string;
  busy: boolean;
  onSubmit: (about: About) => void;
}

/** The three things that a workspace is asked for. */
export function StartForm({ verb, busy, onSubmit }: StartFormProps) {
  const [about, setAbout] = useState<About>({
    name: "",
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    me: "",
  });
  const form = useEntered<HTMLFormElement>();
  return (
    <form
      ref={form}
      className="mt-3 flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(about);
      }}
    >
      <TextField
        label="Team"
        value={about.name}
        placeholder="Platform"
        onChange={(name) => setAbout({ ...about, name })}
      />
      <TextField
        label="Zone"
        value={about.timezone}
        onChange={(timezone) => setAbout({ ...about, timezone })}
        help="The zone of the days that pages show; each person keeps their own."
      />
      <TextField
        label="Your e-mail"
        value={about.me}
        placeholder="me@example.com"
        onChange={(me) => setAbout({ ...about, me })}
        help="Who writes here; it stays on this machine. May be left out."
      />
      <div>
        <Button type="submit" primary large disabled={busy || about.name.trim() === ""}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
