/** The index of the law: every agreement of the node, found by words, States and how sure its rules are. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession, useToday } from "../session/session.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { law, type Law } from "./law.ts";
import { RefusedFiles } from "./RefusedFiles.tsx";
import { SureBar, SureLegend } from "./Sure.tsx";
import { count_sure, has_value, known_start, missing_rules, parties_of, state_name } from "./words.ts";
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

interface Chosen {
  q: string;
  state: string;
  other: string;
  sure: string;
}
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export function fits(item: Law, chosen: Chosen, today: string): boolean {
  const head = item.agreement;
  const parties = parties_of(item);
  const words = plain([head.code, head.cited, head.title, ...parties, ...parties.map(state_name)].join(" "));
  if (
    !plain(chosen.q)
      .split(/\s+/)
      .every((word) => words.includes(word))
  )
    return false;
  if (chosen.state && !parties.includes(chosen.state)) return false;
  if (chosen.other && !parties.includes(chosen.other)) return false;
  if (chosen.state && chosen.other && !in_force(item, today)) return false;
  const counts = count_sure(item.rules);
  if (chosen.sure === "certain") return item.rules.length > 0 && counts.unverified === 0;
  if (chosen.sure === "unverified") return counts.unverified > 0;
  if (chosen.sure === "missing") return missing_rules(item).length > 0 || item.rules.some((rule) => !has_value(rule));
  return true;
}
export function in_force(item: Law, today: string): boolean {
  const from = known_start(item);
  const until = item.agreement.in_force_until;
  return from !== "" && from <= today && (until === null || today <= until);
}

/** All agreements, as they arrive one by one. */
export function useAllLaw(): { items: Law[]; waiting: boolean; error: unknown } {
  const codes = useQuery(law.codes());
  return useQueries({
    queries: (codes.data ?? []).map((code) => law.agreement(code)),
    combine: (results) => ({
      items: results.flatMap((result) => (result.data ? [result.data] : [])),
      waiting: codes.isPending || results.some((result) => result.isPending),
      error: codes.error ?? results.find((result) => result.error)?.error ?? null,
    }),
  });
}

export function AgreementsPage(): ReactNode {
  const { query } = useAddress();
  const session = useSession();
  const today = useToday();
  const { items, waiting, error } = useAllLaw();
  const chosen: Chosen = {
    q: query.get("q") ?? "",
    state: query.get("state") ?? "",
    other: query.get("other") ?? "",
    sure: query.get("sure") ?? "",
  };
  const own = session.party.code;
  const shown = items
    .filter((item) => fits(item, chosen, today))
    .sort((left, right) => Number(parties_of(right).includes(own)) - Number(parties_of(left).includes(own)));
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
            <Totals items={items} />
            <Finder items={items} chosen={chosen} />
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
                  <Item key={item.agreement.code} item={item} own={own} today={today} />
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </>
  );
}

function Totals({ items }: { items: Law[] }): ReactNode {
  const rules = items.flatMap((item) => item.rules);
  const counts = count_sure(rules);
  return (
    <Card title={t("web.law.totals", { agreements: items.length, rules: rules.length })}>
      <SureBar large counts={counts} label={t("web.law.totals", { agreements: items.length, rules: rules.length })} />
      <SureLegend counts={counts} />
    </Card>
  );
}

function Finder({ items, chosen }: { items: Law[]; chosen: Chosen }): ReactNode {
  const states = useMemo(() => {
    const codes = [...new Set(items.flatMap(parties_of))];
    return codes
      .map((code) => ({ value: code, label: state_name(code) }))
      .sort((left, right) => left.label.localeCompare(right.label));
  }, [items]);
  const change = (part: Partial<Chosen>): void => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...chosen, ...part })) if (value) next.set(name, String(value));
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

function Item({ item, own, today }: { item: Law; own: string; today: string }): ReactNode {
  const head = item.agreement;
  const parties = parties_of(item);
  const missing = missing_rules(item).length;
  const from = known_start(item);
  return (
    <li className="law-item">
      <div>
        <Link className="law-title" href={`/agreements/${head.code}`}>
          {head.title}
        </Link>
        <p className="law-parties">
          {parties.map((party, index) => (
            <span key={party}>
              {index > 0 && "– "}
              {state_name(party)}
            </span>
          ))}
        </p>
        <p className="row small muted">
          <span>{head.cited}</span>
          <span>
            {!from
              ? t("web.law.from_not_known")
              : head.in_force_until
                ? t("web.law.in_force_span", { from: show_day(from), until: show_day(head.in_force_until) })
                : t("web.law.in_force_from", { day: show_day(from) })}
          </span>
          {!in_force(item, today) && <Chip tone="hold">{t("web.law.not_in_force")}</Chip>}
          {parties.includes(own) && <Chip tone="info">{t("web.law.binds_own")}</Chip>}
          {head.fictional && <Chip tone="near">{t("web.agreement.fictional_short")}</Chip>}
        </p>
      </div>
      <div className="law-sure">
        <SureBar counts={count_sure(item.rules)} label={t("web.law.rules_of", { title: head.cited })} />
        <span className="small muted">
          {t("web.law.rule_count", { count: item.rules.length })}
          {missing > 0 && ` · ${t("web.law.missing_count", { count: missing })}`}
        </span>
      </div>
    </li>
  );
}
