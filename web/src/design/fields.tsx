/** Labelled inputs: the label, the hint, the error and its remedy are tied to the control for every reader. */
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { Icon } from "./Icon.tsx";
import { t } from "../language/label.ts";

export interface FieldFrame {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  optional?: boolean;
  /** The id of the control, where the page leads to it. */
  field?: string;
}
interface Tied {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}
export function Field({
  label,
  hint,
  error,
  optional,
  field,
  children,
}: FieldFrame & { children: (tied: Tied) => ReactNode }): ReactNode {
  const own = useId();
  const id = field ?? own;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="muted"> {t("web.form.optional")}</span>}
      </label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`}>
          <Icon name="alert" size={14} />
          {error}
        </span>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
    </div>
  );
}
type InputProps = FieldFrame & Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & { change: (value: string) => void };
export function TextField({ label, hint, error, optional, change, className = "", ...rest }: InputProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(tied) => (
        <input className={`input ${className}`} {...rest} {...tied} onChange={(event) => change(event.target.value)} />
      )}
    </Field>
  );
}
type AreaProps = FieldFrame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange"> & { change: (value: string) => void };
export function TextArea({ label, hint, error, optional, change, ...rest }: AreaProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(tied) => <textarea className="textarea" {...rest} {...tied} onChange={(event) => change(event.target.value)} />}
    </Field>
  );
}
export interface Option {
  value: string;
  label: string;
}
type SelectProps = FieldFrame &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange"> & {
    options: Option[];
    change: (value: string) => void;
    empty?: string;
  };
export function SelectField({ label, hint, error, optional, field, options, change, empty, ...rest }: SelectProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false} {...(field ? { field } : {})}>
      {(tied) => (
        <select className="select" {...rest} {...tied} onChange={(event) => change(event.target.value)}>
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
export function CheckField({
  label,
  checked,
  change,
  disabled = false,
}: {
  label: ReactNode;
  checked: boolean;
  change: (value: boolean) => void;
  disabled?: boolean;
}): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => change(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
export function RadioGroup({
  legend,
  name,
  options,
  value,
  change,
  error,
}: {
  legend: string;
  name: string;
  options: (Option & { hint?: string })[];
  value: string;
  change: (value: string) => void;
  error?: string | undefined;
}): ReactNode {
  return (
    <fieldset className={error ? "field wrong" : "field"}>
      <legend className="legend">{legend}</legend>
      {error && (
        <span className="error">
          <Icon name="alert" size={14} />
          {error}
        </span>
      )}
      {options.map((option) => (
        <label key={option.value} className="check">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => change(option.value)}
          />
          <span>
            {option.label}
            {option.hint && (
              <span className="muted small">
                <br />
                {option.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
