/** The index of the law: every agreement of the node, found by words, States and how sure its rules are. */
import { useQuery } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { law, type LawRow } from "./law.ts";
import { RefusedFiles } from "./RefusedFiles.tsx";
import { SureBar, SureLegend } from "./Sure.tsx";
import { sure_kinds, sure_of_row, type SureCounts } from "./words.ts";
import "./agreements.css";

export function LawTabs({ tab }: { tab: "index" | "simulator" | "compare" | "versions" }): ReactNode {
  const may = useMay();
  const tabs = [
    ["index", "/agreements"],
    ["simulator", "/agreements/simulator"],
    ["compare", "/agreements/compare"],
    ...(may("administration.read") ? [["versions", "/agreements/versions"]] : []),
  ] as const;
  return (
    <nav className="tabs no-print" aria-label={t("web.nav.agreements")}>
      {tabs.map(([name, href]) => (
        <Link key={name} className="tab" href={href as string} aria-current={name === tab ? "page" : undefined}>
          {t(`web.law.tab.${name as string}`)}
        </Link>
      ))}
    </nav>
  );
}

export interface Chosen {
  of: string;
  q: string;
  state: string;
  other: string;
  sure: string;
}
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export function fits(row: LawRow, chosen: Chosen): boolean {
  const words = plain([row.code, row.cited, row.title, ...row.parties.flatMap((party) => [party.id, party.name])].join(" "));
  const has = (code: string): boolean => code === "" || row.parties.some((party) => party.id === code);
  const wanted = plain(chosen.q).split(/\s+/);
  if (!wanted.every((word) => words.includes(word)) || !has(chosen.state) || !has(chosen.other)) return false;
  if (chosen.of === "own" && !row.own) return false;
  if (chosen.state && chosen.other && !row.in_force) return false;
  if (chosen.sure === "certain") return row.rules > 0 && row.sure.unverified === 0;
  if (chosen.sure === "unverified") return row.sure.unverified > 0;
  if (chosen.sure === "missing") return row.missing.length > 0;
  return true;
}

/** The list of all agreements of the node, those of the own State first. */
export function useLawRows(): { items: LawRow[]; waiting: boolean; error: unknown } {
  const rows = useQuery(law.rows());
  return { items: rows.data ?? [], waiting: rows.isPending, error: rows.error };
}
export const title_of = (items: LawRow[], code: string): string => items.find((item) => item.code === code)?.title ?? code;

