/** Opening hours of a week: told in words, days with the same hours together, and asked day by day. */
import { useState, type ReactNode } from "react";
import { show_weekday_name } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { CheckField, TextField } from "./fields.tsx";

/** `weekday`: 1 Monday to 7; `from`, `to`: hh:mm. */
export interface DayHours {
  weekday: number;
  from: string;
  to: string;
}

/** "08:00–18:00 on Monday, Tuesday", a text for each pair of hours. */
export function hours_words(hours: readonly DayHours[]): string[] {
  const by_hours = new Map<string, number[]>();
  for (const each of hours) {
    const key = `${each.from} ${each.to}`;
    by_hours.set(key, [...(by_hours.get(key) ?? []), each.weekday]);
  }
  return [...by_hours].map(([key, days]) => {
    const [from = "", to = ""] = key.split(" ");
    return t("transfers.every_day", { from, to, days: days.map(show_weekday_name).join(", ") });
  });
}

interface AskedDay {
  open: boolean;
  from: string;
  to: string;
}
export interface WeekHours {
  /** The days that are open, as they are sent. */
  hours: DayHours[];
  fields: ReactNode;
}
/** `usual` is what a new place begins with: open on so many days from Monday on. */
export function useWeekHours(
  known: readonly DayHours[] | undefined,
  usual: { days: number; from: string; to: string },
): WeekHours {
  const [asked, set_asked] = useState<AskedDay[]>(() =>
    [1, 2, 3, 4, 5, 6, 7].map((day) => {
      const one = known?.find((each) => each.weekday === day);
      return { open: known ? one !== undefined : day <= usual.days, from: one?.from ?? usual.from, to: one?.to ?? usual.to };
    }),
  );
  const set = (at: number, part: Partial<AskedDay>): void =>
    set_asked(asked.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return {
    hours: asked.flatMap((one, at) => (one.open ? [{ weekday: at + 1, from: one.from, to: one.to }] : [])),
    fields: (
      <fieldset className="field">
        <legend>{t("transfers.hours")}</legend>
        {asked.map((one, at) => (
          <div key={at} className="week-hours">
            <CheckField
              label={t(`interviews.invitation.weekday.${at + 1}`)}
              checked={one.open}
              change={(open) => set(at, { open })}
            />
            {one.open && (
              <>
                <TextField
                  label={t("transfers.open_from")}
                  value={one.from}
                  maxLength={5}
                  change={(from) => set(at, { from })}
                />
                <TextField label={t("transfers.open_to")} value={one.to} maxLength={5} change={(to) => set(at, { to })} />
              </>
            )}
          </div>
        ))}
      </fieldset>
    ),
  };
}
