/** Editing an application: one section at a time, saved while typing, findings at their field, a review with change links, and sending. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, upload } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { AttachmentView, CaseView, FormView } from "../api/types.ts";
import { Button, ErrorNotice, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { t, t_first, words_of } from "../language/label.ts";
import { useSession } from "../session/session.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { partner_of } from "../cases/CaseHeader.tsx";
import { name_of_path, section_name } from "./codes.ts";
import { conditions_of, draft_sections, is_required, is_shown, missing_fields } from "./definition.ts";
import { differing } from "./drafts.ts";
import { Attaching } from "./AttachFile.tsx";
import { FieldInput } from "./inputs.tsx";
import { Review } from "./Review.tsx";
import { plain_text } from "./ValueText.tsx";
import { useDraft, type DraftState } from "./useDraft.ts";
import "./forms.css";

export function EditorPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const record = useQuery(queries.record("case", parameters.id));
  const form = useQuery(queries.form("application"));
  if (record.error && !record.data) return <PageFault error={record.error} />;
  if (!record.data || !form.data) return <Waiting lines={9} />;
  return <DraftOrNotice key={record.data.id} view={record.data} form={form.data} />;
}
/** Who may not write is told so before the first key, not after. */
function DraftOrNotice({ view, form }: { view: CaseView; form: FormView }): ReactNode {
  const [writes] = useState(() => view.actions.some((item) => item.action === "edit" && item.allowed));
  if (writes) return <DraftEditor view={view} form={form} />;
  return (
    <>
      <PageHead title={`${view.reference} ${view.person.name}`} />
      <Notice tone="info">
        <p className="strong">{t(view.state === "draft" ? "web.form.not_yours" : "web.form.not_draft")}</p>
        <p>{t("web.form.not_draft_remedy")}</p>
        <p>
          <Link href={`/cases/${view.id}`}>{t("web.form.to_file")}</Link>
        </p>
      </Notice>
    </>
  );
}
async function attach_to(view: CaseView, file: File, kind: string): Promise<string> {
  const made = await upload<AttachmentView>(`/cases/${view.id}/attachments`, file, { name: file.name, kind });
  await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
  return made.id;
}
function DraftEditor({ view, form }: { view: CaseView; form: FormView }): ReactNode {
  const draft = useDraft(view);
  return (
    <Attaching value={(file, kind) => attach_to(view, file, kind)}>
      <Editor view={view} form={form} draft={draft} mark={t(`web.form.save.${draft.state}`)}>
        <SendToScreening view={view} draft={draft} />
      </Editor>
    </Attaching>
  );
}

/** The sections one after the other and the review, whose end is `children`. `only` leaves sections out; `mark` says what is kept where. */
export function Editor({
  view,
  form,
  draft,
  mark,
  only = () => true,
  children,
}: {
  view: CaseView;
  form: FormView;
  draft: DraftState;
  mark: string;
  only?: (section: string) => boolean;
  children: ReactNode;
}): ReactNode {
  const { path, query } = useAddress();
  const session = useSession();
  const holds = conditions_of(draft.content, partner_of(session.party.code), ["release"]);
  const sections = draft_sections(form, holds).filter((section) => only(section.code));
  const steps = [...sections.map((section) => section.code), "review"];
  const step = steps.includes(query.get("section") ?? "")
    ? (query.get("section") ?? "")
    : (steps.find((code) => code === "A_person") ?? steps[0] ?? "review");
  const at = steps.indexOf(step);
  const section = sections.find((item) => item.code === step);
  const go = (to: string | undefined): void => {
    if (to) {
      void (draft.state === "typing" && draft.save());
      navigate(`${path}?section=${to}`);
    }
  };
  const name_of_step = (code: string): string => (code === "review" ? t("web.form.review") : section_name(code));
  return (
    <>
      <div className="editor-head">
        <div>
          <p className="crumbs small">
            <Link href={`/cases/${view.id}`}>
              <Icon name="left" size={12} /> {view.reference} {view.person.name}
            </Link>
          </p>
          <h1>{name_of_step(step)}</h1>
        </div>
        <SaveMark draft={draft} words={mark} />
      </div>
      {draft.restored && (
        <Notice tone="info">
          <p>{t("web.form.restored")}</p>
        </Notice>
      )}
      <div className="editor">
        <nav className="sections" aria-label={t("web.section.label")}>
          {steps.map((code, index) => {
            const missing = code === "review" ? 0 : missing_fields(sections[index]!, draft.content, holds).length;
            return (
              <Link key={code} href={`${path}?section=${code}`} aria-current={code === step ? "step" : undefined}>
                <span className={missing > 0 ? "section-dot missing" : "section-dot done"} aria-hidden="true" />
                <span className="grow">{name_of_step(code)}</span>
                {missing > 0 && <span className="section-missing">{t("web.section.missing", { count: missing })}</span>}
              </Link>
            );
          })}
        </nav>
        <div className="editor-form card">
          <div className="body">
            {draft.findings.length > 0 && <FindingSummary draft={draft} />}
            {section ? (
              <form
                className="form-fields"
                onSubmit={(event) => {
                  event.preventDefault();
                  go(steps[at + 1]);
                }}
              >
                {section.field
                  .filter((field) => is_shown(field, holds))
                  .map((field) => (
                    <FieldInput
                      key={field.code}
                      form={form}
                      section={section.code}
                      field={field}
                      value={draft.content[section.code]?.[field.code]}
                      original={draft.content[section.code]?.[`${field.code}_original`]}
                      attachments={view.attachments}
                      required={is_required(field, holds)}
                      error={finding_words(draft, section.code, field.code)}
                      change={(value, original) => {
                        draft.set(section.code, field.code, value);
                        if (original !== undefined) draft.set(section.code, `${field.code}_original`, original);
                      }}
                    />
                  ))}
                <div className="row form-foot">
                  <Button type="submit" kind="primary">
                    {t("web.form.next", { section: name_of_step(steps[at + 1] ?? "review") })}
                  </Button>
                  {at > 0 && (
                    <Button kind="quiet" icon="left" onClick={() => go(steps[at - 1])}>
                      {name_of_step(steps[at - 1] ?? "")}
                    </Button>
                  )}
                </div>
              </form>
            ) : (
              <Review form={form} content={draft.content} sections={sections} holds={holds} path={path}>
                {children}
              </Review>
            )}
          </div>
        </div>
      </div>
      <Conflict draft={draft} />
    </>
  );
}

