/** Acting on several files at once: how many may, how many may not and why, before anything is done. */
import { useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { client, path_of } from "../api/queries.ts";
import type { BulkOutcome, CaseRow, Side } from "../api/types.ts";
import { Button, ErrorNotice, Notice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { state_name } from "./state.tsx";

const refusal_words = (why: string): string => t_first([`web.error.${why}`, `refused.${why}`], words_of(why));

export function BulkBar({
  side,
  ids,
  rows,
  clear,
}: {
  side: Side;
  ids: string[];
  rows: CaseRow[];
  clear: () => void;
}): ReactNode {
  const may = useMay();
  const [asking, set_asking] = useState(false);
  const [outcome, set_outcome] = useState<BulkOutcome | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const chosen = rows.filter((row) => ids.includes(row.id));
  const ready = chosen.filter((row) => row.state === "screening");
  const not_ready = chosen.filter((row) => row.state !== "screening");
  const release = async (): Promise<void> => {
    set_busy(true);
    try {
      set_outcome(await post<BulkOutcome>("/cases/releases", { ids: ready.map((row) => row.id) }));
      await client.invalidateQueries({ queryKey: ["list", side] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const close = (): void => {
    set_asking(false);
    if (outcome) clear();
    set_outcome(null);
    set_error(null);
  };
  return (
    <div className="bulk" role="region" aria-label={t("web.bulk.label")}>
      <span className="strong">{t("web.bulk.chosen", { count: ids.length })}</span>
      {side === "case" && may("case.release") && (
        <Button kind="small primary" icon="send" onClick={() => set_asking(true)}>
          {t("web.bulk.release")}
        </Button>
      )}
      <a className="button small" href={address(`${path_of(side)}/export`, { format: "xlsx", ids })}>
        {t("web.bulk.export")}
      </a>
      {ids.length === 1 && (
        <a className="button small" href={address(`${path_of(side)}/${ids[0] ?? ""}/package`)}>
          {t("web.case.package")}
        </a>
      )}
      <button className="link-button" onClick={clear}>
        {t("web.bulk.clear")}
      </button>
      <Dialog
        title={t("web.bulk.release_title", { count: ready.length })}
        open={asking}
        close={close}
        foot={
          outcome ? (
            <Button kind="primary" onClick={close}>
              {t("web.action.close")}
            </Button>
          ) : (
            <>
              <Button kind="primary" busy={busy} disabled={ready.length === 0} onClick={() => void release()}>
                {t("web.bulk.release_button", { count: ready.length })}
              </Button>
              <Button onClick={close}>{t("web.action.cancel")}</Button>
            </>
          )
        }
      >
        {!outcome && (
          <>
            <p>{t("web.bulk.release_text")}</p>
            {not_ready.length > 0 && (
              <Notice tone="near">
                <p className="strong">{t("web.bulk.not_allowed", { count: not_ready.length })}</p>
                <ul>
                  {not_ready.map((row) => (
                    <li key={row.id}>
                      {row.reference} {row.name}: {t("web.bulk.wrong_state", { state: state_name(row.state) })}
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
          </>
        )}
        {outcome && (
          <>
            <Notice tone="calm">
              <p>{t("web.bulk.done", { count: outcome.done.length })}</p>
            </Notice>
            {outcome.refused.length > 0 && (
              <Notice tone="late">
                <p className="strong">{t("web.bulk.refused", { count: outcome.refused.length })}</p>
                <ul>
                  {outcome.refused.map((item) => (
                    <li key={item.id}>
                      {rows.find((row) => row.id === item.id)?.reference ?? item.id}: {refusal_words(item.why)}
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
          </>
        )}
        <ErrorNotice error={error} />
      </Dialog>
    </div>
  );
}
