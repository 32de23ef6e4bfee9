/** One safeguard of several files, closed with one paper about the operation; each file is decided by itself and told of by itself. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { BulkOutcome } from "../api/types.ts";
import { desk_gate } from "../cases/GateDialog.tsx";
import { PaperInput, parts_of_gate } from "../cases/GateFields.tsx";
import { Button, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { TextArea } from "../design/fields.tsx";
import { t, t_first, words_of } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { short_name } from "./order.ts";
import { reads, type SafeguardRow } from "./read.ts";

export function BulkClosing({
  gate,
  rows: chosen,
  close,
}: {
  gate: string;
  rows: SafeguardRow[];
  close: (done: boolean) => void;
}): ReactNode {
  // As chosen: the queue behind changes when it was done.
  const [rows] = useState(chosen);
  const today = useToday();
  const first = useQuery(reads.file(rows[0]?.id ?? ""));
  const safeguard = first.data?.gates.find((one) => one.gate === gate);
  const parts = safeguard ? parts_of_gate(desk_gate(safeguard)) : [];
  const [evidence, set_evidence] = useState<Record<string, string>>({});
  const [reason, set_reason] = useState("");
  const [outcome, set_outcome] = useState<BulkOutcome | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const missing = [
    ...parts.filter((part) => part.required && (evidence[part.code] ?? "").trim() === "").map((part) => part.label),
    ...(reason.trim() === "" ? [t("safeguards.bulk.reason")] : []),
  ];
  const run = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      const told = Object.fromEntries(Object.entries(evidence).filter(([, value]) => value.trim() !== ""));
      const ids = rows.map((row) => row.id);
      set_outcome(await post<BulkOutcome>(`/safeguards/gates/${gate}/closings`, { ids, evidence: told, reason }));
      await Promise.all(["safeguards", "record", "home"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const foot = outcome ? (
    <Button kind="primary" onClick={() => close(true)}>
      {t("web.action.close")}
    </Button>
  ) : (
    <>
      <Button kind="primary" busy={busy} disabled={!safeguard || missing.length > 0} data-desk-act onClick={() => void run()}>
        {t("safeguards.bulk.act", { count: rows.length })}
      </Button>
      <Button onClick={() => close(false)}>{t("web.action.cancel")}</Button>
      {safeguard && missing.length > 0 && (
        <span className="muted small dialog-why">{t("web.form.still", { what: missing.join(", ") })}</span>
      )}
    </>
  );
  return (
    <Dialog title={`${gate} · ${short_name(gate)}`} open close={() => close(outcome !== null)} keep={busy} foot={foot}>
      <div className="stack">
        {outcome ? (
          <Told outcome={outcome} rows={rows} />
        ) : (
          <>
            <Notice tone="info">
              <p>{t("safeguards.bulk.words")}</p>
            </Notice>
            <ul className="bulk-files">
              {rows.map((row) => (
                <li key={row.id}>
                  <strong>{row.name}</strong> <span className="mono muted small">{row.reference}</span>
                </li>
              ))}
            </ul>
            {first.isPending && <Waiting lines={3} />}
            {parts.map((part) => (
              <PaperInput
                key={part.code}
                part={part}
                value={evidence[part.code] ?? ""}
                error={undefined}
                change={(value) => set_evidence({ ...evidence, [part.code]: value })}
                today={today}
              />
            ))}
            <TextArea
              label={t("safeguards.bulk.reason")}
              hint={t("safeguards.bulk.reason_hint")}
              value={reason}
              change={set_reason}
              required
              maxLength={2000}
              rows={2}
            />
          </>
        )}
        <ErrorNotice error={error ?? first.error} />
      </div>
    </Dialog>
  );
}

/** How many were closed, and of each that was not, why. */
function Told({ outcome, rows }: { outcome: BulkOutcome; rows: SafeguardRow[] }): ReactNode {
  return (
    <>
      <Notice tone={outcome.done.length > 0 ? "calm" : "quiet"}>
        <p role="status">{t("safeguards.bulk.done", { count: outcome.done.length })}</p>
      </Notice>
      {outcome.refused.length > 0 && (
        <Notice tone="late">
          <p className="strong">{t("web.bulk.refused", { count: outcome.refused.length })}</p>
          <ul>
            {outcome.refused.map((item) => (
              <li key={item.id}>
                {item.reference || rows.find((row) => row.id === item.id)?.reference || item.id}:{" "}
                {item.detail || t_first([`refused.${item.why}`], words_of(item.why))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
