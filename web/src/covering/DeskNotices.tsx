/** Above a file: that it is on hold and what still runs, that it waits too long and who is told, that its officer is away. */
import type { ReactNode } from "react";
import type { CaseView } from "../api/types.ts";
import { next_deadline } from "../cases/CaseHeader.tsx";
import { Notice } from "../design/basics.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import "./covering.css";

export function DeskNotices({ view }: { view: CaseView }): ReactNode {
  const deadline = next_deadline(view);
  const { hold, waiting, covered } = view;
  const told = waiting?.told ?? "nobody";
  if (!hold && told === "nobody" && !covered) return null;
  return (
    <div className="desk-notices">
      {hold && (
        <Notice tone="near">
          <p className="strong">{t("web.hold.notice", { day: show_day(hold.until) })}</p>
          <p>
            {hold.reason}
            {hold.by && <span className="muted"> — {hold.by.name}</span>}
          </p>
          <p className="small">
            {deadline ? t("web.hold.term_runs", { day: show_day(deadline.due_on) }) : t("web.hold.no_term_stops")}
          </p>
        </Notice>
      )}
      {told !== "nobody" && !hold && (
        <Notice tone={told === "supervisor" ? "late" : "near"}>
          <p>
            {t(`web.waiting.${told}`, { day: show_day(waiting?.since ?? null) })}
            {waiting?.tell_on && <> {t("web.waiting.next", { day: show_day(waiting.tell_on) })}</>}
          </p>
        </Notice>
      )}
      {covered && view.owner && (
        <Notice tone="info">
          <p>{t("web.covering.away", { name: view.owner.name, cover: covered.cover.name, day: show_day(covered.to_on) })}</p>
        </Notice>
      )}
    </div>
  );
}
