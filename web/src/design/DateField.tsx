/** A day in three boxes, the same in every browser and language; where the form allows it, only the year or the month may be known. */
import { useId, useState, type ReactNode } from "react";
import { t } from "../language/label.ts";
import { fault_of, parts_of, text_of_parts, type DateParts } from "../forms/partial_date.ts";
import type { FieldFrame } from "./fields.tsx";
import { Icon } from "./Icon.tsx";

interface DateFieldProps extends FieldFrame {
  value: string;
  change: (value: string) => void;
  /** Year alone, or year and month, are enough. */
  partial?: boolean;
  /** The installation's day, offered with one press. */
  today?: string;
}
export function DateField({ label, hint, error, optional, value, change, partial = false, today }: DateFieldProps): ReactNode {
  const id = useId();
  const [parts, set_parts] = useState<DateParts>(() => parts_of(value));
  const [left, set_left] = useState(false);
  const shown = text_of_parts(parts) !== value && fault_of(parts, partial) === null ? parts_of(value) : parts;
  const set = (part: Partial<DateParts>): void => {
    const next = { ...shown, ...part };
    set_parts(next);
    const text = fault_of(next, partial) === null ? text_of_parts(next) : "";
    if (text !== value) change(text);
  };
  const fault = fault_of(shown, partial);
  const words = error ?? (left && fault ? t(`web.form.date.${fault}`) : null);
  const hints = hint ?? (partial ? t("web.form.partial_hint") : null);
  const described = [hints ? `${id}-hint` : "", words ? `${id}-error` : ""].filter(Boolean).join(" ");
  const box = (name: keyof DateParts, length: number): ReactNode => (
    <span className="field">
      <label className="small" htmlFor={`${id}-${name}`}>
        {t(`web.form.${name}`)}
      </label>
      <input
        id={`${id}-${name}`}
        className="input short"
        inputMode="numeric"
        autoComplete="off"
        data-part={name}
        maxLength={length}
        value={shown[name]}
        aria-invalid={words ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => set({ [name]: event.target.value.replace(/\D/g, "") })}
      />
    </span>
  );
  return (
    <fieldset
      className={words ? "field wrong" : "field"}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) set_left(true);
      }}
    >
      <legend className="legend">
        {label}
        {optional && <span className="muted"> {t("web.form.optional")}</span>}
      </legend>
      {hints && (
        <span className="hint" id={`${id}-hint`}>
          {hints}
        </span>
      )}
      {words && (
        <span className="error" id={`${id}-error`}>
          <Icon name="alert" size={14} />
          {words}
        </span>
      )}
      <div className="row date-boxes">
        {box("day", 2)}
        {box("month", 2)}
        {box("year", 4)}
        {today && value !== today && (
          <button type="button" className="button small quiet" onClick={() => set(parts_of(today))}>
            {t("web.form.today")}
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** A day and an hour of this place, kept as an instant. */
export function InstantField({
  label,
  hint,
  error,
  optional,
  value,
  change,
}: Omit<DateFieldProps, "partial" | "today">): ReactNode {
  const local = value ? new Date(value) : null;
  const two = (number: number): string => String(number).padStart(2, "0");
  const [day, set_day] = useState(local ? `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}` : "");
  const [hour, set_hour] = useState(local ? `${two(local.getHours())}:${two(local.getMinutes())}` : "");
  const id = useId();
  const told = (next_day: string, next_hour: string): void => {
    const known = /^([01]?\d|2[0-3]):[0-5]\d$/.test(next_hour);
    change(next_day !== "" && known ? new Date(`${next_day}T${next_hour.padStart(5, "0")}:00`).toISOString() : "");
  };
  return (
    <div className="row top instant-field">
      <DateField
        label={label}
        hint={hint}
        error={error}
        optional={optional ?? false}
        value={day}
        change={(next) => {
          set_day(next);
          told(next, hour);
        }}
      />
      <span className="field hour">
        <label className="small" htmlFor={`${id}-hour`}>
          {t("web.form.hour")}
        </label>
        <input
          id={`${id}-hour`}
          className="input short"
          placeholder="14:30"
          maxLength={5}
          autoComplete="off"
          value={hour}
          onChange={(event) => {
            set_hour(event.target.value);
            told(day, event.target.value);
          }}
        />
      </span>
    </div>
  );
}
