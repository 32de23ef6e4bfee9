/** The desk: one file after the other with all that this person still has to say about it, and one button that records it and brings the next. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseRow, CaseView, FormView } from "../api/types.ts";
import { Empty, ErrorNotice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { partner_of } from "../cases/CaseHeader.tsx";
import { t } from "../language/label.ts";
import { queue_name } from "../shell/Rail.tsx";
import { useMay, useSession } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { find_next, most_files, waits_here, type Stop } from "./desk.ts";
import { DeskFile, type Before } from "./DeskFile.tsx";
import "../cases/case.css";
import "../forms/forms.css";
import "./desk.css";

export function DeskPage(): ReactNode {
  const { query } = useAddress();
  const may = useMay();
  const wanted = query.get("state");
  const stop: Stop = wanted === "draft" || (wanted === null && !may("case.screen")) ? "draft" : "screening";
  // After an import only its files are walked: they are the newest.
  const newest = Number(query.get("newest") ?? "");
  const limit = newest >= 1 ? Math.min(newest, most_files) : most_files;
  const asked = { state: stop, sort: "newest", limit, ...(stop === "draft" ? { owner: "me" } : {}) };
  const form = useQuery(queries.form("application"));
  // The queue is read once: files that were dealt with stay in its count until the desk is left.
  const list = useQuery({
    ...queries.list("case", asked),
    staleTime: Infinity,
    gcTime: 0,
    queryKey: ["desk", stop, String(limit)],
  });
  const rows = list.data?.items;
  return (
    <>
      <PageHead title={t(`web.desk.title.${stop}`)} lead={t(`web.desk.lead.${stop}`)} />
      <ErrorNotice error={list.error ?? form.error} again={() => void list.refetch()} />
      {rows && form.data ? (
        <Walk key={`${stop} ${limit}`} rows={rows} stop={stop} form={form.data} />
      ) : (
        !list.error && <Waiting lines={8} />
      )}
    </>
  );
}

interface Place {
  at: number;
  view: CaseView;
}
function Walk({ rows, stop, form }: { rows: CaseRow[]; stop: Stop; form: FormView }): ReactNode {
  const session = useSession();
  const requested = partner_of(session.party.code);
  const [from, set_from] = useState(0);
  const [place, set_place] = useState<Place | null | "looking">("looking");
  const [done, set_done] = useState(0);
  const [before, set_before] = useState<Before>({});
  const [error, set_error] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    set_place("looking");
    find_next(rows, from, (view) => waits_here(view, stop, form, requested)).then(
      (found) => {
        if (!left) set_place(found);
      },
      (fault: unknown) => {
        if (!left) set_error(fault);
      },
    );
    return () => {
      left = true;
    };
  }, [rows, from, stop, form, requested]);
  if (error) return <PageFault error={error} again={() => location.reload()} />;
  if (place === "looking") return <Waiting lines={8} />;
  if (place === null) return <Finished stop={stop} done={done} />;
  return (
    <>
      <div className="desk-progress">
        <div className="progress" role="presentation">
          <i style={{ inlineSize: `${Math.round((place.at / Math.max(1, rows.length)) * 100)}%` }} />
        </div>
        <p className="small muted" role="status">
          {t("web.desk.progress", { at: place.at + 1, all: rows.length, done })}
        </p>
      </div>
      <DeskFile
        key={place.view.id}
        view={place.view}
        stop={stop}
        form={form}
        requested={requested}
        before={before}
        recorded={(said) => {
          set_before(said);
          set_done(done + 1);
          set_from(place.at + 1);
        }}
        skip={() => set_from(place.at + 1)}
      />
    </>
  );
}

/** The end says who goes on, and where this person finds it. */
function Finished({ stop, done }: { stop: Stop; done: number }): ReactNode {
  const may = useMay();
  return (
    <div className="card">
      <Empty icon="check" title={done > 0 ? t("web.desk.finished", { count: done }) : t(`web.desk.nothing.${stop}`)}>
        <p>{t(`web.desk.then.${stop}`)}</p>
        <p className="row">
          {stop === "draft" && may("case.read") && (
            <Link className="button primary" href="/cases/desk?state=screening">
              <Icon name="shield" size={16} />
              {t("web.desk.title.screening")}
            </Link>
          )}
          <Link className="button" href={`/cases?queue=${stop === "draft" ? "drafts" : "screening"}`}>
            {queue_name(stop === "draft" ? "drafts" : "screening")}
          </Link>
        </p>
      </Empty>
    </div>
  );
}
