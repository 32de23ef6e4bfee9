/** The queue of the desks: what waits for me, by safeguard, the longest open first; one act a row. */
import { useInfiniteQuery, useQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState, type ComponentProps, type ReactNode } from "react";
import { Button, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { BulkClosing } from "./BulkClosing.tsx";
import { QueueRows } from "./QueueRows.tsx";
import { short_name } from "./order.ts";
import { reads, type GateCount } from "./read.ts";
import "./safeguards.css";

/** As the server takes them at once. */
const bulk_limit = 100;

export function QueuePage(): ReactNode {
  const { query } = useAddress();
  const may = useMay();
  const session = useSession();
  const counts = useQuery(reads.counts());
  const own = (counts.data ?? []).filter((one) => one.is_mine);
  const reads_all = may("case.read");
  const wards = session.roles.includes("guardian");
  const asked = query.get("gate") ?? "";
  const gate = asked === "all" ? "" : asked || (wards ? "" : (own[0]?.gate ?? ""));
  const lists = wards || gate !== "" || reads_all;
  const shown = counts.data?.find((one) => one.gate === gate);
  return (
    <>
      <PageHead title={t("safeguards.queue.title")} lead={t(wards ? "safeguards.queue.lead_wards" : "safeguards.queue.lead")} />
      <ErrorNotice error={counts.error} again={() => void counts.refetch()} />
      {counts.isPending && <Waiting lines={6} />}
      {counts.data && (
        <div className="queue-columns">
          {(own.length > 0 || reads_all) && (
            <QueueNav counts={counts.data} gate={asked === "all" ? "all" : gate} reads_all={reads_all} />
          )}
          <section className="card flush grow" aria-labelledby="queue-title">
            <header>
              <h2 id="queue-title">{gate ? short_name(gate) : t(wards ? "safeguards.queue.wards" : "safeguards.queue.all")}</h2>
            </header>
            {shown && <p className="queue-lead">{shown.label}</p>}
            {lists ? <Rows key={gate} gate={gate} wards={wards} in_bulk={shown?.in_bulk === true} /> : <Nothing />}
          </section>
        </div>
      )}
    </>
  );
}

function QueueNav({ counts, gate, reads_all }: { counts: GateCount[]; gate: string; reads_all: boolean }): ReactNode {
  const groups: [string, GateCount[]][] = [
    [t("safeguards.queue.mine"), counts.filter((one) => one.is_mine)],
    [t("safeguards.queue.others"), counts.filter((one) => !one.is_mine)],
  ];
  return (
    <nav className="queue-nav" aria-label={t("safeguards.queue.nav")}>
      {reads_all && (
        <Link href="/safeguards?gate=all" aria-current={gate === "all" || gate === "" ? "page" : undefined}>
          <span className="grow">{t("safeguards.queue.all")}</span>
        </Link>
      )}
      {groups
        .filter(([, members]) => members.length > 0)
        .map(([title, members]) => (
          <div key={title}>
            <h2>{title}</h2>
            {members.map((one) => (
              <Link key={one.gate} href={`/safeguards?gate=${one.gate}`} aria-current={gate === one.gate ? "page" : undefined}>
                <span className="mono small">{one.gate}</span>
                <span className="grow">{short_name(one.gate)}</span>
                <span className="count">{show_number(one.files)}</span>
              </Link>
            ))}
          </div>
        ))}
    </nav>
  );
}

function Rows({ gate, wards, in_bulk }: { gate: string; wards: boolean; in_bulk: boolean }): ReactNode {
  const [chosen, set_chosen] = useState<string[]>([]);
  const [closing, set_closing] = useState(false);
  const rows = useInfiniteQuery(reads.rows(gate));
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.error) return <ErrorNotice error={rows.error} again={() => void rows.refetch()} />;
  if (rows.isPending) return <Waiting lines={6} />;
  if (items.length === 0) return <Nothing wards={wards} />;
  if (!in_bulk) return <List rows={items} gate={gate} more={rows} />;
  const picked = items.filter((row) => chosen.includes(row.id));
  return (
    <>
      <div className="bulk" role="region" aria-label={t("web.bulk.label")}>
        <span className="strong">{t("web.bulk.chosen", { count: picked.length })}</span>
        <Button kind="small primary" icon="shield" disabled={picked.length === 0} onClick={() => set_closing(true)}>
          {t("safeguards.bulk.open")}
        </Button>
        <button className="link-button" onClick={() => set_chosen(picked.length === 0 ? items.map((row) => row.id) : [])}>
          {t(picked.length === 0 ? "safeguards.bulk.all" : "web.bulk.clear")}
        </button>
      </div>
      <List rows={items} gate={gate} more={rows} chosen={chosen} choose={(ids) => set_chosen(ids.slice(0, bulk_limit))} />
      {closing && (
        <BulkClosing
          gate={gate}
          rows={picked}
          close={(done) => {
            set_closing(false);
            if (done) set_chosen([]);
          }}
        />
      )}
    </>
  );
}

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
function List({ more: rows, ...list }: ComponentProps<typeof QueueRows> & { more: Pages }): ReactNode {
  return (
    <>
      <QueueRows {...list} />
      {rows.hasNextPage && (
        <p className="table-more">
          <Button busy={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t("safeguards.queue.more")}
          </Button>
        </p>
      )}
    </>
  );
}

export function Nothing({ wards = false }: { wards?: boolean }): ReactNode {
  return (
    <Empty icon="check" title={t(wards ? "safeguards.queue.no_wards" : "safeguards.queue.nothing")}>
      <p className="muted">{t("safeguards.queue.nothing_words")}</p>
      <p>
        <Icon name="bell" size={14} /> {t("safeguards.queue.told")}
      </p>
    </Empty>
  );
}
