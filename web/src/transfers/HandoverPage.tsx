/** The hand-over at a desk: what the devices ticked, two answers side by side, the list of the other State beside the own. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, PageFault, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { transfer_queries } from "./read.ts";
import type { HandoverPerson, HandoverTick, HandoverView, ListDifference } from "./types.ts";
import "./transfers.css";

interface Place {
  path: string;
  back: string;
  take: string;
}
type Parameters = { parameters: { id: string } };
export function DepartingPage({ parameters: { id } }: Parameters): ReactNode {
  return <Desk place={{ path: `/transports/${id}/handover`, back: `/transports/${id}`, take: `departure/${id}` }} />;
}
export function ArrivingPage({ parameters: { id } }: Parameters): ReactNode {
  return <Desk place={{ path: `/announced-transports/${id}/handover`, back: `/arrivals/${id}`, take: `arrival/${id}` }} />;
}

const name_of = (one: HandoverPerson): string => [one.surname, one.given_names].filter(Boolean).join(", ");
const tones: Record<string, Tone> = { boarded: "calm", arrived: "calm", refused: "soon", no_show: "soon", unfit: "near" };
const tone_of = (value: string): Tone => tones[value] ?? "late";
const renew = (place: Place): Promise<void> =>
  client.invalidateQueries({ queryKey: transfer_queries.handover(place.path).queryKey });

function Desk({ place }: { place: Place }): ReactNode {
  const read = useQuery(transfer_queries.handover(place.path));
  const [settling, settle] = useState<HandoverPerson | null>(null);
  const [explaining, explain] = useState<ListDifference | null>(null);
  const view = read.data;
  if (read.error && !view) return <PageFault error={read.error} again={() => void read.refetch()} />;
  if (!view) return <Waiting lines={8} />;
  const clashes = view.persons.filter((one) => one.is_clash);
  return (
    <>
      <PageHead
        title={`${t("transfers.handover")}: ${view.name}`}
        lead={
          <>
            <Link href={place.back}>{view.name}</Link> · {view.side.label} · <span className="mono">{view.list}</span>
          </>
        }
      >
        {view.may_tick && (
          <a className="button primary" data-action="take_list" href={`/handover?take=${place.take}`}>
            {t("transfers.take_list")}
          </a>
        )}
      </PageHead>
      <div className="stack loose">
        <p className="transport-lead">{t("transfers.handover_lead")}</p>
        <ul className="handover-counts">
          {view.counts.map((one) => (
            <li key={one.value.code}>
              <strong>{one.count}</strong> {one.value.label}
            </li>
          ))}
        </ul>
        {clashes.length > 0 && <Clashes view={view} clashes={clashes} settle={settle} />}
        <BothLists place={place} view={view} explain={explain} />
        <Persons view={view} settle={settle} />
        <Takings view={view} />
      </div>
      {settling && <SettleDialog place={place} view={view} person={settling} close={() => settle(null)} />}
      {explaining && <ExplainDialog place={place} difference={explaining} close={() => explain(null)} />}
    </>
  );
}

/** Who, where, when: the clock of the device too where it was wrong. */
function Told({ tick }: { tick: HandoverTick }): ReactNode {
  const values = { by: tick.by?.name ?? "—", device: tick.device ?? "", at: show_instant(tick.at) };
  return (
    <span className="small muted">
      {t(tick.device ? "transfers.tick_at" : "transfers.tick_at_desk", values)}
      {tick.is_clock_wrong && ` · ${t("transfers.tick_device_clock", { at: show_instant(tick.device_at) })}`}
      {tick.note && (
        <>
          <br />
          {tick.note}
        </>
      )}
    </span>
  );
}

