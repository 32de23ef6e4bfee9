/** Renewals on the same acceptance: one asks, another approves, then the new document is issued. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { DocumentRenewal, TravelDocument } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting, type Tone } from "../design/basics.tsx";
import { TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link, navigate } from "../shell/router.tsx";

const tones: Record<string, Tone> = { requested: "soon", approved: "near", refused: "late", issued: "calm" };
type Doing = "approve" | "refuse" | "issue";

export function Renewals(): ReactNode {
  const list = useQuery(queries.renewals());
  const [open, set_open] = useState<{ row: DocumentRenewal; doing: Doing } | null>(null);
  if (list.error) return <ErrorNotice error={list.error} />;
  if (list.isPending) return <Waiting />;
  return (
    <div style={{ marginBlockStart: 14 }}>
      <Card title={t("web.renewal.title")} flush>
        {list.data.length === 0 ? (
          <Empty icon="passport" title={t("web.renewal.none")} />
        ) : (
          <RowsTable
            name={t("web.renewal.title")}
            rows={list.data}
            row_key={(row) => row.id}
            columns={[
              {
                label: t("web.document.number"),
                cell: (row) => (
                  <Link className="mono" data-row href={`/documents/${row.number}`}>
                    {row.number}
                  </Link>
                ),
              },
              { label: t("web.column.name"), look: "strong", cell: (row) => row.name },
              {
                label: t("web.column.state"),
                cell: (row) => <Chip tone={tones[row.state] ?? "quiet"}>{t(`web.renewal_state.${row.state}`)}</Chip>,
              },
              {
                label: t("web.renewal.asked"),
                cell: (row) => (
                  <span>
                    {row.reason}
                    <span className="muted small">
                      {" "}
                      {row.requested_by}, {show_instant(row.requested_at)}
                    </span>
                  </span>
                ),
              },
              {
                label: t("web.renewal.due"),
                look: "nowrap",
                is_none: (row) => !row.due_on,
                hint: (row) => row.source,
                cell: (row) => show_day(row.due_on),
              },
              {
                label: t("web.renewal.decided"),
                is_none: (row) => !row.decided_by,
                cell: (row) => (
                  <span>
                    {row.decided_by}
                    {row.decision_reason && <span className="muted small"> {row.decision_reason}</span>}
                  </span>
                ),
              },
              { label: t("web.renewal.acts"), quiet: true, look: "end", cell: (row) => <Acts row={row} open={set_open} /> },
            ]}
          />
        )}
      </Card>
      {open && <Act row={open.row} doing={open.doing} close={() => set_open(null)} />}
    </div>
  );
}

function Acts({
  row,
  open,
}: {
  row: DocumentRenewal;
  open: (what: { row: DocumentRenewal; doing: Doing }) => void;
}): ReactNode {
  const may = useMay();
  if (row.renewed_as) {
    return (
      <Link className="mono" href={`/documents/${row.renewed_as}`}>
        {row.renewed_as}
      </Link>
    );
  }
  const doings: Doing[] =
    row.state === "requested" && may("document.approve") && !row.is_mine
      ? ["approve", "refuse"]
      : row.state === "approved" && may("document.issue")
        ? ["issue"]
        : [];
  return (
    <span className="row">
      {doings.map((doing) => (
        <Button key={doing} kind="small" onClick={() => open({ row, doing })}>
          {t(`web.renewal.${doing}`)}
        </Button>
      ))}
    </span>
  );
}

function Act({ row, doing, close }: { row: DocumentRenewal; doing: Doing; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  const [days, set_days] = useState("");
  const send = async (): Promise<void> => {
    const at = `/document-renewals/${row.id}`;
    if (doing === "issue") {
      const made = await post<TravelDocument>(`${at}/document`, days === "" ? {} : { valid_days: Number(days) });
      await client.invalidateQueries({ queryKey: ["documents"] });
      toast(t("web.document.done", { number: made.number }));
      navigate(`/documents/${made.number}`);
      return;
    }
    const body = { agrees: doing === "approve", ...(reason.trim() === "" ? {} : { reason }) };
    await post(`${at}/decision`, body, { revision: row.revision });
    await client.invalidateQueries({ queryKey: ["documents"] });
  };
  return (
    <FormDialog
      title={`${t(`web.renewal.${doing}`)}: ${row.number}`}
      act={t(`web.renewal.${doing}`)}
      danger={doing === "refuse"}
      close={close}
      ready={doing !== "refuse" || reason.trim().length > 2}
      keep={reason !== "" || days !== ""}
      send={send}
    >
      <Notice tone="near">
        <p>{t(`web.renewal.${doing}_text`, { number: row.number, source: row.source })}</p>
      </Notice>
      {doing === "issue" ? (
        <TextField
          label={t("web.document.valid_days")}
          hint={t("web.renewal.days_hint")}
          optional
          inputMode="numeric"
          className="short"
          value={days}
          change={set_days}
        />
      ) : (
        <TextArea
          label={t("web.act.reason")}
          value={reason}
          change={set_reason}
          required={doing === "refuse"}
          optional={doing !== "refuse"}
          maxLength={1000}
        />
      )}
    </FormDialog>
  );
}
