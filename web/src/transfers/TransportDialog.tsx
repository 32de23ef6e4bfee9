/** Planning a transport, or changing it: legs over crossing points, seats, reception, who travels with the people, what it costs. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { Button } from "../design/basics.tsx";
import { DateField, InstantField } from "../design/DateField.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { t } from "../language/label.ts";
import { navigate } from "../shell/router.tsx";
import { renew_transports, transfer_queries } from "./read.ts";
import type { CrossingPoint, TransportView } from "./types.ts";

interface Leg {
  from: string;
  to: string;
  departs_at: string;
  arrives_at: string;
  carrier: string;
  number: string;
}
interface Staff {
  name: string;
  function: string;
  document_number: string;
  document_until: string;
  qualifications: string[];
  languages: string[];
}
interface Cost {
  item: string;
  payer: string;
  currency: string;
  amount: string;
}
const new_leg = (from: string): Leg => ({ from, to: "", departs_at: "", arrives_at: "", carrier: "", number: "" });
const new_staff = (): Staff => ({
  name: "",
  function: "escort",
  document_number: "",
  document_until: "",
  qualifications: [],
  languages: [],
});

function legs_of(one: TransportView | undefined): Leg[] {
  return (
    one?.legs.map((leg) => ({
      from: leg.from.id,
      to: leg.to.id,
      departs_at: leg.departs_at,
      arrives_at: leg.arrives_at,
      carrier: leg.carrier ?? "",
      number: leg.number ?? "",
    })) ?? [new_leg("")]
  );
}
function staff_of(one: TransportView | undefined): Staff[] {
  return (
    one?.escorts.map((each) => ({
      ...each,
      function: each.function.code,
      qualifications: each.qualifications.map((code) => code.code),
      languages: each.languages.map((code) => code.code),
    })) ?? []
  );
}
function costs_of(one: TransportView | undefined): Cost[] {
  return (
    one?.costs.map((each) => ({
      item: each.item.code,
      payer: each.payer.code,
      currency: each.currency,
      amount: (each.amount_cents / 100).toFixed(2),
    })) ?? []
  );
}
const changed = <One,>(all: One[], index: number, part: Partial<One>): One[] =>
  all.map((one, at) => (at === index ? { ...one, ...part } : one));
const optional = (name: string, text: string): object => (text.trim() === "" ? {} : { [name]: text });

export function TransportDialog({ transport, close }: { transport?: TransportView; close: () => void }): ReactNode {
  const partners = useQuery(transfer_queries.partners()).data ?? [];
  const points = (useQuery(transfer_queries.points()).data ?? []).filter((one) => one.active);
  const [name, set_name] = useState(transport?.name ?? "");
  const [kind, set_kind] = useState(transport?.kind.code ?? "scheduled");
  const [partner, set_partner] = useState(transport?.partner.id ?? "");
  const [legs, set_legs] = useState(() => legs_of(transport));
  const [seats, set_seats] = useState(String(transport?.seats ?? 10));
  const [medical, set_medical] = useState(String(transport?.medical_seats ?? 0));
  const [margin, set_margin] = useState(String(transport?.document_margin_days ?? 0));
  const [reception, set_reception] = useState(transport?.reception ?? "");
  const [places, set_places] = useState(transport?.reception_places == null ? "" : String(transport.reception_places));
  const [staff, set_staff] = useState(() => staff_of(transport));
  const [costs, set_costs] = useState(() => costs_of(transport));
  const to = partner || partners[0]?.id || "";
  const send = async (): Promise<void> => {
    const body = {
      name,
      kind,
      partner: to,
      legs: legs.map(({ carrier, number, ...leg }) => ({
        ...leg,
        ...optional("carrier", carrier),
        ...optional("number", number),
      })),
      seats: Number(seats),
      medical_seats: Number(medical),
      document_margin_days: Number(margin),
      ...optional("reception", reception),
      ...(places.trim() === "" ? {} : { reception_places: Number(places) }),
      escorts: staff.filter((one) => one.name.trim() !== ""),
      costs: costs.map(({ amount, ...one }) => ({ ...one, amount_cents: Math.round(Number(amount.replace(",", ".")) * 100) })),
    };
    if (transport) await put(`/transports/${transport.id}`, body, transport.revision);
    else navigate(`/transports/${(await post<TransportView>("/transports", body)).id}`);
    await renew_transports();
    toast(t("transfers.kept"));
  };
  const whole = legs.every((leg) => leg.from && leg.to && leg.departs_at && leg.arrives_at);
  return (
    <FormDialog
      wide
      title={transport ? t("transfers.change_title", { name: transport.name }) : t("transfers.new")}
      act={t("transfers.keep")}
      send={send}
      close={close}
      ready={name.trim() !== "" && to !== "" && whole}
      keep={name !== (transport?.name ?? "")}
    >
      <TextField label={t("transfers.name")} hint={t("transfers.name_hint")} value={name} change={set_name} maxLength={120} />
      <div className="booking-fields">
        <SelectField label={t("transfers.kind")} options={options_of("transport_kind")} value={kind} change={set_kind} />
        <SelectField
          label={t("transfers.partner")}
          options={partners.map((one) => ({ value: one.id, label: one.name }))}
          value={to}
          change={set_partner}
        />
      </div>
      <Legs legs={legs} change={set_legs} points={points} />
      <div className="booking-fields">
        <TextField label={t("transfers.seats")} type="number" min={0} max={1000} value={seats} change={set_seats} />
        <TextField label={t("transfers.medical_seats")} type="number" min={0} max={1000} value={medical} change={set_medical} />
        <TextField
          label={t("transfers.margin")}
          hint={t("transfers.margin_hint")}
          type="number"
          min={0}
          max={365}
          value={margin}
          change={set_margin}
        />
        <TextField optional label={t("transfers.reception")} value={reception} change={set_reception} maxLength={120} />
        <TextField optional label={t("transfers.reception_places")} type="number" min={0} value={places} change={set_places} />
      </div>
      <StaffFields all={staff} change={set_staff} />
      <CostFields all={costs} change={set_costs} />
    </FormDialog>
  );
}

interface LegsProps {
  legs: Leg[];
  change: (legs: Leg[]) => void;
  points: CrossingPoint[];
}
function Legs({ legs, change, points }: LegsProps): ReactNode {
  const options = points.map((one) => ({ value: one.id, label: `${one.name} (${one.state.label})` }));
  const set = (index: number, part: Partial<Leg>): void => change(changed(legs, index, part));
  return (
    <fieldset className="field">
      <legend>{t("transfers.legs")}</legend>
      <p className="small muted">{t("transfers.local_times")}</p>
      {legs.map((leg, index) => (
        <div key={index} className="transport-part" role="group" aria-label={t("transfers.leg", { number: index + 1 })}>
          <SelectField
            label={t("transfers.from")}
            options={options}
            empty="—"
            value={leg.from}
            change={(from) => set(index, { from })}
          />
          <SelectField
            label={t("transfers.to")}
            options={options.filter((one) => one.value !== leg.from)}
            empty="—"
            value={leg.to}
            change={(to) => set(index, { to })}
          />
          <InstantField
            label={t("transfers.departs")}
            value={leg.departs_at}
            change={(departs_at) => set(index, { departs_at })}
          />
          <InstantField
            label={t("transfers.arrives")}
            value={leg.arrives_at}
            change={(arrives_at) => set(index, { arrives_at })}
          />
          <TextField
            optional
            label={t("transfers.carrier")}
            value={leg.carrier}
            maxLength={80}
            change={(carrier) => set(index, { carrier })}
          />
          <TextField
            optional
            label={t("transfers.number")}
            value={leg.number}
            maxLength={20}
            change={(number) => set(index, { number })}
          />
          {legs.length > 1 && (
            <Remove
              words={t("transfers.remove_leg", { number: index + 1 })}
              remove={() => change(legs.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      <div>
        <Button kind="small" icon="plus" onClick={() => change([...legs, new_leg(legs[legs.length - 1]?.to ?? "")])}>
          {t("transfers.add_leg")}
        </Button>
      </div>
    </fieldset>
  );
}

function Remove({ words, remove }: { words: string; remove: () => void }): ReactNode {
  return (
    <div>
      <Button kind="small" icon="cross" onClick={remove}>
        {words}
      </Button>
    </div>
  );
}

function StaffFields({ all, change }: { all: Staff[]; change: (all: Staff[]) => void }): ReactNode {
  const set = (index: number, part: Partial<Staff>): void => change(changed(all, index, part));
  return (
    <fieldset className="field">
      <legend>{t("transfers.staff")}</legend>
      {all.map((one, index) => (
        <div key={index} className="transport-part">
          <TextField label={t("transfers.name")} value={one.name} maxLength={150} change={(name) => set(index, { name })} />
          <SelectField
            label={t("transfers.function")}
            options={options_of("escort_function")}
            value={one.function}
            change={(code) => set(index, { function: code })}
          />
          <TextField
            label={t("transfers.document")}
            value={one.document_number}
            maxLength={30}
            change={(document_number) => set(index, { document_number })}
          />
          <DateField
            label={t("transfers.document_until")}
            value={one.document_until}
            change={(document_until) => set(index, { document_until })}
          />
          <fieldset className="field">
            <legend>{t("transfers.qualifications")}</legend>
            {options_of("escort_qualification").map((option) => (
              <CheckField
                key={option.value}
                label={option.label}
                checked={one.qualifications.includes(option.value)}
                change={(on) =>
                  set(index, {
                    qualifications: on
                      ? [...one.qualifications, option.value]
                      : one.qualifications.filter((code) => code !== option.value),
                  })
                }
              />
            ))}
          </fieldset>
          <Languages one={one} change={(languages) => set(index, { languages })} />
          <Remove
            words={t("transfers.remove", { name: one.name || t("transfers.name") })}
            remove={() => change(all.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button kind="small" icon="plus" onClick={() => change([...all, new_staff()])}>
          {t("transfers.add_escort")}
        </Button>
      </div>
    </fieldset>
  );
}

/** A list to add one, and what is chosen with a button to take it away. */
function Languages({ one, change }: { one: Staff; change: (languages: string[]) => void }): ReactNode {
  const options = options_of("language");
  const label = (code: string): string => options.find((option) => option.value === code)?.label ?? code;
  return (
    <div className="field">
      <SelectField
        label={t("transfers.languages")}
        options={options.filter((option) => !one.languages.includes(option.value))}
        empty="—"
        value=""
        change={(code) => code && change([...one.languages, code])}
      />
      <span className="row tight">
        {one.languages.map((code) => (
          <Button key={code} kind="small" icon="cross" onClick={() => change(one.languages.filter((other) => other !== code))}>
            {label(code)}
          </Button>
        ))}
      </span>
    </div>
  );
}

