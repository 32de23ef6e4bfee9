/** Reception centres: open, closed or sending people on, beds, hours; a supervisor adds and changes them. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting, type Tone } from "../design/basics.tsx";
import { RadioGroup, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { hours_words, useWeekHours } from "../design/WeekHours.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { reception_queries, renew_reception } from "./read.ts";
import type { Centre } from "./types.ts";

const tones: Record<string, Tone> = { open: "calm", closed: "hold", diverted: "soon" };

export function Centres(): ReactNode {
  const may = useMay();
  const list = useQuery(reception_queries.centres());
  const [changed, set_changed] = useState<Centre | "new" | null>(null);
  const [state, set_state] = useState<Centre | null>(null);
  if (list.isPending) return <Waiting lines={5} />;
  const centres = list.data ?? [];
  return (
    <div className="stack">
      {may("reception.centres") && (
        <div className="row">
          <Button kind="primary" icon="plus" data-action="new_centre" onClick={() => set_changed("new")}>
            {t("reception.centre_new")}
          </Button>
        </div>
      )}
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {centres.length === 0 && (
        <Card>
          <Empty icon="building" title={t("reception.centre_none")}>
            <p>{t("reception.centre_none_text")}</p>
          </Empty>
        </Card>
      )}
      <div className="reception-cards">
        {centres.map((one) => (
          <Card key={one.id} title={one.name} actions={<Chip tone={tones[one.state.code] ?? "quiet"}>{one.state.label}</Chip>}>
            <div className="stack">
              <Beds one={one} />
              {one.state.code !== "open" && (
                <p className="small">
                  {one.diverted_to && <strong>{t("reception.sent_to", { name: one.diverted_to.name })}. </strong>}
                  {one.reason}
                </p>
              )}
              <p className="small">
                {one.organisation.name}
                {one.address && (
                  <>
                    <br />
                    {one.address}
                  </>
                )}
              </p>
              <p className="small muted">
                {hours_words(one.hours).map((words) => (
                  <span key={words} className="reception-line">
                    {words}
                  </span>
                ))}
                {one.state.code === "open" && t(one.is_open_now ? "reception.open_now" : "reception.shut_now")}
              </p>
              <div className="row">
                {may("reception.open") && (one.is_mine || may("reception.centres")) && (
                  <Button kind="small" icon="pause" onClick={() => set_state(one)}>
                    {t("reception.state_change")}
                    <span className="visually-hidden"> {one.name}</span>
                  </Button>
                )}
                {may("reception.centres") && (
                  <Button kind="small" icon="draft" onClick={() => set_changed(one)}>
                    {t("reception.change")}
                    <span className="visually-hidden"> {one.name}</span>
                  </Button>
                )}
              </div>
            </div>
          </Card>
        ))}
      </div>
      {changed && <CentreDialog {...(changed === "new" ? {} : { centre: changed })} close={() => set_changed(null)} />}
      {state && <StateDialog centre={state} all={centres} close={() => set_state(null)} />}
    </div>
  );
}

function Beds({ one }: { one: Centre }): ReactNode {
  const share = one.beds === 0 ? 0 : Math.min(100, Math.round((one.beds_taken / one.beds) * 100));
  return (
    <div className="reception-beds">
      <div className="reception-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share}%` }} />
      </div>
      <span className="small">
        {t("reception.beds_free", { free: Math.max(0, one.beds - one.beds_taken), beds: one.beds })} ·{" "}
        {t("reception.present", { count: one.present })}
      </span>
    </div>
  );
}

function StateDialog({ centre, all, close }: { centre: Centre; all: Centre[]; close: () => void }): ReactNode {
  const [state, set_state] = useState(centre.state.code);
  const [to, set_to] = useState(centre.diverted_to?.id ?? "");
  const [reason, set_reason] = useState(centre.reason ?? "");
  const others = all.filter((one) => one.id !== centre.id && one.state.code === "open");
  return (
    <FormDialog
      title={t("reception.state_title", { name: centre.name })}
      act={t("reception.keep")}
      ready={state === "open" || (reason.trim() !== "" && (state === "closed" || to !== ""))}
      close={close}
      send={async () => {
        const body = {
          state,
          ...(state === "diverted" ? { diverted_to: to } : {}),
          ...(state === "open" ? {} : { reason }),
        };
        await put(`/reception-centres/${centre.id}/state`, body, centre.revision);
        await renew_reception();
        toast(t("reception.state_kept"));
      }}
    >
      <RadioGroup
        legend={t("reception.state_of")}
        name="state"
        value={state}
        change={set_state}
        options={["open", "closed", "diverted"].map((value) => ({ value, label: t(`reception.state.${value}`) }))}
      />
      {state === "diverted" && (
        <SelectField
          label={t("reception.diverted_to")}
          options={others.map((one) => ({
            value: one.id,
            label: `${one.name} · ${t("reception.beds_free", { free: Math.max(0, one.beds - one.beds_taken), beds: one.beds })}`,
          }))}
          empty="—"
          value={to}
          change={set_to}
        />
      )}
      {state !== "open" && <TextField label={t("reception.reason")} value={reason} change={set_reason} maxLength={300} />}
    </FormDialog>
  );
}

function CentreDialog({ centre, close }: { centre?: Centre; close: () => void }): ReactNode {
  const bodies = useQuery(queries.organisations()).data ?? [];
  const [name, set_name] = useState(centre?.name ?? "");
  const [organisation, set_organisation] = useState(centre?.organisation.id ?? "");
  const [address, set_address] = useState(centre?.address ?? "");
  const [zone, set_zone] = useState(centre?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [beds, set_beds] = useState(String(centre?.beds ?? 0));
  const { hours, fields } = useWeekHours(centre?.hours, { days: 7, from: "06:00", to: "22:00" });
  return (
    <FormDialog
      wide
      title={centre ? t("reception.centre_change", { name: centre.name }) : t("reception.centre_new")}
      act={t("reception.keep")}
      ready={name.trim() !== "" && organisation !== "" && /^\d{1,4}$/.test(beds)}
      keep={name !== (centre?.name ?? "")}
      close={close}
      send={async () => {
        const body = {
          name,
          organisation,
          time_zone: zone,
          beds: Number(beds),
          hours,
          ...(address.trim() ? { address } : {}),
        };
        if (centre) await put(`/reception-centres/${centre.id}`, body, centre.revision);
        else await post("/reception-centres", body);
        await renew_reception();
        toast(t("reception.centre_kept"));
      }}
    >
      <div className="reception-fields">
        <TextField label={t("reception.name")} value={name} change={set_name} maxLength={120} />
        <SelectField
          label={t("reception.organisation")}
          options={bodies.map((one) => ({ value: one.id, label: one.name }))}
          empty="—"
          value={organisation}
          change={set_organisation}
        />
        <TextField optional label={t("reception.address")} value={address} change={set_address} maxLength={200} />
        <TextField label={t("reception.beds")} inputMode="numeric" value={beds} change={set_beds} maxLength={4} />
        <TextField label={t("reception.zone")} value={zone} change={set_zone} maxLength={60} />
      </div>
      {fields}
    </FormDialog>
  );
}
