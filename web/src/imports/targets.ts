/** What a cell of a table can fill: the fields of the form and the parts of their records, by the path that a mapping carries. */
import type { FieldView, FormView } from "../api/types.ts";
import { shape_of } from "../forms/definition.ts";
import { field_name, section_name } from "../forms/codes.ts";
import { t } from "../language/label.ts";

export interface Target {
  path: string;
  label: string;
}
export interface TargetGroup {
  section: string;
  label: string;
  targets: Target[];
}

const in_a_cell = ["text", "text_block", "date", "partial_date", "code", "codes", "texts", "flag", "whole", "instant"];
/** Sections that are filled in after an application has been sent. */
const later = ["reply", "transfer", "transit"];
/** As many entries of a list as a table may fill. */
const most_entries = 20;
const most_values = 12;

/** The fields by section. A list offers the entries that the mapping names and one more. */
export function targets_of(form: FormView, mapped: string[]): TargetGroup[] {
  const groups = form.section.filter((section) => !later.includes(section.code));
  return groups
    .map((section) => ({
      section: section.code,
      label: section_name(section.code),
      targets: section.field
        .filter((field) => field.system !== true)
        .flatMap((field) => targets_of_field(form, section.code, field, mapped)),
    }))
    .filter((group) => group.targets.length > 0);
}

function targets_of_field(form: FormView, section: string, field: FieldView, mapped: string[]): Target[] {
  const path = `${section}.${field.code}`;
  const label = field.label ?? field_name(section, field.code);
  if (in_a_cell.includes(field.type)) return with_original(field, path, label);
  const parts = shape_of(form, field.shape).filter((part) => in_a_cell.includes(part.type));
  const entries = field.type === "record" ? [""] : field.type === "records" ? entries_of(path, mapped) : [];
  return entries.flatMap((entry, index) =>
    parts.flatMap((part) => {
      const whole = entries.length > 1 ? `${label} ${index + 1}` : label;
      const name = part.label ?? field_name(field.shape ?? "", part.code);
      return with_original(part, `${path}${entry}.${part.code}`, `${whole}: ${name}`);
    }),
  );
}

/** The words a cell may hold for the field at this path; none where they are too many to be read in a line. */
export function values_of(form: FormView, path: string): string[] {
  const [section = "", code = "", part] = path.replace(/\[\d+\]/g, "").split(".");
  const whole = form.section.find((item) => item.code === section)?.field.find((item) => item.code === code);
  const field = part === undefined ? whole : shape_of(form, whole?.shape).find((item) => item.code === part);
  const values = (field?.options ?? []).map((option) => option.label);
  return values.length <= most_values ? values : [];
}

function entries_of(path: string, mapped: string[]): string[] {
  const used = mapped
    .filter((target) => target.startsWith(`${path}[`))
    .map((target) => Number.parseInt(target.slice(path.length + 1), 10))
    .filter((index) => index >= 0);
  const count = Math.min(most_entries, Math.max(-1, ...used) + 2);
  return Array.from({ length: count }, (_, index) => `[${index}]`);
}

function with_original(field: FieldView, path: string, label: string): Target[] {
  if (field.latin !== true) return [{ path, label }];
  return [
    { path, label },
    { path: `${path}_original`, label: t("web.form.original_of", { field: label }) },
  ];
}
