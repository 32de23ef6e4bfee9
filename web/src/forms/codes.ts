/** Code lists by name: the values come from the definition or from the labels `codes.<list>.<value>`. */
import type { FormView } from "../api/types.ts";
import type { Option } from "../design/fields.tsx";
import { label_keys, t, t_first, words_of } from "../language/label.ts";

export function code_name(list: string | undefined, value: string): string {
  return t_first([`codes.${list ?? ""}.${value}`, `web.evidence.${value}`], list === "country" ? value : words_of(value));
}
/** The values of a code list by its labels alone. */
export function codes_of(list: string): string[] {
  const prefix = `codes.${list}.`;
  return label_keys(prefix).map((key) => key.slice(prefix.length));
}
export function options_of(list: string): Option[] {
  return codes_of(list).map((value) => ({ value, label: code_name(list, value) }));
}
export function code_options(form: FormView | undefined, list: string | undefined): Option[] {
  const values = new Set([...(form?.codes?.[list ?? ""] ?? []), ...codes_of(list ?? "")]);
  return [...values].map((value) => ({ value, label: code_name(list, value) }));
}
export const section_name = (section: string): string => t_first([`forms.${section}`], words_of(section));
export function field_name(section: string, field: string): string {
  if (field.endsWith("_original"))
    return t("web.form.original_of", { field: field_name(section, field.slice(0, -"_original".length)) });
  return t_first([`forms.${section}.${field}`, `forms.part.${section}.${field}`], words_of(field));
}
/** The name of a field known only by its code or by `section.field`, as previews, findings and imports give it. */
export function name_of_path(path: string): string {
  const parts = path.split(".");
  if (parts.length > 1) return field_name(parts[0] ?? "", parts[1] ?? "");
  return t_first(
    [
      "header",
      "A_person",
      "B_family",
      "C_special",
      "D_evidence",
      "E_tcn",
      "F_other",
      "internal",
      "interview",
      "rights",
      "minutes",
      "finding",
      "reply",
    ].map((section) => `forms.${section}.${path}`),
    words_of(path),
  );
}
export const help_of = (section: string, field: string): string => t(`forms.help.${section}.${field}`);
