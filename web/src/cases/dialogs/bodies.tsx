/** The inside of each act's dialog: what must be filled in, as the request body it becomes. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, type FunctionComponent, type ReactNode } from "react";
import { queries } from "../../api/queries.ts";
import type { CaseView, EvidenceOfPurpose, Office, Side } from "../../api/types.ts";
import { Button, Notice, Waiting } from "../../design/basics.tsx";
import { DateField } from "../../design/DateField.tsx";
import { CheckField, RadioGroup, SelectField, TextArea, TextField, type Option } from "../../design/fields.tsx";
import { add_days, show_day } from "../../language/dates.ts";
import { t, t_first, t_words, words_of } from "../../language/label.ts";
import { useToday } from "../../session/session.ts";
import type { DialogKind } from "../actions.ts";
import { next_deadline } from "../CaseHeader.tsx";
import { DeadlineTrail } from "../Deadline.tsx";
import { code_name, codes_of, options_of } from "../../forms/codes.ts";
import { document_name } from "../state.tsx";
import { ErrorClaim, Return } from "./ErrorClaim.tsx";
import { HeldDocument } from "./HeldDocument.tsx";
import { usual_wanted, WantedEvidence, type Wanted } from "./WantedEvidence.tsx";

export interface BodyProps {
  view: CaseView;
  side: Side;
  body: Record<string, unknown>;
  change: (body: Record<string, unknown>, ready: boolean) => void;
  wrong: string | null;
}
const text_of = (value: unknown): string => (typeof value === "string" ? value : "");
const must = (wrong: string | null, field: string): string | null => (wrong === field ? t("web.form.check_this") : null);

function Confirm(): ReactNode {
  return <p>{t("web.act.sure")}</p>;
}
function ReasonText({ body, change, wrong, hint }: BodyProps & { hint: string }): ReactNode {
  return (
    <TextArea
      label={t("web.act.reason")}
      hint={hint}
      value={text_of(body["reason"])}
      error={must(wrong, "reason")}
      change={(reason) => change({ reason }, reason.trim().length > 2)}
      required
      maxLength={2000}
      autoFocus
    />
  );
}
function Reason(props: BodyProps): ReactNode {
  return <ReasonText {...props} hint={t("web.act.reason_hint")} />;
}
/** A reason that the other State reads. */
function SentReason(props: BodyProps): ReactNode {
  return <ReasonText {...props} hint={t("web.act.sent_reason_hint")} />;
}
function Withdraw({ body, change }: BodyProps): ReactNode {
  const set = (part: Record<string, unknown>): void => {
    const next = { code: "", note: "", ...body, ...part } as { code: string; note: string };
    change(
      {
        code: next.code,
        note: next.note,
        reason: [code_name("withdrawal_reason", next.code), next.note].filter(Boolean).join(": "),
      },
      next.code !== "",
    );
  };
  return (
    <div className="stack">
      <RadioGroup
        legend={t("web.withdraw.why")}
        name="withdraw"
        value={text_of(body["code"])}
        change={(code) => set({ code })}
        options={options_of("withdrawal_reason")}
      />
      <TextArea
        label={t("web.act.note")}
        optional
        value={text_of(body["note"])}
        change={(note) => set({ note })}
        maxLength={2000}
      />
    </div>
  );
}
function Consent(props: BodyProps): ReactNode {
  const deadline = props.view.deadlines.find((item) => item.kind.includes("reply")) ?? next_deadline(props.view);
  return (
    <div className="stack">
      <Notice tone="soon">
        <p>{t("web.act.consent_text")}</p>
      </Notice>
      {deadline && <DeadlineTrail deadline={deadline} agreement={props.view.agreement} />}
      <Reason {...props} />
    </div>
  );
}
function Completeness({ view }: BodyProps): ReactNode {
  const list = view.completeness ?? view.checklist;
  const missing = list.filter((item) => item.state === "missing");
  if (missing.length === 0)
    return (
      <Notice tone="calm">
        <p>{t("web.checklist.all_there")}</p>
      </Notice>
    );
  return (
    <Notice tone="near">
      <p className="strong">{t("web.checklist.missing_count", { count: missing.length })}</p>
      <ul>
        {missing.map((item) => (
          <li key={item.item}>{item.label ?? document_name(item.item)}</li>
        ))}
      </ul>
    </Notice>
  );
}
function Extension({ view, body, change, wrong }: BodyProps): ReactNode {
  const set = (part: Record<string, unknown>): void => {
    const next = { days: 0, reason: "", ...body, ...part } as { days: number; reason: string };
    change(next, next.days > 0 && next.reason.trim().length > 2);
  };
  const deadline = next_deadline(view);
  return (
    <div className="stack">
      {deadline && <DeadlineTrail deadline={deadline} agreement={view.agreement} />}
      <TextField
        label={t("web.act.extension_days")}
        hint={t("web.act.extension_days_hint")}
        inputMode="numeric"
        className="short"
        value={String(body["days"] ?? "")}
        error={must(wrong, "days")}
        change={(text) => set({ days: Number(text.replace(/\D/g, "")) || 0 })}
        required
      />
      <TextArea
        label={t("web.act.extension_reason")}
        hint={t("web.act.extension_hint")}
        value={text_of(body["reason"])}
        error={must(wrong, "reason")}
        change={(reason) => set({ reason })}
        required
        maxLength={2000}
      />
    </div>
  );
}
function Hold({ view, body, change, wrong }: BodyProps): ReactNode {
  const today = useToday();
  const deadline = next_deadline(view);
  const set = (part: Record<string, unknown>): void => {
    const next = { until: "", reason: "", ...body, ...part } as { until: string; reason: string };
    change(next, next.until !== "" && next.reason.trim().length > 2);
  };
  const days = [7, 14, 30].map((ahead) => add_days(today, ahead)).filter((day) => !deadline || day <= deadline.due_on);
  return (
    <div className="stack">
      {deadline && (
        <Notice tone="near">
          <p>{t("web.hold.term_runs", { day: show_day(deadline.due_on) })}</p>
        </Notice>
      )}
      <DateField
        label={t("web.hold.until")}
        hint={t("web.hold.until_hint")}
        value={text_of(body["until"])}
        error={must(wrong, "until")}
        change={(until) => set({ until })}
      />
      {days.length > 0 && (
        <div className="row">
          {days.map((day) => (
            <Button key={day} kind="small" onClick={() => set({ until: day })}>
              {show_day(day)}
            </Button>
          ))}
        </div>
      )}
      <TextArea
        label={t("web.act.reason")}
        hint={t("web.hold.reason_hint")}
        value={text_of(body["reason"])}
        error={must(wrong, "reason")}
        change={(reason) => set({ reason })}
        required
        maxLength={2000}
      />
    </div>
  );
}
function Assignment({ body, change }: BodyProps): ReactNode {
  const officers = useQuery(queries.officers());
  const options = (officers.data ?? []).map((user) => ({ value: user.id, label: `${user.name} (${user.organisation})` }));
  return (
    <SelectField
      label={t("web.act.assignee")}
      empty={t("web.form.choose")}
      options={options}
      value={text_of(body["user"])}
      change={(user) => change({ user }, user !== "")}
    />
  );
}

