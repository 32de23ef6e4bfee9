/** Acting on several files at once: what can be done with what was chosen. */
import { useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { path_of } from "../api/queries.ts";
import type { CaseRow, Side } from "../api/types.ts";
import { Button } from "../design/basics.tsx";
import { AssignDialog } from "../covering/AssignDialog.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { BulkDialog, type BulkAct } from "./dialogs/BulkDialog.tsx";

export function BulkBar({
  side,
  ids,
  rows,
  clear,
}: {
  side: Side;
  ids: string[];
  rows: CaseRow[];
  clear: () => void;
}): ReactNode {
  const may = useMay();
  const [act, set_act] = useState<BulkAct | null>(null);
  const [assigning, set_assigning] = useState(false);
  const chosen = rows.filter((row) => ids.includes(row.id));
  const drafts = side === "case" && may("case.edit") && chosen.some((row) => row.state === "draft");
  return (
    <div className="bulk" role="region" aria-label={t("web.bulk.label")}>
      <span className="strong">{t("web.bulk.chosen", { count: ids.length })}</span>
      {drafts && (
        <Button kind="small primary" icon="shield" data-action="bulk_screening" onClick={() => set_act("screening")}>
          {t("web.bulk.screening")}
        </Button>
      )}
      {side === "case" && may("case.release") && (
        <Button kind="small primary" icon="send" data-action="bulk_release" onClick={() => set_act("release")}>
          {t("web.bulk.release")}
        </Button>
      )}
      {may(side === "case" ? "case.assign" : "application.assign") && (
        <Button kind="small" icon="people" data-action="bulk_assign" onClick={() => set_assigning(true)}>
          {t("web.covering.assign")}
        </Button>
      )}
      <a className="button small" href={address(`${path_of(side)}/export`, { format: "xlsx", ids })}>
        {t("web.bulk.export")}
      </a>
      {ids.length === 1 && (
        <a className="button small" href={address(`${path_of(side)}/${ids[0] ?? ""}/package`)}>
          {t("web.case.package")}
        </a>
      )}
      <button className="link-button" onClick={clear}>
        {t("web.bulk.clear")}
      </button>
      {assigning && (
        <AssignDialog
          side={side}
          rows={chosen}
          close={(done) => {
            set_assigning(false);
            if (done) clear();
          }}
        />
      )}
      {act && (
        <BulkDialog
          act={act}
          rows={chosen}
          close={(done) => {
            set_act(null);
            if (done) clear();
          }}
        />
      )}
    </div>
  );
}
