/** Walking through a queue of files one after the other: which of them wait for this person, and which comes next. */
import { client, queries } from "../api/queries.ts";
import type { CaseRow, CaseView, FieldView, FormSection, FormView, GateView } from "../api/types.ts";
import { conditions_of, missing_fields } from "../forms/definition.ts";

export type Stop = "draft" | "screening";
/** The longest queue that is walked in one go. */
export const most_files = 100;

export interface Gap {
  section: FormSection;
  field: FieldView;
}
/** The fields that the release will demand and that are still empty, in the order of the form. */
export function gaps_of(view: CaseView, form: FormView, requested: string): Gap[] {
  const holds = conditions_of(view.content, requested, ["release"]);
  const content = { ...view.content, header: { reference: view.reference, ...view.content["header"] } };
  return form.section.flatMap((section) =>
    missing_fields(section, content, holds)
      .filter((field) => !field.system && !field.expected)
      .map((field) => ({ section, field })),
  );
}
export const own_gates = (view: CaseView): GateView[] =>
  view.gates.filter((gate) => gate.may_decide === true && gate.blocks && gate.state === "open");
export const may_act = (view: CaseView, action: string): boolean =>
  view.actions.some((item) => item.action === action && item.allowed);

/** Does this file wait for this person: a safeguard of theirs, a gap to fill, or a draft that is ready to be sent. */
export function waits_here(view: CaseView, stop: Stop, form: FormView, requested: string): boolean {
  if (view.state !== stop) return false;
  if (own_gates(view).length > 0) return true;
  return stop === "draft" && (gaps_of(view, form, requested).length > 0 || may_act(view, "send_to_screening"));
}
/** An open safeguard that no release passes; the last one is decided by the release itself. */
export const stops_release = (gate: GateView): boolean => gate.blocks && gate.state === "open" && gate.gate !== "G06";
/** Is nothing in the way of the second person's release. */
export function is_releasable(view: CaseView): boolean {
  return view.state === "screening" && !view.gates.some(stops_release) && may_act(view, "release");
}

/** The first file of the rows after `from` that fits, read one by one and kept. */
export async function find_next(
  rows: CaseRow[],
  from: number,
  fits: (view: CaseView) => boolean,
): Promise<{ at: number; view: CaseView } | null> {
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (!row) continue;
    const view = await client.fetchQuery({ ...queries.record("case", row.id), staleTime: 5_000 });
    if (fits(view)) return { at, view };
  }
  return null;
}
