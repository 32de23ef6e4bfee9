/** The ledger of blanks beside the ranges: alarms, sheets by office and box, the closing of a day, destruction by two persons. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { BlankBox, BlankDestruction, StockClosing } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting, type Tone } from "../design/basics.tsx";
import { SelectField, TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day, show_instant, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";

/** Kinds of office whose people keep sheets. */
const keepers = ["mission", "central_authority"];
const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["documents"] });
const box_name = (box: string): string => (box === "" ? t("web.stock.no_box") : box);
const tones: Record<string, Tone> = {
  balanced: "calm",
  open: "late",
  confirmed: "near",
  proposed: "soon",
  refused: "late",
};

export function StockAlarms(): ReactNode {
  const alarms = useQuery(queries.blank_alarms());
  if (!alarms.data || alarms.data.length === 0) return <ErrorNotice error={alarms.error} />;
  return (
    <Notice tone="late">
      <p className="strong">{t("web.stock.alarms")}</p>
      <ul>
        {alarms.data.map((alarm) => (
          <li key={alarm.kind + (alarm.from ?? "") + (alarm.day ?? "") + (alarm.office ?? "")}>
            {t(`web.stock.alarm.${alarm.kind}`, {
              sheets: alarm.sheets,
              from: alarm.from ?? "",
              to: alarm.to ?? "",
              office: alarm.office ?? "",
              day: alarm.day ? show_day(alarm.day) : "",
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

export function Boxes(): ReactNode {
  const boxes = useQuery(queries.blank_boxes());
  const [doing, set_doing] = useState<"move" | "lose" | null>(null);
  const amounts = ["unused", "issued", "dead", "destroyed", "lost"] as const;
  return (
    <Card
      title={t("web.stock.boxes")}
      flush
      actions={
        <>
          <Button kind="small" icon="inbox" onClick={() => set_doing("move")}>
            {t("web.stock.move")}
          </Button>
          <Button kind="small" icon="alert" onClick={() => set_doing("lose")}>
            {t("web.stock.lose")}
          </Button>
        </>
      }
    >
      <ErrorNotice error={boxes.error} />
      {boxes.isPending ? (
        <Waiting lines={2} />
      ) : (
        <RowsTable
          name={t("web.stock.boxes")}
          rows={boxes.data ?? []}
          row_key={(row) => row.office_id + row.box}
          columns={[
            { label: t("web.stock.box"), look: "strong", cell: (row: BlankBox) => box_name(row.box) },
            { label: t("web.number.office"), cell: (row: BlankBox) => row.office },
            ...amounts.map((name) => ({
              label: t(`web.stock.${name}`),
              look: "end",
              cell: (row: BlankBox) => show_number(row[name]),
            })),
          ]}
        />
      )}
      {doing === "move" && <Move close={() => set_doing(null)} />}
      {doing === "lose" && <Lose close={() => set_doing(null)} />}
    </Card>
  );
}

function Move({ close }: { close: () => void }): ReactNode {
  const [range, set_range] = useState({ first: "", last: "", box: "" });
  const [office, set_office] = useState("");
  const offices = (useQuery(queries.offices()).data ?? []).filter((one) => keepers.includes(one.kind));
  const field = (name: "first" | "last" | "box", label: string): ReactNode => (
    <TextField
      label={label}
      value={range[name]}
      change={(text) => set_range({ ...range, [name]: text })}
      required
      maxLength={name === "box" ? 40 : 9}
      autoComplete="off"
    />
  );
  return (
    <FormDialog
      title={t("web.stock.move")}
      act={t("web.stock.move")}
      close={close}
      ready={Object.values(range).every((text) => text.trim() !== "")}
      keep={Object.values(range).some((text) => text !== "")}
      send={async () => {
        const numbers = { first: range.first.trim().toUpperCase(), last: range.last.trim().toUpperCase() };
        const to = office === "" ? {} : { office };
        const moved = await post<{ sheets: number }>("/blank-moves", { ...numbers, box: range.box, ...to });
        await renew();
        toast(t(office === "" ? "web.stock.moved" : "web.stock.sent", { count: moved.sheets }));
      }}
    >
      <p>{t("web.stock.move_text")}</p>
      {field("first", t("web.document.first"))}
      {field("last", t("web.document.last"))}
      <SelectField
        label={t("web.stock.to_office")}
        hint={t("web.stock.to_office_hint")}
        empty={t("web.stock.own_office")}
        options={offices.map((one) => ({ value: one.id, label: one.name }))}
        value={office}
        change={set_office}
      />
      {field("box", t("web.stock.box"))}
    </FormDialog>
  );
}

function Lose({ close }: { close: () => void }): ReactNode {
  const [number, set_number] = useState("");
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      title={t("web.stock.lose")}
      act={t("web.stock.lose")}
      danger
      close={close}
      ready={number.trim() !== "" && reason.trim().length > 2}
      keep={number !== "" || reason !== ""}
      send={async () => {
        const sheet = number.trim().toUpperCase();
        await post(`/blanks/${encodeURIComponent(sheet)}/loss`, { reason });
        await renew();
        toast(t("web.stock.lost_toast", { number: sheet }));
      }}
    >
      <p>{t("web.stock.lose_text")}</p>
      <TextField
        label={t("web.document.blank_number")}
        value={number}
        change={set_number}
        required
        maxLength={9}
        autoComplete="off"
      />
      <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />
    </FormDialog>
  );
}

export function Closings(): ReactNode {
  const list = useQuery(queries.closings());
  const boxes = useQuery(queries.blank_boxes());
  const [closing, set_closing] = useState(false);
  const [confirming, set_confirming] = useState<StockClosing | null>(null);
  const own = (boxes.data ?? []).filter((box) => box.is_own && box.unused + box.dead > 0);
  return (
    <Card
      title={t("web.stock.closings")}
      flush
      actions={
        own.length > 0 && (
          <Button kind="small" icon="check" onClick={() => set_closing(true)}>
            {t("web.stock.close_day")}
          </Button>
        )
      }
    >
      <ErrorNotice error={list.error} />
      {list.data?.length === 0 && <Empty icon="passport" title={t("web.stock.no_closing")} />}
      {list.data && list.data.length > 0 && (
        <RowsTable
          name={t("web.stock.closings")}
          rows={list.data}
          first={8}
          row_key={(row) => row.id}
          columns={[
            { label: t("web.stock.day"), look: "nowrap strong", cell: (row) => show_day(row.day) },
            { label: t("web.number.office"), cell: (row) => row.office },
            {
              label: t("web.column.state"),
              cell: (row) => <Chip tone={tones[row.state] ?? "quiet"}>{t(`web.closing_state.${row.state}`)}</Chip>,
            },
            { label: t("web.stock.counted"), cell: (row) => <Counted closing={row} /> },
            {
              label: t("web.stock.counted_by"),
              cell: (row) => (
                <span>
                  {row.closed_by}
                  <span className="muted small"> {show_instant(row.closed_at)}</span>
                </span>
              ),
            },
            {
              label: t("web.stock.second"),
              is_none: (row) => row.state === "balanced" || (row.state === "open" && row.is_mine),
              cell: (row) =>
                row.state === "open" ? (
                  <Button kind="small" onClick={() => set_confirming(row)}>
                    {t("web.stock.confirm")}
                  </Button>
                ) : (
                  row.confirmed_by
                ),
            },
            {
              label: t("web.stock.digest"),
              look: "mono small",
              hint: (row) => row.digest,
              cell: (row) => row.digest.slice(0, 12),
            },
          ]}
        />
      )}
      {closing && <CloseDay boxes={own} close={() => set_closing(false)} />}
      {confirming && (
        <FormDialog
          title={t("web.stock.confirm")}
          act={t("web.stock.confirm")}
          close={() => set_confirming(null)}
          send={async () => {
            await post(`/stock-closings/${confirming.id}/confirmation`, undefined, { revision: confirming.revision });
            await renew();
          }}
        >
          <Notice tone="soon">
            <p>{t("web.stock.confirm_text", { day: show_day(confirming.day) })}</p>
            <p>{confirming.reason}</p>
          </Notice>
          <Counted closing={confirming} />
        </FormDialog>
      )}
    </Card>
  );
}

/** Box by box: counted, and in brackets what the ledger expects where that is something else. */
function Counted({ closing }: { closing: StockClosing }): ReactNode {
  const amount = (counted: number, expected: number): string =>
    counted === expected ? show_number(counted) : `${show_number(counted)} (${show_number(expected)})`;
  return (
    <div>
      {closing.lines.map((line) => (
        <div key={line.box}>
          {closing.lines.length > 1 && <span className="muted">{box_name(line.box)}: </span>}
          {amount(line.counted_unused, line.expected_unused)} + {amount(line.counted_dead, line.expected_dead)}
        </div>
      ))}
      {closing.reason && <div className="muted small">{closing.reason}</div>}
    </div>
  );
}

function CloseDay({ boxes, close }: { boxes: BlankBox[]; close: () => void }): ReactNode {
  const [counts, set_counts] = useState<Record<string, string>>({});
  const [reason, set_reason] = useState("");
  const parts = ["unused", "dead"] as const;
  const is_whole = (text: string | undefined): boolean => /^\d{1,6}$/.test(text ?? "");
  return (
    <FormDialog
      title={t("web.stock.close_day")}
      act={t("web.stock.close_day")}
      close={close}
      ready={boxes.every((box) => parts.every((part) => is_whole(counts[part + box.box])))}
      keep={Object.keys(counts).length > 0}
      send={async () => {
        await post("/stock-closings", {
          boxes: boxes.map((box) => ({
            ...(box.box === "" ? {} : { box: box.box }),
            unused: Number(counts[`unused${box.box}`]),
            dead: Number(counts[`dead${box.box}`]),
          })),
          ...(reason.trim() === "" ? {} : { reason }),
        });
        await renew();
        toast(t("web.stock.closed_toast"));
      }}
    >
      <p>{t("web.stock.close_text")}</p>
      {boxes.map((box) => (
        <div className="grid-2" key={box.box}>
          {parts.map((part) => (
            <TextField
              key={part}
              label={t(`web.stock.count_${part}`, { box: box_name(box.box) })}
              inputMode="numeric"
              required
              value={counts[part + box.box] ?? ""}
              change={(text) => set_counts({ ...counts, [part + box.box]: text })}
            />
          ))}
        </div>
      ))}
      <TextArea
        label={t("web.act.reason")}
        hint={t("web.stock.reason_hint")}
        optional
        value={reason}
        change={set_reason}
        maxLength={1000}
      />
    </FormDialog>
  );
}

export function Destructions(): ReactNode {
  const list = useQuery(queries.destructions());
  const [proposing, set_proposing] = useState(false);
  const [answering, set_answering] = useState<{ row: BlankDestruction; agrees: boolean } | null>(null);
  return (
    <Card
      title={t("web.stock.destructions")}
      flush
      actions={
        <Button kind="small" icon="cross" onClick={() => set_proposing(true)}>
          {t("web.stock.destroy")}
        </Button>
      }
    >
      <ErrorNotice error={list.error} />
      {list.data?.length === 0 && <Empty icon="passport" title={t("web.stock.no_destruction")} />}
      {list.data && list.data.length > 0 && (
        <RowsTable
          name={t("web.stock.destructions")}
          rows={list.data}
          first={6}
          row_key={(row) => row.id}
          columns={[
            {
              label: t("web.column.state"),
              alone: true,
              cell: (row) => (
                <Chip tone={row.state === "confirmed" ? "calm" : (tones[row.state] ?? "calm")}>
                  {t(`web.destruction_state.${row.state}`)}
                </Chip>
              ),
            },
            {
              label: t("web.stock.sheets"),
              cell: (row) => (row.numbers.length > 0 ? row.numbers.join(", ") : show_number(row.sheets)),
            },
            { label: t("web.stock.method"), cell: (row) => row.method },
            { label: t("web.stock.proposed_by"), cell: (row) => row.proposed_by },
            {
              label: t("web.stock.second"),
              is_none: (row) => row.state === "proposed" && row.is_mine,
              cell: (row) =>
                row.state === "proposed" ? (
                  <span className="row">
                    <Button kind="small" onClick={() => set_answering({ row, agrees: true })}>
                      {t("web.stock.destroyed_confirm")}
                    </Button>
                    <Button kind="small" onClick={() => set_answering({ row, agrees: false })}>
                      {t("web.stock.destroyed_refuse")}
                    </Button>
                  </span>
                ) : (
                  row.decided_by
                ),
            },
          ]}
        />
      )}
      {proposing && <Propose close={() => set_proposing(false)} />}
      {answering && <Answer {...answering} close={() => set_answering(null)} />}
    </Card>
  );
}

function Propose({ close }: { close: () => void }): ReactNode {
  const [numbers, set_numbers] = useState("");
  const [method, set_method] = useState("");
  const all = numbers
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((text) => text !== "");
  return (
    <FormDialog
      title={t("web.stock.destroy")}
      act={t("web.stock.destroy")}
      danger
      close={close}
      ready={all.length > 0 && method.trim() !== ""}
      keep={numbers !== "" || method !== ""}
      send={async () => {
        await post("/blank-destructions", { numbers: all, method });
        await renew();
      }}
    >
      <p>{t("web.stock.destroy_text")}</p>
      <TextArea label={t("web.stock.numbers")} value={numbers} change={set_numbers} required />
      <TextField label={t("web.stock.method")} value={method} change={set_method} required maxLength={200} />
    </FormDialog>
  );
}

function Answer({ row, agrees, close }: { row: BlankDestruction; agrees: boolean; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  const name = agrees ? "confirm" : "refuse";
  return (
    <FormDialog
      title={t(`web.stock.destroyed_${name}`)}
      act={t(`web.stock.destroyed_${name}`)}
      danger={!agrees}
      close={close}
      ready={agrees || reason.trim().length > 2}
      keep={reason !== ""}
      send={async () => {
        const body = { agrees, ...(reason.trim() === "" ? {} : { reason }) };
        await post(`/blank-destructions/${row.id}/decision`, body, { revision: row.revision });
        await renew();
      }}
    >
      <Notice tone="soon">
        <p>{t(`web.stock.destroyed_${name}_text`, { count: row.sheets })}</p>
        <p className="mono">{row.numbers.join(", ")}</p>
      </Notice>
      {!agrees && <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />}
    </FormDialog>
  );
}
