/** One agreement: its rules in words by group, the evidence it lists, its worked examples, what was confirmed of it. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, Facts, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { Confirmations } from "./Confirmations.tsx";
import { EvidenceLists } from "./EvidenceLists.tsx";
import { law, type Law } from "./law.ts";
import { RuleGroups } from "./RuleGroups.tsx";
import { SureBar, SureLegend } from "./Sure.tsx";
import {
  count_sure,
  known_start,
  parties_of,
  section_named,
  sections_of,
  state_name,
  unsure_starts,
  type SummarySection,
} from "./words.ts";
import "./agreements.css";

const tabs = ["rules", "evidence", "examples", "confirmations", "sheet"] as const;
type Tab = (typeof tabs)[number];

export function AgreementPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const code = parameters.id;
  const { query } = useAddress();
  const view = useQuery(law.agreement(code));
  const summary = useQuery(law.summary(code));
  const asked = query.get("tab") as Tab | null;
  const tab: Tab = asked && tabs.includes(asked) ? asked : "rules";
  if (view.error) return <ErrorNotice error={view.error} />;
  if (!view.data) return <Waiting lines={9} />;
  const sections = sections_of(summary.data ?? "");
  const starts = unsure_starts(view.data, sections);
  return (
    <>
      <p className="law-back no-print">
        <Link href="/agreements">
          <Icon name="left" size={14} /> {t("web.law.all")}
        </Link>
      </p>
      <PageHead title={view.data.agreement.title} lead={parties_of(view.data).map(state_name).join(" – ")}>
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
      <Head view={view.data} sections={sections} />
      <nav className="tabs no-print" aria-label={t("web.law.parts")}>
        {tabs.map((name) => (
          <Link
            key={name}
            className="tab"
            href={`/agreements/${code}${name === "rules" ? "" : `?tab=${name}`}`}
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
        {tab === "confirmations" && <Confirmations view={view.data} starts={starts} />}
      </div>
    </>
  );
}

function Head({ view, sections }: { view: Law; sections: SummarySection[] }): ReactNode {
  const head = view.agreement;
  const counts = count_sure(view.rules);
  const from = known_start(view);
  const told = (key: string): string => {
    const mark = `${t(`agreements.summary.${key}`)}: `;
    return sections[0]?.lines.find((line) => line.text.startsWith(mark))?.text.slice(mark.length) ?? "";
  };
  const optional = ["kind", "direction", "signed", "reference", "source", "note"] as const;
  const rows = optional.map((key): [string, ReactNode] => [t(`agreements.summary.${key}`), told(key)]);
  const until: [string, ReactNode][] = head.in_force_until
    ? [[t("agreements.summary.until"), show_day(head.in_force_until)]]
    : [];
  const zones = section_named(sections, "authorities")?.lines.map((line) => line.text) ?? [];
  return (
    <div className="law-head">
      <Card title={t("web.law.about")}>
        <Facts
          rows={[
            [t("web.law.cited"), head.cited],
            [t("web.agreement.valid_from"), from ? show_day(from) : t("web.law.not_known")],
            ...until,
            ...rows.filter(([, value]) => value !== ""),
            ...(zones.length > 0
              ? [
                  [
                    t("agreements.summary.authorities"),
                    zones.map((line) => (
                      <span key={line} className="block">
                        {state_name(line.slice(0, 3))}
                        {line.slice(3)}
                      </span>
                    )),
                  ] as [string, ReactNode],
                ]
              : []),
          ]}
        />
      </Card>
      <Card title={t("web.law.how_sure_all", { count: view.rules.length })}>
        <SureBar large counts={counts} label={t("web.law.rules_of", { title: head.cited })} />
        <SureLegend counts={counts} />
        <p className="small muted law-note">{t("web.law.sure_lead")}</p>
      </Card>
    </div>
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