function CostFields({ all, change }: { all: Cost[]; change: (all: Cost[]) => void }): ReactNode {
  const set = (index: number, part: Partial<Cost>): void => change(changed(all, index, part));
  return (
    <fieldset className="field">
      <legend>{t("transfers.costs")}</legend>
      {all.map((one, index) => (
        <div key={index} className="transport-part costs">
          <SelectField
            label={t("transfers.item")}
            options={options_of("cost_item")}
            value={one.item}
            change={(item) => set(index, { item })}
          />
          <SelectField
            label={t("transfers.payer")}
            options={options_of("cost_payer")}
            value={one.payer}
            change={(payer) => set(index, { payer })}
          />
          <TextField
            label={t("transfers.amount")}
            inputMode="decimal"
            value={one.amount}
            change={(amount) => set(index, { amount })}
          />
          <TextField
            label={t("transfers.currency")}
            value={one.currency}
            maxLength={3}
            change={(currency) => set(index, { currency: currency.toUpperCase() })}
          />
          <Remove
            words={t("transfers.remove", { name: t("transfers.item") })}
            remove={() => change(all.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          kind="small"
          icon="plus"
          onClick={() => change([...all, { item: "tickets", payer: "requesting_state", currency: "EUR", amount: "0.00" }])}
        >
          {t("transfers.add_cost")}
        </Button>
      </div>
    </fieldset>
  );
}
