/** A correction being written: only what was changed, kept in the browser until it is sent, shown over the file as it is now. */
import { useState } from "react";
import type { CaseView, Content, FieldValue, Finding } from "../api/types.ts";
import { useSession } from "../session/session.ts";
import { drop_draft, keep_draft, kept_draft } from "./drafts.ts";
import type { DraftState } from "./useDraft.ts";

/** The file with what was changed put over it, field by field. */
export function put_over(content: Content, changes: Content): Content {
  const whole: Content = { ...content };
  for (const [section, fields] of Object.entries(changes)) whole[section] = { ...whole[section], ...fields };
  return whole;
}

export interface CorrectionState extends DraftState {
  set_findings: (findings: Finding[]) => void;
  forget: () => void;
}

export function useCorrection(view: CaseView): CorrectionState {
  const user = useSession().user.id;
  const key = `${view.id}.correction`;
  const [kept] = useState(() => kept_draft(user, key));
  const [changes, set_changes] = useState<Content>(kept?.content ?? {});
  const [findings, set_findings] = useState<Finding[]>([]);
  const set = (section: string, field: string, value: FieldValue): void => {
    set_changes((before) => {
      const next = { ...before, [section]: { ...before[section], [field]: value } };
      keep_draft(user, key, { content: next, revision: view.revision, kept_at: new Date().toISOString() });
      return next;
    });
    set_findings((all) => all.filter((item) => item.field !== field && item.field !== `${section}.${field}`));
  };
  return {
    content: put_over(view.content, changes),
    state: "saved",
    findings,
    restored: kept !== null,
    theirs: null,
    set,
    save: async () => true,
    take_theirs: () => undefined,
    keep_mine: () => undefined,
    set_findings,
    forget: () => drop_draft(user, key),
  };
}
