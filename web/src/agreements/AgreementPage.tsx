/** One agreement: its rules in words by group, the evidence it lists, its worked examples, what was confirmed of it. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button, Card, Chip, Empty, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { Confirmations } from "./Confirmations.tsx";
import { EvidenceLists } from "./EvidenceLists.tsx";
import { law, type Law, type LawAuthority } from "./law.ts";
import { RuleGroups } from "./RuleGroups.tsx";
import { SureBar, SureChip, SureLegend } from "./Sure.tsx";
import { VersionsOfAgreement } from "./VersionsOfAgreement.tsx";
import { WhitelistOfState } from "./WhitelistOfState.tsx";
import { count_sure, section_named, sections_of, unsure_starts, weekday_name, type SummarySection } from "./words.ts";
import "./agreements.css";

const tabs = ["rules", "evidence", "leaving", "examples", "confirmations", "versions", "sheet"] as const;
type Tab = (typeof tabs)[number];
/** Examples, confirmations and the sheet to sign are those of the newest version. */
const old_tabs: readonly Tab[] = ["rules", "evidence", "versions"];
function address(code: string, tab: Tab, version: number): string {
  const query = new URLSearchParams({ ...(tab === "rules" ? {} : { tab }), ...(version > 0 ? { version: `${version}` } : {}) });
  const text = query.toString();
  return `/agreements/${code}${text ? `?${text}` : ""}`;
}

