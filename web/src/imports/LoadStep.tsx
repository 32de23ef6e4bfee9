/** Loading with progress that can be left and come back to; the end says what was loaded, what was not, and offers the next step. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { address, get, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { CaseRow, ImportReport, ImportView } from "../api/types.ts";
import { BulkDialog } from "../cases/dialogs/BulkDialog.tsx";
import { Button, Card, ErrorNotice, Notice } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";

/** How far the server is; it may go on after it has answered. */
type Progress = Pick<ImportView, "state" | "loaded" | "refused">;
const look_again_ms = 500;

/** Starts the load and looks until the server says that it has ended; a lost answer is no end. */
export async function load_import(id: string, told: (now: Progress) => void, is_left: () => boolean): Promise<Progress> {
  let begun: Progress | Error | null = null;
  post<Progress>(`/imports/${id}/load`).then(
    (answer) => {
      begun = answer;
    },
    (fault: unknown) => {
      begun = fault instanceof Error ? fault : new Error(String(fault));
    },
  );
  for (;;) {
    await new Promise((next) => setTimeout(next, look_again_ms));
    const answer = begun as Progress | Error | null;
    if (answer && !(answer instanceof Error) && answer.state === "loaded") return answer;
    const now = await get<ImportView>(`/imports/${id}`).catch(() => null);
    if (now) told(now);
    if (now?.state === "loaded" || is_left()) return now ?? {};
    if (answer instanceof Error && now && now.state !== "loading") throw answer;
  }
}

export function LoadStep({
  view,
  report,
  ended,
  again,
}: {
  view: ImportView;
  report: ImportReport;
  ended: () => void;
  again: () => void;
}): ReactNode {
  const [loaded, set_loaded] = useState(0);
  const [outcome, set_outcome] = useState<{ loaded: number; refused: number } | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const begun = useRef(false);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    if (!begun.current) {
      begun.current = true;
      load_import(
        view.id,
        (now) => set_loaded(now.loaded ?? 0),
        () => left.current,
      ).then((now) => {
        if (now.state !== "loaded") return;
        ended();
        set_outcome({ loaded: now.loaded ?? 0, refused: now.refused ?? 0 });
        void client.invalidateQueries({ queryKey: ["home"] });
        void client.invalidateQueries({ queryKey: ["list"] });
      }, set_error);
    }
    return () => {
      left.current = true;
    };
  }, [view.id]);
  const part = outcome ? 100 : Math.round((loaded / Math.max(1, report.ready)) * 100);
  return (
    <Card title={outcome ? t("web.import.done") : t("web.import.loading")}>
      <div className="stack loose">
        <ErrorNotice error={error} />
        {!outcome && (
          <>
            <div
              className="progress"
              role="progressbar"
              aria-valuenow={part}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-label={t("web.import.loading")}
            >
              <i style={{ inlineSize: `${part}%` }} />
            </div>
            <p role="status">{t("web.import.progress", { done: show_number(loaded), all: show_number(report.ready) })}</p>
          </>
        )}
        {outcome && <Loaded view={view} outcome={outcome} again={again} />}
      </div>
    </Card>
  );
}

function Loaded({
  view,
  outcome,
  again,
}: {
  view: ImportView;
  outcome: { loaded: number; refused: number };
  again: () => void;
}): ReactNode {
  const may = useMay();
  const [rows, set_rows] = useState<CaseRow[] | null>(null);
  const [sent, set_sent] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const count = outcome.loaded;
  const screen = async (): Promise<void> => {
    const asked = { state: "draft", owner: "me", sort: "newest", limit: Math.min(100, count) };
    await client.fetchQuery({ ...queries.list("case", asked), staleTime: 0 }).then((page) => set_rows(page.items), set_error);
  };
  return (
    <>
      <Notice tone="calm">
        <p className="strong">{t("web.import.loaded", { count })}</p>
        <p>{t(sent ? "web.import.sent_text" : "web.import.loaded_text")}</p>
      </Notice>
      {outcome.refused > 0 && (
        <Notice tone="near">
          <p>
            {t("web.import.refused", { count: outcome.refused })}{" "}
            <a href={address(`/imports/${view.id}/errors`, { format: "xlsx" })}>{t("web.import.error_file")}</a>
          </p>
        </Notice>
      )}
      <ErrorNotice error={error} />
      {sent && (
        <p>
          <Link className="button primary large" href="/cases/desk?state=screening">
            <Icon name="shield" size={16} />
            {t("web.desk.title.screening")}
          </Link>
        </p>
      )}
      {!sent && count > 0 && may("case.edit") && (
        <div className="stack">
          <h3>{t("web.import.next_title")}</h3>
          <p>{t("web.import.next_text")}</p>
          <div className="row">
            <Link className="button primary large" href={`/cases/desk?state=draft&newest=${count}`}>
              <Icon name="draft" size={16} />
              {t("web.import.complete_drafts", { count })}
            </Link>
            <Button kind="large" icon="shield" onClick={() => void screen()}>
              {t("web.import.screen_drafts")}
            </Button>
          </div>
        </div>
      )}
      <div className="row">
        <Link className="button quiet" href="/cases?queue=drafts">
          {t("web.import.show_drafts")}
        </Link>
        <Button kind="quiet" onClick={again}>
          {t("web.import.another")}
        </Button>
      </div>
      {rows && (
        <BulkDialog
          act="screening"
          rows={rows}
          close={(done) => {
            set_rows(null);
            if (done) set_sent(true);
          }}
        />
      )}
    </>
  );
}
