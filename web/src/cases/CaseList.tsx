/** The list of files of either side: filters in the address, sorting, columns, views, rows to act on together, pages by cursor. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { client, queries } from "../api/queries.ts";
import type { CaseRow, Side } from "../api/types.ts";
import { Button, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import { useMay, useSession, useToday } from "../session/session.ts";
import { queue_name } from "../shell/Rail.tsx";
import { ReleaseNext } from "../exchange/ReleaseNext.tsx";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { list_query } from "../api/queues.ts";
import { BulkBar } from "./BulkBar.tsx";
import { columns, keep_columns, kept_columns, record_href } from "./columns.tsx";
import { Filters, ListMenus } from "./Filters.tsx";
import "./list.css";

const filter_names = ["queue", "state", "stage", "agreement", "q", "assignee", "owner", "hold", "foreign", "due_before", "ready", "sort"];
/** As many files as one act takes. */
const most_chosen = 200;

export function CaseListPage({ parameters }: { parameters: { side: Side } }): ReactNode {
  const side = parameters.side;
  const { query } = useAddress();
  const may = useMay();
  const filters = Object.fromEntries(filter_names.map((name) => [name, query.get(name) ?? ""]));
  const [chosen, set_chosen] = useState<Set<string>>(new Set());
  // Of other pages, chosen with all that match.
  const [further, set_further] = useState<CaseRow[]>([]);
  const address_text = query.toString();
  const clear = (): void => {
    set_chosen(new Set());
    set_further([]);
  };
  useEffect(clear, [address_text]);
  const today = useToday();
  const asked = list_query(side, filters, today);
  const list = useQuery(queries.list(side, { ...asked, cursor: query.get("cursor"), limit: 25 }));
  const rows = list.data?.items ?? [];
  const next = list.data?.next;
  const shown_ids = new Set(rows.map((row) => row.id));
  const known = [...rows, ...further.filter((row) => !shown_ids.has(row.id))];
  useEffect(() => {
    if (next) void client.prefetchQuery(queries.list(side, { ...asked, cursor: next, limit: 25 }));
  }, [next]); // eslint-disable-line -- the filters are part of what gave this cursor
  const title = filters["queue"] ? queue_name(filters["queue"]) : t(side === "case" ? "web.nav.cases" : "web.nav.applications");
  const lead = filters["queue"] ? t_first([`web.queue_lead.${filters["queue"]}`], "") : "";
  const stops: Record<string, string> = { drafts: "draft", screening: "screening" };
  const desk = side === "case" && (may("case.edit") || may("case.screen")) && rows.length > 0 && stops[filters["queue"] ?? ""];
  return (
    <>
      <PageHead
        title={title}
        lead={
          <>
            {lead}{" "}
            {list.data?.total !== null && list.data?.total !== undefined && (
              <span>{t("web.list.total", { count: list.data.total })}</span>
            )}
          </>
        }
      >
        {desk && (
          <Link className="button" href={`/cases/desk?state=${desk}`}>
            <Icon name={desk === "draft" ? "draft" : "shield"} size={16} />
            {t("web.desk.begin")}
          </Link>
        )}
        {side === "case" && filters["queue"] === "screening" && may("case.release") && <ReleaseNext kind="primary" />}
        {side === "case" && may("case.import") && (
          <Link className="button" href="/cases/import">
            <Icon name="upload" size={16} />
            {t("web.import.title")}
          </Link>
        )}
        {side === "case" && may("case.create") && (
          <Link className="button primary" href="/cases/new">
            <Icon name="plus" size={16} />
            {t("web.case.new")}
          </Link>
        )}
      </PageHead>
      <div className="card list-card">
        <Filters side={side} query={query} />
        <ErrorNotice error={list.error} again={() => void list.refetch()} />
        {chosen.size > 0 && <BulkBar side={side} ids={[...chosen]} rows={known} clear={clear} />}
        {next && rows.length > 0 && rows.every((row) => chosen.has(row.id)) && (
          <ChooseMatching
            chosen={chosen.size}
            read={() => read_matching(side, asked)}
            choose={(found) => {
              set_further(found.rows);
              set_chosen(new Set(found.rows.map((row) => row.id)));
            }}
          />
        )}
        {list.isPending ? (
          <div className="body">
            <Waiting lines={9} />
          </div>
        ) : rows.length === 0 ? (
          <NoRows filters={filters} />
        ) : (
          <Rows side={side} rows={rows} chosen={chosen} choose={set_chosen} query={query} stale={list.isPlaceholderData} />
        )}
        <Pager query={query} next={next ?? null} shown={rows.length} />
      </div>
    </>
  );
}

interface Matching {
  rows: CaseRow[];
  cut: boolean;
}
/** All files of the list from its beginning, as far as one act takes them. */
async function read_matching(side: Side, asked: Record<string, string>): Promise<Matching> {
  const rows: CaseRow[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: CaseRow[]; next: string | null } = await client.fetchQuery({
      ...queries.list(side, { ...asked, cursor, limit: 100 }),
      staleTime: 0,
    });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor && rows.length < most_chosen);
  return { rows: rows.slice(0, most_chosen), cut: cursor !== null || rows.length > most_chosen };
}