function Clashes({
  view,
  clashes,
  settle,
}: {
  view: HandoverView;
  clashes: HandoverPerson[];
  settle: (person: HandoverPerson) => void;
}): ReactNode {
  return (
    <Card title={t("transfers.clashes")} id="clashes">
      <div className="stack">
        <p>{t("transfers.clash_text", { count: clashes.length })}</p>
        {clashes.map((person) => (
          <section key={person.case_id} className="handover-clash" data-clash={person.case_id}>
            <h3>
              {person.number}. {name_of(person)}
            </h3>
            <div className="handover-sides">
              {person.heads.map((head) => (
                <div key={head.id}>
                  <Chip tone={tone_of(head.value.code)}>{head.value.label}</Chip>
                  <Told tick={head} />
                </div>
              ))}
            </div>
            {view.may_settle && (
              <div>
                <Button kind="small" icon="check" data-action="settle" onClick={() => settle(person)}>
                  {t("transfers.settle")}
                </Button>
              </div>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}

function BothLists({
  place,
  view,
  explain,
}: {
  place: Place;
  view: HandoverView;
  explain: (difference: ListDifference) => void;
}): ReactNode {
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const sent = view.reports.findLast((one) => one.direction === "sent");
  const received = view.reports.findLast((one) => one.direction === "received");
  const open = view.differences.filter((one) => one.is_open).length;
  const tell = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await post(`${place.path}/reports`);
      await renew(place);
      toast(t("transfers.handover_told"));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card
      title={t("transfers.reconciliation")}
      id="both-lists"
      actions={
        view.may_settle && (
          <Button kind="small" icon="send" busy={busy} data-action="tell_handover" onClick={() => void tell()}>
            {t("transfers.handover_tell")}
          </Button>
        )
      }
    >
      <div className="stack">
        <ErrorNotice error={error} />
        <ul className="transport-names small">
          <li>
            {sent
              ? t("transfers.handover_sent", { at: show_instant(sent.at), count: sent.persons, list: sent.list })
              : t("transfers.handover_not_sent")}
          </li>
          <li>
            {received
              ? t("transfers.handover_received", {
                  partner: view.partner.name,
                  at: show_instant(received.at),
                  count: received.persons,
                  list: received.list,
                })
              : t("transfers.handover_not_received", { partner: view.partner.name })}
          </li>
        </ul>
        {received && received.list !== view.list && (
          <Notice tone="near">
            {t("transfers.handover_other_list", { partner: view.partner.name, theirs: received.list, ours: view.list })}
          </Notice>
        )}
        {received && view.differences.length === 0 && <Notice tone="calm">{t("transfers.differences_none")}</Notice>}
        {view.differences.length > 0 && (
          <>
            <Notice tone={open > 0 ? "late" : "calm"}>{t("transfers.differences_open", { count: open })}</Notice>
            <RowsTable
              name={t("transfers.difference_column")}
              rows={view.differences}
              row_key={(row) => row.case_id}
              columns={[
                {
                  label: t("transfers.person"),
                  look: "strong",
                  cell: (row) => row.person ?? t("transfers.difference_person_unknown"),
                },
                { label: t("transfers.difference_ours"), cell: (row) => row.ours.label },
                { label: t("transfers.difference_theirs"), cell: (row) => row.theirs.label },
                { label: t("transfers.difference_column"), cell: (row) => <Explained view={view} row={row} /> },
                {
                  label: t("transfers.explain"),
                  quiet: true,
                  is_none: (row) => !view.may_settle || !row.is_open,
                  cell: (row) => (
                    <Button kind="small" data-action="explain" onClick={() => explain(row)}>
                      {t("transfers.explain")}
                    </Button>
                  ),
                },
              ]}
            />
          </>
        )}
      </div>
    </Card>
  );
}

function Explained({ view, row }: { view: HandoverView; row: ListDifference }): ReactNode {
  const ours = row.explanation;
  return (
    <div>
      {row.kind.label} {row.is_open && <Chip tone="late">{t("transfers.difference_open_chip")}</Chip>}
      {ours && (
        <span className="small muted">
          <br />
          {t("transfers.difference_explained", { by: ours.by?.name ?? "", at: show_instant(ours.at), reason: ours.reason })}
        </span>
      )}
      {row.their_explanation && (
        <span className="small muted">
          <br />
          {t("transfers.difference_they_explain", { partner: view.partner.name, reason: row.their_explanation.reason })}
        </span>
      )}
    </div>
  );
}

function Persons({ view, settle }: { view: HandoverView; settle: (person: HandoverPerson) => void }): ReactNode {
  if (view.persons.length === 0) return <Empty icon="people" title={t("transfers.no_people")} />;
  return (
    <Card title={t("transfers.people")} flush>
      <RowsTable
        name={t("transfers.people")}
        rows={view.persons}
        row_key={(row) => row.case_id}
        columns={[
          {
            label: t("transfers.person"),
            look: "strong",
            cell: (row) => (
              <>
                {row.number}. {name_of(row)} {row.is_child && <Chip tone="near">{t("transfers.child")}</Chip>}
              </>
            ),
          },
          {
            label: t("transfers.column.birth_date"),
            look: "nowrap",
            is_none: (row) => !row.birth,
            cell: (row) => show_day(row.birth),
          },
          {
            label: t("transfers.handover_value_column"),
            cell: (row) => (
              <div>
                <Chip tone={row.value ? tone_of(row.value.code) : row.is_clash ? "late" : "quiet"}>
                  {row.value?.label ?? t(`transfers.handover_value.${row.is_clash ? "clash" : "not_ticked"}`)}
                </Chip>
                {!row.is_on_list && <span className="small muted"> {t("transfers.not_on_list")}</span>}
              </div>
            ),
          },
          {
            label: t("transfers.taking_by"),
            is_none: (row) => row.heads.length === 0 || row.is_clash,
            cell: (row) => (
              <div>
                {row.heads.slice(-1).map((head) => (
                  <Told key={head.id} tick={head} />
                ))}
                {row.replaced.length > 0 && (
                  <details className="small">
                    <summary>{t("transfers.stood_before")}</summary>
                    {row.replaced.map((tick) => (
                      <p key={tick.id}>
                        {tick.value.label} · <Told tick={tick} />
                      </p>
                    ))}
                  </details>
                )}
              </div>
            ),
          },
          {
            label: t("transfers.correct"),
            quiet: true,
            is_none: (row) => !view.may_settle || row.is_clash,
            cell: (row) => (
              <Button kind="small" data-action="correct" onClick={() => settle(row)}>
                {t("transfers.correct")}
              </Button>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Takings({ view }: { view: HandoverView }): ReactNode {
  if (view.takings.length === 0) return <p className="muted">{t("transfers.takings_none")}</p>;
  return (
    <Card title={t("transfers.takings")} flush>
      <RowsTable
        name={t("transfers.takings")}
        rows={view.takings}
        row_key={(row) => row.id}
        columns={[
          { label: t("transfers.taking_device"), look: "strong", cell: (row) => row.device },
          { label: t("transfers.taking_by"), cell: (row) => row.by?.name ?? "—" },
          {
            label: t("transfers.taking_at"),
            cell: (row) => (
              <div>
                {show_instant(row.at)}
                {row.is_other_list && <span className="small muted"> · {t("transfers.taking_other_list")}</span>}
                {row.is_clock_wrong && (
                  <span className="small muted">
                    <br />
                    {t(row.clock_ahead_seconds > 0 ? "transfers.clock_ahead" : "transfers.clock_behind", {
                      minutes: Math.round(Math.abs(row.clock_ahead_seconds) / 60),
                    })}
                  </span>
                )}
              </div>
            ),
          },
          {
            label: t("transfers.taking_received"),
            cell: (row) => (
              <>
                {row.received}{" "}
                {row.missing > 0 && <Chip tone="late">{t("transfers.taking_missing", { count: row.missing })}</Chip>}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function SettleDialog({
  place,
  view,
  person,
  close,
}: {
  place: Place;
  view: HandoverView;
  person: HandoverPerson;
  close: () => void;
}): ReactNode {
  const [value, set_value] = useState("");
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      title={t("transfers.settle_title", { person: name_of(person) })}
      act={t("transfers.settle")}
      ready={value !== "" && reason.trim() !== ""}
      keep={reason !== ""}
      close={close}
      send={async () => {
        const heads = person.heads.map((head) => head.id);
        await post(`${place.path}/settlements`, { case_id: person.case_id, value, reason: reason.trim(), heads });
        await renew(place);
        toast(t("transfers.settled_now"));
      }}
    >
      <div className="stack">
        <div className="handover-sides">
          {person.heads.map((head) => (
            <div key={head.id}>
              <Chip tone={tone_of(head.value.code)}>{head.value.label}</Chip>
              <Told tick={head} />
            </div>
          ))}
        </div>
        <RadioGroup
          legend={t("transfers.handover_value_column")}
          name="value"
          options={view.values.map((one) => ({ value: one.code, label: one.label }))}
          value={value}
          change={set_value}
        />
        <TextArea
          label={t("transfers.settle_reason")}
          hint={t("transfers.settle_reason_hint")}
          value={reason}
          change={set_reason}
          maxLength={300}
          rows={2}
        />
      </div>
    </FormDialog>
  );
}

function ExplainDialog({
  place,
  difference,
  close,
}: {
  place: Place;
  difference: ListDifference;
  close: () => void;
}): ReactNode {
  const [reason, set_reason] = useState("");
  const person = difference.person ?? t("transfers.difference_person_unknown");
  return (
    <FormDialog
      title={t("transfers.explain_title", { person })}
      act={t("transfers.explain")}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      close={close}
      send={async () => {
        const { case_id, ours, theirs } = difference;
        await post(`${place.path}/explanations`, { case_id, ours: ours.code, theirs: theirs.code, reason: reason.trim() });
        await renew(place);
        toast(t("transfers.explained_now"));
      }}
    >
      <div className="stack">
        <p>
          {t("transfers.difference_ours")}: <strong>{difference.ours.label}</strong> · {t("transfers.difference_theirs")}:{" "}
          <strong>{difference.theirs.label}</strong>
        </p>
        <TextArea
          label={t("transfers.settle_reason")}
          hint={t("transfers.explain_hint")}
          value={reason}
          change={set_reason}
          maxLength={300}
          rows={2}
        />
      </div>
    </FormDialog>
  );
}
