/** The stock of blanks: what was received, used, spoilt and is left; it always balances. Receiving a range and noting a spoilt sheet. */
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { BlankSeries } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { navigate } from "../shell/router.tsx";
import { Boxes, Closings, Destructions, StockAlarms } from "./StockLedger.tsx";

const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["documents"] });
/** So few that more should be ordered. */
const few = 20;

export function Blanks(): ReactNode {
  const may = useMay();
  const blanks = useQuery(queries.blanks());
  const [spoiling, set_spoiling] = useState(false);
  const rows = blanks.data ?? [];
  return (
    <div className="stack loose" style={{ marginBlockStart: 14 }}>
      <StockAlarms />
      <Card
        title={t("web.document.stock")}
        flush
        actions={
          may("document.stock") &&
          rows.length > 0 && (
            <Button kind="small" icon="cross" onClick={() => set_spoiling(true)}>
              {t("web.document.spoil")}
            </Button>
          )
        }
      >
        <ErrorNotice error={blanks.error} again={() => void blanks.refetch()} />
        {blanks.isPending ? (
          <Waiting />
        ) : rows.length === 0 ? (
          <Empty icon="passport" title={t("web.document.no_blanks")}>
            <p>{t("web.document.no_blanks_text")}</p>
          </Empty>
        ) : (
          <Stock rows={rows} />
        )}
      </Card>
      {rows.length > 0 && (
        <>
          <Boxes />
          <Closings />
          <Destructions />
        </>
      )}
      <FindNumber />
      {may("document.stock") && <Receive />}
      {spoiling && <Spoil close={() => set_spoiling(false)} />}
    </div>
  );
}

function FindNumber(): ReactNode {
  const [number, set_number] = useState("");
  const show = (event: FormEvent): void => {
    event.preventDefault();
    navigate(`/documents/numbers/${encodeURIComponent(number.trim().toUpperCase())}`);
  };
  return (
    <Card title={t("web.number.find")}>
      <form className="stack" onSubmit={show}>
        <TextField
          label={t("web.document.blank_number")}
          hint={t("web.document.blank_hint")}
          value={number}
          change={set_number}
          required
          maxLength={9}
          autoComplete="off"
          className="medium"
        />
        <div>
          <Button type="submit" disabled={number.trim() === ""}>
            {t("web.number.show")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Stock({ rows }: { rows: BlankSeries[] }): ReactNode {
  const amounts = ["received", "used", "voided", "lost", "returned", "left"] as const;
  const amount = (item: BlankSeries, name: (typeof amounts)[number]): number =>
    ({
      received: item.total,
      used: item.used,
      voided: item.void,
      lost: item.lost,
      returned: item.returned,
      left: item.left,
    })[name];
  return (
    <RowsTable
      name={t("web.document.stock")}
      rows={rows}
      row_key={(item) => item.series + item.from}
      columns={[
        { label: t("web.document.series"), look: "mono strong", cell: (item) => item.series },
        { label: t("web.document.range"), look: "mono", cell: (item) => `${item.from}–${item.to}` },
        { label: t("web.task.organisation"), cell: (item) => item.organisation },
        ...amounts.map((name) => ({
          label: t(`web.document.${name}`),
          look: "end",
          cell: (item: BlankSeries) =>
            name === "left" ? (
              <span className={item.left < few ? "text-soon" : "strong"}>{show_number(item.left)}</span>
            ) : (
              show_number(amount(item, name))
            ),
        })),
        {
          label: t("web.document.balance"),
          quiet: true,
          cell: (item) => (
            <Chip tone={item.balances ? "calm" : "late"} icon={item.balances ? "check" : "alert"}>
              {t(item.balances ? "web.document.balances" : "web.document.does_not_balance")}
            </Chip>
          ),
        },
      ]}
    />
  );
}

function Receive(): ReactNode {
  const [range, set_range] = useState({ series: "", from: "", to: "", box: "" });
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const receive = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    try {
      await post("/blanks", { ...range, box: range.box.trim() === "" ? undefined : range.box });
      set_range({ series: "", from: "", to: "", box: "" });
      set_error(null);
      toast(t("web.document.received_toast"));
      await renew();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const field = (name: "series" | "from" | "to" | "box", label: string): ReactNode => (
    <TextField
      label={label}
      value={range[name]}
      change={(text) => set_range({ ...range, [name]: text })}
      required={name !== "box"}
      optional={name === "box"}
      inputMode={name === "from" || name === "to" ? "numeric" : undefined}
      maxLength={name === "box" ? 40 : name === "series" ? 10 : 12}
      autoComplete="off"
    />
  );
  return (
    <Card title={t("web.document.receive")}>
      <form className="stack" onSubmit={(event) => void receive(event)}>
        <ErrorNotice error={error} />
        <div className="grid-3">
          {field("series", t("web.document.series"))}
          {field("from", t("web.document.first"))}
          {field("to", t("web.document.last"))}
          {field("box", t("web.stock.box"))}
        </div>
        <div>
          <Button type="submit" kind="primary" busy={busy}>
            {t("web.document.receive")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** A sheet that was damaged before it became a document leaves the stock with its reason. */
function Spoil({ close }: { close: () => void }): ReactNode {
  const [number, set_number] = useState("");
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      title={t("web.document.spoil_title")}
      act={t("web.document.spoil")}
      danger
      close={close}
      ready={number.trim() !== "" && reason.trim().length > 2}
      keep={number !== "" || reason !== ""}
      send={async () => {
        await post(`/blanks/${encodeURIComponent(number.trim().toUpperCase())}/spoilt`, { reason });
        await renew();
        toast(t("web.document.spoilt", { number: number.trim().toUpperCase() }));
      }}
    >
      <p>{t("web.document.spoil_text")}</p>
      <TextField
        label={t("web.document.blank_number")}
        hint={t("web.document.blank_hint")}
        value={number}
        change={set_number}
        required
        maxLength={20}
        autoComplete="off"
        className="medium"
      />
      <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />
    </FormDialog>
  );
}
