/** Loading with progress that can be left and come back to; the end says what was loaded and what was not. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { address, get, post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { ImportReport, ImportView } from "../api/types.ts";
import { Button, Card, ErrorNotice, Notice } from "../design/basics.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";

/** How far the server is; it may go on after it has answered. */
type Progress = Pick<ImportView, "state" | "loaded" | "refused">;

export function LoadStep({ view, report, again }: { view: ImportView; report: ImportReport; again: () => void }): ReactNode {
  const [loaded, set_loaded] = useState(0);
  const [outcome, set_outcome] = useState<{ loaded: number; refused: number } | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return undefined;
    begun.current = true;
    let timer: ReturnType<typeof setInterval> | undefined;
    const see = (now: Progress): void => {
      set_loaded(now.loaded ?? 0);
      if (now.state !== "loaded") return;
      clearInterval(timer);
      set_outcome({ loaded: now.loaded ?? 0, refused: now.refused ?? 0 });
      void client.invalidateQueries({ queryKey: ["home"] });
      void client.invalidateQueries({ queryKey: ["list"] });
    };
    const look = (): void => void get<ImportView>(`/imports/${view.id}`).then(see, () => undefined);
    timer = setInterval(look, 500);
    post<Progress>(`/imports/${view.id}/load`).then(see, (fault: unknown) => {
      clearInterval(timer);
      set_error(fault);
    });
    return () => clearInterval(timer);
  }, [view.id]);
  const part = outcome ? 100 : Math.round((loaded / Math.max(1, report.ready)) * 100);
  return (
    <Card title={outcome ? t("web.import.done") : t("web.import.loading")}>
      <div className="stack loose">
        <ErrorNotice error={error} />
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
        <p role="status">
          {t("web.import.progress", { done: show_number(outcome?.loaded ?? loaded), all: show_number(report.ready) })}
        </p>
        {outcome && (
          <>
            <Notice tone="calm">
              <p className="strong">{t("web.import.loaded", { count: outcome.loaded })}</p>
              <p>{t("web.import.loaded_text")}</p>
            </Notice>
            {outcome.refused > 0 && (
              <Notice tone="near">
                <p>
                  {t("web.import.refused", { count: outcome.refused })}{" "}
                  <a href={address(`/imports/${view.id}/errors`, { format: "xlsx" })}>{t("web.import.error_file")}</a>
                </p>
              </Notice>
            )}
            <div className="row">
              <Link className="button primary" href="/cases?queue=drafts">
                {t("web.import.show_drafts")}
              </Link>
              <Button onClick={again}>{t("web.import.another")}</Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
