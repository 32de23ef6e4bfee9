/** Completeness by the checklist of this agreement: what is there, how strong it is, what is missing and what would be enough. */
import type { ReactNode } from "react";
import type { CaseView, Side } from "../api/types.ts";
import { Card, Chip, Empty } from "../design/basics.tsx";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { document_name } from "./state.tsx";

const strengths = ["none", "indication", "prima_facie", "proof"];
export function Strength({ strength }: { strength: string }): ReactNode {
  const level = Math.max(0, strengths.indexOf(strength));
  return (
    <span className="nowrap">
      <span className="strength" aria-hidden="true">
        {[1, 2, 3].map((step) => (
          <i key={step} className={step <= level ? "on" : ""} />
        ))}
      </span>{" "}
      {t_first([`web.strength.${strength}`], words_of(strength))}
    </span>
  );
}
export function Checklist({ view }: { view: CaseView; side: Side }): ReactNode {
  const items = view.completeness ?? view.checklist;
  const missing = items.filter((item) => item.state === "missing").length;
  return (
    <Card
      title={t("web.section.checklist")}
      flush
      actions={
        missing === 0 ? (
          <Chip tone="calm" icon="check">
            {t("web.checklist.complete")}
          </Chip>
        ) : (
          <Chip tone="near" icon="alert">
            {t("web.checklist.missing_count", { count: missing })}
          </Chip>
        )
      }
    >
      <p className="section-lead">{t("web.checklist.lead")}</p>
      {items.length === 0 ? (
        <Empty icon="list" title={t("web.checklist.none")} />
      ) : (
        <div className="table-wrap" tabIndex={0}>
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">{t("web.checklist.item")}</th>
                <th scope="col">{t("web.column.state")}</th>
                <th scope="col">{t("web.checklist.strength")}</th>
                <th scope="col">{t("web.checklist.enough")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.item}>
                  <td className="strong">{item.label ?? document_name(item.item)}</td>
                  <td data-label={t("web.column.state")}>
                    <Chip
                      tone={item.state === "missing" ? "near" : item.state === "weak" ? "info" : "calm"}
                      icon={item.state === "missing" ? "alert" : "check"}
                    >
                      {t_first([`web.checklist_state.${item.state}`], words_of(item.state))}
                    </Chip>
                  </td>
                  <td data-label={t("web.checklist.strength")} className={item.strength ? "" : "none"}>
                    {item.strength ? <Strength strength={item.strength} /> : "—"}
                  </td>
                  <td data-label={t("web.checklist.enough")} className={item.enough ? "" : "none"}>
                    {item.enough ? t_words(item.enough) : "—"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
