/** Giving a task its interview, or moving one: place, people, and the times at which all of them are free. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { Button, Notice, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { add_days, show_day, show_day_short, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useSession, useToday } from "../session/session.ts";
import { interview_queries, renew_interviews } from "./read.ts";
import type { FreeTime, InterviewView } from "./types.ts";
import { zone_name } from "./words.tsx";

const lengths = [30, 45, 60, 75, 90, 120];

export function BookingDialog({
  task,
  person,
  term_on,
  moved,
  close,
}: {
  task: string;
  person: string;
  term_on: string | null;
  moved?: InterviewView;
  close: () => void;
}): ReactNode {
  const today = useToday();
  const own = useSession().user.id;
  const places = useQuery(interview_queries.places()).data?.filter((one) => one.active) ?? [];
  const people = useQuery(interview_queries.interviewers()).data ?? [];
  const [place, set_place] = useState(moved?.place.id ?? "");
  const [length, set_length] = useState(String(moved?.when.length_minutes ?? 60));
  const [language, set_language] = useState(moved?.language ?? "es");
  const [interpreter, set_interpreter] = useState(moved?.interpreter ?? "");
  const [team, set_team] = useState<string[] | null>(moved?.interviewers.map((one) => one.id) ?? null);
  const [from, set_from] = useState(moved && moved.when.day > today ? moved.when.day : today);
  const [starts_at, set_starts_at] = useState("");
  const chosen_place = place || places[0]?.id || "";
  const interviewers = team ?? (people.some((one) => one.id === own) ? [own] : []);
  const times = useQuery({
    ...interview_queries.times({
      task,
      place: chosen_place,
      interviewers,
      interpreter: interpreter.trim(),
      minutes: length,
      from,
      days: 7,
      ...(moved ? { interview: moved.id } : {}),
    }),
    enabled: chosen_place !== "",
  });
  const send = async (): Promise<void> => {
    const body = {
      place: chosen_place,
      starts_at,
      length_minutes: Number(length),
      language,
      interviewers,
      ...(interpreter.trim() ? { interpreter: interpreter.trim() } : {}),
    };
    if (moved) await put(`/interviews/${moved.id}`, body, moved.revision);
    else await post(`/tasks/${task}/interviews`, body);
    await renew_interviews();
    toast(t(moved ? "interviews.moved" : "interviews.booked"));
  };
  const forget_time = <T,>(change: (value: T) => void): ((value: T) => void) => {
    return (value) => {
      set_starts_at("");
      change(value);
    };
  };
  return (
    <FormDialog
      wide
      title={t(moved ? "interviews.move_title" : "interviews.book_title", { person })}
      act={t(moved ? "interviews.move_button" : "interviews.book_button")}
      send={send}
      close={close}
      ready={starts_at !== "" && interviewers.length > 0}
      keep={starts_at !== ""}
    >
      <Notice tone="info">
        <p>{t(moved ? "interviews.move_text" : "interviews.book_text")}</p>
      </Notice>
      {places.length === 0 && (
        <Notice tone="near">
          <p>{t("interviews.no_places")}</p>
        </Notice>
      )}
      <div className="booking-fields">
        <SelectField
          label={t("interviews.place")}
          options={places.map((one) => ({ value: one.id, label: `${one.name} (${one.mode_label})` }))}
          value={chosen_place}
          change={forget_time(set_place)}
        />
        <SelectField
          label={t("interviews.length")}
          options={lengths.map((one) => ({ value: String(one), label: t("interviews.minutes_long", { minutes: one }) }))}
          value={length}
          change={forget_time(set_length)}
        />
        <SelectField label={t("interviews.language")} options={options_of("language")} value={language} change={set_language} />
        <TextField
          label={t("interviews.interpreter")}
          hint={t("interviews.interpreter_hint")}
          optional
          maxLength={150}
          value={interpreter}
          change={forget_time(set_interpreter)}
        />
      </div>
      <fieldset className="field">
        <legend>{t("interviews.interviewers")}</legend>
        <div className="booking-team">
          {people.map((one) => (
            <CheckField
              key={one.id}
              label={`${one.name} (${one.organisation})`}
              checked={interviewers.includes(one.id)}
              change={forget_time((on: boolean) =>
                set_team(on ? [...interviewers, one.id] : interviewers.filter((id) => id !== one.id)),
              )}
            />
          ))}
        </div>
      </fieldset>
      {times.isPending && chosen_place !== "" ? (
        <Waiting lines={4} />
      ) : (
        <Times
          all={times.data ?? []}
          from={from}
          today={today}
          term_on={term_on}
          value={starts_at}
          choose={set_starts_at}
          go={forget_time(set_from)}
        />
      )}
    </FormDialog>
  );
}

function Times({
  all,
  from,
  today,
  term_on,
  value,
  choose,
  go,
}: {
  all: FreeTime[];
  from: string;
  today: string;
  term_on: string | null;
  value: string;
  choose: (at: string) => void;
  go: (day: string) => void;
}): ReactNode {
  const days = [...new Set(all.map((one) => one.when.day))];
  const zone = all[0]?.when.time_zone;
  return (
    <fieldset className="field booking-times">
      <legend>{t("interviews.free_times")}</legend>
      <div className="row apart">
        <span className="small">
          {term_on && <strong>{t("interviews.term_until", { day: show_day(term_on) })}</strong>}{" "}
          {zone && <span className="muted">{t("interviews.local_time", { zone: zone_name(zone) })}</span>}
        </span>
        <span className="row">
          <Button
            kind="small"
            icon="left"
            disabled={from <= today}
            aria-label={t("interviews.week_before")}
            onClick={() => go(add_days(from, -7) < today ? today : add_days(from, -7))}
          />
          <span className="small nowrap">
            {t("interviews.week_of", { from: show_day_short(from), to: show_day_short(add_days(from, 6)) })}
          </span>
          <Button kind="small" icon="right" aria-label={t("interviews.week_after")} onClick={() => go(add_days(from, 7))} />
        </span>
      </div>
      {days.length === 0 && <p className="muted">{t("interviews.closed_week")}</p>}
      <div className="booking-days">
        {days.map((day) => {
          const own = all.filter((one) => one.when.day === day);
          return (
            <div key={day} className={own[0]?.is_late ? "booking-day late" : "booking-day"}>
              <h3>{show_weekday(day)}</h3>
              {own[0]?.holiday && <span className="small strong">{t("interviews.closed_on", { name: own[0].holiday })}</span>}
              {own[0]?.is_late && <span className="small strong">{t("interviews.after_term")}</span>}
              {own.map((one) => (
                <Time key={one.when.starts_at} one={one} chosen={value === one.when.starts_at} choose={choose} />
              ))}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Time({ one, chosen, choose }: { one: FreeTime; chosen: boolean; choose: (at: string) => void }): ReactNode {
  const why = one.taken_by[0];
  return (
    <label className={`booking-time${why ? " taken" : ""}${chosen ? " chosen" : ""}`}>
      <input
        type="radio"
        name="starts_at"
        value={one.when.starts_at}
        checked={chosen}
        disabled={why !== undefined}
        onChange={() => choose(one.when.starts_at)}
      />
      <span>{one.when.begins}</span>
      {why && <span className="small">{t(`interviews.taken.${why}`)}</span>}
    </label>
  );
}
