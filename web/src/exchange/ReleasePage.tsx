/** What leaves: the envelope field by field and page by page, what stays and why, words found; released by a second person. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { EnvelopePreview, PreviewField } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { CheckField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { field_name, section_name } from "../forms/codes.ts";
import { plain_text, ValueText } from "../forms/ValueText.tsx";
import { party_name } from "../cases/state.tsx";
import { useMay, useSession } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { release_next } from "./ReleaseNext.tsx";
import { WordsFound } from "./WordsFound.tsx";
import "./exchange.css";

const stays_words = (field: PreviewField): string =>
  field.why === "withheld" ? t("web.stays.withheld", { reason: field.reason ?? "" }) : why_words(field.why);
const why_words = (why: string | null): string =>
  why ? t_first([why, `web.stays.${why}`, `refused.${why}`], words_of(why)) : "";

export function ReleasePage({ parameters }: { parameters: { id: string } }): ReactNode {
  const id = parameters.id;
  const preview = useQuery(queries.preview(id));
  const record = useQuery(queries.record("case", id)).data;
  const [bytes, set_bytes] = useState(false);
  const view = preview.data;
  const may = useMay();
  return (
    <>
      <PageHead
        title={t("web.release.title")}
        lead={
          record && (
            <>
              <Link href={`/cases/${id}`}>
                {record.reference} {record.person.name}
              </Link>
            </>
          )
        }
      >
        {may("case.export") && (
          <a className="button" href={address(`/cases/${id}/person-copy`)}>
            {t("web.release.person_copy")}
          </a>
        )}
        {view && (
          <Button icon="eye" onClick={() => set_bytes(true)}>
            {t("web.release.bytes")}
          </Button>
        )}
      </PageHead>
      <ErrorNotice error={preview.error} again={() => void preview.refetch()} />
      {preview.isPending && <Waiting lines={10} />}
      {view && (
        <div className="release">
          <div className="stack loose">
            <WordsFound view={view} id={id} />
            <Fields
              title={t("web.release.leaves")}
              lead={t("web.release.leaves_lead", { receiver: party_words(view.receiver) })}
              fields={view.fields.filter((field) => field.leaves)}
              leaves
            />
            <Fields
              title={t("web.release.stays")}
              lead={t("web.release.stays_lead")}
              fields={view.fields.filter((field) => !field.leaves)}
              leaves={false}
            />
            <Attachments view={view} id={id} />
          </div>
          <ReleaseBox view={view} id={id} />
        </div>
      )}
      {view && (
        <Dialog
          title={t("web.release.bytes")}
          open={bytes}
          close={() => set_bytes(false)}
          wide
          foot={<Button onClick={() => set_bytes(false)}>{t("web.action.close")}</Button>}
        >
          <p className="small muted">{t("web.release.bytes_text")}</p>
          <pre className="bytes" tabIndex={0}>
            {view.body}
          </pre>
          <p className="mono small">{view.hash}</p>
        </Dialog>
      )}
    </>
  );
}
const party_words = (receiver: string): string => (receiver.length === 3 ? party_name(receiver) : receiver);

function Fields({
  title,
  lead,
  fields,
  leaves,
}: {
  title: string;
  lead: string;
  fields: PreviewField[];
  leaves: boolean;
}): ReactNode {
  const form = useQuery(queries.form("application")).data;
  const show = (item: PreviewField): ReactNode => {
    const known = form?.section
      .find((section) => section.code === item.section)
      ?.field.find((field) => field.code === item.field);
    return known ? <ValueText field={known} value={item.value} /> : plain_text(item.value);
  };
  const sections = [...new Set(fields.map((field) => field.section))];
  return (
    <Card
      title={
        <span className="row">
          <Icon name={leaves ? "send" : "shield"} /> {title} <span className="muted number">{fields.length}</span>
        </span>
      }
      flush
    >
      <p className="section-lead">{lead}</p>
      <div className="table-wrap" tabIndex={0}>
        <table className={leaves ? "table envelope" : "table envelope stays"}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t("web.form.field")}</th>
              <th scope="col">{t("web.release.value")}</th>
            </tr>
          </thead>
          {sections.map((section) => (
            <tbody key={section}>
              <tr>
                <th colSpan={2} scope="colgroup" className="envelope-section">
                  {section_name(section)}
                </th>
              </tr>
              {fields
                .filter((field) => field.section === section)
                .map((field) => (
                  <tr key={field.field}>
                    <td>{field.label || field_name(field.section, field.field)}</td>
                    <td>{leaves ? show(field) : <span>{stays_words(field)}</span>}</td>
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </Card>
  );
}
function Attachments({ view, id }: { view: EnvelopePreview; id: string }): ReactNode {
  if (view.attachments.length === 0) return null;
  return (
    <Card title={t("web.section.attachments")} flush>
      <ul className="envelope-files">
        {view.attachments.map((file) => (
          <li key={file.id}>
            <Icon name="file" />
            <span className="grow">
              <span className="strong">{file.name}</span>
              {file.leaves && (
                <span className="small">
                  <br />
                  <a href={address(`/cases/${id}/envelope-preview/attachments/${file.id}`)} target="_blank" rel="noreferrer">
                    {t("web.release.see_copy")}
                  </a>
                </span>
              )}
              {file.leaves && file.own_name && (
                <span className="small muted">
                  <br />
                  {t("web.release.own_name", { name: file.own_name })}
                </span>
              )}
              {file.leaves && file.has_text === false && (
                <span className="small muted">
                  <br />
                  {t("web.release.no_text")}
                </span>
              )}
              {file.pages !== null && <span className="muted"> {t("web.release.pages", { count: file.pages })}</span>}
              {file.stripped.length > 0 && (
                <span className="small muted">
                  <br />
                  {t("web.release.stripped", { what: file.stripped.join(", ") })}
                </span>
              )}
              {file.why && (
                <span className="small">
                  <br />
                  {why_words(file.why)}
                </span>
              )}
            </span>
            {file.leaves ? (
              <Chip tone="info" icon="send">
                {t("web.release.goes")}
              </Chip>
            ) : (
              <Chip tone="hold" icon="shield">
                {t("web.form.stays")}
              </Chip>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Why it cannot leave yet, each point with the place where it is mended. */
