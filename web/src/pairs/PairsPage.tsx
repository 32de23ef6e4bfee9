/** Pairs of files that may be about one person, the likeliest first. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Chip, Empty, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { StateChip } from "../cases/state.tsx";
import { show_day, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { show_probability } from "../registry/Evidence.tsx";
import { Link, useAddress } from "../shell/router.tsx";
import { pair_queries, pair_states, type PairFile, type PairRow, type PairState } from "./read.ts";
import "./pairs.css";

function File({ file }: { file: PairFile }): ReactNode {
  return (
    <span className="pair-file">
      <span className="strong">
        <bdi>{file.person.name || file.reference}</bdi>
      </span>
      <span className="small muted">
        {file.person.birth && `${file.person.birth.length < 10 ? file.person.birth : show_day(file.person.birth)} · `}
        <span className="mono nowrap">{file.reference}</span>
      </span>
      <StateChip state={file.state} />
    </span>
  );
}

function Likeness({ pair }: { pair: PairRow }): ReactNode {
  return (
    <span className="pair-likeness">
      <span className="pair-bar" aria-hidden="true">
        <i style={{ inlineSize: `${Math.round(pair.probability * 100)}%` }} />
      </span>
      <Link className="strong" href={`/pairs/${pair.id}`} data-row>
        {t("pairs.probability", { percent: show_probability(pair.probability) })}
      </Link>
      {pair.may_be_relative && <Chip tone="soon">{t("pairs.relative")}</Chip>}
    </span>
  );
}

export function PairsPage(): ReactNode {
  const { query } = useAddress();
  const asked = query.get("state");
  const state: PairState = pair_states.find((one) => one === asked) ?? "open";
  return <Pairs key={state} state={state} />;
}

function Pairs({ state }: { state: PairState }): ReactNode {
  const [cursor, set_cursor] = useState<string | null>(null);
  const [before, set_before] = useState<PairRow[]>([]);
  const read = useQuery(pair_queries.page(state, cursor));
  if (read.isPending) return <Waiting lines={8} />;
  if (!read.data) return <PageFault error={read.error} again={() => void read.refetch()} />;
  const page = read.data;
  const rows = [...before, ...page.items];
  return (
    <>
      <PageHead title={t("pairs.title")} lead={t("pairs.lead")}>
        {page.open > 0 && <Chip tone="near">{t("pairs.count", { count: show_number(page.open) })}</Chip>}
      </PageHead>
      <nav className="tabs" aria-label={t("pairs.state")}>
        {pair_states.map((one) => (
          <Link key={one} className="tab" href={`/pairs?state=${one}`} aria-current={one === state ? "page" : undefined}>
            {t(`pairs.${one}`)}
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <Empty icon="people" title={t(state === "open" ? "pairs.none_open" : "pairs.none_decided")}>
          {state === "open" && <p>{t("pairs.none_open_text")}</p>}
        </Empty>
      ) : (
        <div className="card pair-list">
          <RowsTable
            name={t("pairs.title")}
            rows={rows}
            row_key={(row) => row.id}
            columns={[
              { label: t("pairs.likeness"), cell: (row) => <Likeness pair={row} /> },
              { label: t("pairs.older"), cell: (row) => <File file={row.left} /> },
              { label: t("pairs.newer"), cell: (row) => <File file={row.right} /> },
            ]}
          />
          {page.next && (
            <p className="pair-more">
              <Button
                onClick={() => {
                  set_before(rows);
                  set_cursor(page.next ?? null);
                }}
              >
                {t("pairs.more")}
              </Button>
            </p>
          )}
        </div>
      )}
    </>
  );
}