export function AgreementsPage(): ReactNode {
  const { query } = useAddress();
  const session = useSession();
  const { items, waiting, error } = useLawRows();
  const own = items.filter((item) => item.own).length;
  const chosen: Chosen = {
    of: query.get("of") === "own" ? "own" : "all",
    q: query.get("q") ?? "",
    state: query.get("state") ?? "",
    other: query.get("other") ?? "",
    sure: query.get("sure") ?? "",
  };
  const shown = items.filter((item) => fits(item, chosen));
  return (
    <>
      <PageHead title={t("web.nav.agreements")} lead={t("web.law.lead")} />
      <LawTabs tab="index" />
      <div className="stack loose law-index">
        <RefusedFiles />
        <ErrorNotice error={error} />
        {waiting && items.length === 0 ? (
          <Waiting lines={9} />
        ) : (
          <>
            <Totals items={shown} />
            <Finder items={items} chosen={chosen} own={own} state={session.party.name} />
            <p className="muted small" role="status">
              {t("web.law.found", { count: shown.length, all: items.length })}
            </p>
            {shown.length === 0 ? (
              <Empty icon="search" title={t("web.law.none_found")}>
                <Link href="/agreements">{t("web.law.show_all")}</Link>
              </Empty>
            ) : (
              <ul className="law-list">
                {shown.map((item) => (
                  <Item key={item.code} item={item} />
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </>
  );
}

function Totals({ items }: { items: LawRow[] }): ReactNode {
  const counts: SureCounts = { P: 0, S: 0, confirmed: 0, unverified: 0 };
  for (const item of items) for (const kind of sure_kinds) counts[kind] += sure_of_row(item)[kind];
  const title = t("web.law.totals", {
    agreements: items.length,
    rules: items.reduce((sum, item) => sum + item.rules, 0),
  });
  return (
    <Card title={title}>
      <SureBar large counts={counts} label={title} />
      <SureLegend counts={counts} />
    </Card>
  );
}

interface FinderProps {
  items: LawRow[];
  chosen: Chosen;
  own: number;
  state: string;
}
function Finder({ items, chosen, own, state }: FinderProps): ReactNode {
  const states = useMemo(() => {
    const parties = new Map(items.flatMap((item) => item.parties.map((party) => [party.id, party.name])));
    return [...parties]
      .map(([value, label]) => ({ value, label }))
      .sort((left, right) => left.label.localeCompare(right.label));
  }, [items]);
  const change = (part: Partial<Chosen>): void => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...chosen, ...part }))
      if (value && value !== "all") next.set(name, String(value));
    const text = next.toString();
    navigate(`/agreements${text ? `?${text}` : ""}`, { replace: true });
  };
  return (
    <form className="law-finder" role="search" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label={t("web.law.search")}
        type="search"
        value={chosen.q}
        placeholder={t("web.law.search_hint")}
        change={(q) => change({ q })}
      />
      <SelectField
        label={t("web.law.whose")}
        value={chosen.of}
        options={[
          { value: "all", label: t("web.law.of_all", { count: items.length }) },
          { value: "own", label: t("web.law.of_own", { count: own, state }) },
        ]}
        change={(of) => change({ of })}
      />
      <SelectField
        label={t("web.law.state")}
        value={chosen.state}
        empty={t("web.law.any_state")}
        options={states}
        change={(state) => change({ state })}
      />
      <SelectField
        label={t("web.law.other_state")}
        value={chosen.other}
        empty={t("web.law.any_state")}
        options={states}
        change={(other) => change({ other })}
      />
      <SelectField
        label={t("web.law.how_sure")}
        value={chosen.sure}
        empty={t("web.law.any")}
        options={["certain", "unverified", "missing"].map((value) => ({ value, label: t(`web.law.filter.${value}`) }))}
        change={(sure) => change({ sure })}
      />
    </form>
  );
}

function Item({ item }: { item: LawRow }): ReactNode {
  const { in_force_from: from, in_force_until: until } = item;
  const known = from && (until ? { from: show_day(from), until: show_day(until) } : { day: show_day(from) });
  return (
    <li className="law-item">
      <div>
        <Link className="law-title" href={`/agreements/${item.code}`}>
          {item.title}
        </Link>
        <p className="law-parties">{item.parties.map((party) => party.name).join(" – ")}</p>
        <p className="row small muted">
          <span>{item.cited}</span>
          <span>
            {known ? t(until ? "web.law.in_force_span" : "web.law.in_force_from", known) : t("web.law.from_not_known")}
          </span>
          {item.kind !== "binding" && <Chip tone="quiet">{item.kind_label}</Chip>}
          {!item.in_force && <Chip tone="hold">{t("web.law.not_in_force")}</Chip>}
          {item.own && <Chip tone="info">{t("web.law.binds_own")}</Chip>}
          {item.fictional && <Chip tone="near">{t("web.agreement.fictional_short")}</Chip>}
        </p>
      </div>
      <div className="law-sure">
        <SureBar counts={sure_of_row(item)} label={t("web.law.rules_of", { title: item.cited })} />
        <span className="small muted" title={item.missing.join(", ")}>
          {t("web.law.rule_count", { count: item.rules })}
          {item.missing.length > 0 && ` · ${t("web.law.missing_count", { count: item.missing.length })}`}
        </span>
      </div>
    </li>
  );
}