function Obstacles({ view, id }: { view: EnvelopePreview; id: string }): ReactNode {
  const missing = view.missing ?? [];
  const gates = view.open_gates ?? [];
  const record = useQuery(queries.record("case", id)).data;
  const writes = record?.actions.some((item) => item.action === "edit" && item.allowed) ?? false;
  const why = view.refused_why ? t_words(why_words(view.refused_why)) : t("refused.not_permitted");
  return (
    <Notice tone="near">
      <p>{missing.length > 0 ? t("web.release.not_yet") : why}</p>
      {missing.length > 0 && (
        <p className="small">
          {t("web.release.missing")}{" "}
          {missing.map((item, index) => (
            <span key={item.path}>
              {index > 0 && ", "}
              <Link href={`/cases/${id}${writes ? "/edit" : ""}?section=${item.path.split(".")[0] ?? ""}`}>{item.label}</Link>
            </span>
          ))}
        </p>
      )}
      {missing.length > 0 && !writes && <p className="small">{t("web.form.not_draft_remedy")}</p>}
      {gates.length > 0 && (
        <>
          <p className="small">{t("web.release.open_gates")}</p>
          <ul className="small open-gates">
            {gates.map((gate) => (
              <li key={gate}>
                <Link href={`/cases/${id}?section=gates`}>{gate}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

function ReleaseBox({ view, id }: { view: EnvelopePreview; id: string }): ReactNode {
  const may = useMay();
  const session = useSession();
  const [read, set_read] = useState(false);
  const [asking, set_asking] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const receiver = party_words(view.receiver);
  const allowed = view.may_release && may("case.release");
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      await post(`/cases/${id}/release`, { preview_hash: view.hash });
      await client.invalidateQueries();
      toast(t("web.release.done", { receiver }));
      await release_next(`/cases/${id}`);
    } catch (fault) {
      set_error(fault);
      set_asking(false);
      await client.invalidateQueries({ queryKey: ["preview", id] });
    } finally {
      set_busy(false);
    }
  };
  return (
    <aside className="release-box card next-primary">
      <div className="body stack">
        <h2>{t("web.release.second_person")}</h2>
        <p>
          {view.prepared_by
            ? t("web.release.second_person_text", { by: view.prepared_by })
            : t("web.release.second_person_plain")}
        </p>
        <p className="small muted">{t("web.release.you_are", { name: session.user.name })}</p>
        <ErrorNotice error={error} />
        {!allowed && <Obstacles view={view} id={id} />}
        {allowed && <CheckField label={t("web.release.read")} checked={read} change={set_read} />}
        <Button kind="primary large wide" icon="send" disabled={!allowed || !read} onClick={() => set_asking(true)}>
          {t("web.release.send_to", { receiver })}
        </Button>
        <Dialog
          title={t("web.release.confirm_title", { receiver })}
          open={asking}
          close={() => set_asking(false)}
          foot={
            <>
              <Button kind="primary" busy={busy} onClick={() => void send()}>
                {t("web.release.send_to", { receiver })}
              </Button>
              <Button onClick={() => set_asking(false)}>{t("web.action.cancel")}</Button>
            </>
          }
        >
          <p>{t("web.release.confirm_text", { receiver })}</p>
          <p className="small muted">
            {t("web.release.fingerprint")} <span className="mono">{view.hash.slice(0, 32)}…</span>
          </p>
        </Dialog>
      </div>
    </aside>
  );
}