interface Item {
  item: string;
  language: string;
  note: string;
  any_of: Wanted[];
  count: number;
}
/** What can be asked for: the points of this agreement's checklist, evidence, then every kind of document. */
function wanted_items(view: CaseView, evidence: EvidenceOfPurpose[]): Option[] {
  const points = (view.completeness ?? view.checklist).map((item) => ({
    value: item.item,
    label: item.label ?? document_name(item.item),
  }));
  for (const { item } of evidence.filter((one) => one.decides))
    if (!points.some((point) => point.value === item)) points.push({ value: item, label: t(`agreements.checklist.${item}`) });
  const known = new Set(points.map((item) => item.value));
  const kinds = codes_of("evidence_type").filter((code) => !known.has(code));
  return [...points, ...kinds.map((value) => ({ value, label: document_name(value) }))];
}
/** What the checklist misses is what is asked for, and evidence that is not enough, until the officer says otherwise. */
function missing_items(view: CaseView, evidence: EvidenceOfPurpose[]): Item[] {
  const missing = (view.completeness ?? view.checklist).filter((item) => item.state === "missing").map((item) => item.item);
  const weak = evidence.filter(
    (one) => one.decides && one.ways.length > 0 && ["no", "if", "not_said"].includes(one.sufficient ?? ""),
  );
  const asked = [...new Set([...missing, ...weak.map((one) => one.item)])];
  return asked.length > 0 ? asked.map((item) => ({ ...no_item, item, ...usual_wanted(item, evidence) })) : [no_item];
}
const no_item: Item = { item: "", language: "", note: "", any_of: [], count: 0 };
const items_ready = (items: Item[]): boolean =>
  items.length > 0 && items.every((item) => item.item !== "" && (item.item !== "other" || item.note !== ""));

