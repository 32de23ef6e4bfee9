/** The rail at the side: queues with live counts, places by permission, and the dot of the live connection. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Icon, type IconName } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import type { LiveState } from "./live.ts";
import { SafeguardRail } from "../safeguards/SafeguardRail.tsx";
import { Link, useAddress } from "./router.tsx";

const queue_icons: Record<string, IconName> = {
  drafts: "draft",
  draft: "draft",
  outbox: "send",
  screening: "shield",
  returned: "left",
  to_release: "shield",
  waiting_partner: "clock",
  answers: "inbox",
  received: "inbox",
  completeness: "check",
  verification: "task",
  decision: "check",
  documents: "passport",
  overdue: "alert",
  mine: "star",
  tasks: "task",
  documents_requested: "file",
  sent: "send",
  in_verification: "task",
  consent_to_confirm: "clock",
  answered: "inbox",
  document_issued: "passport",
  suspended: "pause",
  waiting_for_documents: "file",
  lapsed: "clock",
  to_document: "passport",
  documented: "passport",
  accepted_foreign: "check",
  stopped: "pause",
  blocked: "stop",
  error_claims: "message",
  handed_over: "send",
  to_confirm: "clock",
};
export const queue_name = (id: string): string => t_first([`queues.${id}`, `web.queue.${id}`], words_of(id));
export function queue_href(queue: { id: string; side: string }): string {
  if (queue.side === "task") return `/tasks?state=${queue.id}`;
  return `/${queue.side.startsWith("application") || queue.side === "requested" ? "applications" : "cases"}?queue=${queue.id}`;
}

interface Place {
  href: string;
  label: string;
  icon: IconName;
  may: string[];
}
const places = (): Place[] => [
  { href: "/cases", label: t("web.nav.cases"), icon: "list", may: ["case.read"] },
  { href: "/applications", label: t("web.nav.applications"), icon: "list", may: ["application.read"] },
  { href: "/tasks", label: t("web.nav.tasks"), icon: "task", may: ["task.read"] },
  {
    href: "/interviews",
    label: t("interviews.title"),
    icon: "clock",
    may: ["interview.read", "appointment.read"],
  },
  { href: "/transports", label: t("transfers.title"), icon: "globe", may: ["transport.read"] },
  { href: "/arrivals", label: t("transfers.arrivals"), icon: "globe", may: ["arrival.read"] },
  { href: "/pairs", label: t("pairs.title"), icon: "columns", may: ["pair.decide"] },
  { href: "/reception", label: t("reception.title"), icon: "people", may: ["reception.board"] },
  { href: "/registry", label: t("web.nav.registry"), icon: "fingerprint", may: ["registry.search"] },
  { href: "/documents", label: t("web.nav.documents"), icon: "passport", may: ["document.read"] },
  { href: "/reports", label: t("web.nav.reports"), icon: "chart", may: ["report.read"] },
  { href: "/ledger", label: t("oversight.title"), icon: "shield", may: ["ledger.read"] },
  { href: "/agreements", label: t("web.nav.agreements"), icon: "book", may: [] },
  { href: "/colleagues", label: t("web.nav.colleagues"), icon: "people", may: [] },
  {
    href: "/administration",
    label: t("web.nav.administration"),
    icon: "building",
    may: ["administration.read", "administration.users"],
  },
];
export function usePlaces(): Place[] {
  const may = useMay();
  return places().filter((place) => place.may.length === 0 || place.may.some(may));
}

export function Rail({ open, live }: { open: boolean; live: LiveState }): ReactNode {
  const { path, query } = useAddress();
  const home = useQuery(queries.home());
  const all = usePlaces();
  const here =
    path +
    (query.get("queue")
      ? `?queue=${query.get("queue")}`
      : query.get("state") && path === "/tasks"
        ? `?state=${query.get("state")}`
        : "");
  return (
    <nav className={open ? "rail open" : "rail"} aria-label={t("web.nav.label")}>
      <div className="rail-inner">
        <Link href="/" aria-current={path === "/" ? "page" : undefined}>
          <Icon name="home" />
          {t("web.nav.home")}
        </Link>
        {(home.data?.queues.length ?? 0) > 0 && <h2>{t("web.nav.queues")}</h2>}
        {home.data?.queues.map((queue) => (
          <Link
            key={queue.side + queue.id}
            href={queue_href(queue)}
            aria-current={here === queue_href(queue) ? "page" : undefined}
          >
            <Icon name={queue_icons[queue.id] ?? "list"} />
            <span className="grow">{queue_name(queue.id)}</span>
            <span className={queue.count === 0 ? "count zero" : "count"}>{show_number(queue.count)}</span>
          </Link>
        ))}
        <SafeguardRail />
        <h2>{t("web.nav.places")}</h2>
        {all.map((place) => (
          <Link
            key={place.href}
            href={place.href}
            aria-current={
              here === place.href || (path.startsWith(`${place.href}/`) && path !== "/cases/import") ? "page" : undefined
            }
          >
            <Icon name={place.icon} />
            {place.label}
          </Link>
        ))}
        <p className="live">
          <span className={live === "on" ? "dot on" : live === "off" ? "dot off" : "dot"} />
          {t(`web.live.${live}`)}
        </p>
      </div>
    </nav>
  );
}