/** Every row of the page is chosen: whether those of the other pages are meant too, and how many there are. */
function ChooseMatching({
  chosen,
  read,
  choose,
}: {
  chosen: number;
  read: () => Promise<Matching>;
  choose: (found: Matching) => void;
}): ReactNode {
  const [found, set_found] = useState<Matching | null>(null);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const start = (): void => {
    set_busy(true);
    read()
      .then((all) => {
        set_found(all);
        choose(all);
      })
      .catch(set_error)
      .finally(() => set_busy(false));
  };
  return (
    <div className="row choose-matching" role="status">
      {found ? (
        <span>
          {found.cut
            ? t("web.list.chosen_first", { count: chosen, limit: most_chosen })
            : t("web.list.chosen_all", { count: chosen })}
        </span>
      ) : (
        <>
          <span>{t("web.list.chosen_page", { count: chosen })}</span>
          <Button kind="small" busy={busy} data-action="choose_matching" onClick={start}>
            {t("web.list.choose_matching", { limit: most_chosen })}
          </Button>
        </>
      )}
      <ErrorNotice error={error} />
    </div>
  );
}

function NoRows({ filters }: { filters: Record<string, string> }): ReactNode {
  const queue = filters["queue"] ?? "";
  const narrowed = Object.entries(filters).some(([name, value]) => value !== "" && name !== "queue" && name !== "sort");
  return (
    <Empty
      icon={narrowed ? "filter" : "check"}
      title={narrowed ? t("web.list.nothing_found") : t_first([`web.queue_empty.${queue}`], t("web.list.empty"))}
    >
      {narrowed && <p>{t("web.list.widen")}</p>}
    </Empty>
  );
}

interface RowsProps {
  side: Side;
  rows: CaseRow[];
  chosen: Set<string>;
  choose: (next: Set<string>) => void;
  query: URLSearchParams;
  stale: boolean;
}
function Rows({ side, rows, chosen, choose, query, stale }: RowsProps): ReactNode {
  const session = useSession();
  const [shown, set_shown] = useState(() => kept_columns(session.user.id, side));
  const visible = columns.filter((column) => shown.includes(column.id));
  const all = rows.every((row) => chosen.has(row.id));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <>
      <ListMenus
        side={side}
        query={query}
        shown={shown}
        show={(ids) => {
          set_shown(ids);
          keep_columns(session.user.id, side, ids);
        }}
      />
      <div
        className="table-wrap"
        tabIndex={0}
        role="region"
        aria-label={t("web.list.table")}
        style={{ opacity: stale ? 0.6 : 1 }}
      >
        <table className="table case-table">
          <thead>
            <tr>
              <th className="pick">
                <input
                  type="checkbox"
                  aria-label={t("web.list.choose_all")}
                  checked={all}
                  onChange={() => choose(all ? new Set() : new Set(rows.map((row) => row.id)))}
                />
              </th>
              {visible.map((column) => (
                <HeadCell key={column.id} id={column.id} sort={column.sort} end={column.end ?? false} query={query} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.id}
                data-chosen={chosen.has(row.id) || undefined}
                onClick={(event) => {
                  if (!(event.target as HTMLElement).closest("a,input,button")) navigate(record_href(side, row.id));
                }}
              >
                <td className="pick">
                  <input
                    type="checkbox"
                    aria-label={t("web.list.choose", { name: row.name })}
                    checked={chosen.has(row.id)}
                    onChange={() => toggle(row.id)}
                  />
                </td>
                {visible.map((column) => (
                  <td
                    key={column.id}
                    className={column.end ? "end" : ""}
                    data-column={column.id}
                    data-label={t(`web.column.${column.id}`)}
                  >
                    {column.cell(row, side)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The same list in another order, from its beginning. */
function in_order(query: URLSearchParams, sort: string): string {
  const next = new URLSearchParams(query);
  next.set("sort", sort);
  next.delete("cursor");
  return next.toString();
}

function HeadCell({
  id,
  sort,
  end,
  query,
}: {
  id: string;
  sort: string | undefined;
  end: boolean;
  query: URLSearchParams;
}): ReactNode {
  const label = t(`web.column.${id}`);
  if (!sort)
    return (
      <th scope="col" className={end ? "end" : ""}>
        {label}
      </th>
    );
  const direction = query.get("sort") === sort ? "ascending" : "none";
  const flip = (): void => {
    const next = new URLSearchParams(in_order(query, sort));
    if (direction !== "none") next.delete("sort");
    navigate(`${location.pathname}?${next.toString()}`, { replace: true });
  };
  return (
    <th scope="col" className={end ? "end" : ""} aria-sort={direction}>
      <button className="sort" onClick={flip}>
        {label}
        <span aria-hidden="true">{direction === "ascending" ? "▲" : "↕"}</span>
      </button>
    </th>
  );
}

function Pager({ query, next, shown }: { query: URLSearchParams; next: string | null; shown: number }): ReactNode {
  const cursor = query.get("cursor");
  if (!cursor && !next) return null;
  const go = (to: string | null): void => {
    const address = new URLSearchParams(query);
    if (to) address.set("cursor", to);
    else address.delete("cursor");
    navigate(`${location.pathname}?${address.toString()}`);
  };
  return (
    <nav className="pager" aria-label={t("web.list.pages")}>
      <Button kind="small" icon="left" disabled={!cursor} onClick={() => history.back()}>
        {t("web.list.previous")}
      </Button>
      <span className="muted small">{t("web.list.shown", { count: show_number(shown) })}</span>
      <Button kind="small" disabled={!next} onClick={() => go(next)}>
        {t("web.list.next")}
        <Icon name="right" size={14} />
      </Button>
    </nav>
  );
}
