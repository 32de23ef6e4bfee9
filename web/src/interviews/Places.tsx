/** The places of interviews: rooms, video lines and telephones, with their hours. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { interview_queries, renew_interviews } from "./read.ts";
import type { PlaceView } from "./types.ts";
import { mode_icon, zone_name } from "./words.tsx";

const weekdays = [1, 2, 3, 4, 5, 6, 7];

export function Places(): ReactNode {
  const may = useMay();
  const list = useQuery(interview_queries.places());
  const [open, set_open] = useState<PlaceView | "new" | null>(null);
  if (list.isPending) return <Waiting lines={6} />;
  const places = list.data ?? [];
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {may("interview.places") && (
        <div>
          <Button kind="primary" icon="plus" data-action="new_place" onClick={() => set_open("new")}>
            {t("interviews.new_place")}
          </Button>
        </div>
      )}
      {places.length === 0 && <Empty icon="building" title={t("interviews.no_places")} />}
      <div className="place-cards">
        {places.map((one) => (
          <Card
            key={one.id}
            title={
              <span className="row">
                <Icon name={mode_icon(one.mode)} /> {one.name}
              </span>
            }
            actions={
              may("interview.places") && (
                <Button kind="small" onClick={() => set_open(one)}>
                  {t("interviews.change_place")}
                  <span className="visually-hidden"> {one.name}</span>
                </Button>
              )
            }
          >
            <div className="stack tight">
              <span className="row">
                <Chip tone={one.active ? "info" : "quiet"}>{one.active ? one.mode_label : t("interviews.unused")}</Chip>
                <span className="small">{t("interviews.rooms_count", { count: one.rooms })}</span>
              </span>
              <p className="pre">{one.address}</p>
              <p className="small muted">{one.organisation.name}</p>
              {one.accessibility && <p className="small">{one.accessibility}</p>}
              <Hours place={one} />
            </div>
          </Card>
        ))}
      </div>
      {open && <PlaceDialog {...(open === "new" ? {} : { place: open })} close={() => set_open(null)} />}
    </div>
  );
}

function Hours({ place }: { place: PlaceView }): ReactNode {
  return (
    <table className="place-hours">
      <caption className="small muted">{t("interviews.hours_in", { zone: zone_name(place.time_zone) })}</caption>
      <tbody>
        {weekdays
          .filter((day) => place.hours.some((one) => one.weekday === day))
          .map((day) => (
            <tr key={day}>
              <th scope="row">{t(`interviews.invitation.weekday.${day}`)}</th>
              <td>
                {place.hours
                  .filter((one) => one.weekday === day)
                  .map((one) => `${one.from}–${one.to}`)
                  .join(", ")}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

interface Day {
  open: boolean;
  from: string;
  to: string;
}
const days_of = (place?: PlaceView): Day[] =>
  weekdays.map((weekday) => {
    const found = place?.hours.find((one) => one.weekday === weekday);
    return { open: place ? found !== undefined : weekday < 6, from: found?.from ?? "09:00", to: found?.to ?? "16:00" };
  });

function PlaceDialog({ place, close }: { place?: PlaceView; close: () => void }): ReactNode {
  const session = useSession();
  const offices = useQuery(queries.offices()).data ?? [];
  const [organisation, set_organisation] = useState(place?.organisation.id ?? session.organisation.id);
  const [name, set_name] = useState(place?.name ?? "");
  const [mode, set_mode] = useState(place?.mode ?? "in_person");
  const [address, set_address] = useState(place?.address ?? "");
  const [time_zone, set_zone] = useState(place?.time_zone ?? session.party.time_zone);
  const [rooms, set_rooms] = useState(String(place?.rooms ?? 1));
  const [slot, set_slot] = useState(String(place?.slot_minutes ?? 60));
  const [accessibility, set_accessibility] = useState(place?.accessibility ?? "");
  const [active, set_active] = useState(place?.active ?? true);
  const [days, set_days] = useState(() => days_of(place));
  const set_day = (index: number, change: Partial<Day>): void =>
    set_days(days.map((day, at) => (at === index ? { ...day, ...change } : day)));
  const send = async (): Promise<void> => {
    const body = {
      organisation,
      name,
      mode,
      address,
      time_zone,
      hours: days.flatMap((day, index) => (day.open ? [{ weekday: index + 1, from: day.from, to: day.to }] : [])),
      slot_minutes: Number(slot),
      rooms: Number(rooms),
      active,
      ...(accessibility ? { accessibility } : {}),
    };
    if (place) await put(`/interview-places/${place.id}`, body, place.revision);
    else await post("/interview-places", body);
    await renew_interviews();
    toast(t("interviews.place_kept"));
  };
  const own = { value: session.organisation.id, label: session.organisation.name };
  const bodies = offices.map((one) => ({ value: one.id, label: one.name }));
  return (
    <FormDialog
      wide
      title={place ? t("interviews.place_title", { name: place.name }) : t("interviews.new_place")}
      act={t("interviews.keep_place")}
      send={send}
      close={close}
      ready={name !== "" && address !== "" && time_zone !== "" && days.some((day) => day.open)}
      keep={name !== (place?.name ?? "")}
    >
      <div className="booking-fields">
        <TextField label={t("interviews.place_name")} value={name} change={set_name} maxLength={120} />
        <SelectField label={t("interviews.mode")} options={options_of("interview_mode")} value={mode} change={set_mode} />
        <SelectField
          label={t("interviews.body")}
          options={bodies.some((one) => one.value === own.value) ? bodies : [own, ...bodies]}
          value={organisation}
          change={set_organisation}
        />
        <TextField label={t("interviews.zone")} hint={t("interviews.zone_hint")} value={time_zone} change={set_zone} />
        <TextField label={t("interviews.rooms")} type="number" min={1} max={50} value={rooms} change={set_rooms} />
        <TextField label={t("interviews.slot")} type="number" min={15} max={480} step={15} value={slot} change={set_slot} />
      </div>
      <TextArea
        label={t(mode === "in_person" ? "interviews.address" : "interviews.line")}
        value={address}
        change={set_address}
        maxLength={300}
        rows={2}
      />
      <TextField
        label={t("interviews.accessibility")}
        hint={t("interviews.accessibility_hint")}
        optional
        value={accessibility}
        change={set_accessibility}
        maxLength={300}
      />
      <fieldset className="field">
        <legend>{t("interviews.hours")}</legend>
        <div className="place-days">
          {days.map((day, index) => {
            const weekday = t(`interviews.invitation.weekday.${index + 1}`);
            return (
              <div key={weekday} className="row">
                <CheckField label={weekday} checked={day.open} change={(open) => set_day(index, { open })} />
                {day.open && (
                  <>
                    <input
                      className="input"
                      type="time"
                      aria-label={t("interviews.opens", { weekday })}
                      value={day.from}
                      onChange={(event) => set_day(index, { from: event.target.value })}
                    />
                    <input
                      className="input"
                      type="time"
                      aria-label={t("interviews.closes", { weekday })}
                      value={day.to}
                      onChange={(event) => set_day(index, { to: event.target.value })}
                    />
                  </>
                )}
              </div>
            );
          })}
        </div>
      </fieldset>
      {place && <CheckField label={t("interviews.in_use")} checked={active} change={set_active} />}
    </FormDialog>
  );
}
