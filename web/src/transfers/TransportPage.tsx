/** One transport: the journey, who has a seat and what the rules say of them, staff, costs by payer, the notice with its term. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Card, Chip, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { InstantField } from "../design/DateField.tsx";
import { SelectField, TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { show_day, show_instant, show_money } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { AnnounceDialog, Sent } from "./AnnounceDialog.tsx";
import { Legs } from "./Listed.tsx";
import { People } from "./People.tsx";
import { renew_transports, transfer_queries } from "./read.ts";
import { TransportDialog } from "./TransportDialog.tsx";
import type { TransportView } from "./types.ts";
import { departure, journey, Seats, TransportState } from "./words.tsx";
import "./transfers.css";

type Open = "change" | "cancel" | "notice" | "announce" | null;

export function TransportPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const read = useQuery(transfer_queries.one(parameters.id));
  const [open, set_open] = useState<Open>(null);
  const view = read.data;
  if (read.error && !view) return <PageFault error={read.error} />;
  if (!view) return <Waiting lines={8} />;
  return (
    <>
      <PageHead
        title={
          <>
            {view.name} <TransportState state={view.state} />
          </>
        }
        lead={
          <>
            <Link href="/transports">{t("transfers.back")}</Link> · {view.partner.name} · {departure(view)}
          </>
        }
      >
        {view.state !== "cancelled" && (
          <Link className="button" href={`/transports/${view.id}/manifest`}>
            {t("transfers.manifest_open")}
          </Link>
        )}
        {view.state !== "cancelled" && (
          <Link className="button" href={`/transports/${view.id}/handover`}>
            {t("transfers.handover_open")}
          </Link>
        )}
        {view.may_change && (
          <>
            <Button icon="draft" data-action="change_transport" onClick={() => set_open("change")}>
              {t("transfers.change")}
            </Button>
            <Button kind="danger" icon="cross" data-action="cancel_transport" onClick={() => set_open("cancel")}>
              {t("transfers.cancel")}
            </Button>
          </>
        )}
      </PageHead>
      <div className="stack loose">
        {view.reason && (
          <Notice tone="hold">
            <p>
              <strong>{t("transfers.reason")}:</strong> {view.reason}
            </p>
          </Notice>
        )}
        <div className="transport-top">
          <Journey view={view} />
          <TransportNotice view={view} record={() => set_open("notice")} announce={() => set_open("announce")} />
        </div>
        <People transport={view} />
        <div className="transport-top">
          <Staff view={view} />
          <Costs view={view} />
        </div>
      </div>
      {open === "change" && <TransportDialog transport={view} close={() => set_open(null)} />}
      {open === "cancel" && <CancelDialog view={view} close={() => set_open(null)} />}
      {open === "announce" && <AnnounceDialog view={view} close={() => set_open(null)} />}
      {open === "notice" && <NoticeDialog view={view} close={() => set_open(null)} />}
    </>
  );
}

function Journey({ view }: { view: TransportView }): ReactNode {
  const places = view.reception_places;
  return (
    <Card title={journey(view)}>
      <div className="stack">
        <Legs legs={view.legs.map((leg) => ({ ...leg, from: leg.from.name, to: leg.to.name }))} />
        <Seats one={view} />
        <Facts
          rows={[
            [t("transfers.kind"), view.kind.label],
            [
              t("transfers.reception"),
              view.reception
                ? places == null
                  ? t("transfers.reception_unknown", { centre: view.reception })
                  : t("transfers.reception_of", { centre: view.reception, places })
                : "—",
            ],
            [t("transfers.margin"), String(view.document_margin_days)],
          ]}
        />
      </div>
    </Card>
  );
}

function TransportNotice({
  view,
  record,
  announce,
}: {
  view: TransportView;
  record: () => void;
  announce: () => void;
}): ReactNode {
  const given = view.notice;
  const may_send = useMay()("case.transfer");
  return (
    <Card
      title={t("transfers.notice")}
      actions={
        view.may_change && (
          <span className="row">
            <Button kind="small" icon="send" data-action="announce_transport" onClick={announce}>
              {t("transfers.announce_open")}
            </Button>
            <Button kind="small" icon="draft" data-action="record_notice" onClick={record}>
              {t("transfers.record_notice")}
            </Button>
          </span>
        )
      }
    >
      <div className="stack">
        <p>
          {given ? (
            <>
              {t("transfers.notice_given", { day: show_instant(given.at), channel: given.channel.label })}
              {given.reference && <span className="small muted"> · {given.reference}</span>}
            </>
          ) : (
            t("transfers.notice_none")
          )}
        </p>
        {may_send && <Sent id={view.id} />}
        {view.notice_terms.length === 0 && <p className="small muted">{t("transfers.notice_nobody")}</p>}
        {view.notice_terms.map((term) => (
          <div key={term.agreement} className="stack tight">
            <p>
              {term.due_on
                ? t("transfers.notice_due", { agreement: term.agreement, day: show_day(term.due_on) })
                : t("transfers.notice_no_date", { agreement: term.agreement })}{" "}
              {term.is_late && <Chip tone="late">{t("transfers.notice_late")}</Chip>}
            </p>
            {term.sentence && <p className="small muted">{term.sentence}</p>}
          </div>
        ))}
      </div>
    </Card>
  );
}

function Staff({ view }: { view: TransportView }): ReactNode {
  return (
    <Card title={t("transfers.staff")}>
      <div className="stack">
        {view.escorts.length === 0 && <p className="muted">{t("transfers.no_staff")}</p>}
        {!view.has_interpreter && <Notice tone="near">{t("transfers.no_interpreter")}</Notice>}
        {!view.has_monitor && <Notice tone="near">{t("transfers.no_monitor")}</Notice>}
        {view.escorts.length > 0 && (
          <RowsTable
            name={t("transfers.staff")}
            rows={view.escorts}
            row_key={(one) => one.name + one.document_number}
            columns={[
              { label: t("transfers.name"), look: "strong", cell: (one) => one.name },
              { label: t("transfers.function"), cell: (one) => one.function.label },
              {
                label: t("transfers.document"),
                cell: (one) => `${one.document_number} (${show_day(one.document_until)})`,
              },
              {
                label: t("transfers.qualifications"),
                is_none: (one) => one.qualifications.length + one.languages.length === 0,
                cell: (one) => [...one.qualifications, ...one.languages].map((code) => code.label).join(", "),
              },
            ]}
          />
        )}
      </div>
    </Card>
  );
}

function Costs({ view }: { view: TransportView }): ReactNode {
  if (view.costs.length === 0)
    return (
      <Card title={t("transfers.costs")}>
        <p className="muted">{t("transfers.no_costs")}</p>
      </Card>
    );
  return (
    <Card title={t("transfers.costs")}>
      <div className="stack">
        <RowsTable
          name={t("transfers.costs")}
          rows={view.costs}
          row_key={(one) => one.item.code + one.payer.code + one.amount_cents}
          columns={[
            { label: t("transfers.item"), look: "strong", cell: (one) => one.item.label },
            { label: t("transfers.payer"), cell: (one) => one.payer.label },
            { label: t("transfers.amount"), look: "end nowrap", cell: (one) => show_money(one.amount_cents, one.currency) },
          ]}
        />
        <Facts
          rows={view.totals.map((one) => [
            `${t("transfers.total")}: ${one.payer.label}`,
            <strong key={one.payer.code}>{show_money(one.amount_cents, one.currency)}</strong>,
          ])}
        />
      </div>
    </Card>
  );
}

function CancelDialog({ view, close }: { view: TransportView; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      danger
      title={t("transfers.cancel_title", { name: view.name })}
      act={t("transfers.cancel")}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      close={close}
      send={async () => {
        await post(`/transports/${view.id}/cancellation`, { reason }, { revision: view.revision });
        await renew_transports();
        toast(t("transfers.cancelled_now"));
      }}
    >
      <p>{t("transfers.cancel_text")}</p>
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

function NoticeDialog({ view, close }: { view: TransportView; close: () => void }): ReactNode {
  const channels = options_of("notice_channel");
  const [given_at, set_given_at] = useState("");
  const [channel, set_channel] = useState(channels[0]?.value ?? "");
  const [reference, set_reference] = useState("");
  return (
    <FormDialog
      title={t("transfers.notice")}
      act={t("transfers.record_notice")}
      ready={given_at !== ""}
      keep={given_at !== "" || reference !== ""}
      close={close}
      send={async () => {
        const body = { given_at, channel, ...(reference.trim() ? { reference } : {}) };
        await post(`/transports/${view.id}/notice`, body, { revision: view.revision });
        await renew_transports();
        toast(t("transfers.notice_kept"));
      }}
    >
      <InstantField label={t("transfers.given_on")} value={given_at} change={set_given_at} />
      <SelectField label={t("transfers.channel")} options={channels} value={channel} change={set_channel} />
      <TextField optional label={t("transfers.reference")} value={reference} change={set_reference} maxLength={80} />
    </FormDialog>
  );
}
