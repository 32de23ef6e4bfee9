/** A value of a form field as words: dates in the reader's language, codes by name, lists as lists. */
import type { ReactNode } from "react";
import type { FieldValue, FieldView } from "../api/types.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { code_name, field_name } from "./codes.ts";
import { is_empty } from "./definition.ts";

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
/** The parts of a record with their names, as the definition of the field gives them; records inside it too. */
function named_parts(field: FieldView, record: Record<string, FieldValue>): { name: string; text: string }[] {
  const parts = field.parts ?? [];
  return Object.entries(record)
    .filter(([, value]) => !is_empty(value))
    .map(([code, value]) => {
      const of_original = code.endsWith("_original") && !parts.some((part) => part.code === code);
      const known = parts.find((part) => part.code === (of_original ? code.slice(0, -"_original".length) : code));
      const name = known?.label ?? field_name(field.shape ?? "", known?.code ?? code);
      const inner = known?.parts && typeof value === "object" && value !== null ? records_of(value) : [];
      const text =
        known && inner.length > 0
          ? inner
              .map((one) =>
                named_parts(known, one)
                  .map((part) => `${part.name}: ${part.text}`)
                  .join(", "),
              )
              .join("; ")
          : plain_text(value, known?.type, known?.codes, known?.options);
      return { name: of_original ? t("web.form.original_of", { field: name }) : name, text };
    });
}
const records_of = (value: FieldValue): Record<string, FieldValue>[] =>
  (Array.isArray(value) ? value : [value]) as Record<string, FieldValue>[];

export function ValueText({
  field,
  value,
  original,
}: {
  field: FieldView;
  value: FieldValue;
  original?: FieldValue | undefined;
}): ReactNode {
  if ((field.type === "record" || field.type === "records") && typeof value === "object" && value !== null) {
    return (
      <ul className="record-list">
        {records_of(value).map((record, index) => (
          <li key={index}>
            {named_parts(field, record).map((part) => (
              <span key={part.name}>
                <span className="muted small">{part.name}:</span> {part.text}
              </span>
            ))}
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
