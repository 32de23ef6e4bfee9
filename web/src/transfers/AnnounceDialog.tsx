/** What the requested State would be told of a transport, exactly as it leaves; then it is sent. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { post } from "../api/client.ts";
import { ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Legs, ListedPeople, ListedStaff } from "./Listed.tsx";
import { renew_transports, transfer_queries } from "./read.ts";
import type { AnnouncementView, TransportView } from "./types.ts";

export function AnnounceDialog({ view, close }: { view: TransportView; close: () => void }): ReactNode {
  const read = useQuery(transfer_queries.announcement(view.id));
  const shown = read.data;
  return (
    <FormDialog
      wide
      title={t("transfers.announce_title", { partner: view.partner.name })}
      act={t("transfers.announce")}
      ready={shown?.variant != null}
      why_not={t("transfers.announce_nothing")}
      keep={false}
      close={close}
      send={async () => {
        await post(`/transports/${view.id}/announcement`, { fingerprint: shown?.fingerprint });
        await renew_transports();
        toast(t("transfers.announced_now"));
      }}
    >
      {read.error && <ErrorNotice error={read.error} />}
      {!shown && !read.error && <Waiting lines={4} />}
      {shown && <Preview shown={shown} />}
    </FormDialog>
  );
}

function Preview({ shown }: { shown: AnnouncementView }): ReactNode {
  return (
    <div className="stack">
      {shown.why_not && <Notice tone="near">{t("transfers.announce_why_not", { why: shown.why_not })}</Notice>}
      <p>{t("transfers.announce_text")}</p>
      <Legs legs={shown.legs} />
      {shown.rows.length > 0 && <ListedPeople columns={shown.columns} rows={shown.rows} />}
      {shown.staff.length > 0 && <ListedStaff staff={shown.staff} />}
      <p className="small muted">
        {t("transfers.announce_withheld", { columns: shown.withheld.map((one) => one.label).join(", ") })}
      </p>
    </div>
  );
}

/** What was sent before, newest first, with what became of each envelope. */
export function Sent({ id }: { id: string }): ReactNode {
  const shown = useQuery(transfer_queries.announcement(id)).data;
  if (!shown) return null;
  if (shown.sent.length === 0) return <p className="small muted">{t("transfers.announce_none")}</p>;
  return (
    <ul className="transport-names">
      {[...shown.sent].reverse().map((one) => (
        <li key={one.number} className="small">
          {t("transfers.announced_at", {
            variant: one.variant.label,
            time: show_instant(one.sent_at),
            fingerprint: one.fingerprint,
          })}
          {one.state.label && <span className="muted"> · {one.state.label}</span>}
        </li>
      ))}
    </ul>
  );
}
