/** Correcting what was released: the form again, at its end what changes, before and after, the reason, and sending. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ApiError, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { CaseView, Content, FormView } from "../api/types.ts";
import { Button, ErrorNotice, Notice, PageFault, Waiting } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { navigate } from "../shell/router.tsx";
import { name_of_path } from "./codes.ts";
import { differing } from "./drafts.ts";
import { Editor } from "./EditorPage.tsx";
import { useCorrection, type CorrectionState } from "./useCorrection.ts";
import { ValueText } from "./ValueText.tsx";
import "./forms.css";

export function CorrectionPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const record = useQuery(queries.record("case", parameters.id));
  const form = useQuery(queries.form("application"));
  if (record.error && !record.data) return <PageFault error={record.error} />;
  if (!record.data || !form.data) return <Waiting lines={9} />;
  return <Correction view={record.data} form={form.data} />;
}

/** What stays at home is not corrected: the other State never had it. */
const was_sent = (section: string): boolean => section !== "internal" && section !== "header";

function Correction({ view, form }: { view: CaseView; form: FormView }): ReactNode {
  const draft = useCorrection(view);
  return (
    <Editor view={view} form={form} draft={draft} mark={t("web.correction.kept")} only={was_sent}>
      <SendCorrection view={view} form={form} draft={draft} />
    </Editor>
  );
}

function Value({ form, content, path }: { form: FormView; content: Content; path: string }): ReactNode {
  const [section = "", code = ""] = path.split(".");
  const field = form.section.find((one) => one.code === section)?.field.find((one) => one.code === code);
  const value = content[section]?.[code] ?? null;
  return field ? <ValueText field={field} value={value} /> : <>{String(value ?? "")}</>;
}

function SendCorrection({ view, form, draft }: { view: CaseView; form: FormView; draft: CorrectionState }): ReactNode {
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const changed = differing(view.content, draft.content);
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await post(`/cases/${view.id}/corrections`, { content: draft.content, reason }, { revision: view.revision });
      draft.forget();
      await client.invalidateQueries();
      toast(t("web.act_done.correct"));
      navigate(`/cases/${view.id}`);
    } catch (fault) {
      set_error(fault);
      if (fault instanceof ApiError && fault.status === 422) draft.set_findings(fault.findings);
      // Another correction came first: what this one changes is shown over it, and can be sent again.
      if (fault instanceof ApiError && (fault.status === 409 || fault.status === 412))
        await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
    } finally {
      set_busy(false);
    }
  };
  if (changed.length === 0)
    return (
      <Notice tone="info">
        <p>{t("web.correction.none")}</p>
      </Notice>
    );
  return (
    <section className="stack">
      <h2>{t("web.correction.changes")}</h2>
      <div className="table-wrap" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("web.form.field")}</th>
              <th scope="col">{t("web.correction.before")}</th>
              <th scope="col">{t("web.correction.after")}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((path) => (
              <tr key={path}>
                <td className="strong">{name_of_path(path)}</td>
                <td>
                  <Value form={form} content={view.content} path={path} />
                </td>
                <td>
                  <Value form={form} content={draft.content} path={path} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Notice tone="info">
        <p>{t("web.act_seen.correct")}</p>
      </Notice>
      <TextArea
        label={t("web.act.reason")}
        hint={t("web.act.reason_hint")}
        value={reason}
        change={set_reason}
        required
        maxLength={2000}
      />
      <ErrorNotice error={error} />
      <div className="row form-foot">
        <Button
          kind="primary large"
          icon="send"
          busy={busy}
          disabled={reason.trim().length < 3}
          onClick={() => void send()}
          data-action="correct"
        >
          {t("web.act_button.correct")}
        </Button>
      </div>
    </section>
  );
}
