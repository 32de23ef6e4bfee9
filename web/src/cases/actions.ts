/** What each action of the workflow is on screen: a page to go to, or a dialog and the request it sends. The server decides what is allowed. */
import type { CaseView, Side } from "../api/types.ts";

export type DialogKind =
  | "confirm"
  | "reason"
  | "sent_reason"
  | "withdraw"
  | "request_documents"
  | "extension"
  | "task"
  | "reply"
  | "assignment"
  | "completeness"
  | "assessment"
  | "consent"
  | "held_document"
  | "error_claim"
  | "return"
  | "hold";
export interface ActionEntry {
  rank: number;
  main: boolean;
  danger?: boolean;
  dialog?: DialogKind;
  path?: string;
  href?: (view: CaseView, side: Side) => string;
}

const base = (view: CaseView, side: Side): string => `/${side === "case" ? "cases" : "applications"}/${view.id}`;
const table: Record<string, ActionEntry> = {
  answer: { rank: 5, main: true, href: (view, side) => `${base(view, side)}?section=requests` },
  confirm: { rank: 8, main: true, dialog: "consent", path: "confirmation" },
  release: { rank: 10, main: true, href: (view, side) => `${base(view, side)}/release` },
  send_to_screening: { rank: 12, main: true, dialog: "confirm", path: "screening" },
  acknowledge: { rank: 14, main: true, dialog: "confirm", path: "acknowledgement" },
  declare_complete: { rank: 16, main: true, dialog: "completeness", path: "completeness" },
  issue_document: { rank: 18, main: true, href: (view, side) => `${base(view, side)}/issue` },
  record_document: { rank: 19, main: true, dialog: "held_document", path: "held-document" },
  take_back_document: { rank: 46, main: false, dialog: "reason", path: "held-document-removal" },
  claim_error: { rank: 36, main: false, dialog: "error_claim", path: "error-claim" },
  take_back: { rank: 6, main: true, dialog: "reason", path: "taking-back" },
  reject_error_claim: { rank: 7, main: false, danger: true, dialog: "sent_reason", path: "error-rejection" },
  record_return: { rank: 9, main: true, dialog: "return", path: "return" },
  reply: { rank: 20, main: true, dialog: "reply", path: "reply" },
  decide_gate: { rank: 21, main: true, href: (view, side) => `${base(view, side)}?section=gates` },
  edit: { rank: 22, main: true, href: (view, side) => `${base(view, side)}/edit` },
  lift_suspension: { rank: 24, main: true, dialog: "reason", path: "lifting" },
  resume_screening: { rank: 25, main: true, dialog: "reason", path: "resumption" },
  correct: { rank: 26, main: false, href: (view, side) => `${base(view, side)}/correct` },
  assess: { rank: 27, main: false, dialog: "assessment", path: "assessments" },
  assign: { rank: 28, main: false, dialog: "assignment", path: "assignment" },
  hold: { rank: 29, main: false, dialog: "hold", path: "hold" },
  end_hold: { rank: 23, main: false, dialog: "confirm", path: "hold-end" },
  open_task: { rank: 30, main: false, dialog: "task", path: "tasks" },
  request_documents: { rank: 32, main: false, dialog: "request_documents", path: "requests" },
  extend: { rank: 34, main: false, dialog: "extension", path: "extension" },
  return_to_draft: { rank: 40, main: false, dialog: "reason", path: "return-to-draft" },
  decline_silence: { rank: 42, main: false, dialog: "reason", path: "waiting" },
  reopen: { rank: 44, main: false, dialog: "reason", path: "reopening" },
  block: { rank: 50, main: false, danger: true, dialog: "reason", path: "block" },
  suspend: { rank: 60, main: false, danger: true, dialog: "reason", path: "suspension" },
  cancel: { rank: 65, main: false, danger: true, dialog: "reason", path: "cancellation" },
  withdraw: { rank: 70, main: false, danger: true, dialog: "withdraw", path: "withdrawal" },
  close: { rank: 72, main: false, dialog: "reason", path: "closure" },
};
const without_body = new Set(["screening", "acknowledgement", "completeness", "hold-end"]);
/** What is asked for, without the parts that were left empty. */
const filled_items = (items: unknown): Record<string, unknown>[] =>
  ((items as Record<string, unknown>[] | undefined) ?? []).map((item) =>
    Object.fromEntries(
      Object.entries(item).filter(([, value]) => value !== "" && value !== 0 && !(Array.isArray(value) && value.length === 0)),
    ),
  );
/** The request body as the server takes it; undefined where the act has none. */
export function body_of(path: string, body: Record<string, unknown>): unknown {
  if (without_body.has(path)) return undefined;
  if (path === "withdrawal") return { reason: body["reason"] };
  if (path === "requests") return { ...body, items: filled_items(body["items"]) };
  if (path === "reply") {
    const note = typeof body["note"] === "string" && body["note"] !== "" ? { note: body["note"] } : {};
    const reasons = (body["reasons"] as string[] | undefined) ?? [];
    return {
      kind: body["kind"],
      ...(body["kind"] === "refused" ? { reasons: reasons.map((code) => ({ code })) } : {}),
      ...(body["kind"] === "more_information" ? { items: filled_items(body["items"]) } : {}),
      ...note,
    };
  }
  return body;
}
export function action_of(action: string): ActionEntry | undefined {
  return table[action];
}
export function rank_of(action: string): number {
  return table[action]?.rank ?? 99;
}
