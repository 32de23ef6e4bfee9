/** Transports that another State has announced: who comes, when, where; the list of each on its page. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card, Chip, Empty, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { Legs, ListedPeople, ListedStaff } from "./Listed.tsx";
import { transfer_queries } from "./read.ts";
import type { AnnouncedRow } from "./types.ts";
import "./transfers.css";

function State({ one }: { one: AnnouncedRow }): ReactNode {
  return <Chip tone={one.state.code === "cancelled" ? "hold" : "info"}>{one.state.label}</Chip>;
}

const counts = (one: AnnouncedRow): string =>
  [
    t("transfers.arrivals_count", { count: one.persons }),
    one.children > 0 && t("transfers.arrivals_children", { count: one.children }),
    one.families > 0 && t("transfers.arrivals_families", { count: one.families }),
  ]
    .filter(Boolean)
    .join(" · ");

export function ArrivalsPage(): ReactNode {
  const read = useQuery(transfer_queries.announced());
  if (read.isPending) return <Waiting lines={6} />;
  if (!read.data) return <PageFault error={read.error} again={() => void read.refetch()} />;
  return (
    <>
      <PageHead title={t("transfers.arrivals")} lead={t("transfers.arrivals_lead")} />
      {read.data.length === 0 ? (
        <Empty icon="globe" title={t("transfers.arrivals_none")}>
          <p>{t("transfers.arrivals_none_text")}</p>
        </Empty>
      ) : (
        <div className="transport-cards">
          {read.data.map((one) => (
            <Card key={one.id} title={<Link href={`/arrivals/${one.id}`}>{one.name}</Link>} actions={<State one={one} />}>
              <div className="stack">
                <Legs legs={one.legs} />
                <p className="small">
                  {one.partner.name} · {one.kind.label} · {counts(one)}
                </p>
              </div>
            </Card>
          ))}
        </div>
      )}
    </>
  );
}

export function ArrivalPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const read = useQuery(transfer_queries.announced_one(parameters.id));
  const view = read.data;
  if (read.error && !view) return <PageFault error={read.error} again={() => void read.refetch()} />;
  if (!view) return <Waiting lines={8} />;
  const one = view.transport;
  const last = one.legs.at(-1);
  const unknown = view.persons.filter((person) => !person.is_known).length;
  return (
    <>
      <PageHead
        title={
          <>
            {one.name} <State one={one} />
          </>
        }
        lead={
          <>
            <Link href="/arrivals">{t("transfers.arrivals_back")}</Link> · {one.partner.name}
            {last && ` · ${show_day(last.arrives_on)}, ${last.arrives_time}`}
          </>
        }
      >
        <Link className="button" href={`/arrivals/${one.id}/handover`}>
          {t("transfers.handover_open")}
        </Link>
      </PageHead>
      <div className="stack loose">
        {one.state.code === "cancelled" && <Notice tone="hold">{t("transfers.arrivals_called_off")}</Notice>}
        {unknown > 0 && <Notice tone="near">{t("transfers.arrivals_unknown_notice", { count: unknown })}</Notice>}
        <div className="transport-top">
          <Card title={t("transfers.legs")}>
            <Legs legs={one.legs} />
          </Card>
          <Card title={t("transfers.totals")}>
            <Facts
              rows={[
                [t("transfers.total.persons"), String(one.persons)],
                [t("transfers.total.children"), String(one.children)],
                [t("transfers.total.families"), String(one.families)],
                [t("transfers.kind"), one.kind.label],
                [t("transfers.reception"), one.reception ?? "—"],
                [
                  t("transfers.fingerprint"),
                  <span key="list" className="mono">
                    {view.fingerprint}
                  </span>,
                ],
                [t("transfers.arrivals_changed"), show_instant(one.changed_at)],
              ]}
            />
          </Card>
        </div>
        <Card title={t("transfers.people")} flush>
          <ListedPeople
            columns={view.columns}
            rows={view.persons}
            last={{
              label: t("transfers.arrivals_standing"),
              cell: (person) =>
                person.application ? (
                  <Link href={`/applications/${person.application}`}>{t("transfers.arrivals_open")}</Link>
                ) : person.is_known ? (
                  t("transfers.arrivals_known")
                ) : (
                  <Chip tone="near">{t("transfers.arrivals_unknown")}</Chip>
                ),
            }}
          />
        </Card>
        {view.staff.length > 0 && (
          <Card title={t("transfers.staff")} flush>
            <ListedStaff staff={view.staff} />
          </Card>
        )}
      </div>
    </>
  );
}