/** The list of what is asked for: document, language, note. */
function Items({
  view,
  evidence,
  items,
  set,
  wrong,
}: {
  view: CaseView;
  evidence: EvidenceOfPurpose[];
  items: Item[];
  set: (items: Item[]) => void;
  wrong: string | null;
}): ReactNode {
  const options = wanted_items(view, evidence);
  const edit = (index: number, part: Partial<Item>): void =>
    set(items.map((item, at) => (at === index ? { ...item, ...part } : item)));
  return (
    <>
      {items.map((item, index) => (
        <fieldset key={index} className="list-entry">
          <legend className="legend">{t("web.request.item_number", { number: index + 1 })}</legend>
          <div className="grid-3">
            <SelectField
              label={t("web.request.item")}
              empty={t("web.form.choose")}
              options={options}
              value={item.item}
              error={must(wrong, `items.${index}.item`)}
              change={(value) => edit(index, { item: value, ...usual_wanted(value, evidence) })}
            />
            <SelectField
              label={t("web.request.language")}
              empty={t("web.request.any_language")}
              options={["en", "es", "fr", "ar", "pt"].map((value) => ({ value, label: t(`web.language.${value}`) }))}
              value={item.language}
              change={(value) => edit(index, { language: value })}
            />
            <TextField
              label={t("web.request.note")}
              value={item.note}
              change={(value) => edit(index, { note: value })}
              maxLength={300}
            />
          </div>
          <WantedEvidence
            evidence={evidence.find((one) => one.item === item.item)}
            chosen={item.any_of}
            choose={(any_of, count) => edit(index, { any_of, count })}
          />
          {items.length > 1 && (
            <button className="link-button small" onClick={() => set(items.filter((_, at) => at !== index))}>
              {t("web.request.remove", { number: index + 1 })}
            </button>
          )}
        </fieldset>
      ))}
      <div>
        <Button kind="small" icon="plus" onClick={() => set([...items, no_item])}>
          {t("web.request.add")}
        </Button>
      </div>
    </>
  );
}

function RequestDocuments({ view, side, body, change, wrong }: BodyProps): ReactNode {
  const today = useToday();
  const evidence = useQuery(queries.evidence(side, view.id));
  const purposes = evidence.data?.purposes ?? [];
  const items = (body["items"] as Item[] | undefined) ?? missing_items(view, purposes);
  const due_on = text_of(body["due_on"] ?? add_days(today, 15));
  const set = (next: Item[], due = due_on): void => change({ items: next, due_on: due }, items_ready(next) && due > today);
  // What is missing and the usual day stand there already: they can be sent as they are.
  useEffect(() => {
    if (!evidence.isPending) set(items);
  }, [evidence.isPending]); // eslint-disable-line -- once, when the dialog opens
  if (evidence.isPending) return <Waiting lines={4} />;
  return (
    <div className="stack">
      <p>{t("web.request.lead")}</p>
      <Items view={view} evidence={purposes} items={items} set={set} wrong={wrong} />
      <DateField label={t("web.request.due")} value={due_on} change={(due) => set(items, due)} />
    </div>
  );
}

/** The kind of office that usually makes a check: offered first, and taken where there is only one. */
const usual_office: Record<string, string> = {
  registry_search: "civil_registry",
  biometrics: "civil_registry",
  interview: "mission",
  field_check: "local_authority",
  document_check: "passport_office",
};

