/** What may be done with a document after its issue: hand-over, use at the border, return, loss, renewal. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { TravelDocument } from "../api/types.ts";
import { Button, Notice } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import type { IconName } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";

interface Act {
  name: string;
  path: string;
  permission: string;
  states: string[];
  icon: IconName;
  reason: boolean;
  danger?: boolean;
}
const acts: Act[] = [
  { name: "hand_over", path: "hand-over", permission: "document.issue", states: ["issued"], icon: "people", reason: false },
  { name: "use", path: "use", permission: "document.use", states: ["issued", "handed_over"], icon: "check", reason: false },
  {
    name: "return",
    path: "return",
    permission: "document.return",
    states: ["issued", "handed_over", "expired", "used"],
    icon: "inbox",
    reason: false,
  },
  {
    name: "renew",
    path: "renewals",
    permission: "document.issue",
    states: ["issued", "handed_over", "expired"],
    icon: "clock",
    reason: true,
  },
  {
    name: "lose",
    path: "loss",
    permission: "document.void",
    states: ["issued", "handed_over", "expired", "used"],
    icon: "alert",
    reason: true,
    danger: true,
  },
];

export function DocumentActs({ view }: { view: TravelDocument }): ReactNode {
  const may = useMay();
  const [act, set_act] = useState<Act | null>(null);
  const [reason, set_reason] = useState("");
  const close = (): void => {
    set_act(null);
    set_reason("");
  };
  return (
    <>
      {acts
        .filter((one) => may(one.permission) && one.states.includes(view.state))
        .map((one) => (
          <Button key={one.name} kind={one.danger ? "danger" : ""} icon={one.icon} onClick={() => set_act(one)}>
            {t(`web.document_act.${one.name}`)}
          </Button>
        ))}
      {act && (
        <FormDialog
          title={t(`web.document_act.${act.name}`)}
          act={t(`web.document_act.${act.name}`)}
          danger={act.danger ?? false}
          close={close}
          ready={!act.reason || reason.trim().length > 2}
          keep={reason !== ""}
          send={async () => {
            const body = reason.trim() === "" ? {} : { reason };
            const revision = act.name === "renew" ? {} : { revision: view.revision };
            await post(`/travel-documents/${view.number}/${act.path}`, body, revision);
            await client.invalidateQueries({ queryKey: ["documents"] });
            toast(t(`web.document_act.${act.name}_done`, { number: view.number }));
          }}
        >
          <Notice tone={act.danger ? "soon" : "near"}>
            <p>{t(`web.document_act.${act.name}_text`)}</p>
          </Notice>
          {act.reason && <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />}
        </FormDialog>
      )}
    </>
  );
}
