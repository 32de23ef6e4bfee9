/** The planner: transports are chosen, seats are proposed, the rule that keeps somebody is told, and the seats are given. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { CheckField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { read_proposal, renew_transports, transfer_queries } from "./read.ts";
import type { ProposalView, TransportView, TravellerView } from "./types.ts";
import { departure, rule_words, Seats } from "./words.tsx";

export function Planner(): ReactNode {
  const list = useQuery(transfer_queries.all());
  const [chosen, set_chosen] = useState<string[]>([]);
  const [proposal, set_proposal] = useState<ProposalView | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  if (list.isPending) return <Waiting lines={6} />;
  const planned = (list.data ?? []).filter((one) => one.state === "planned").reverse();
  const state = planned.find((one) => chosen.includes(one.id))?.partner.id;
  const run = async (work: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await work();
    } catch (failed) {
      set_error(failed);
    }
    set_busy(false);
  };
  const give = (transport: string): Promise<void> =>
    run(async () => {
      const cases = (proposal?.placed ?? []).filter((one) => one.transport === transport).map((one) => one.traveller.case_id);

      await post(`/transports/${transport}/passengers`, { cases });
      toast(t("transfers.given", { count: cases.length }));
      await renew_transports();
      set_proposal(await read_proposal(chosen));
    });
  return (
    <div className="stack loose">
      <p className="muted transport-lead">{t("transfers.planner_lead")}</p>
      <ErrorNotice error={error ?? list.error} />
      {planned.length === 0 ? (
        <Card>
          <Empty icon="globe" title={t("transfers.nothing_planned")} />
        </Card>
      ) : (
        <Card
          title={t("transfers.title")}
          actions={
            <Button
              kind="primary"
              icon="people"
              busy={busy}
              disabled={chosen.length === 0}
              data-action="propose"
              onClick={() => void run(async () => set_proposal(await read_proposal(chosen)))}
            >
              {t("transfers.propose")}
            </Button>
          }
        >
          <ul className="transport-choice">
            {planned.map((one) => (
              <li key={one.id}>
                <CheckField
                  label={`${one.name} · ${departure(one)} · ${one.partner.name}`}
                  checked={chosen.includes(one.id)}
                  disabled={state !== undefined && state !== one.partner.id}
                  change={(on) => {
                    set_chosen(on ? [...chosen, one.id] : chosen.filter((id) => id !== one.id));
                    set_proposal(null);
                  }}
                />
                <Seats one={one} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {proposal && <Proposal proposal={proposal} planned={planned} give={give} busy={busy} />}
    </div>
  );
}

interface ProposalProps {
  proposal: ProposalView;
  planned: TransportView[];
  give: (transport: string) => Promise<void>;
  busy: boolean;
}
function Proposal({ proposal, planned, give, busy }: ProposalProps): ReactNode {
  return (
    <div className="stack loose" data-proposal="">
      <Notice tone={proposal.is_best ? "calm" : "info"}>{proposal.is_best ? t("transfers.best") : t("transfers.found")}</Notice>
      {proposal.transports.map((transport) => {
        const placed = proposal.placed.filter((one) => one.transport === transport.id).map((one) => one.traveller);
        const known = planned.find((one) => one.id === transport.id);
        return (
          <Card
            key={transport.id}
            title={
              <span className="row">
                <Link href={`/transports/${transport.id}`}>{transport.name}</Link>
                <Chip tone="quiet">{t("transfers.placed_on", { count: placed.length })}</Chip>
              </span>
            }
            actions={
              placed.length > 0 && (
                <Button kind="primary" busy={busy} data-action="give_seats" onClick={() => void give(transport.id)}>
                  {t("transfers.give_seats")}
                </Button>
              )
            }
          >
            {known && <p className="small muted">{departure(known)}</p>}
            {placed.length === 0 ? <p className="muted">{t("transfers.nobody_placed")}</p> : <Names people={placed} />}
          </Card>
        );
      })}
      <Card title={t("transfers.left")}>
        {proposal.left.length === 0 ? (
          <p className="muted">{t("transfers.nobody_left")}</p>
        ) : (
          <ul className="transport-left">
            {proposal.left.map((one) => (
              <li key={one.case_id}>
                <Names people={[one]} />
                <ul className="small muted">
                  {reasons_of(proposal, one.case_id).map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

/** The reason once when it is the same on every transport, else with the name of each. */
function reasons_of(proposal: ProposalView, id: string): string[] {
  const all = proposal.refusals.filter((one) => one.case_id === id);
  const words = new Set(all.map(rule_words));
  return words.size === 1 ? [...words] : all.map((one) => `${one.transport.name}: ${rule_words(one)}`);
}

function Names({ people }: { people: TravellerView[] }): ReactNode {
  const families = [...new Set(people.map((one) => one.family).filter(Boolean))];
  return (
    <ul className="transport-names">
      {people.map((one) => (
        <li key={one.case_id}>
          <Link href={`/safeguards/${one.case_id}`}>{one.person}</Link> <span className="small muted">{one.reference}</span>{" "}
          {one.is_child && <Chip tone="near">{t("transfers.child")}</Chip>}{" "}
          {one.family && families.length > 0 && people.length > 1 && (
            <Chip tone="quiet">{t("transfers.family", { number: families.indexOf(one.family) + 1 })}</Chip>
          )}
        </li>
      ))}
    </ul>
  );
}