function Task({ body, change }: BodyProps): ReactNode {
  const today = useToday();
  const organisations = useQuery(queries.offices());
  const usual = (kind: string): Office[] => (organisations.data ?? []).filter((item) => item.kind === usual_office[kind]);
  const kind = text_of(body["kind"]);
  const set = (part: Record<string, unknown>): void => {
    const next: Record<string, unknown> = { kind, due_on: add_days(today, 7), ...body, ...part };
    change(
      next,
      ["kind", "organisation", "due_on"].every((name) => text_of(next[name]) !== ""),
    );
  };
  return (
    <div className="stack">
      <RadioGroup
        legend={t("web.task.kind")}
        name="task-kind"
        value={kind}
        change={(value) => {
          const only = usual(value);
          set({ kind: value, organisation: only.length === 1 ? only[0]?.id : text_of(body["organisation"]) });
        }}
        options={options_of("task_kind")}
      />
      <div className="grid-3">
        <SelectField
          label={t("web.task.organisation")}
          empty={t("web.form.choose")}
          options={[...new Set([...usual(kind), ...(organisations.data ?? [])])].map((item) => ({
            value: item.id,
            label: item.name,
          }))}
          value={text_of(body["organisation"])}
          change={(organisation) => set({ organisation })}
        />
      </div>
      <DateField
        label={t("web.task.due")}
        value={text_of(body["due_on"] ?? add_days(today, 7))}
        change={(due_on) => set({ due_on })}
      />
      <p className="muted small">{t("web.task.fields_hint")}</p>
      <TextArea
        label={t("web.task.note")}
        hint={t("web.task.note_hint")}
        optional
        value={text_of(body["note"])}
        change={(note) => set({ note })}
        maxLength={1000}
      />
    </div>
  );
}
export const task_kind_name = (kind: string): string => code_name("task_kind", kind);

/** The outcome of a task or of an interview in words. */
export const outcome_name = (code: string | null): string =>
  t_first(
    [`codes.task_result.${code ?? ""}`, `codes.interview_result.${code ?? ""}`, `codes.field_result.${code ?? ""}`],
    words_of(code ?? ""),
  );

interface Presented {
  purpose: string;
  document: number;
  label: string;
}
/** The documents of the application, in the lists in which they stand. */
function presented_documents(view: CaseView): Presented[] {
  const lists: [purpose: string, value: unknown][] = [
    ["nationality", view.content["D_evidence"]?.["nationality_evidence"]],
    ["third_country", view.content["E_tcn"]?.["tcn_evidence"]],
  ];
  return lists.flatMap(([purpose, value]) =>
    (Array.isArray(value) ? (value as Record<string, unknown>[]) : []).map((item, document) => ({
      purpose,
      document,
      label: [document_name(text_of(item["type"])), text_of(item["number"])].filter(Boolean).join(" · "),
    })),
  );
}
function Assessment(props: BodyProps): ReactNode {
  const { view, body, change, wrong } = props;
  const documents = presented_documents(view);
  const chosen = documents.findIndex((item) => item.purpose === body["purpose"] && item.document === body["document"]);
  const set = (part: Record<string, unknown>): void => {
    const next: Record<string, unknown> = { finding: "", reason: "", ...body, ...part };
    const is_reasoned = text_of(next["reason"]).trim().length > 2;
    change(next, is_reasoned && next["document"] !== undefined && next["finding"] !== "");
  };
  if (documents.length === 0)
    return (
      <Notice tone="info">
        <p>{t("web.assessment.no_document")}</p>
      </Notice>
    );
  return (
    <div className="stack">
      <RadioGroup
        legend={t("web.assessment.document")}
        name="assessed"
        value={chosen < 0 ? "" : String(chosen)}
        change={(value) => {
          const document = documents[Number(value)];
          if (document) set({ purpose: document.purpose, document: document.document });
        }}
        options={documents.map((item, index) => ({ value: String(index), label: item.label }))}
      />
      <RadioGroup
        legend={t("web.assessment.finding")}
        name="finding"
        value={text_of(body["finding"])}
        change={(finding) => set({ finding })}
        options={[
          { value: "false", label: t("web.assessment.false"), hint: t("web.assessment.false_hint") },
          { value: "genuine", label: t("web.assessment.genuine"), hint: t("web.assessment.genuine_hint") },
        ]}
      />
      <Reason {...props} body={body} change={(part) => set(part)} wrong={wrong} />
    </div>
  );
}

