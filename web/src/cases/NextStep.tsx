/** "What happens next": one main button chosen by rank, other possible acts below it, and what is not possible with the reason. */
import { lazy, Suspense, useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { path_of } from "../api/queries.ts";
import type { ActionView, CaseView, Side } from "../api/types.ts";
import { Button, Card } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { own_gates } from "../screening/desk.ts";
import { is_foreign, is_transit } from "../forms/definition.ts";
import { Link } from "../shell/router.tsx";
import { action_of, rank_of, type ActionEntry } from "./actions.ts";

const ActDialog = lazy(async () => ({ default: (await import("./dialogs/ActDialog.tsx")).ActDialog }));
export const action_name = (action: string): string =>
  t_first([`workflow.action.${action}`, `web.act.${action}`], words_of(action));
const refusal_words = (why: string | null): string =>
  why ? t_first([why, `web.error.${why}`, `refused.${why}`], /^[a-z_]+$/.test(why) ? words_of(why) : why) : "";

/** The kinds of reply are one act with a choice inside: allowed when any kind is. */
function grouped(actions: ActionView[]): ActionView[] {
  const replies = actions.filter((item) => item.action.startsWith("reply_"));
  const rest = actions.filter((item) => !item.action.startsWith("reply_"));
  if (replies.length === 0) return rest;
  return [
    ...rest,
    replies.find((item) => item.allowed)
      ? { action: "reply", allowed: true, primary: replies.some((item) => item.primary), refused_why: null }
      : { action: "reply", allowed: false, refused_why: replies[0]?.refused_why ?? null },
  ];
}

export function NextStep({ view, side }: { view: CaseView; side: Side }): ReactNode {
  const [doing, set_doing] = useState<string | null>(null);
  const known = grouped(view.actions).filter((item) => action_of(item.action));
  const possible = known.filter((item) => item.allowed).sort((a, b) => rank_of(a.action) - rank_of(b.action));
  // What is still missing is asked for before anything is declared complete; what was asked for once is not asked for again.
  const lacking = (view.completeness ?? view.checklist).some((item) => item.state === "missing");
  const asked_nobody = view.state === "verification" && (view.tasks ?? []).length === 0;
  const requested = side === "case" ? view.party_codes?.partner : view.party_codes?.own;
  const answered = view.state === "accepted";
  // A safeguard is the main thing to do only while one is open that this person decides.
  const decides = own_gates(view).length > 0;
  const primary =
    (asked_nobody ? possible.find((item) => item.action === "open_task") : null) ??
    (lacking && view.requests.length === 0 && view.state === "completeness"
      ? possible.find((item) => item.action === "request_documents")
      : null) ??
    possible.find((item) => item.primary && item.action !== "decide_gate" && !(answered && item.action === "reply")) ??
    possible.find(
      (item) =>
        action_of(item.action)?.main && !(answered && item.action === "reply") && (item.action !== "decide_gate" || decides),
    ) ??
    null;
  const others = possible.filter((item) => item !== primary);
  const not_mine = t("refused.not_permitted");
  const refused = grouped(view.actions).filter((item) => !item.allowed && item.refused_why && item.refused_why !== not_mine);
  const [wide] = useState(() => matchMedia("(min-width: 1241px)").matches);
  const start = (item: ActionView): void => set_doing(item.action);
  return (
    <aside className="next-step" aria-label={t("web.next.title")}>
      <section className="card next-primary">
        <header>
          <h2>{t("web.next.title")}</h2>
        </header>
        <div className="body">
          <p>
            {t_first(
              [
                ...(is_transit(view.content) ? [`web.next.transit.${side}.${view.state}`] : []),
                ...(requested && is_foreign(view.content, requested) ? [`web.next.foreign.${side}.${view.state}`] : []),
                `web.next.${side}.${view.state}`,
                `web.next.${view.state}`,
              ],
              t("web.next.waiting"),
            )}
          </p>
          {primary && <ActButton item={primary} view={view} side={side} kind="primary large wide" start={start} />}
          {!primary && (
            <p className="muted row">
              <Icon name="clock" size={16} />
              {t("web.next.nothing_for_you")}
            </p>
          )}
          <details className="more-acts" open={wide}>
            <summary>{t("web.next.more", { count: others.length + 1 })}</summary>
            <ul className="other-acts">
              {others.map((item) => (
                <li key={item.action}>
                  <ActButton
                    item={item}
                    view={view}
                    side={side}
                    kind={action_of(item.action)?.danger ? "act grave" : "act"}
                    start={start}
                  />
                </li>
              ))}
              <li>
                <a className="button act" href={address(`${path_of(side)}/${view.id}/package`)}>
                  {t("web.case.package")}
                </a>
              </li>
            </ul>
          </details>
        </div>
      </section>
      {refused.length > 0 && (
        <Card title={t("web.next.not_possible")}>
          <ul className="not-possible">
            {refused.map((item) => (
              <li key={item.action}>
                <span className="strong muted">{item.label ?? action_name(item.action)}</span>
                <span className="small">{t_words(refusal_words(item.refused_why))}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {doing && (
        <Suspense fallback={null}>
          <ActDialog action={doing} view={view} side={side} close={() => set_doing(null)} />
        </Suspense>
      )}
    </aside>
  );
}

function ActButton({
  item,
  view,
  side,
  kind,
  start,
}: {
  item: ActionView;
  view: CaseView;
  side: Side;
  kind: string;
  start: (item: ActionView) => void;
}): ReactNode {
  const entry: ActionEntry | undefined = action_of(item.action);
  const href = entry?.href?.(view, side);
  // After an acceptance only a refusal is left, where the agreement allows one.
  const words = action_name(item.action === "reply" && view.state === "accepted" ? "reply_late_refusal" : item.action);
  if (href)
    return (
      <Link className={`button ${kind}`} href={href} data-action={item.action}>
        {words}
      </Link>
    );
  return (
    <Button kind={kind} data-action={item.action} onClick={() => start(item)}>
      {words}
    </Button>
  );
}
