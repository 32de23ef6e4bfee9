/** Transports of the requesting State: those that are planned, the planner that proposes seats, the crossing points. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { Planner } from "./Planner.tsx";
import { Points } from "./Points.tsx";
import { transfer_queries } from "./read.ts";
import { TransportDialog } from "./TransportDialog.tsx";
import type { TransportView } from "./types.ts";
import { departure, journey, Seats, TransportState } from "./words.tsx";
import "./transfers.css";

export function TransportsPage(): ReactNode {
  const may = useMay();
  const { query } = useAddress();
  const tab = query.get("tab") ?? "transports";
  const [open, set_open] = useState(false);
  const tabs = may("case.transfer") ? ["transports", "planner", "points"] : ["transports", "points"];
  return (
    <>
      <PageHead title={t("transfers.title")} lead={t("transfers.lead")}>
        {may("case.transfer") && tab === "transports" && (
          <Button kind="primary" icon="plus" data-action="new_transport" onClick={() => set_open(true)}>
            {t("transfers.new")}
          </Button>
        )}
      </PageHead>
      <nav className="tabs" aria-label={t("transfers.views")}>
        {tabs.map((name) => (
          <Link
            key={name}
            className="tab"
            href={name === "transports" ? "/transports" : `/transports?tab=${name}`}
            aria-current={name === tab ? "page" : undefined}
          >
            {t(`transfers.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="transport-tab">
        {tab === "planner" && may("case.transfer") ? <Planner /> : tab === "points" ? <Points /> : <All />}
      </div>
      {open && <TransportDialog close={() => set_open(false)} />}
    </>
  );
}

function All(): ReactNode {
  const list = useQuery(transfer_queries.all());
  if (list.isPending) return <Waiting lines={6} />;
  const all = list.data ?? [];
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {all.length === 0 && (
        <Card>
          <Empty icon="globe" title={t("transfers.none")}>
            {t("transfers.none_text")}
          </Empty>
        </Card>
      )}
      <div className="transport-cards">
        {all.map((one) => (
          <TransportCard key={one.id} one={one} />
        ))}
      </div>
    </div>
  );
}

function TransportCard({ one }: { one: TransportView }): ReactNode {
  const is_late = one.state === "planned" && one.notice_terms.some((term) => term.is_late);
  return (
    <Card title={<Link href={`/transports/${one.id}`}>{one.name}</Link>} actions={<TransportState state={one.state} />}>
      <div className="stack">
        <p className="stack tight">
          <strong>{departure(one)}</strong>
          <span className="small muted">{journey(one)}</span>
          <span className="small muted">
            {one.kind.label} · {one.partner.name}
          </span>
        </p>
        <Seats one={one} />
        {is_late && (
          <p>
            <Chip tone="late" icon="alert">
              {t("transfers.notice")}: {t("transfers.notice_late")}
            </Chip>
          </p>
        )}
      </div>
    </Card>
  );
}