const reply_kinds = ["accepted", "refused", "interview", "more_information"];
/** A refusal after an acceptance is an action of its own. */
const action_of_kind = (kind: string): string[] =>
  kind === "refused" ? ["reply_refused", "reply_late_refusal"] : [`reply_${kind}`];

function Reply({ view, side, body, change, wrong }: BodyProps): ReactNode {
  const evidence = useQuery(queries.evidence(side, view.id)).data?.purposes ?? [];
  const kind = text_of(body["kind"]);
  const reasons = (body["reasons"] as string[] | undefined) ?? [];
  const open = (view.tasks ?? []).filter((task) => task.state !== "done");
  const set = (part: Record<string, unknown>): void => {
    const next: Record<string, unknown> = { kind, reasons, note: "", ...body, ...part };
    const chosen = text_of(next["kind"]);
    const reasoned = chosen !== "refused" || (next["reasons"] as string[]).length > 0;
    const asked = chosen !== "more_information" || items_ready((next["items"] as Item[] | undefined) ?? []);
    change(next, chosen !== "" && reasoned && asked);
  };
  return (
    <div className="stack">
      {open.length > 0 && (
        <Notice tone="near">
          <p>{t("web.reply.open_tasks", { count: open.length })}</p>
        </Notice>
      )}
      {(view.tasks ?? [])
        .filter((task) => task.outcome)
        .map((task) => (
          <Notice key={task.id} tone={task.outcome === "confirmed" ? "calm" : "quiet"}>
            <p>
              <span className="strong">{task_kind_name(task.kind)}</span>: {outcome_name(task.outcome)}
              {task.note && ` · ${t_words(task.note)}`}
            </p>
          </Notice>
        ))}
      <RadioGroup
        legend={t("web.reply.kind")}
        name="reply-kind"
        value={kind}
        change={(value) => set({ kind: value })}
        options={reply_kinds
          .filter(
            (value) =>
              view.actions.length === 0 ||
              !view.actions.some((item) => item.action.startsWith("reply_")) ||
              view.actions.some((item) => action_of_kind(value).includes(item.action) && item.allowed),
          )
          .map((value) => ({ value, label: t(`workflow.variant.reply.${value}`), hint: t(`web.reply_hint.${value}`) }))}
      />
      {kind === "refused" && (
        <fieldset className="field">
          <legend className="legend">{t("web.reply.reasons")}</legend>
          {must(wrong, "reasons") && <span className="error">{must(wrong, "reasons")}</span>}
          {codes_of("refusal_reason").map((code) => (
            <CheckField
              key={code}
              label={code_name("refusal_reason", code)}
              checked={reasons.includes(code)}
              change={(on) => set({ reasons: on ? [...reasons, code] : reasons.filter((item) => item !== code) })}
            />
          ))}
        </fieldset>
      )}
      {kind === "more_information" && (
        <fieldset className="field">
          <legend className="legend">{t("web.reply.items")}</legend>
          <Items
            view={view}
            evidence={evidence}
            items={(body["items"] as Item[] | undefined) ?? [no_item]}
            set={(items) => set({ items })}
            wrong={wrong}
          />
        </fieldset>
      )}
      <TextArea
        label={t("web.reply.note")}
        hint={t("web.reply.note_hint")}
        optional={kind !== "refused"}
        value={text_of(body["note"])}
        change={(note) => set({ note })}
        maxLength={4000}
      />
    </div>
  );
}

export const bodies: Record<DialogKind, FunctionComponent<BodyProps>> = {
  confirm: Confirm,
  reason: Reason,
  sent_reason: SentReason,
  withdraw: Withdraw,
  consent: Consent,
  completeness: Completeness,
  assessment: Assessment,
  extension: Extension,
  hold: Hold,
  held_document: HeldDocument,
  error_claim: ErrorClaim,
  return: Return,
  assignment: Assignment,
  request_documents: RequestDocuments,
  task: Task,
  reply: Reply,
};
