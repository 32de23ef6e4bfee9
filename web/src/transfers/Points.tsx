/** Crossing points with their opening hours and the source that names them. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { hours_words, useWeekHours } from "../design/WeekHours.tsx";
import { options_of } from "../forms/codes.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { renew_transports, transfer_queries } from "./read.ts";
import type { CrossingPoint } from "./types.ts";

export function Points(): ReactNode {
  const may = useMay();
  const list = useQuery(transfer_queries.points());
  const [open, set_open] = useState<CrossingPoint | "new" | null>(null);
  if (list.isPending) return <Waiting lines={5} />;
  const points = list.data ?? [];
  return (
    <Card
      title={t("transfers.tab.points")}
      actions={
        may("case.transfer") && (
          <Button kind="primary" icon="plus" data-action="new_point" onClick={() => set_open("new")}>
            {t("transfers.point_new")}
          </Button>
        )
      }
    >
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {points.length === 0 ? (
        <Empty icon="globe" title={t("transfers.point_none")} />
      ) : (
        <RowsTable
          name={t("transfers.tab.points")}
          rows={points}
          row_key={(one) => one.id}
          columns={[
            {
              label: t("transfers.name"),
              look: "strong",
              cell: (one) => (
                <span className="row tight">
                  {one.name}
                  {one.code && <span className="small muted">{one.code}</span>}
                  {!one.active && <Chip tone="hold">{t("transfers.not_in_use")}</Chip>}
                </span>
              ),
            },
            { label: t("transfers.kind"), cell: (one) => `${one.kind.label} · ${one.state.label}` },
            {
              label: t("transfers.hours"),
              cell: (one) => (
                <span className="stack tight">
                  {hours_words(one.hours).map((words) => (
                    <span key={words}>{words}</span>
                  ))}
                  <span className="small muted">{one.time_zone}</span>
                </span>
              ),
            },
            {
              label: t("transfers.source"),
              cell: (one) => one.source ?? <Chip tone="near">{t("transfers.unverified")}</Chip>,
            },
            {
              label: t("transfers.change"),
              quiet: true,
              look: "end",
              is_none: () => !may("case.transfer"),
              cell: (one) => (
                <Button kind="small" icon="draft" onClick={() => set_open(one)}>
                  {t("transfers.change")}
                  <span className="visually-hidden"> {one.name}</span>
                </Button>
              ),
            },
          ]}
        />
      )}
      {open && <PointDialog {...(open === "new" ? {} : { point: open })} close={() => set_open(null)} />}
    </Card>
  );
}

function PointDialog({ point, close }: { point?: CrossingPoint; close: () => void }): ReactNode {
  const [name, set_name] = useState(point?.name ?? "");
  const [kind, set_kind] = useState(point?.kind.code ?? "airport");
  const [state, set_state] = useState(point?.state.code ?? "");
  const [code, set_code] = useState(point?.code ?? "");
  const [zone, set_zone] = useState(point?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [source, set_source] = useState(point?.source ?? "");
  const [active, set_active] = useState(point?.active ?? true);
  const { hours, fields } = useWeekHours(point?.hours, { days: 5, from: "08:00", to: "18:00" });
  return (
    <FormDialog
      wide
      title={point ? t("transfers.point_change", { name: point.name }) : t("transfers.point_new")}
      act={t("transfers.keep")}
      ready={name.trim() !== "" && state !== "" && zone.trim() !== "" && hours.length > 0}
      keep={name !== (point?.name ?? "")}
      close={close}
      send={async () => {
        const body = {
          name,
          kind,
          state,
          time_zone: zone,
          active,
          hours,
          ...(code.trim() ? { code } : {}),
          ...(source.trim() ? { source } : {}),
        };
        if (point) await put(`/crossing-points/${point.id}`, body, point.revision);
        else await post("/crossing-points", body);
        await renew_transports();
        toast(t("transfers.point_kept"));
      }}
    >
      <TextField label={t("transfers.name")} value={name} change={set_name} maxLength={120} />
      <div className="booking-fields">
        <SelectField label={t("transfers.kind")} options={options_of("crossing_kind")} value={kind} change={set_kind} />
        <SelectField
          label={t("transfers.lies_in")}
          options={options_of("country")}
          empty="—"
          value={state}
          change={set_state}
        />
        <TextField
          optional
          label={t("transfers.code")}
          hint={t("transfers.code_hint")}
          value={code}
          maxLength={5}
          change={(text) => set_code(text.toUpperCase())}
        />
        <TextField label={t("transfers.zone")} value={zone} change={set_zone} maxLength={60} />
      </div>
      {fields}
      <TextField
        optional
        label={t("transfers.source")}
        hint={t("transfers.source_hint")}
        value={source}
        change={set_source}
        maxLength={300}
      />
      <CheckField label={t("transfers.in_use")} checked={active} change={set_active} />
    </FormDialog>
  );
}
