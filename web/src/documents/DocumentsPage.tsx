/** The travel document desk: the register, and the stock of blanks that must always balance. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Chip, Empty, ErrorNotice, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_day } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { Blanks } from "./Blanks.tsx";
import { Printers } from "./Printers.tsx";
import { Renewals } from "./Renewals.tsx";
import { SealingKeyNotice } from "./SealingKeyNotice.tsx";
import "./documents.css";

const tones: Record<string, Tone> = {
  issued: "calm",
  valid: "calm",
  void: "late",
  voided: "late",
  revoked: "late",
  expired: "near",
  used: "quiet",
  handed_over: "calm",
  returned: "quiet",
  lost: "late",
};
export function DocumentState({ state }: { state: string }): ReactNode {
  return (
    <Chip
      tone={tones[state] ?? "quiet"}
      icon={
        ["issued", "valid", "handed_over"].includes(state)
          ? "check"
          : ["void", "voided", "revoked", "lost"].includes(state)
            ? "cross"
            : "clock"
      }
    >
      {t_first([`web.document_state.${state}`], words_of(state))}
    </Chip>
  );
}

export function DocumentsPage(): ReactNode {
  const { query } = useAddress();
  const may = useMay();
  const tabs = [...(may("document.issue") ? ["waiting"] : []), "register"];
  if (may("document.issue") || may("document.approve")) tabs.push("renewals");
  if (may("document.stock")) tabs.push("blanks");
  if (may("document.issue")) tabs.push("printers");
  const tab = query.get("tab") ?? tabs[0] ?? "register";
  return (
    <>
      <PageHead title={t("web.nav.documents")} lead={t("web.document.lead")}>
        <a className="button" href="/verify" target="_blank" rel="noreferrer">
          <Icon name="shield" size={16} />
          {t("web.verify.link")}
        </a>
      </PageHead>
      <nav className="tabs" aria-label={t("web.nav.documents")}>
        {tabs.map((name) => (
          <Link key={name} className="tab" href={`/documents?tab=${name}`} aria-current={name === tab ? "page" : undefined}>
            {t(`web.document.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <SealingKeyNotice />
      {tab === "blanks" && <Blanks />}
      {tab === "printers" && <Printers />}
      {tab === "waiting" && <Waiters />}
      {tab === "renewals" && <Renewals />}
      {tab === "register" && <Register query={query} />}
    </>
  );
}

function Register({ query }: { query: URLSearchParams }): ReactNode {
  const may = useMay();
  const [text, set_text] = useState(query.get("q") ?? "");
  const [q, set_q] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => set_q(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const list = useQuery(queries.travel_documents({ q, state: query.get("state"), cursor: query.get("cursor"), limit: 25 }));
  const rows = list.data?.items ?? [];
  return (
    <div className="card" style={{ marginBlockStart: 14 }}>
      <div className="filter-bar">
        <span className="search-field">
          <Icon name="search" size={16} />
          <input
            type="search"
            className="input"
            aria-label={t("web.document.search")}
            placeholder={t("web.document.search")}
            value={text}
            onChange={(event) => set_text(event.target.value)}
          />
        </span>
        <select
          className="select"
          aria-label={t("web.column.state")}
          value={query.get("state") ?? ""}
          onChange={(event) => navigate(`/documents?tab=register&state=${event.target.value}`, { replace: true })}
        >
          <option value="">{t("web.column.state")}</option>
          {["issued", "handed_over", "used", "returned", "expired", "void", "lost"].map((state) => (
            <option key={state} value={state}>
              {t(`web.document_state.${state}`)}
            </option>
          ))}
        </select>
      </div>
      <ErrorNotice error={list.error} />
      {list.isPending ? (
        <div className="body">
          <Waiting />
        </div>
      ) : rows.length === 0 ? (
        <Empty icon="passport" title={t("web.document.none")} />
      ) : (
        <RowsTable
          name={t("web.document.tab.register")}
          rows={rows}
          row_key={(item) => item.number}
          columns={[
            {
              label: t("web.document.number"),
              cell: (item) => (
                <Link className="mono" data-row href={`/documents/${item.number}`}>
                  {item.number}
                </Link>
              ),
            },
            { label: t("web.column.name"), look: "strong", alone: true, cell: (item) => item.name },
            { label: t("web.column.birth"), cell: (item) => show_day(item.birth) },
            { label: t("web.column.state"), alone: true, cell: (item) => <DocumentState state={item.state} /> },
            { label: t("web.document.issued"), look: "nowrap", cell: (item) => show_day(item.issued_on) },
            { label: t("web.document.expires"), look: "nowrap", cell: (item) => show_day(item.expires_on) },
            { label: t("web.document.blank"), look: "mono", cell: (item) => item.blank ?? "—" },
            {
              label: t("web.column.reference"),
              look: "mono",
              cell: (item) =>
                may("application.read") ? (
                  <Link href={`/applications/${item.application}`}>{item.reference}</Link>
                ) : (
                  item.reference
                ),
            },
          ]}
        />
      )}
    </div>
  );
}

/** Accepted applications whose document the office issues next. */
function Waiters(): ReactNode {
  const list = useQuery(queries.waiting({ limit: 100 }));
  const rows = list.data?.items ?? [];
  if (list.error) return <ErrorNotice error={list.error} />;
  if (list.isPending) return <Waiting />;
  return (
    <div className="card" style={{ marginBlockStart: 14 }}>
      <div className="filter-bar">
        <Link className="button" href="/documents/batch">
          {t("web.batch.link")}
        </Link>
      </div>
      {rows.length === 0 ? (
        <Empty icon="passport" title={t("web.document.nobody_waits")} />
      ) : (
        <RowsTable
          name={t("web.document.tab.waiting")}
          rows={rows}
          row_key={(item) => item.application}
          columns={[
            {
              label: t("web.column.name"),
              look: "strong",
              cell: (item) => (
                <>
                  {item.name}
                  {item.name_original && item.name_original !== item.name && (
                    <bdi className="muted small" lang="und">
                      {" "}
                      {item.name_original}
                    </bdi>
                  )}
                </>
              ),
            },
            { label: t("web.column.birth"), look: "nowrap", cell: (item) => show_day(item.birth) },
            { label: t("web.column.reference"), look: "mono nowrap", cell: (item) => item.reference },
            { label: t("web.column.agreement"), cell: (item) => item.agreement_title },
            { label: t("web.document.issue_by"), look: "nowrap", cell: (item) => show_day(item.due_on) },
            {
              label: t("web.document.issue"),
              look: "end",
              quiet: true,
              cell: (item) => (
                <Link className="button small nowrap" data-row href={`/applications/${item.application}/issue`}>
                  {t("web.document.issue_short")}
                  <span className="visually-hidden"> {item.name}</span>
                </Link>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}
