/** The minutes of an interview: written in their form, signed by everybody who was present, closed, given as the result. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { Content, FieldValue, FormView } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, Facts, Notice, Waiting } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { field_name, name_of_path, options_of, section_name } from "../forms/codes.ts";
import { conditions_of, missing_fields } from "../forms/definition.ts";
import { drop_draft, keep_draft, kept_draft } from "../forms/drafts.ts";
import { ShownSections } from "../forms/ShownSections.tsx";
import { ValueText } from "../forms/ValueText.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useSession } from "../session/session.ts";
import { interview_queries, renew_interviews } from "./read.ts";
import type { InterviewView, MinutesView } from "./types.ts";
import "../forms/forms.css";

/** Who signed and when follows from the signatures. */
const follows = (section: string, field: string): boolean =>
  section === "minutes" && (field === "signed_by" || field === "signed_on");

export function InterviewMinutes({ view }: { view: InterviewView }): ReactNode {
  const minutes = useQuery(interview_queries.minutes(view.id));
  const form = useQuery(queries.form("interview_minutes")).data;
  const [writing, set_writing] = useState(false);
  if (minutes.error) return <ErrorNotice error={minutes.error} />;
  if (!minutes.data || !form) return <Waiting lines={6} />;
  const now = minutes.data;
  if (writing || (now.version === 0 && now.may_write))
    return <Writing view={view} minutes={now} form={form} done={() => set_writing(false)} />;
  return (
    <>
      <Signatures view={view} minutes={now} />
      <Card
        title={t("interviews.minutes_version", { version: now.version })}
        actions={
          now.may_write && (
            <Button kind="small" icon="draft" onClick={() => set_writing(true)}>
              {t("interviews.write_anew")}
            </Button>
          )
        }
      >
        <Written form={form} content={now.content as Content} />
        {now.content_hash && (
          <p className="small muted hash">
            {t("interviews.hash")}: <code>{now.content_hash}</code>
          </p>
        )}
      </Card>
    </>
  );
}

