import { useState } from "react";
import { copyText } from "../../components/overlay/copy";
import { notify } from "../../components/overlay/notices";
import { Dialog } from "../../components/overlay/Dialog";
import { Upstream } from "../../components/Upstream";
import { useMoment } from "../../frame/moment";
import type { IncidentSheet } from "../../host/bindings";
import { useHost } from "../../host/context";
import { HostError } from "../../host/error";
import { messageOf } from "../../host/error";

/** Asks before the browser is opened on an address that an upstream wrote. Without a browser the address can be copied. */
export function OpenDialog({ sheet, onClose }: { sheet: IncidentSheet; onClose: () => void }) {
  const host = useHost();
  const { asof } = useMoment();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [stuck, setStuck] = useState(false);
  const url = sheet.url ?? "";
  const copy = () => {
    copyText(url, "Link copied");
    onClose();
  };
  const open = async () => {
    try {
      await host.openIncident(asof, sheet.line.id);
      onClose();
      notify({ text: "Opened in the browser" });
    } catch (error) {
      setStuck(error instanceof HostError && error.code === "no_opener");
      setRefusal(messageOf(error));
    }
  };
  return (
    <Dialog
      open
      title="Open outside"
      clause="Your browser opens this address, as the source gave it."
      verb={stuck ? "Copy the link" : "Open in the browser"}
      refusal={refusal}
      onSubmit={stuck ? copy : () => void open()}
      onClose={onClose}
    >
      <p className="quotable font-mono text-sm wrap-anywhere">
        <Upstream text={url} />
      </p>
    </Dialog>
  );
}
