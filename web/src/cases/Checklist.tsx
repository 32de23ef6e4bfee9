/** Completeness by the checklist of this agreement: what is there, how strong it is, what is missing and what would be enough. */
import type { ReactNode } from "react";
import type { CaseView, Side } from "../api/types.ts";
import { Card, Chip, Empty } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
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
        <RowsTable
          name={t("web.section.checklist")}
          rows={items}
          row_key={(item) => item.item}
          columns={[
            { label: t("web.checklist.item"), look: "strong", cell: (item) => item.label ?? document_name(item.item) },
            {
              label: t("web.column.state"),
              cell: (item) => (
                <Chip
                  tone={item.state === "missing" ? "near" : item.state === "weak" ? "info" : "calm"}
                  icon={item.state === "missing" ? "alert" : "check"}
                >
                  {t_first([`web.checklist_state.${item.state}`], words_of(item.state))}
                </Chip>
              ),
            },
            {
              label: t("web.checklist.strength"),
              is_none: (item) => !item.strength,
              cell: (item) => <Strength strength={item.strength ?? ""} />,
            },
            {
              label: t("web.checklist.enough"),
              is_none: (item) => !item.enough,
              cell: (item) => item.enough && t_words(item.enough),
            },
          ]}
        />
      )}
    </Card>
  );
}
