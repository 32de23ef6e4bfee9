/** The list of those aboard: a copy for each reader, families together; as a file, and compared with a list that comes back. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, upload } from "../api/client.ts";
import { Button, Card, Empty, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { SelectField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { ListedPeople, ListedStaff } from "./Listed.tsx";
import { transfer_queries } from "./read.ts";
import type { ListCheckView, ManifestView } from "./types.ts";
import { departure } from "./words.tsx";
import "./transfers.css";

export function ManifestPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const [copy, set_copy] = useState<string>();
  const [comparing, set_comparing] = useState(false);
  const [check, set_check] = useState<ListCheckView | null>(null);
  const transport = useQuery(transfer_queries.one(parameters.id)).data;
  const read = useQuery(transfer_queries.manifest(parameters.id, copy));
  const view = read.data;
  if (read.error && !view) return <PageFault error={read.error} again={() => void read.refetch()} />;
  if (!view || !transport) return <Waiting lines={8} />;
  const chosen = view.copy.code;
  const formats = ["pdf", "xlsx", "csv", ...(chosen === "carrier" ? ["paxlst"] : [])];
  return (
    <>
      <PageHead
        title={t("transfers.manifest")}
        lead={
          <>
            <Link href={`/transports/${parameters.id}`}>{transport.name}</Link> · {transport.partner.name} ·{" "}
            {departure(transport)}
          </>
        }
      >
        {view.rows.length > 0 &&
          formats.map((format) => (
            <a
              key={format}
              className="button"
              href={address(`/transports/${parameters.id}/manifest-file`, { copy: chosen, format })}
              data-action={`manifest_${format}`}
            >
              <Icon name="download" size={15} />
              {format.toUpperCase()}
            </a>
          ))}
        <Button icon="check" data-action="check_manifest" onClick={() => set_comparing(true)}>
          {t("transfers.manifest_check")}
        </Button>
      </PageHead>
      <div className="stack loose">
        <p className="muted transport-lead">{t("transfers.manifest_lead")}</p>
        {check && <Findings check={check} close={() => set_check(null)} />}
        <div className="transport-top">
          <Card title={t("transfers.totals")}>
            <Facts rows={view.totals.map((one) => [one.total.label, String(one.count)])} />
          </Card>
          <Card title={t("transfers.manifest_copy")}>
            <div className="stack">
              {view.copies.length > 1 && (
                <SelectField
                  label={t("transfers.manifest_copy")}
                  options={view.copies.map((one) => ({ value: one.code, label: one.label }))}
                  value={chosen}
                  change={set_copy}
                />
              )}
              <Facts
                rows={[
                  [
                    t("transfers.fingerprint"),
                    <span key="number" className="mono">
                      {view.fingerprint}
                    </span>,
                  ],
                  [t("transfers.made"), show_instant(view.made_at)],
                ]}
              />
              <p className="small muted">{t("transfers.fingerprint_hint")}</p>
            </div>
          </Card>
        </div>
        <People view={view} />
        {view.staff.length > 0 && <Staff view={view} />}
      </div>
      {comparing && (
        <CompareDialog
          id={parameters.id}
          close={() => set_comparing(false)}
          tell={(told) => {
            set_check(told);
            set_comparing(false);
          }}
        />
      )}
    </>
  );
}

type Rows = ManifestView["rows"];

/** Families one by one, then those who travel alone; one group when the copy names no families. */
function groups_of(view: ManifestView): [title: string, rows: Rows][] {
  const families = new Map<string, Rows>();
  const alone: Rows = [];
  for (const row of view.rows) {
    if (!row.family) alone.push(row);
    else families.set(row.family, [...(families.get(row.family) ?? []), row]);
  }
  if (families.size === 0) return [[t("transfers.people"), alone]];
  const groups: [string, Rows][] = [...families].map(([letter, rows]) => [t("transfers.family_of", { letter }), rows]);
  return alone.length > 0 ? [...groups, [t("transfers.alone"), alone]] : groups;
}

function People({ view }: { view: ManifestView }): ReactNode {
  if (view.rows.length === 0)
    return (
      <Card>
        <Empty icon="people" title={t("transfers.no_people")} />
      </Card>
    );
  return groups_of(view).map(([title, rows]) => (
    <Card key={title} title={title} flush>
      <ListedPeople name={title} columns={view.columns} rows={rows} by_family />
    </Card>
  ));
}

function Staff({ view }: { view: ManifestView }): ReactNode {
  return (
    <Card title={t("transfers.staff")} flush>
      <ListedStaff staff={view.staff} />
    </Card>
  );
}

function CompareDialog({ id, close, tell }: { id: string; close: () => void; tell: (told: ListCheckView) => void }): ReactNode {
  const [file, set_file] = useState<File | null>(null);
  const list = useFileChoice(async (chosen) => set_file(chosen), { accept: ".csv,.xlsx,.edi,.txt" });
  return (
    <FormDialog
      title={t("transfers.manifest_check")}
      act={t("transfers.manifest_check_act")}
      ready={file !== null}
      keep={false}
      close={close}
      send={async () => {
        if (file) tell(await upload<ListCheckView>(`/transports/${id}/manifest-check`, file));
      }}
    >
      <p>{t("transfers.manifest_check_text")}</p>
      <div className="row">
        <Button icon="upload" onClick={list.open}>
          {t("web.import.choose_file")}
        </Button>
        {file && <span className="strong clip">{file.name}</span>}
        {list.input}
      </div>
    </FormDialog>
  );
}

function Findings({ check, close }: { check: ListCheckView; close: () => void }): ReactNode {
  if (check.is_same)
    return (
      <Notice tone="calm" alert>
        <p>
          {t("transfers.manifest_same", { count: check.rows })} {check.copy?.label}
        </p>
      </Notice>
    );
  return (
    <Card
      title={t("transfers.manifest_differs", { count: check.findings.length + check.more })}
      flush
      actions={
        <Button kind="small" icon="cross" onClick={close}>
          {t("web.action.close")}
        </Button>
      }
    >
      <div role="alert">
        <RowsTable
          name={t("transfers.manifest_check")}
          rows={check.findings.map((one, at) => ({ ...one, at }))}
          row_key={(one) => String(one.at)}
          columns={[
            { label: t("transfers.finding_problem"), look: "strong", cell: (one) => one.problem.label },
            {
              label: t("transfers.finding_line"),
              look: "nowrap",
              cell: (one) => (one.line === 0 ? t("transfers.whole_file") : one.line),
            },
            { label: t("transfers.finding_column"), is_none: (one) => !one.column, cell: (one) => one.column },
            { label: t("transfers.person"), is_none: (one) => !one.person, cell: (one) => one.person },
            { label: t("transfers.finding_ours"), is_none: (one) => !one.ours, cell: (one) => one.ours },
            { label: t("transfers.finding_theirs"), is_none: (one) => !one.theirs, cell: (one) => one.theirs },
          ]}
        />
      </div>
      {check.more > 0 && <p className="small muted">{t("transfers.manifest_more", { count: check.more })}</p>}
    </Card>
  );
}
