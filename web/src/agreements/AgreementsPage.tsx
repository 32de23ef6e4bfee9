/** The agreements as data: each rule with its clause and how sure we are of it, the evidence lists, what may leave. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { AgreementView } from "../api/types.ts";
import { Card, Chip, ErrorNotice, Facts, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { confidence_name } from "../cases/Deadline.tsx";
import { Strength } from "../cases/Checklist.tsx";
import { document_name, party_name } from "../cases/state.tsx";
import { name_of_path } from "../forms/codes.ts";
import { is_day, show_day } from "../language/dates.ts";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import "./agreements.css";

export function AgreementsPage({ parameters }: { parameters: { id?: string } }): ReactNode {
  const list = useQuery(queries.agreements());
  const items = list.data ?? [];
  const id = parameters.id ?? items[0]?.id;
  return (
    <>
      <PageHead title={t("web.nav.agreements")} lead={t("web.agreement.lead")} />
      <ErrorNotice error={list.error} />
      <div className="agreements">
        <nav aria-label={t("web.nav.agreements")}>
          <ul className="stack tight">
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  className="agreement-link"
                  href={`/agreements/${item.id}`}
                  aria-current={item.id === id ? "page" : undefined}
                >
                  <span className="strong">{item.title}</span>
                  <span className="small muted">
                    {party_name(item.requesting)} → {party_name(item.requested)}
                  </span>
                  {item.fictional && <Chip tone="near">{t("web.agreement.fictional_short")}</Chip>}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {id ? <One id={id} /> : <Waiting />}
      </div>
    </>
  );
}

function One({ id }: { id: string }): ReactNode {
  const agreement = useQuery(queries.agreement(id));
  const view = agreement.data;
  if (agreement.error) return <ErrorNotice error={agreement.error} />;
  if (!view) return <Waiting />;
  return (
    <div className="stack loose">
      {view.fictional && (
        <Notice tone="near">
          <p>{t("web.agreement.fictional")}</p>
        </Notice>
      )}
      <Card title={view.title}>
        <Facts
          rows={[
            [t("web.case.requesting"), party_name(view.requesting)],
            [t("web.case.requested"), party_name(view.requested)],
            [t("web.agreement.version"), view.version],
            [t("web.agreement.valid_from"), show_day(view.valid_from)],
            [
              t("web.agreement.languages"),
              (view.languages ?? []).map((code) => t_first([`web.language.${code}`], code)).join(", "),
            ],
            [t("web.agreement.confidence"), confidence_name(view.confidence)],
          ]}
        />
      </Card>
      <Rules view={view} />
      <Card title={t("web.agreement.evidence")} flush>
        <div className="table-wrap" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("web.agreement.document")}</th>
                <th scope="col">{t("web.checklist.strength")}</th>
                <th scope="col">{t("web.agreement.clause")}</th>
              </tr>
            </thead>
            <tbody>
              {(view.evidence ?? []).map((item, index) => (
                <tr key={index}>
                  <td className="strong">{item.label || document_name(item.document)}</td>
                  <td>
                    <Strength strength={item.strength} />
                  </td>
                  <td>{item.clause}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <Card title={t("web.agreement.whitelist")}>
        <p className="muted">{t("web.agreement.whitelist_lead")}</p>
        <p className="row" style={{ marginBlockStart: 8 }}>
          {(view.whitelist ?? []).map((field) => (
            <Chip key={field} tone="info">
              {name_of_path(field)}
            </Chip>
          ))}
        </p>
      </Card>
    </div>
  );
}

/** A rule whose words are only a day is shown as a day. */
const show_rule = (sentence: string): string => (is_day(sentence) ? show_day(sentence) : t_words(sentence));

function Rules({ view }: { view: AgreementView }): ReactNode {
  return (
    <Card title={t("web.agreement.rules")} flush>
      <ul className="rules">
        {(view.rules ?? []).map((rule) => (
          <li key={rule.key}>
            <span className="grow">
              <span className="strong">
                {rule.label ||
                  t_first([`agreements.rule.${rule.key}`, `web.rule.${rule.key}`], words_of(rule.key.replaceAll(".", ": ")))}
              </span>
              <span className="rule-sentence">{show_rule(rule.sentence) || rule.value}</span>
            </span>
            <span className="rule-clause">
              {rule.clause}
              <Chip tone={rule.confidence === "unverified" ? "near" : "quiet"}>{confidence_name(rule.confidence)}</Chip>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