function Written({ form, content }: { form: FormView; content: Content }): ReactNode {
  return (
    <div className="stack">
      {form.section.map((section) => (
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

function Signatures({ view, minutes }: { view: InterviewView; minutes: MinutesView }): ReactNode {
  const [recording, set_recording] = useState<MinutesView["signatures"][number] | null>(null);
  const [giving, set_giving] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const sign = async (role: string): Promise<void> => {
    set_error(null);
    try {
      await post(`/interviews/${view.id}/signatures`, { version: minutes.version, role, mark: "signed" });
      await renew_interviews();
      toast(t("interviews.signed"));
    } catch (fault) {
      set_error(fault);
    }
  };
  const closed = minutes.state === "closed";
  return (
    <Card
      title={t("interviews.signatures")}
      actions={
        <Chip tone={closed ? "calm" : "near"} icon={closed ? "check" : "draft"}>
          {t(closed ? "interviews.minutes_closed" : "interviews.minutes_signing")}
        </Chip>
      }
    >
      <ErrorNotice error={error} />
      <ul className="attendance">
        {minutes.signatures.map((one) => (
          <li key={one.role + one.name}>
            <span className="grow">
              <strong>{one.name}</strong> <span className="muted small">{t(`interviews.role.${one.role}`)}</span>
              {one.mark && (
                <p className="small">
                  <Icon name={one.mark === "refused" ? "cross" : "check"} size={13} /> {t(`interviews.mark.${one.mark}`)}
                  {one.reason && `: ${one.reason}`} <span className="muted">{show_instant(one.at)}</span>
                </p>
              )}
            </span>
            {one.may_sign && (
              <Button kind="small primary" data-action="sign" onClick={() => void sign(one.role)}>
                {t("interviews.sign")}
              </Button>
            )}
            {one.may_record && (
              <Button kind="small" onClick={() => set_recording(one)}>
                {t("interviews.record_mark")}
                <span className="visually-hidden"> {one.name}</span>
              </Button>
            )}
            {!one.mark && !one.may_sign && !one.may_record && <span className="muted">{t("interviews.not_yet")}</span>}
          </li>
        ))}
      </ul>
      {minutes.may_give_result && (
        <div className="row">
          <Button kind="primary" data-action="give_result" onClick={() => set_giving(true)}>
            {t("interviews.give_result")}
          </Button>
        </div>
      )}
      {recording && (
        <MarkDialog
          view={view}
          minutes={minutes}
          role={recording.role}
          name={recording.name}
          close={() => set_recording(null)}
        />
      )}
      {giving && <ResultDialog view={view} close={() => set_giving(false)} />}
    </Card>
  );
}

function MarkDialog({
  view,
  minutes,
  role,
  name,
  close,
}: {
  view: InterviewView;
  minutes: MinutesView;
  role: string;
  name: string;
  close: () => void;
}): ReactNode {
  const [mark, set_mark] = useState("");
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await post(`/interviews/${view.id}/signatures`, {
      version: minutes.version,
      role,
      name,
      mark,
      ...(mark === "refused" ? { reason } : {}),
    });
    await renew_interviews();
    toast(t("interviews.mark_kept"));
  };
  return (
    <FormDialog
      title={t("interviews.mark_title", { name })}
      act={t("interviews.record_mark")}
      send={send}
      close={close}
      ready={mark === "signed_on_paper" || (mark === "refused" && reason.trim() !== "")}
    >
      <p>{t("interviews.mark_text")}</p>
      <RadioGroup
        legend={t("interviews.mark_legend")}
        name="mark"
        value={mark}
        change={set_mark}
        options={["signed_on_paper", "refused"].map((value) => ({ value, label: t(`interviews.mark.${value}`) }))}
      />
      {mark === "refused" && (
        <TextArea label={t("interviews.mark_reason")} value={reason} change={set_reason} maxLength={500} />
      )}
    </FormDialog>
  );
}

function ResultDialog({ view, close }: { view: InterviewView; close: () => void }): ReactNode {
  const [outcome, set_outcome] = useState("");
  const [note, set_note] = useState("");
  const send = async (): Promise<void> => {
    await post(`/interviews/${view.id}/result`, { outcome, ...(note.trim() ? { note } : {}) });
    await renew_interviews();
    toast(t("web.task.sent"));
  };
  return (
    <FormDialog
      title={t("interviews.result_title", { person: view.person })}
      act={t("interviews.give_result")}
      send={send}
      close={close}
      ready={outcome === "confirmed" || (outcome !== "" && note.trim() !== "")}
      keep={note !== ""}
    >
      <p>{t("interviews.result_text")}</p>
      <RadioGroup
        legend={t("web.task.outcome")}
        name="outcome"
        value={outcome}
        change={set_outcome}
        options={options_of("task_result")}
      />
      <TextArea label={t("web.act.note")} value={note} change={set_note} maxLength={2000} optional={outcome === "confirmed"} />
    </FormDialog>
  );
}

function Writing({
  view,
  minutes,
  form,
  done,
}: {
  view: InterviewView;
  minutes: MinutesView;
  form: FormView;
  done: () => void;
}): ReactNode {
  const user = useSession().user.id;
  const key = `interview.${view.id}`;
  const [content, set_content] = useState<Content>(() => kept_draft(user, key)?.content ?? (minutes.content as Content));
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const holds = conditions_of(content, "");
  const set = (section: string, field: string, value: FieldValue): void => {
    const next = { ...content, [section]: { ...content[section], [field]: value } };
    set_content(next);
    keep_draft(user, key, { content: next, revision: 0, kept_at: new Date().toISOString() });
  };
  const sections = form.section.map((section) => ({
    ...section,
    field: section.field.filter((field) => !follows(section.code, field.code)),
  }));
  const missing = sections.flatMap((section) =>
    missing_fields(section, content, holds).map((field) => name_of_path(`${section.code}.${field.code}`)),
  );
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await put(`/interviews/${view.id}/minutes`, { content });
      drop_draft(user, key);
      await renew_interviews();
      toast(t("interviews.minutes_kept"));
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
      <Notice tone="info">
        <p>{t(minutes.version === 0 ? "interviews.write_text" : "interviews.write_anew_text")}</p>
      </Notice>
      <ErrorNotice error={error} />
      <ShownSections
        form={form}
        sections={sections}
        content={content}
        holds={holds}
        attachments={[]}
        error={error}
        change={set}
      />
      {missing.length > 0 && <p className="muted small">{t("web.minutes.missing", { fields: missing.join(", ") })}</p>}
      <div className="row">
        <Button type="submit" kind="primary large" busy={busy} disabled={missing.length > 0}>
          {t("interviews.keep_minutes")}
        </Button>
        {minutes.version > 0 && <Button onClick={done}>{t("web.action.cancel")}</Button>}
      </div>
    </form>
  );
}
