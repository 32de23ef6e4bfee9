/** One file on the desk: who it is, what the release will still demand, and the safeguards that this person decides. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { address, post, put } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { CaseView, Content, FieldValue, FormView, GateView } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, Notice } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { body_of_gate, gate_draft, GateFields, gate_name, missing_of, type GateDraft } from "../cases/GateFields.tsx";
import { document_name, StateChip } from "../cases/state.tsx";
import { code_name, field_name } from "../forms/codes.ts";
import { is_empty } from "../forms/definition.ts";
import { FieldInput } from "../forms/inputs.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { gaps_of, may_act, own_gates, type Gap, type Stop } from "./desk.ts";

/** What was said about the file before, to be offered for this one. */
export interface Before {
  gates?: Record<string, GateDraft>;
  fields?: Record<string, FieldValue>;
}
const path_of_gap = (gap: Gap): string => `${gap.section.code}.${gap.field.code}`;

interface DeskFileProps {
  view: CaseView;
  stop: Stop;
  form: FormView;
  requested: string;
  before: Before;
  recorded: (said: Before) => void;
  skip: () => void;
}
export function DeskFile({ view, stop, form, requested, before, recorded, skip }: DeskFileProps): ReactNode {
  const today = useToday();
  const [gaps] = useState(() => (stop === "draft" ? gaps_of(view, form, requested) : []));
  const [gates] = useState(() => own_gates(view));
  const [drafts, set_drafts] = useState<Record<string, GateDraft>>(() =>
    Object.fromEntries(gates.map((gate) => [gate.gate, gate_draft(gate, view, today)])),
  );
  const [fields, set_fields] = useState<Record<string, FieldValue>>({});
  const [times, set_times] = useState(0);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  const draft_of = (gate: GateView): GateDraft => drafts[gate.gate] ?? gate_draft(gate, view, today);
  const still = [
    ...gaps.filter((gap) => is_empty(fields[path_of_gap(gap)])).map((gap) => field_name(gap.section.code, gap.field.code)),
    ...gates.flatMap((gate) => missing_of(gate, draft_of(gate))),
  ];
  const ready = still.length === 0;
  const form_of = useRef<HTMLFormElement>(null);
  const [asked, set_asked] = useState(false);
  useEffect(() => {
    if (asked) form_of.current?.querySelector<HTMLElement>(".wrong :is(input, select, textarea)")?.focus();
  }, [asked, times]);
  const send_on = stop === "draft" && may_act(view, "send_to_screening");
  const as_before = (): void => {
    set_drafts(Object.fromEntries(gates.map((gate) => [gate.gate, taken_over(draft_of(gate), before.gates?.[gate.gate])])));
    set_fields(Object.fromEntries(gaps.map((gap) => [path_of_gap(gap), before.fields?.[path_of_gap(gap)] ?? null])));
    set_times(times + 1);
  };
  const record = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await send_all(view, gates, drafts, gaps, fields, send_on);
      recorded({ gates: { ...before.gates, ...drafts }, fields: { ...before.fields, ...fields } });
    } catch (fault) {
      set_error(fault);
      await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
    } finally {
      set_busy(false);
      void client.invalidateQueries({ queryKey: ["home"] });
      void client.invalidateQueries({ queryKey: ["list", "case"] });
    }
  };
  const has_before = gates.some((gate) => before.gates?.[gate.gate]) || gaps.some((gap) => before.fields?.[path_of_gap(gap)]);
  return (
    <form
      className="desk"
      ref={form_of}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) {
          set_asked(true);
          form_of.current?.querySelector<HTMLElement>(".wrong :is(input, select, textarea)")?.focus();
        } else if (!busy) void record();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      <Person view={view} head={head} />
      <div className="stack loose" key={times}>
        {gaps.length > 0 && (
          <Card title={t("web.desk.gaps")}>
            <div className="stack">
              <p className="muted small">{t("web.desk.gaps_lead")}</p>
              {gaps.map((gap) => (
                <FieldInput
                  key={path_of_gap(gap)}
                  form={form}
                  section={gap.section.code}
                  field={gap.field}
                  value={fields[path_of_gap(gap)]}
                  attachments={view.attachments}
                  required
                  error={asked && is_empty(fields[path_of_gap(gap)]) ? t("web.form.fill_in") : null}
                  change={(value) => set_fields({ ...fields, [path_of_gap(gap)]: value })}
                />
              ))}
            </div>
          </Card>
        )}
        {gates.map((gate) => (
          <Card key={gate.gate} title={gate.label ?? gate_name(gate.gate)}>
            <GateFields
              gate={gate}
              draft={draft_of(gate)}
              asked={asked}
              change={(next) => set_drafts({ ...drafts, [gate.gate]: next })}
            />
          </Card>
        ))}
        {gates.length + gaps.length === 0 && (
          <Notice tone="calm">
            <p>{t("web.desk.complete")}</p>
          </Notice>
        )}
      </div>
      <div className="desk-foot">
        <ErrorNotice error={error} />
        <div className="row">
          <Button type="submit" kind="primary large" busy={busy} data-desk="record">
            {t(send_on ? "web.desk.record_and_send" : "web.desk.record")}
          </Button>
          <Button kind="large" data-desk="skip" onClick={skip}>
            {t("web.desk.skip")}
          </Button>
          {has_before && (
            <Button kind="quiet" icon="swap" data-desk="before" onClick={as_before}>
              {t("web.desk.as_before")}
            </Button>
          )}
        </div>
        {!ready && (
          <p className={asked ? "strong small" : "muted small"} role="status">
            {t("web.desk.still", { what: counted(still) })}
          </p>
        )}
      </div>
    </form>
  );
}

