/** One act on many files of the requesting State: how many may and how many may not before it is done, and what came of each. */
import { useEffect, useState, type ReactNode } from "react";
import { ApiError, post } from "../../api/client.ts";
import { client, queries } from "../../api/queries.ts";
import type { BulkOutcome, CaseRow } from "../../api/types.ts";
import { Button, ErrorNotice, Notice, Waiting, words_of_error } from "../../design/basics.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { t } from "../../language/label.ts";
import { field_name, name_of_path } from "../../forms/codes.ts";
import { gaps_of, is_releasable, stops_release } from "../../screening/desk.ts";
import { useSession } from "../../session/session.ts";
import { Link } from "../../shell/router.tsx";
import { partner_of } from "../CaseHeader.tsx";
import { state_name } from "../state.tsx";
import { BulkResult } from "./BulkResult.tsx";

export type BulkAct = "screening" | "release";
const needed_state: Record<BulkAct, string> = { screening: "draft", release: "screening" };

const release_all = (rows: CaseRow[]): Promise<BulkOutcome> =>
  post<BulkOutcome>("/cases/releases", { ids: rows.map((row) => row.id) });

/** One after the other, each with its own revision, so that a refusal of one does not stop the rest. */
async function screen_all(rows: CaseRow[], told: (done: number) => void): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: [], refused: [] };
  for (const row of rows) {
    try {
      await post(`/cases/${row.id}/screening`, undefined, { revision: row.revision });
      outcome.done.push(row.id);
    } catch (fault) {
      if (!(fault instanceof ApiError) || fault.status === 0) throw fault;
      const found = fault.problem.findings.map((item) =>
        [item.field ? name_of_path(item.field) : "", item.detail].filter(Boolean).join(": "),
      );
      const detail = [words_of_error(fault), ...found.slice(0, 3)].join(" ");
      outcome.refused.push({ id: row.id, reference: row.reference, why: fault.why, detail });
    }
    told(outcome.done.length + outcome.refused.length);
  }
  return outcome;
}

export function BulkDialog({
  act,
  rows: chosen,
  close,
}: {
  act: BulkAct;
  rows: CaseRow[];
  close: (done: boolean) => void;
}): ReactNode {
  // As chosen: the list behind changes while the act goes on.
  const [rows] = useState(chosen);
  const [outcome, set_outcome] = useState<BulkOutcome | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const [count, set_count] = useState(0);
  const obstacles = useObstacles(act, rows);
  const ready = rows.filter((row) => obstacles?.get(row.id) === null);
  const not_ready = rows.filter((row) => typeof obstacles?.get(row.id) === "string");
  const run = async (): Promise<void> => {
    set_busy(true);
    try {
      set_outcome(act === "release" ? await release_all(ready) : await screen_all(ready, set_count));
      await client.invalidateQueries({ queryKey: ["list", "case"] });
      await client.invalidateQueries({ queryKey: ["home"] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const foot = outcome ? (
    <>
      {act === "screening" && outcome.done.length > 0 && (
        <Link className="button primary" href="/cases/desk?state=screening">
          {t("web.desk.title.screening")}
        </Link>
      )}
      <Button kind={act === "release" || outcome.done.length === 0 ? "primary" : ""} onClick={() => close(true)}>
        {t("web.action.close")}
      </Button>
    </>
  ) : (
    <>
      <Button kind="primary" busy={busy} disabled={ready.length === 0} onClick={() => void run()}>
        {t(`web.bulk.${act}_button`, { count: ready.length })}
      </Button>
      <Button onClick={() => close(false)}>{t("web.action.cancel")}</Button>
    </>
  );
  return (
    <Dialog
      title={t(`web.bulk.${act}_title`, { count: ready.length })}
      open
      close={() => close(outcome !== null)}
      keep={busy}
      foot={foot}
    >
      {outcome ? (
        <BulkResult outcome={outcome} done={t(`web.bulk.${act}_done`, { count: outcome.done.length })} rows={rows} />
      ) : (
        <>
          <p>{t(`web.bulk.${act}_text`)}</p>
          {busy && count > 0 && <p role="status">{t("web.bulk.progress", { done: count, all: ready.length })}</p>}
          {!obstacles && <Waiting lines={2} />}
          {not_ready.length > 0 && <NotReady rows={not_ready} words={(row) => obstacles?.get(row.id) ?? ""} />}
        </>
      )}
      <ErrorNotice error={error} />
    </Dialog>
  );
}

/** What stands in the way of each file, null where nothing does; read from the files themselves before anything is asked. */
function useObstacles(act: BulkAct, rows: CaseRow[]): Map<string, string | null> | null {
  const requested = partner_of(useSession().party.code);
  const [found, set_found] = useState<Map<string, string | null> | null>(null);
  useEffect(() => {
    let left = false;
    const words_for = async (row: CaseRow): Promise<string | null> => {
      if (row.state !== needed_state[act]) return t("web.bulk.wrong_state", { state: state_name(row.state) });
      const view = await client.fetchQuery({ ...queries.record("case", row.id), staleTime: 5_000 });
      if (act === "screening") {
        // What the release will demand is asked for now, while the draft can still be changed.
        const form = await client.fetchQuery(queries.form("application"));
        const gaps = gaps_of(view, form, requested).map((gap) => field_name(gap.section.code, gap.field.code));
        return gaps.length > 0 ? t("web.form.still", { what: gaps.join(", ") }) : null;
      }
      if (is_releasable(view)) return null;
      const open = view.gates.filter(stops_release).length;
      return open > 0 ? t("web.bulk.open_gates", { count: open }) : t("web.bulk.not_by_you");
    };
    const look = async (): Promise<void> => {
      const next = new Map<string, string | null>();
      // A file that cannot be read now is left to the server, which checks again. Eight are read at a time.
      for (let at = 0; at < rows.length && !left; at += 8) {
        const some = rows.slice(at, at + 8);
        const words = await Promise.all(some.map((row) => words_for(row).catch(() => null)));
        some.forEach((row, index) => next.set(row.id, words[index] ?? null));
      }
      if (!left) set_found(next);
    };
    void look();
    return () => {
      left = true;
    };
  }, [act, rows, requested]);
  return found;
}

function NotReady({ rows, words }: { rows: CaseRow[]; words: (row: CaseRow) => string }): ReactNode {
  return (
    <Notice tone="near">
      <p className="strong">{t("web.bulk.not_allowed", { count: rows.length })}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            {row.reference} {row.name}: {words(row)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
