/** From the server's views to what the screens read: names as words, absent members as null, lines put together. */
import { days_between } from "../language/dates.ts";
import type {
  ActionView,
  AttachmentView,
  CaseRow,
  CaseView,
  ChecklistItem,
  Content,
  DeadlineView,
  DocumentsRequest,
  EnvelopePreview,
  GateView,
  Named,
  Page,
  ReplyView,
  TaskCard,
  TaskView,
  TimelineEntry,
  TrailStep,
} from "./types.ts";

export type Raw = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const text_or_null = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const list = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const raw = (value: unknown): Raw => (typeof value === "object" && value !== null ? (value as Raw) : {});
/** The name of `{id, name}`. */
const name_of = (value: unknown): string | null => text_or_null(raw(value)["name"]);

export function row_of(item: Raw): CaseRow {
  const person = raw(item["person"]);
  const due_on = text_or_null(item["next_due_on"]);
  return {
    id: text(item["id"]),
    reference: text(item["reference"]),
    counterpart_reference: text_or_null(item["partner_reference"]),
    name: text(person["name"]),
    name_original: text_or_null(person["name_original"]),
    birth: text_or_null(person["birth"]),
    nationality: text_or_null(person["nationality"]),
    agreement: text(item["agreement"]),
    state: text(item["state"]),
    stage: text(item["stage"]),
    ball: text(item["ball"]),
    assignee: name_of(item["owner"]),
    days_waiting: Number(item["days_waiting"] ?? 0),
    detained_days: null,
    next_deadline: due_on ? { kind: text(item["next_due_kind"]), due_on, days_left: Number(item["days_left"] ?? 0) } : null,
    submitted_on: text_or_null(item["submitted_on"]),
    held_until: text_or_null(item["held_until"]),
    waits_too_long: text(item["waits_too_long"]) || "no",
    revision: Number(item["revision"] ?? 0),
    ...(item["side"] ? { side: item["side"] === "requested" ? "application" : "case" } : {}),
  } as CaseRow;
}
export const rows_of = (page: Page<Raw>): Page<CaseRow> => ({
  ...page,
  items: page.items.map(row_of),
  total: page.total ?? null,
});