function finding_words(draft: DraftState, section: string, field: string): string | null {
  const found = draft.findings.find(
    (item) => item.field === `${section}.${field}` || item.field === field || item.field?.startsWith(`${section}.${field}.`),
  );
  return found ? (found.detail ?? t_first([`refused.${found.why}`], words_of(found.why))) : null;
}
function FindingSummary({ draft }: { draft: DraftState }): ReactNode {
  return (
    <Notice tone="late" alert>
      <p className="strong">{t("web.form.findings", { count: draft.findings.length })}</p>
      <ul>
        {draft.findings.map((item, index) => (
          <li key={index}>
            {item.field && <span className="strong">{name_of_path(item.field)}: </span>}
            {item.detail ?? t_first([`refused.${item.why}`], words_of(item.why))}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
function SaveMark({ draft, words }: { draft: DraftState; words: string }): ReactNode {
  const tone = draft.state === "saved" ? "calm" : draft.state === "local" || draft.state === "conflict" ? "near" : "quiet";
  return (
    <p className={`chip tone-${tone}`} role="status">
      {draft.state === "saved" && <Icon name="check" size={12} weight={2.6} />}
      {words}
    </p>
  );
}

function SendToScreening({ view, draft }: { view: CaseView; draft: DraftState }): ReactNode {
  const [asking, set_asking] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      if (draft.state !== "saved" && !(await draft.save())) {
        set_busy(false);
        set_asking(false);
        return;
      }
      const fresh = client.getQueryData<CaseView>(["record", "case", view.id]);
      await post(`/cases/${view.id}/screening`, undefined, { revision: fresh?.revision ?? view.revision });
      await client.invalidateQueries();
      toast(t("web.act_done.send_to_screening"));
      navigate(`/cases/${view.id}`);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <>
      <div className="row form-foot">
        <Button kind="primary large" onClick={() => set_asking(true)} data-action="send_to_screening">
          {t("web.act_button.send_to_screening")}
        </Button>
      </div>
      <Dialog
        title={t("workflow.action.send_to_screening")}
        open={asking}
        close={() => set_asking(false)}
        foot={
          <>
            <Button kind="primary" busy={busy} onClick={() => void send()}>
              {t("web.act_button.send_to_screening")}
            </Button>
            <Button onClick={() => set_asking(false)}>{t("web.action.cancel")}</Button>
          </>
        }
      >
        <Notice tone="info">
          <p>{t("web.act_seen.send_to_screening")}</p>
        </Notice>
        <ErrorNotice error={error} />
      </Dialog>
    </>
  );
}

function Conflict({ draft }: { draft: DraftState }): ReactNode {
  const theirs = draft.theirs;
  if (!theirs) return null;
  const show = (path: string, from: DraftState["content"]): string => {
    const [section = "", field = ""] = path.split(".");
    return plain_text(from[section]?.[field] ?? null);
  };
  return (
    <Dialog
      title={t("web.form.conflict_title")}
      open
      wide
      keep
      close={() => undefined}
      foot={
        <>
          <Button kind="primary" onClick={draft.keep_mine}>
            {t("web.form.keep_mine")}
          </Button>
          <Button onClick={draft.take_theirs}>{t("web.form.take_theirs")}</Button>
        </>
      }
    >
      <p>{t("web.form.conflict_text")}</p>
      <div className="table-wrap" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("web.form.field")}</th>
              <th scope="col">{t("web.form.mine")}</th>
              <th scope="col">{t("web.form.theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {differing(draft.content, theirs.content).map((path) => (
              <tr key={path}>
                <td className="strong">{name_of_path(path)}</td>
                <td>{show(path, draft.content)}</td>
                <td>{show(path, theirs.content)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
