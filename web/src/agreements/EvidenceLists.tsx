/** The lists of evidence of an agreement: by what is to be shown, the strongest column first. */
import type { ReactNode } from "react";
import { Card, Empty } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { t, t_first, words_of } from "../language/label.ts";
import { document_name } from "../cases/state.tsx";
import type { Evidence, Law } from "./law.ts";
import type { SummarySection } from "./words.ts";

const strengths = ["proof", "prima_facie", "evidence", "initiates", "rule"];

export function EvidenceLists({ view, section }: { view: Law; section: SummarySection | undefined }): ReactNode {
  const purposes = [...new Set(view.evidence.map((item) => item.purpose))];
  if (purposes.length === 0)
    return (
      <Empty icon="file" title={t("web.law.no_evidence")}>
        <p className="muted">{t("web.law.no_evidence_lead")}</p>
      </Empty>
    );
  return (
    <>
      {purposes.map((purpose) => (
        <Card key={purpose} title={t_first([`web.law.purpose.${purpose}`], words_of(purpose))}>
          <Columns items={view.evidence.filter((item) => item.purpose === purpose)} />
        </Card>
      ))}
      {section && section.lines.length > 0 && (
        <details className="card sim-unknown">
          <summary>
            <Icon name="down" size={14} />
            {t("web.law.evidence_text")}
          </summary>
          <ul className="law-lines">
            {section.lines.map((line, index) => (
              <li key={index} className={line.deep ? "deep" : ""}>
                {line.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Columns({ items }: { items: Evidence[] }): ReactNode {
  const used = strengths.filter((strength) => items.some((item) => item.effect === strength));
  return (
    <div className="evidence-columns">
      {used.map((strength) => {
        const own = items.filter((item) => item.effect === strength);
        const level = { proof: 3, prima_facie: 2 }[strength] ?? 1;
        return (
          <section key={strength} className="evidence-column" data-strength={strength}>
            <h3>
              <span className="law-strength" aria-hidden="true">
                {[1, 2, 3].map((step) => (
                  <i key={step} className={step <= level ? "on" : ""} />
                ))}
              </span>
              {t_first([`agreements.effect.${strength}`], words_of(strength))}
              <span className="muted small">{own.length}</span>
            </h3>
            <p className="small muted">{t_first([`web.law.effect.${strength}`], "")}</p>
            <ul>
              {own.map((item, index) => (
                <li key={`${item.type}-${index}`}>
                  <span>
                    {item.label !== item.type ? item.label : document_name(item.type)}
                    {item.grounds.length > 0 && <span className="block small muted">{item.grounds.join("; ")}</span>}
                  </span>
                  <span className="small muted nowrap">{item.article || t("agreements.summary.no_clause")}</span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
