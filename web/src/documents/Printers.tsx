/** The printers of an office: by how much each prints beside its place, measured on the alignment page, and how it turns a sheet. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post, put, remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { DocumentPrinter } from "../api/types.ts";
import { Button, Card, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { RadioGroup, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { cross_mm, shift_after, tenths_of, type Measured } from "./printer_shift.ts";

const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["documents", "printers"] });
type Side = "front" | "back";
const sides: Side[] = ["front", "back"];
const duplexes = ["single", "long_edge", "short_edge"];

/** "0.7 mm right, 0.3 mm up". */
function ShiftText({ right, down }: { right: number; down: number }): ReactNode {
  if (right === 0 && down === 0) return <span className="muted">{t("web.printer.in_place")}</span>;
  const parts: string[] = [];
  if (right !== 0)
    parts.push(t(right > 0 ? "web.printer.right" : "web.printer.left", { mm: show_number(Math.abs(right) / 10) }));
  if (down !== 0) parts.push(t(down > 0 ? "web.printer.down" : "web.printer.up", { mm: show_number(Math.abs(down) / 10) }));
  return <>{parts.join(", ")}</>;
}

export function Printers(): ReactNode {
  const list = useQuery(queries.document_printers());
  const [editing, set_editing] = useState<DocumentPrinter | "new" | null>(null);
  const [removing, set_removing] = useState<DocumentPrinter | null>(null);
  const rows = list.data ?? [];
  return (
    <div className="stack loose" style={{ marginBlockStart: 14 }}>
      <Card
        title={t("web.printer.title")}
        flush
        actions={
          <Button kind="small" icon="plus" onClick={() => set_editing("new")}>
            {t("web.printer.add")}
          </Button>
        }
      >
        <ErrorNotice error={list.error} again={() => void list.refetch()} />
        {list.isPending ? (
          <Waiting />
        ) : rows.length === 0 ? (
          <Empty icon="print" title={t("web.printer.none")}>
            <p>{t("web.printer.none_text")}</p>
          </Empty>
        ) : (
          <RowsTable
            name={t("web.printer.title")}
            rows={rows}
            row_key={(item) => item.id}
            columns={[
              { label: t("web.printer.name"), look: "strong", cell: (item) => item.name },
              { label: t("web.printer.duplex"), cell: (item) => t(`web.printer.duplex.${item.duplex}`) },
              { label: t("web.printer.front"), cell: (item) => <ShiftText right={item.front_right} down={item.front_down} /> },
              {
                label: t("web.printer.back"),
                cell: (item) => (item.duplex === "single" ? "—" : <ShiftText right={item.back_right} down={item.back_down} />),
              },
              {
                label: t("web.printer.acts"),
                look: "end",
                quiet: true,
                cell: (item) => (
                  <span className="row end">
                    <a
                      className="button small nowrap"
                      href={address(`/document-printers/${item.id}/alignment`)}
                      target="_blank"
                      rel="noreferrer"
                    >
                      <Icon name="print" size={16} />
                      {t("web.printer.alignment")}
                    </a>
                    <Button kind="small" onClick={() => set_editing(item)}>
                      {t("web.printer.adjust")}
                      <span className="visually-hidden"> {item.name}</span>
                    </Button>
                    <Button kind="small" onClick={() => set_removing(item)}>
                      {t("web.printer.remove")}
                      <span className="visually-hidden"> {item.name}</span>
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Card>
      {editing && <Edit printer={editing === "new" ? null : editing} close={() => set_editing(null)} />}
      {removing && (
        <FormDialog
          title={t("web.printer.remove_title", { name: removing.name })}
          act={t("web.printer.remove")}
          danger
          close={() => set_removing(null)}
          send={async () => {
            await remove(`/document-printers/${removing.id}`, removing.revision);
            await renew();
          }}
        >
          <p>{t("web.printer.remove_text")}</p>
        </FormDialog>
      )}
    </div>
  );
}

const nothing: Measured = { left: "", top: "" };

function Edit({ printer, close }: { printer: DocumentPrinter | null; close: () => void }): ReactNode {
  const [name, set_name] = useState(printer?.name ?? "");
  const [duplex, set_duplex] = useState(printer?.duplex ?? "single");
  const [measured, set_measured] = useState<Record<Side, Measured>>({ front: nothing, back: nothing });
  const before: Record<Side, { right: number; down: number }> = {
    front: { right: printer?.front_right ?? 0, down: printer?.front_down ?? 0 },
    back: { right: printer?.back_right ?? 0, down: printer?.back_down ?? 0 },
  };
  const after = { front: shift_after(before.front, measured.front), back: shift_after(before.back, measured.back) };
  const shown = duplex === "single" ? (["front"] as const) : sides;
  const fine = shown.every((side) => after[side] !== null);
  const send = async (): Promise<void> => {
    const front = after.front ?? before.front;
    const back = after.back ?? before.back;
    const body = {
      name: name.trim(),
      duplex,
      front_right: front.right,
      front_down: front.down,
      back_right: back.right,
      back_down: back.down,
    };
    if (printer) await put(`/document-printers/${printer.id}`, body, printer.revision);
    else await post("/document-printers", body);
    await renew();
    toast(t("web.printer.saved"));
  };
  return (
    <FormDialog
      title={printer ? t("web.printer.adjust_title", { name: printer.name }) : t("web.printer.add")}
      act={t("web.printer.save")}
      close={close}
      ready={name.trim() !== "" && fine}
      keep={name !== (printer?.name ?? "")}
      send={send}
    >
      <TextField
        label={t("web.printer.name")}
        hint={t("web.printer.name_hint")}
        value={name}
        change={set_name}
        required
        maxLength={60}
        autoComplete="off"
      />
      <RadioGroup
        legend={t("web.printer.duplex")}
        name="duplex"
        value={duplex}
        change={set_duplex}
        options={duplexes.map((value) => ({
          value,
          label: t(`web.printer.duplex.${value}`),
          hint: t(`web.printer.duplex_hint.${value}`),
        }))}
      />
      {printer ? (
        shown.map((side) => (
          <fieldset key={side} className="field">
            <legend className="legend">{t(`web.printer.measured_${side}`)}</legend>
            <span className="hint">{t("web.printer.measured_hint", { mm: show_number(cross_mm) })}</span>
            <div className="row">
              {(["left", "top"] as const).map((edge) => (
                <TextField
                  key={edge}
                  label={t(`web.printer.from_${edge}`)}
                  inputMode="decimal"
                  className="short"
                  autoComplete="off"
                  value={measured[side][edge]}
                  change={(value) => set_measured({ ...measured, [side]: { ...measured[side], [edge]: value } })}
                  error={
                    measured[side][edge] !== "" && tenths_of(measured[side][edge]) === null ? t("web.printer.no_number") : null
                  }
                />
              ))}
            </div>
            <p className="small" aria-live="polite">
              {after[side] === null ? (
                t("web.printer.too_far")
              ) : (
                <>
                  {t("web.printer.moved")} <ShiftText {...after[side]} />
                </>
              )}
            </p>
          </fieldset>
        ))
      ) : (
        <Notice tone="calm">
          <p>{t("web.printer.then_measure")}</p>
        </Notice>
      )}
    </FormDialog>
  );
}