const attachment_of = (item: Raw): AttachmentView => ({
  ...(item as unknown as AttachmentView),
  by: name_of(item["by"]) ?? "",
});
function gate_of(item: Raw): GateView {
  const evidence = list(item["evidence"]);
  const paper = evidence
    .map((part) => text(part["value"]))
    .filter(Boolean)
    .join(", ");
  return {
    ...(item as unknown as GateView),
    by: name_of(item["by"]),
    at: text_or_null(item["at"]),
    paper: text_or_null(paper),
    note: text_or_null(item["reason"]),
    blocks: text(item["kind"]).startsWith("block"),
  };
}
const request_of = (item: Raw): DocumentsRequest => ({
  id: text(item["id"]),
  asked_at: text(item["asked_at"]),
  due: text_or_null(item["due_on"]),
  items: list(item["items"]) as unknown as DocumentsRequest["items"],
});
const deadline_of = (item: Raw): DeadlineView => ({
  ...(item as unknown as DeadlineView),
  clause: text(item["clause"]),
  trail: list(item["trail"])
    .map((step) => ({
      step: text(step["step"]),
      from: text(step["from"]) || text(step["to"]),
      to: text(step["to"]) || text(step["from"]),
      days: Number(step["days"] ?? 0),
      holidays: (step["holidays"] as TrailStep["holidays"] | undefined) ?? [],
      weekend: (step["weekend"] as number[] | undefined) ?? [],
      text: text(step["text"]),
    }))
    .filter((step) => step.from !== ""),
  stops: list(item["stops"]) as unknown as DeadlineView["stops"],
});
function reply_of(value: unknown): ReplyView | null {
  if (typeof value !== "object" || value === null) return null;
  const item = raw(value);
  const reasons = list(item["reasons"]);
  return {
    kind: text(item["kind"]),
    at: text(item["at"]),
    by: name_of(item["by"]) ?? "",
    note:
      text_or_null(item["note"]) ??
      text_or_null(
        reasons
          .map((reason) => text(reason["text"]))
          .filter(Boolean)
          .join(" "),
      ),
    reasons: reasons.map((reason) => text(reason["code"])),
  };
}
/** Of a task in the list of tasks (`note` of who asked) or in its file (`result_note` of who answered). */
export function task_card_of(item: Raw, today: string): TaskCard {
  const due_on = text(item["due_on"]);
  return {
    id: text(item["id"]),
    kind: text(item["kind"]),
    state: text(item["state"]),
    due_on,
    days_left: typeof item["days_left"] === "number" ? item["days_left"] : days_between(today, due_on),
    organisation: name_of(item["organisation"]) ?? "",
    user: name_of(item["assignee"]),
    person: text(item["person"]),
    outcome: text_or_null(item["outcome"]),
    note: text_or_null(item["note"]) ?? text_or_null(item["result_note"]),
    ...(item["application"] ? { application: text(item["application"]) } : {}),
  };
}
export function task_of(item: Raw, today: string): TaskView {
  const lines = list(item["lines"]).map((line) => ({
    field: text(line["path"]),
    label: text(line["label"]),
    value: ((line["values"] as string[] | undefined) ?? []).join(", "),
  }));
  return {
    ...task_card_of(item, today),
    fields: lines,
    attachments: [],
    files: (item["files"] as string[] | undefined) ?? [],
    content: (item["content"] ?? {}) as Content,
    portrait_file: text_or_null(item["portrait_file"]),
    may_search: item["may_search"] !== false,
    evidence: list(item["evidence"]) as unknown as TaskView["evidence"],
  };
}
export function record_of(item: Raw, today: string): CaseView {
  const own = raw(item["party"]);
  const partner = raw(item["partner"]);
  return {
    ...(item as unknown as CaseView),
    counterpart_reference: text_or_null(item["partner_reference"]),
    content: (item["content"] ?? {}) as Content,
    attachments: list(item["attachments"]).map(attachment_of),
    checklist: list(item["checklist"]) as unknown as ChecklistItem[],
    gates: list(item["gates"]).map(gate_of),
    requests: list(item["requests"]).map(request_of),
    deadlines: list(item["deadlines"]).map(deadline_of),
    reply: reply_of(item["reply"]),
    error_claim: (item["error_claim"] as CaseView["error_claim"] | undefined) ?? null,
    tasks: list(item["tasks"]).map((task) => task_card_of(task, today)),
    actions: list(item["actions"]) as unknown as ActionView[],
    assignee: (item["owner"] ?? null) as Named | null,
    documents: list(item["documents"]) as unknown as CaseView["documents"],
    transmissions: list(item["transmissions"]) as unknown as CaseView["transmissions"],
    notes: list(item["notes"]) as unknown as CaseView["notes"],
    ...(own["name"]
      ? {
          parties: { own: text(own["name"]), partner: text(partner["name"]) },
          party_codes: { own: text(own["code"]), partner: text(partner["code"]) },
        }
      : {}),
  };
}
export function timeline_of(answer: Raw): TimelineEntry[] {
  const entries = list(answer["entries"]).map((item): TimelineEntry => ({
    id: text(item["id"]),
    at: text_or_null(item["when"]),
    when: item["tense"] === "to_come" ? "future" : item["tense"] === "today" ? "today" : "done",
    action: text(item["action"]),
    text: text(item["text"]),
    by: text_or_null(item["who"]),
    role: text_or_null(item["role"]),
    office: text_or_null(item["office"]),
    party: text_or_null(item["party"]),
    acting_for: text_or_null(item["acting_for"]),
  }));
  const stops = list(answer["stops"]).map((stop, index): TimelineEntry => ({
    id: `stop-${index}`,
    at: text(stop["from"]),
    when: "done",
    action: "clock_stopped",
    text: text(stop["reason"]),
    by: null,
    role: null,
    office: null,
    party: null,
    stop_from: text(stop["from"]),
    stop_to: text_or_null(stop["to"]),
  }));
  const done = [...entries.filter((item) => item.when === "done"), ...stops].sort((a, b) =>
    (a.at ?? "").localeCompare(b.at ?? ""),
  );
  return [...done, ...entries.filter((item) => item.when !== "done")];
}
/** Who answers for a word that was found. */
function cleared_of(value: unknown): { by: string; at: string; reason: string } | null {
  if (!value || typeof value !== "object") return null;
  const cleared = value as Raw;
  return { by: name_of(cleared["by"]) ?? "", at: text(cleared["at"]), reason: text(cleared["reason"]) };
}

export function preview_of(item: Raw): EnvelopePreview {
  const fields = list(item["lines"]).map((line) => {
    const [section = "", field = ""] = text(line["path"]).split(".");
    return {
      section,
      field,
      label: text(line["label"]),
      value: ((line["values"] as string[] | undefined) ?? []).join("; "),
      leaves: line["leaves"] === true,
      why: line["leaves"] === true ? null : text(line["rule"]),
      reason: text_or_null(line["reason"]),
    };
  });
  const files = list(item["files"]).map((file) => ({
    id: text(file["id"]),
    name: text(file["name"]),
    own_name: text(file["own_name"]),
    has_text: file["has_text"] === true,
    leaves: true,
    why: null,
    pages: null,
    stripped: [],
  }));
  const kept = ((item["kept_files"] as string[] | undefined) ?? []).map((name) => ({
    id: name,
    name,
    leaves: false,
    why: null,
    pages: null,
    stripped: [],
  }));
  const words = list(item["words"]).map((word) => ({
    word: text(word["word"]),
    field: text(word["place"]),
    label: text(word["label"]),
    category: text(word["category"]),
    excerpt: text(word["excerpt"]),
    severity: word["cleared"] ? "cleared" : "block",
    cleared: cleared_of(word["cleared"]),
  }));
  const blocking = words.filter((word) => word.cleared === null);
  const open = (item["open_gates"] as string[] | undefined) ?? [];
  const missing = list(item["missing"]).map((one) => ({ path: text(one["path"]), label: text(one["label"]) }));
  return {
    hash: text(item["hash"]),
    receiver: name_of(item["receiver"]) ?? "",
    prepared_by: "",
    fields,
    attachments: [...files, ...kept],
    words,
    may_answer: item["may_answer"] === true,
    may_release: blocking.length + open.length + missing.length === 0,
    refused_why:
      blocking.length > 0 ? "must_not_leave" : missing.length > 0 ? "field_missing" : open.length > 0 ? "gate_open" : null,
    missing,
    open_gates: open,
    body: JSON.stringify(item["form"], null, 1),
  };
}
