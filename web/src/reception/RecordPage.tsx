/** The record of a person who was received: what was seen at the desk, and what the centre writes later. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { Content, FieldValue, FormView } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { field_name, section_name } from "../forms/codes.ts";
import { conditions_of } from "../forms/definition.ts";
import { drop_draft, keep_draft, kept_draft } from "../forms/drafts.ts";
import { ShownSections } from "../forms/ShownSections.tsx";
import { ValueText } from "../forms/ValueText.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { Needs, Presence } from "./Received.tsx";
import { reception_queries, renew_reception } from "./read.ts";
import type { ReceptionRecord } from "./types.ts";
import "../forms/forms.css";
import "./reception.css";

export function RecordPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const may = useMay();
  const read = useQuery(reception_queries.record(parameters.id));
  const form = useQuery(queries.form("reception_record")).data;
  const [writing, set_writing] = useState(false);
  const [leaving, set_leaving] = useState(false);
  const view = read.data;
  if (read.error && !view) return <PageFault error={read.error} again={() => void read.refetch()} />;
  if (!view || !form) return <Waiting lines={8} />;
  const one = view.person;
  const name = `${one.given_names} ${one.surname}`.trim();
  return (
    <>
      <PageHead
        title={
          <>
            {name} <Presence one={one} />
          </>
        }
        lead={
          <>
            <Link href={`/reception?tab=received&day=${one.day}&centre=${one.centre.id}`}>{t("reception.record_back")}</Link> ·{" "}
            {one.centre.name} · {show_day(one.day)}, {one.time}
          </>
        }
      >
        {may("reception.check_in") && one.state.code === "present" && (
          <Button icon="send" data-action="leave" onClick={() => set_leaving(true)}>
            {t("reception.leave")}
          </Button>
        )}
      </PageHead>
      <div className="stack loose">
        <div className="reception-two">
          <Card title={t("reception.tab.check_in")}>
            <Facts
              rows={[
                [t("forms.A_person.dob"), show_day(one.birth_date)],
                [t("reception.identity_of"), one.identity.label],
                [t("reception.document"), view.document_number ?? ""],
                [t("forms.A_person.nationality"), view.nationality?.label ?? ""],
                [t("reception.language"), view.language?.label ?? ""],
                [t("reception.needs"), one.needs.length > 0 || one.is_child ? <Needs key="needs" one={one} /> : ""],
                [t("reception.came_with"), view.transport ?? t("reception.nobody_announced")],
                [t("reception.desk"), one.desk],
                [t("reception.checked_in_by"), view.checked_in_by?.name ?? ""],
                [t("reception.bed"), t(one.has_bed ? "reception.yes" : "reception.no")],
                ...(view.left_at
                  ? [
                      [t("reception.left_at"), [show_instant(view.left_at), view.left_to].filter(Boolean).join(" · ")] as [
                        string,
                        string,
                      ],
                    ]
                  : []),
              ]}
            />
          </Card>
          {view.family.length > 0 && (
            <Card title={t("reception.record_family")}>
              <ul className="reception-family">
                {view.family.map((other) => (
                  <li key={other.id}>
                    <Link href={`/reception/${other.id}`}>
                      {other.given_names} {other.surname}
                    </Link>{" "}
                    <span className="small muted">{show_day(other.birth_date)}</span> <Presence one={other} />
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        {writing ? (
          <Writing view={view} form={form} done={() => set_writing(false)} />
        ) : (
          <Card
            title={t("reception.record")}
            actions={
              view.may_edit && (
                <Button kind="small" icon="draft" data-action="write_record" onClick={() => set_writing(true)}>
                  {t("reception.record_change")}
                </Button>
              )
            }
          >
            <Written form={form} content={view.details as Content} />
          </Card>
        )}
      </div>
      {leaving && <LeaveDialog view={view} name={name} close={() => set_leaving(false)} />}
    </>
  );
}

function Written({ form, content }: { form: FormView; content: Content }): ReactNode {
  const sections = form.section.filter((section) => content[section.code] !== undefined);
  if (sections.length === 0) return <p className="muted">{t("reception.record_empty")}</p>;
  return (
    <div className="stack">
      {sections.map((section) => (
        <section key={section.code} className="stack tight">
          <h3>{section_name(section.code)}</h3>
          <Facts
            rows={section.field
              .filter((field) => content[section.code]?.[field.code] !== undefined)
              .map((field): [string, ReactNode] => [
                field_name(section.code, field.code),
                <ValueText key={field.code} field={field} value={content[section.code]?.[field.code] as FieldValue} />,
              ])}
          />
        </section>
      ))}
    </div>
  );
}

function Writing({ view, form, done }: { view: ReceptionRecord; form: FormView; done: () => void }): ReactNode {
  const user = useSession().user.id;
  const key = `reception.${view.person.id}`;
  const [content, set_content] = useState<Content>(() => kept_draft(user, key)?.content ?? (view.details as Content));
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const set = (section: string, field: string, value: FieldValue): void => {
    const next = { ...content, [section]: { ...content[section], [field]: value } };
    set_content(next);
    keep_draft(user, key, { content: next, revision: view.revision, kept_at: new Date().toISOString() });
  };
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await put(`/reception-records/${view.person.id}`, { details: content }, view.revision);
      drop_draft(user, key);
      await renew_reception();
      toast(t("reception.record_kept"));
      done();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <ErrorNotice error={error} />
      <ShownSections
        form={form}
        content={content}
        holds={conditions_of(content, "")}
        attachments={[]}
        error={error}
        change={set}
      />
      <div className="row">
        <Button type="submit" kind="primary large" busy={busy}>
          {t("reception.keep")}
        </Button>
        <Button onClick={done}>{t("web.action.cancel")}</Button>
      </div>
    </form>
  );
}

function LeaveDialog({ view, name, close }: { view: ReceptionRecord; name: string; close: () => void }): ReactNode {
  const [to, set_to] = useState("");
  return (
    <FormDialog
      title={t("reception.leave_title", { name })}
      act={t("reception.leave")}
      keep={to !== ""}
      close={close}
      send={async () => {
        await post(
          `/reception-records/${view.person.id}/departure`,
          { ...(to.trim() ? { to } : {}) },
          { revision: view.revision },
        );
        await renew_reception();
        toast(t("reception.leave_done"));
      }}
    >
      <TextField optional label={t("reception.leave_to")} value={to} change={set_to} maxLength={200} />
    </FormDialog>
  );
}
