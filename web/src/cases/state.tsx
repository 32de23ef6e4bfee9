/** Words, shape and tone of a state, a stage and a deadline: never colour alone. */
import type { ReactNode } from "react";
import { Chip, type Tone } from "../design/basics.tsx";
import type { IconName } from "../design/Icon.tsx";
import { show_day, show_days_left, tone_of } from "../language/dates.ts";
import { t_first, words_of } from "../language/label.ts";
import type { NextDeadline } from "../api/types.ts";

const looks: Record<string, [Tone, IconName]> = {
  draft: ["quiet", "draft"],
  screening: ["info", "shield"],
  blocked: ["late", "stop"],
  submitted: ["info", "send"],
  acknowledged: ["info", "inbox"],
  received: ["info", "inbox"],
  completeness: ["info", "list"],
  documents_requested: ["near", "file"],
  verification: ["info", "task"],
  interview: ["info", "message"],
  accepted: ["calm", "check"],
  refused: ["late", "cross"],
  consent_to_confirm: ["soon", "clock"],
  lapsed: ["soon", "clock"],
  document_issued: ["calm", "passport"],
  transfer_planned: ["info", "clock"],
  ready_to_depart: ["calm", "check"],
  departed: ["quiet", "send"],
  error_claimed: ["near", "message"],
  error_rejected: ["late", "cross"],
  taking_back: ["soon", "back"],
  returned: ["quiet", "back"],
  withdrawn: ["quiet", "back"],
  suspended: ["hold", "pause"],
  closed: ["quiet", "check"],
};
/** The stages in which a file of each side can be: those that the start page counts, and what is closed. */
export const stages_of: Record<"case" | "application", string[]> = {
  case: ["draft", "sent", "completeness", "verification", "answered", "document", "travel", "arrived", "closed"],
  application: ["sent", "completeness", "verification", "answered", "document", "arrived", "closed"],
};
/** Nothing of the application is missing any more: the person has left, or the file is closed. */
export const is_settled = (stage: string): boolean => stage === "arrived" || stage === "closed";
export const state_name = (state: string): string => t_first([`workflow.state.${state}`], words_of(state));
export const stage_name = (stage: string): string => t_first([`workflow.stage.${stage}`], words_of(stage));
export const party_name = (code: string): string => t_first([`web.party.${code}`], code);
export const ball_name = (ball: string): string => t_first([`web.ball.${ball}`], words_of(ball));
export const deadline_name = (kind: string): string =>
  t_first([`web.deadline_kind.${kind}`, `clock.kind.${kind}`, `agreements.rule.${kind}`], words_of(kind));
export const document_name = (kind: string): string =>
  t_first([`codes.evidence_type.${kind}`, `evidence.${kind}`, `web.evidence.${kind}`], words_of(kind));

export function StateChip({ state }: { state: string }): ReactNode {
  const [tone, icon] = looks[state] ?? ["quiet", "info"];
  return (
    <Chip tone={tone} icon={icon}>
      {state_name(state)}
    </Chip>
  );
}
export function DaysLeft({ deadline }: { deadline: NextDeadline | null }): ReactNode {
  if (!deadline) return <span className="muted">—</span>;
  return (
    <span className="nowrap">
      <span className={`text-${tone_of(deadline.days_left)}`}>{show_days_left(deadline.days_left)}</span>{" "}
      <span className="muted small">{show_day(deadline.due_on)}</span>
    </span>
  );
}
