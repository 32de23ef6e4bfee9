/** The content being edited: kept locally at every key, saved on the server when typing pauses, compared when someone else saved first. */
import { useCallback, useEffect, useRef, useState } from "react";
import { record_of, type Raw } from "../api/adapt.ts";
import { ApiError, call } from "../api/client.ts";
import { client, path_of, queries, today_now } from "../api/queries.ts";
import type { CaseView, Content, FieldValue, Finding } from "../api/types.ts";
import { useSession } from "../session/session.ts";
import { differing, drop_draft, keep_draft, kept_draft } from "./drafts.ts";

export type SaveState = "saved" | "typing" | "saving" | "local" | "conflict";
export interface DraftState {
  content: Content;
  state: SaveState;
  findings: Finding[];
  restored: boolean;
  theirs: CaseView | null;
  set: (section: string, field: string, value: FieldValue) => void;
  save: () => Promise<boolean>;
  take_theirs: () => void;
  keep_mine: () => void;
}

export function useDraft(view: CaseView): DraftState {
  const user = useSession().user.id;
  const kept = useRef(kept_draft(user, view.id));
  const has_kept = kept.current !== null && differing(kept.current.content, view.content).length > 0;
  const [content, set_content] = useState<Content>(has_kept && kept.current ? kept.current.content : view.content);
  const [state, set_state] = useState<SaveState>(has_kept ? "typing" : "saved");
  const [findings, set_findings] = useState<Finding[]>([]);
  const [theirs, set_theirs] = useState<CaseView | null>(null);
  const revision = useRef(has_kept && kept.current ? kept.current.revision : view.revision);
  const latest = useRef(content);
  /** The content of the server on which this draft stands; null where it is not known any more. */
  const base = useRef<Content | null>(!has_kept || kept.current?.revision === view.revision ? view.content : null);
  const running = useRef(false);

  const save = useCallback(async (): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    const sent = latest.current;
    set_state("saving");
    try {
      const answer = await call<Raw>("PUT", `${path_of("case")}/${view.id}/content`, {
        body: { content: sent },
        revision: revision.current,
      });
      revision.current = Number(answer.value?.["revision"] ?? answer.revision ?? revision.current);
      base.current = sent;
      set_findings([]);
      if (latest.current === sent) {
        drop_draft(user, view.id);
        set_state("saved");
      } else set_state("typing");
      if (answer.value?.["id"]) client.setQueryData(["record", "case", view.id], record_of(answer.value, today_now()));
      else void client.invalidateQueries({ queryKey: ["record", "case", view.id] });
      return true;
    } catch (fault) {
      set_state("local");
      if (fault instanceof ApiError && (fault.status === 409 || fault.status === 412)) {
        const fresh = await client.fetchQuery({ ...queries.record("case", view.id), staleTime: 0 }).catch(() => null);
        if (fresh && base.current && differing(fresh.content, base.current).length === 0) {
          // Only something beside the content changed, as a file that was attached: what was typed still stands on it.
          revision.current = fresh.revision;
          set_state("typing");
        } else {
          set_theirs(fresh as CaseView | null);
          set_state("conflict");
        }
      } else if (fault instanceof ApiError && (fault.status === 422 || fault.status === 403))
        set_findings(
          fault.findings.length > 0
            ? fault.findings
            : [{ why: fault.why, field: fault.problem.field, detail: fault.problem.detail, source: fault.problem.source }],
        );
      return false;
    } finally {
      running.current = false;
    }
  }, [user, view.id]);

  useEffect(() => {
    if (state !== "typing") return undefined;
    const timer = setTimeout(() => void save(), 1200);
    return () => clearTimeout(timer);
  }, [state, content, save]);
  useEffect(() => {
    if (state !== "local") return undefined;
    const timer = setInterval(() => void save(), 8000);
    return () => clearInterval(timer);
  }, [state, save]);

  const set = useCallback(
    (section: string, field: string, value: FieldValue): void => {
      const next = { ...latest.current, [section]: { ...latest.current[section], [field]: value } };
      latest.current = next;
      keep_draft(user, view.id, { content: next, revision: revision.current, kept_at: new Date().toISOString() });
      set_content(next);
      set_state("typing");
      set_findings((all) => all.filter((item) => item.field !== field && item.field !== `${section}.${field}`));
    },
    [user, view.id],
  );
  const take_theirs = (): void => {
    if (!theirs) return;
    latest.current = theirs.content;
    base.current = theirs.content;
    revision.current = theirs.revision;
    drop_draft(user, view.id);
    set_content(theirs.content);
    set_theirs(null);
    set_state("saved");
  };
  const keep_mine = (): void => {
    if (!theirs) return;
    revision.current = theirs.revision;
    base.current = theirs.content;
    set_theirs(null);
    set_state("typing");
  };
  return { content, state, findings, restored: has_kept, theirs, set, save, take_theirs, keep_mine };
}