/** Each label once, with how often it is missing. */
function counted(labels: string[]): string {
  return [...new Set(labels)]
    .map((label) => {
      const times = labels.filter((one) => one === label).length;
      return times > 1 ? `${label} (${times})` : label;
    })
    .join(", ");
}

/** What the file itself says stays; the rest is taken from the file before. */
function taken_over(own: GateDraft, earlier: GateDraft | undefined): GateDraft {
  if (!earlier) return own;
  const known = Object.fromEntries(Object.entries(own.evidence).filter(([, value]) => value !== ""));
  return { outcome: earlier.outcome, note: own.note || earlier.note, evidence: { ...earlier.evidence, ...known } };
}

/** Fields first, then each safeguard, then the file goes on; each step replaces the revision of the one before. */
async function send_all(
  view: CaseView,
  gates: GateView[],
  drafts: Record<string, GateDraft>,
  gaps: Gap[],
  fields: Record<string, FieldValue>,
  send_on: boolean,
): Promise<void> {
  let revision = view.revision;
  if (gaps.length > 0) {
    const content: Content = structuredClone(view.content);
    for (const gap of gaps)
      content[gap.section.code] = { ...content[gap.section.code], [gap.field.code]: fields[path_of_gap(gap)] ?? null };
    revision = (await put<CaseView>(`/cases/${view.id}/content`, { content }, revision)).revision;
  }
  for (const gate of gates) {
    const draft = drafts[gate.gate];
    if (!draft) continue;
    revision = (await put<CaseView>(`/cases/${view.id}/gates/${gate.gate}`, body_of_gate(draft), revision)).revision;
  }
  const stopped = Object.values(drafts).some((draft) => draft.outcome === "failed");
  if (send_on && !stopped) await post(`/cases/${view.id}/screening`, undefined, { revision });
  await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
}

function Person({ view, head }: { view: CaseView; head: React.RefObject<HTMLHeadingElement | null> }): ReactNode {
  const file = view.person.portrait_file;
  const missing = view.checklist.filter((item) => item.state === "missing");
  return (
    <aside className="desk-person card">
      <div className="body stack">
        <div className="row top">
          <Portrait source={file ? address(`/cases/${view.id}/attachments/${file}`) : null} size={56} />
          <div className="grow stack tight">
            <h2 ref={head} tabIndex={-1}>
              {view.person.name}
            </h2>
            {view.person.name_original && view.person.name_original !== view.person.name && (
              <bdi lang="und">{view.person.name_original}</bdi>
            )}
            <StateChip state={view.state} />
          </div>
        </div>
        <Facts
          rows={[
            [
              t("web.column.reference"),
              <Link className="mono" href={`/cases/${view.id}`}>
                {view.reference}
              </Link>,
            ],
            [t("web.person.birth"), show_day(view.person.birth)],
            [t("web.person.nationality"), view.person.nationality ? code_name("country", view.person.nationality) : null],
            [t("web.column.agreement"), view.agreement_title ?? view.agreement],
          ]}
        />
        {missing.length > 0 && (
          <Notice tone="near">
            <p className="small">
              {t("web.desk.checklist", { items: missing.map((item) => item.label ?? document_name(item.item)).join(", ") })}
            </p>
          </Notice>
        )}
        <p className="small">
          <Link href={`/cases/${view.id}/edit`}>
            <Icon name="draft" size={14} /> {t("web.desk.open_file")}
          </Link>
        </p>
      </div>
    </aside>
  );
}
