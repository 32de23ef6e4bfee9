/** Why the server did not do it, in words of this screen: which safeguard is open, which hour has not come, who has to do it instead. */
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { ErrorNotice, Notice } from "../design/basics.tsx";
import { show_instant } from "../language/dates.ts";
import { has_label, t } from "../language/label.ts";
import { short_name } from "./order.ts";
import { instant_now, type SafeguardFile } from "./read.ts";

/** Reasons that name a thing of the desk: `safeguards.refused.<why>.<field>`. */
function own_words(error: ApiError, file: SafeguardFile | null): string | null {
  const { why, field } = error.problem;
  const plan = file?.plan;
  if (why === "wrong_step" && field === "departs_at" && plan) {
    const now = instant_now();
    if (now < Date.parse(plan.check_from))
      return t("safeguards.refused.before_check", {
        from: show_instant(plan.check_from),
        at: show_instant(plan.departs_at),
        hours: file.hours.check,
      });
    if (now < Date.parse(plan.depart_from))
      return t("safeguards.refused.before_hour", {
        from: show_instant(plan.depart_from),
        until: show_instant(plan.depart_until),
      });
    return t("safeguards.refused.hour_passed", { at: show_instant(plan.departs_at) });
  }
  const key = `safeguards.refused.${why}.${field ?? ""}`;
  return has_label(key) ? t(key) : null;
}
const gates_named = (error: ApiError): string[] => [
  ...new Set(`${error.problem.field ?? ""} ${error.problem.detail ?? ""}`.match(/\bG\d{2}\b/g) ?? []),
];

export function Refusal({ error, file }: { error: unknown; file: SafeguardFile | null }): ReactNode {
  if (!(error instanceof ApiError)) return <ErrorNotice error={error} />;
  if (error.why === "gate_open")
    return (
      <Notice tone="late" alert>
        <p className="strong">{t("safeguards.refused.gate_open", { count: gates_named(error).length })}</p>
        <ul className="gate-names">
          {gates_named(error).map((gate) => (
            <li key={gate}>
              <span className="mono">{gate}</span> {short_name(gate)}
            </li>
          ))}
        </ul>
      </Notice>
    );
  const words = own_words(error, file);
  if (words === null) return <ErrorNotice error={error} />;
  return (
    <Notice tone="late" alert>
      <p className="strong">{words}</p>
    </Notice>
  );
}
