/** Attachments beside the data: the list, a viewer that stays in sight, adding by button or by dropping a file. */
import { useState, type ReactNode } from "react";
import { address, remove, upload } from "../api/client.ts";
import { client, path_of } from "../api/queries.ts";
import type { AttachmentView, CaseView, FormView, Side } from "../api/types.ts";
import { Button, Card, Empty, ErrorNotice, Facts } from "../design/basics.tsx";
import { SelectField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { show_instant, show_size } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { codes_of, field_name } from "../forms/codes.ts";
import { is_empty } from "../forms/definition.ts";
import { ValueText } from "../forms/ValueText.tsx";
import { document_name } from "./state.tsx";

const kinds = (): string[] => ["photo", ...codes_of("evidence_type")];
const largest = 25_000_000;

export function Attachments({ view, side, form }: { view: CaseView; side: Side; form: FormView | undefined }): ReactNode {
  const [chosen, set_chosen] = useState(view.attachments[0]?.id ?? null);
  const file = view.attachments.find((item) => item.id === chosen) ?? view.attachments[0];
  const may_edit =
    side === "case" && view.actions.some((item) => (item.action === "edit" || item.action === "answer") && item.allowed);
  return (
    <Card title={t("web.section.attachments")}>
      <div className="viewer">
        <div className="stack">
          {view.attachments.length === 0 && <Empty icon="file" title={t("web.attachment.none")} />}
          <ul className="card">
            {view.attachments.map((item) => (
              <li key={item.id}>
                <button className="file-row" aria-pressed={item.id === file?.id} onClick={() => set_chosen(item.id)}>
                  <span className="strong">{document_name(item.kind)}</span>
                  <span className="small clip">{item.name}</span>
                  <span className="small muted">
                    {[show_size(item.size), item.by, show_instant(item.added_at)].filter(Boolean).join(" · ")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {may_edit && <AddFile view={view} added={set_chosen} />}
          <DataBeside view={view} form={form} />
        </div>
        {file && <Viewer file={file} view={view} side={side} may_remove={may_edit && view.state === "draft"} />}
      </div>
    </Card>
  );
}

function Viewer({
  file,
  view,
  side,
  may_remove,
}: {
  file: AttachmentView;
  view: CaseView;
  side: Side;
  may_remove: boolean;
}): ReactNode {
  const source = address(`${path_of(side)}/${view.id}/attachments/${file.id}`);
  const [zoom, set_zoom] = useState(100);
  const picture = file.type.startsWith("image/") && !file.type.includes("tiff");
  const drop = async (): Promise<void> => {
    await remove(`/cases/${view.id}/attachments/${file.id}`, view.revision).catch((fault: unknown) =>
      toast(String(fault), true),
    );
    await client.invalidateQueries({ queryKey: ["record", side, view.id] });
  };
  return (
    <figure className="viewer-frame">
      <figcaption className="viewer-bar">
        <span className="grow clip">{file.name}</span>
        {picture && (
          <>
            <button
              className="icon-button"
              aria-label={t("web.attachment.smaller")}
              onClick={() => set_zoom(Math.max(25, zoom - 25))}
            >
              −
            </button>
            <span className="small number">{zoom} %</span>
            <button
              className="icon-button"
              aria-label={t("web.attachment.larger")}
              onClick={() => set_zoom(Math.min(400, zoom + 25))}
            >
              +
            </button>
          </>
        )}
        <a
          className="icon-button"
          href={source}
          download={file.name}
          aria-label={t("web.attachment.download", { name: file.name })}
        >
          <Icon name="download" />
        </a>
        {may_remove && (
          <button
            className="icon-button"
            aria-label={t("web.attachment.remove", { name: file.name })}
            onClick={() => void drop()}
          >
            <Icon name="cross" />
          </button>
        )}
      </figcaption>
      {picture ? (
        <div className="picture" tabIndex={0} role="region" aria-label={file.name}>
          <img
            src={source}
            alt={`${document_name(file.kind)}: ${file.name}`}
            style={{ inlineSize: `${zoom}%`, maxInlineSize: "none" }}
          />
        </div>
      ) : file.type === "application/pdf" ? (
        <iframe src={source} title={file.name} />
      ) : (
        <div className="picture" style={{ color: "#fff" }}>
          <p>{t("web.attachment.no_view", { type: file.type })}</p>
        </div>
      )}
    </figure>
  );
}

function AddFile({ view, added }: { view: CaseView; added: (id: string) => void }): ReactNode {
  const [kind, set_kind] = useState("other_document");
  const choice = useFileChoice(
    async (file) => {
      const made = await upload<AttachmentView>(`/cases/${view.id}/attachments`, file, { name: file.name, kind });
      await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
      added(made.id);
    },
    { largest, accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.wsq,.an2,.nist" },
  );
  return (
    <div className="drop" {...choice.box}>
      <ErrorNotice error={choice.error} />
      <SelectField
        label={t("web.attachment.kind")}
        options={kinds().map((value) => ({ value, label: document_name(value) }))}
        value={kind}
        change={set_kind}
      />
      <Button icon="upload" busy={choice.busy} onClick={choice.open}>
        {t("web.attachment.add")}
      </Button>
      <span className="small muted">{t("web.attachment.hint", { size: show_size(largest) })}</span>
      {choice.input}
    </div>
  );
}

/** The main data of the person, so that scan and record can be compared at one glance. */
function DataBeside({ view, form }: { view: CaseView; form: FormView | undefined }): ReactNode {
  const section = form?.section.find((item) => item.code === "A_person");
  const values = section ? (view.content[section.code] ?? {}) : {};
  const fields = (section?.field ?? []).filter((field) => field.type !== "file" && !is_empty(values[field.code])).slice(0, 10);
  if (fields.length === 0) return null;
  return (
    <Card title={t("web.attachment.compare")} level={3}>
      <Facts
        rows={fields.map((field) => [
          field_name("A_person", field.code),
          <ValueText field={field} value={values[field.code] ?? null} />,
        ])}
      />
    </Card>
  );
}
