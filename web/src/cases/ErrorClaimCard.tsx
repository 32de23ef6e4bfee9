/** A claim that the person was handed over in error. */
import type { ReactNode } from "react";
import type { CaseView } from "../api/types.ts";
import { Card, Facts } from "../design/basics.tsx";
import { code_name } from "../forms/codes.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";

/** Who claimed what, until when it could be, and what was answered. */
export function ErrorClaimCard({ claim }: { claim: NonNullable<CaseView["error_claim"]> }): ReactNode {
  const window_words = [claim.due_on ? show_day(claim.due_on) : "", claim.clause ?? ""].filter(Boolean).join(", ");
  const rows: [string, ReactNode][] = [
    [t("web.error_claim.ground"), code_name("error_ground", claim.ground)],
    [t("web.error_claim.statement"), claim.statement],
    [t("web.error_claim.made"), [claim.by?.name ?? "", show_instant(claim.at)].filter(Boolean).join(", ")],
  ];
  if (window_words) rows.push([t("web.error_claim.window_row"), window_words]);
  rows.push([
    t("web.error_claim.answer"),
    claim.answer ? t(`workflow.variant.error_reply.${claim.answer}`) : t("web.error_claim.waits"),
  ]);
  if (claim.note) rows.push([t("web.error_claim.note"), claim.note]);
  if (claim.answered_at)
    rows.push([
      t("web.error_claim.answered"),
      [claim.answered_by?.name ?? "", show_instant(claim.answered_at)].filter(Boolean).join(", "),
    ]);
  if (claim.returned_on) rows.push([t("web.error_claim.returned_on"), show_day(claim.returned_on)]);
  return (
    <Card title={t("web.error_claim.title")}>
      <Facts rows={rows} />
    </Card>
  );
}