export function AgreementPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const code = parameters.id;
  const { query } = useAddress();
  const version = Number(query.get("version") ?? 0) || 0;
  const view = useQuery(law.agreement(code, version));
  const summary = useQuery(law.summary(code));
  const asked = query.get("tab") as Tab | null;
  const tab: Tab = asked && tabs.includes(asked) ? asked : "rules";
  if (view.error) return <PageFault error={view.error} />;
  if (!view.data) return <Waiting lines={9} />;
  const sections = sections_of(summary.data ?? "");
  const starts = unsure_starts(view.data);
  const old = view.data.agreement.version !== view.data.newest;
  return (
    <>
      <p className="law-back no-print">
        <Link href="/agreements">
          <Icon name="left" size={14} /> {t("web.law.all")}
        </Link>
      </p>
      <PageHead title={view.data.agreement.title} lead={view.data.agreement.parties.map((party) => party.name).join(" – ")}>
        <Link className="button" href={`/agreements/simulator?agreement=${code}`}>
          <Icon name="clock" size={16} /> {t("web.law.simulate")}
        </Link>
        <Link className="button" href={`/agreements/compare?left=${code}`}>
          <Icon name="columns" size={16} /> {t("web.law.tab.compare")}
        </Link>
      </PageHead>
      {view.data.agreement.fictional && (
        <Notice tone="near">
          <p>{t("web.agreement.fictional")}</p>
        </Notice>
      )}
      {old && (
        <Notice tone="near">
          <p>
            {t("web.law.old_version", { number: view.data.agreement.version, newest: view.data.newest })}{" "}
            <Link href={`/agreements/${code}`}>{t("web.law.see_newest")}</Link>
          </p>
        </Notice>
      )}
      <Head view={view.data} />
      <nav className="tabs no-print" aria-label={t("web.law.parts")}>
        {(old ? old_tabs : tabs).map((name) => (
          <Link
            key={name}
            className="tab"
            href={address(code, name, old ? version : 0)}
            aria-current={name === tab ? "page" : undefined}
          >
            {t(`web.law.part.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="stack loose">
        {tab === "rules" && <RuleGroups view={view.data} starts={starts} />}
        {tab === "evidence" && <EvidenceLists view={view.data} section={section_named(sections, "evidence")} />}
        {tab === "examples" && <Examples sections={sections} waiting={summary.isPending} />}
        {tab === "sheet" && <Sheet sections={sections} waiting={summary.isPending} />}
        {tab === "versions" && <VersionsOfAgreement code={code} shown={view.data.agreement.version} />}
        {tab === "leaving" && <WhitelistOfState code={code} />}
        {tab === "confirmations" && <Confirmations view={view.data} starts={starts} />}
      </div>
    </>
  );
}

function Head({ view }: { view: Law }): ReactNode {
  const head = view.agreement;
  const counts = count_sure(view.rules);
  const way = { requesting: view.requesting.join(", "), requested: view.requested.join(", ") };
  const told: [string, ReactNode][] = [
    [t("web.law.cited"), head.cited],
    [t("agreements.summary.kind"), head.kind_label],
    [t("web.law.version"), `${head.version}`],
    [t("web.agreement.valid_from"), head.in_force_from ? show_day(head.in_force_from) : t("web.law.not_known")],
    [t("agreements.summary.until"), head.in_force_until && show_day(head.in_force_until)],
    [t("agreements.summary.direction"), view.requested.length > 0 && t("agreements.summary.one_way", way)],
    [t("agreements.summary.signed"), view.signed_on && show_day(view.signed_on)],
    [t("agreements.summary.covers"), view.covers.join(", ")],
    [t("agreements.summary.reference"), view.reference],
    [t("agreements.summary.source"), view.source],
    [t("agreements.summary.note"), view.note],
  ];
  return (
    <div className="law-head">
      <Card title={t("web.law.about")}>
        <Facts rows={told.filter(([, value]) => Boolean(value))} />
      </Card>
      <div className="stack loose">
        <Card title={t("web.law.how_sure_all", { count: view.rules.length })}>
          <SureBar large counts={counts} label={t("web.law.rules_of", { title: head.cited })} />
          <SureLegend counts={counts} />
          <p className="small muted law-note">{t("web.law.sure_lead")}</p>
        </Card>
        <Card title={t("agreements.summary.authorities")} flush>
          <ul className="law-calendars">
            {view.authorities.map((each) => (
              <Calendar key={each.party} each={each} />
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}

/** Where the days of one State are counted, and from where its holidays are known. */
function Calendar({ each }: { each: LawAuthority }): ReactNode {
  const weekend = each.weekend.map((day) => weekday_name(day)).join(", ");
  const years = each.known_from && each.known_until;
  return (
    <li data-calendar={each.party}>
      <p className="row apart">
        <span className="strong">{each.name}</span>
        <SureChip confidence={each.holidays_confidence} />
      </p>
      <p className="small">
        {each.zone} · {t("web.law.weekend", { days: weekend })}
        {each.region && ` · ${each.region}`}
      </p>
      {each.holidays_known ? (
        <p className="small muted">
          {t("web.law.holidays_from", { source: each.holidays_source })}
          {years && ` ${t("web.law.holidays_years", { from: `${each.known_from}`, until: `${each.known_until}` })}`}
        </p>
      ) : (
        <p className="small rule-gap">
          <Icon name="alert" size={14} /> {t("web.law.holidays_unknown", { state: each.calendar })}
        </p>
      )}
    </li>
  );
}

/** The worked examples of the file as the summary tells them; a file whose examples do not come out is never in force. */
function Examples({ sections, waiting }: { sections: SummarySection[]; waiting: boolean }): ReactNode {
  const lines = section_named(sections, "examples")?.lines ?? [];
  const examples: { name: string; why: string[] }[] = [];
  for (const line of lines) {
    if (!line.deep) examples.push({ name: line.text, why: [] });
    else examples.at(-1)?.why.push(line.text);
  }
  if (waiting) return <Waiting />;
  if (examples.length === 0) return <Empty icon="list" title={t("web.law.no_examples")} />;
  return (
    <Card
      title={t("agreements.summary.examples")}
      flush
      actions={
        <Chip tone="calm" icon="check">
          {t("web.law.examples_pass", { count: examples.length })}
        </Chip>
      }
    >
      <p className="law-lead">{t("web.law.examples_lead")}</p>
      <ol className="law-examples">
        {examples.map((example, index) => (
          <li key={index}>
            <Icon name="check" size={16} />
            <div>
              <p className="strong">{example.name}</p>
              {example.why.map((why) => (
                <p key={why} className="muted small">
                  {why}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The summary that a jurist reads, prints and signs, as the server writes it. */
function Sheet({ sections, waiting }: { sections: SummarySection[]; waiting: boolean }): ReactNode {
  if (waiting) return <Waiting lines={9} />;
  return (
    <Card
      title={t("web.law.part.sheet")}
      actions={
        <Button className="small no-print" icon="print" onClick={() => print()}>
          {t("web.action.print")}
        </Button>
      }
    >
      <div className="law-sheet">
        {sections.map((section, index) => (
          <section key={`${index}-${section.title}`}>
            {section.lines.length === 0 ? <p>{section.title}</p> : <h3>{section.title}</h3>}
            <ul className="law-lines">
              {section.lines.map((line, at) => (
                <li key={at} className={line.deep ? "deep" : ""}>
                  {line.text}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}
