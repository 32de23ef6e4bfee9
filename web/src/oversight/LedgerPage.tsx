/** The ledger of the State: who did what and when, the newest first, and the seal that an export is compared with. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { get } from "../api/client.ts";
import type { components } from "../api/generated/schema.ts";
import type { Page } from "../api/types.ts";
import { Button, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import "./oversight.css";

type Line = components["schemas"]["LedgerLineView"];
type Seal = components["schemas"]["LedgerSealView"];

const reads = {
  lines: (reference: string) =>
    infiniteQueryOptions({
      queryKey: ["ledger", reference],
      queryFn: ({ pageParam }) => get<Page<Line>>("/ledger", { case: reference, cursor: pageParam, limit: 50 }),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || null,
      placeholderData: keepPreviousData,
    }),
  seal: () => queryOptions({ queryKey: ["ledger", "seal"], queryFn: () => get<Seal>("/ledger/seal") }),
};

export function LedgerPage(): ReactNode {
  const reference = useAddress().query.get("case") ?? "";
  const list = useInfiniteQuery(reads.lines(reference));
  const lines = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t("oversight.title")} />
      <p className="muted ledger-intro">{t("oversight.intro")}</p>
      <SealCard />
      <div className="card">
        <Finder key={reference} reference={reference} />
        <ErrorNotice error={list.error} />
        {list.isPending ? (
          <div className="body">
            <Waiting />
          </div>
        ) : lines.length === 0 ? (
          <Empty icon="book" title={reference ? t("oversight.none_of", { reference }) : t("oversight.none")} />
        ) : (
          <Lines lines={lines} />
        )}
        {list.hasNextPage && (
          <p className="ledger-more">
            <Button icon="down" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("oversight.more")}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}

function SealCard(): ReactNode {
  const seal = useQuery(reads.seal()).data;
  if (!seal) return null;
  return (
    <section className="card ledger-seal" aria-label={t("oversight.seal")}>
      <Icon name="shield" size={26} />
      <div className="stack tight grow">
        <p className="strong">
          {seal.seal === 0
            ? t("oversight.seal_none")
            : t("oversight.seal_words", {
                count: show_number(seal.entries),
                seal: show_number(seal.seal),
                at: show_instant(seal.at),
              })}
        </p>
        {seal.hash && (
          <details>
            <summary>{t("oversight.seal_hash")}</summary>
            <p className="small muted">{t("oversight.seal_help")}</p>
            <p className="mono ledger-hash">{seal.hash}</p>
            <p className="small strong">{t("oversight.signer")}</p>
            <p className="mono ledger-hash">{seal.signer}</p>
          </details>
        )}
      </div>
    </section>
  );
}

function Finder({ reference }: { reference: string }): ReactNode {
  const [text, set_text] = useState(reference);
  const show = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = text.trim().toUpperCase();
    navigate(wanted ? `/ledger?case=${encodeURIComponent(wanted)}` : "/ledger");
  };
  return (
    <form className="filter-bar" onSubmit={show}>
      <span className="search-field">
        <Icon name="search" size={16} />
        <input
          type="search"
          className="input"
          aria-label={t("oversight.find")}
          title={t("oversight.find_help")}
          placeholder={t("oversight.find")}
          maxLength={40}
          value={text}
          onChange={(event) => set_text(event.target.value)}
        />
      </span>
      <Button type="submit">{t("oversight.find_do")}</Button>
      {reference && (
        <Button icon="cross" onClick={() => navigate("/ledger")}>
          {t("oversight.find_all")}
        </Button>
      )}
    </form>
  );
}

const about = (line: Line): string => t_first([`oversight.about.${line.about}`], line.about);
function href_of(line: Line): string | null {
  if (!line.case_id) return null;
  return `/${line.about === "case" ? "cases" : "applications"}/${line.case_id}`;
}

function Lines({ lines }: { lines: Line[] }): ReactNode {
  return (
    <RowsTable
      kind="ledger"
      name={t("oversight.title")}
      rows={lines}
      row_key={(line) => line.hash}
      columns={[
        {
          label: t("oversight.column.what"),
          cell: (line) => (
            <>
              <span className="strong">{line.text}</span>
              {line.source && <span className="small muted ledger-under">{line.source}</span>}
            </>
          ),
        },
        { label: t("oversight.column.at"), look: "nowrap when", cell: (line) => show_instant(line.at) },
        { label: t("oversight.column.who"), cell: (line) => <Who line={line} /> },
        { label: t("oversight.column.about"), look: "about", cell: (line) => <Reference line={line} /> },
        {
          label: t("oversight.column.number"),
          look: "mono small number",
          hint: (line) => line.hash,
          cell: (line) => (line.number ? show_number(line.number) : t("oversight.unsealed")),
        },
      ]}
    />
  );
}

function Who({ line }: { line: Line }): ReactNode {
  if (!line.who) return <span className="muted">{t(`oversight.by.${line.by}`)}</span>;
  return (
    <span>
      {line.who}
      <span className="small muted ledger-under">{[line.role, line.office].filter(Boolean).join(" · ")}</span>
    </span>
  );
}

function Reference({ line }: { line: Line }): ReactNode {
  const href = href_of(line);
  if (!line.reference) return <span className="muted">{about(line)}</span>;
  if (href)
    return (
      <Link className="mono nowrap" data-row href={href}>
        {line.reference}
      </Link>
    );
  return (
    <Link className="mono nowrap" data-row href={`/ledger?case=${encodeURIComponent(line.reference)}`}>
      {line.reference}
    </Link>
  );
}
