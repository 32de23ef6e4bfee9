/** Who has a seat: their files, documents, certificates; taking off, recording the departure, certifying fitness. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { InstantField } from "../design/DateField.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { renew_transports, transfer_queries } from "./read.ts";
import type { DepartureRow, PassengersView, TransportView, TravellerView } from "./types.ts";
import { rule_words } from "./words.tsx";

export function People({ transport }: { transport: TransportView }): ReactNode {
  const read = useQuery(transfer_queries.passengers(transport.id));
  const [chosen, set_chosen] = useState<string[]>([]);
  const [removing, set_removing] = useState(false);
  const [certifying, set_certifying] = useState<TravellerView | null>(null);
  const [told, set_told] = useState<DepartureRow[]>([]);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  if (read.isPending) return <Waiting lines={4} />;
  const view = read.data;
  if (!view) return <ErrorNotice error={read.error} again={() => void read.refetch()} />;
  const depart = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      const { items } = await post<{ items: DepartureRow[] }>(`/transports/${transport.id}/departures`, { cases: chosen });
      await renew_transports();
      set_told(items.filter((one) => !one.departed));
      set_chosen([]);
      toast(t("transfers.departed_of", { count: items.filter((one) => one.departed).length }));
    } catch (failed) {
      set_error(failed);
    }
    set_busy(false);
  };
  return (
    <Card
      title={t("transfers.people")}
      actions={
        view.may_depart &&
        chosen.length > 0 && (
          <span className="row">
            <span className="small muted">{t("transfers.chosen", { count: chosen.length })}</span>
            <Button kind="small" icon="send" busy={busy} data-action="record_departures" onClick={() => void depart()}>
              {t("transfers.depart")}
            </Button>
            <Button kind="small" icon="cross" data-action="take_off" onClick={() => set_removing(true)}>
              {t("transfers.take_off")}
            </Button>
          </span>
        )
      }
    >
      <div className="stack">
        <ErrorNotice error={error} />
        <Rules view={view} />
        {told.length > 0 && (
          <Notice tone="late" alert>
            {told.map((one) => (
              <p key={one.case_id}>{t("transfers.not_departed", { person: one.person, why: one.why_not ?? "" })}</p>
            ))}
          </Notice>
        )}
        {view.passengers.length === 0 ? (
          <Empty icon="people" title={t("transfers.no_people")} />
        ) : (
          <Rows view={view} chosen={chosen} set_chosen={set_chosen} certify={set_certifying} />
        )}
      </div>
      {removing && (
        <RemoveDialog
          transport={transport}
          cases={chosen}
          close={() => {
            set_removing(false);
            set_chosen([]);
          }}
        />
      )}
      {certifying && <FitnessDialog one={certifying} close={() => set_certifying(null)} />}
    </Card>
  );
}

function Rules({ view }: { view: PassengersView }): ReactNode {
  if (view.passengers.length === 0) return null;
  if (view.broken.length === 0) return <Notice tone="calm">{t("transfers.rules_hold")}</Notice>;
  return (
    <Notice tone="late">
      <p>
        <strong>{t("transfers.broken")}</strong>
      </p>
      <ul className="transport-rules">
        {view.broken.map((one, at) => (
          <li key={at}>
            {one.person && <strong>{one.person}: </strong>}
            {rule_words(one)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface RowsProps {
  view: PassengersView;
  chosen: string[];
  set_chosen: (chosen: string[]) => void;
  certify: (one: TravellerView) => void;
}
function Rows({ view, chosen, set_chosen, certify }: RowsProps): ReactNode {
  const families = [...new Set(view.passengers.map((one) => one.family).filter(Boolean))];
  return (
    <RowsTable
      name={t("transfers.people")}
      rows={view.passengers}
      row_key={(one) => one.case_id}
      columns={[
        {
          label: t("transfers.person"),
          look: "strong",
          cell: (one) => (
            <span className="row tight">
              {view.may_depart && (
                <input
                  type="checkbox"
                  aria-label={t("transfers.choose", { person: one.person })}
                  checked={chosen.includes(one.case_id)}
                  onChange={(event) =>
                    set_chosen(event.target.checked ? [...chosen, one.case_id] : chosen.filter((id) => id !== one.case_id))
                  }
                />
              )}
              <span className="stack tight">
                <Link href={`/safeguards/${one.case_id}`}>{one.person}</Link>
                <span className="small muted nowrap">{one.reference}</span>
              </span>
              {one.is_child && <Chip tone="near">{t("transfers.child")}</Chip>}
              {one.family && <Chip tone="quiet">{t("transfers.family", { number: families.indexOf(one.family) + 1 })}</Chip>}
            </span>
          ),
        },
        {
          label: t("transfers.standing"),
          cell: (one) => (one.is_aboard ? one.state.label : <Chip tone="hold">{t("transfers.not_aboard")}</Chip>),
        },
        {
          label: t("transfers.document_day"),
          look: "nowrap",
          is_none: (one) => !one.document_until,
          cell: (one) => show_day(one.document_until),
        },
        {
          label: t("transfers.window_day"),
          look: "nowrap",
          is_none: (one) => !one.window_until,
          cell: (one) => show_day(one.window_until),
        },
        { label: t("transfers.fitness"), cell: (one) => <FitnessCell one={one} may={view.may_certify} certify={certify} /> },
      ]}
    />
  );
}

function FitnessCell({
  one,
  may,
  certify,
}: {
  one: TravellerView;
  may: boolean;
  certify: (one: TravellerView) => void;
}): ReactNode {
  const { fitness } = one;
  return (
    <span className="stack tight">
      {fitness ? (
        <span>
          {fitness.outcome.label}{" "}
          <span className="small muted">{t("transfers.fit_until", { time: show_instant(fitness.ends_at) })}</span>{" "}
          {!fitness.reaches_arrival && <Chip tone="late">{t("transfers.fit_short")}</Chip>}
        </span>
      ) : (
        <span className="muted">{t("transfers.no_fitness")}</span>
      )}
      {may && (
        <span>
          <Button kind="small" data-action="certify_fitness" onClick={() => certify(one)}>
            {t("transfers.certify")}
          </Button>
        </span>
      )}
    </span>
  );
}

function RemoveDialog({
  transport,
  cases,
  close,
}: {
  transport: TransportView;
  cases: string[];
  close: () => void;
}): ReactNode {
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      danger
      title={t("transfers.take_off_title", { count: cases.length })}
      act={t("transfers.take_off")}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      close={close}
      send={async () => {
        await post(`/transports/${transport.id}/passengers-removal`, { cases, reason });
        await renew_transports();
        toast(t("transfers.taken_off"));
      }}
    >
      <TextArea
        label={t("transfers.reason")}
        hint={t("transfers.reason_stays")}
        value={reason}
        change={set_reason}
        maxLength={1000}
      />
    </FormDialog>
  );
}

function FitnessDialog({ one, close }: { one: TravellerView; close: () => void }): ReactNode {
  const outcomes = options_of("fitness_outcome");
  const [certificate, set_certificate] = useState("");
  const [examined_at, set_examined_at] = useState("");
  const [hours, set_hours] = useState("72");
  const [outcome, set_outcome] = useState(outcomes[0]?.value ?? "fit");
  const [medical, set_medical] = useState(false);
  return (
    <FormDialog
      title={t("transfers.certify_title", { person: one.person })}
      act={t("transfers.certify")}
      ready={certificate.trim() !== "" && examined_at !== "" && Number(hours) > 0}
      keep={certificate !== ""}
      close={close}
      send={async () => {
        await post(`/safeguards/${one.case_id}/fitness`, {
          certificate,
          examined_at,
          valid_hours: Number(hours),
          outcome,
          needs_medical_seat: medical,
        });
        await renew_transports();
        toast(t("transfers.certified"));
      }}
    >
      <TextField label={t("transfers.certificate")} value={certificate} change={set_certificate} maxLength={60} />
      <InstantField label={t("transfers.examined")} value={examined_at} change={set_examined_at} />
      <TextField label={t("transfers.valid_hours")} type="number" min={1} max={720} value={hours} change={set_hours} />
      <SelectField label={t("transfers.outcome")} options={outcomes} value={outcome} change={set_outcome} />
      <CheckField label={t("transfers.needs_medical_seat")} checked={medical} change={set_medical} />
    </FormDialog>
  );
}
