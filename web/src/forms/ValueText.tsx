/** A value of a form field as words: dates in the reader's language, codes by name, lists as lists. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { FieldValue, FieldView } from "../api/types.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t, words_of } from "../language/label.ts";
import { code_name, field_name } from "./codes.ts";
import { is_empty, shape_of } from "./definition.ts";

export function plain_text(value: FieldValue, type = "text", codes?: string, options?: FieldView["options"]): string {
  if (value === null) return "";
  if (typeof value === "boolean") return t(value ? "web.yes" : "web.no");
  if (Array.isArray(value))
    return value.map((item) => plain_text(item, type === "codes" ? "code" : "text", codes, options)).join(", ");
  if (typeof value === "object")
    return Object.values(value)
      .map((item) => plain_text(item))
      .filter(Boolean)
      .join(", ");
  if (type === "file") return t("web.form.file_attached");
  const text = String(value);
  if (type === "code") return options?.find((option) => option.code === text)?.label ?? code_name(codes, text);
  if (type === "date" || type === "partial_date" || (type === "text" && /^\d{4}-\d{2}-\d{2}$/.test(text)))
    return show_day(text);
  if (type === "instant") return show_instant(text);
  return text;
}
export function ValueText({
  field,
  value,
  original,
}: {
  field: FieldView;
  value: FieldValue;
  original?: FieldValue | undefined;
}): ReactNode {
  const form = useQuery({ ...queries.form("application"), enabled: field.type === "record" || field.type === "records" }).data;
  if ((field.type === "record" || field.type === "records") && typeof value === "object") {
    const parts = form ? shape_of(form, field.shape) : [];
    const records = (Array.isArray(value) ? value : [value]) as Record<string, FieldValue>[];
    return (
      <ul className="record-list">
        {records.map((record, index) => (
          <li key={index}>
            {Object.entries(record)
              .filter(([, part]) => !is_empty(part))
              .map(([code, part]) => {
                const known = parts.find((item) => item.code === code);
                return (
                  <span key={code}>
                    <span className="muted small">
                      {known ? (known.label ?? field_name(field.shape ?? "", code)) : words_of(code)}:
                    </span>{" "}
                    {plain_text(part, known?.type, known?.codes, known?.options)}
                  </span>
                );
              })}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      {plain_text(value, field.type, field.codes, field.options)}
      {original && typeof original === "string" && original !== value && (
        <span className="muted" lang="und" dir="auto">
          {" "}
          · {original}
        </span>
      )}
    </>
  );
}
