/** Code lists by name: the values come from the definition or from the labels `codes.<list>.<value>`; countries from the ISO list. */
import state_codes from "../../../data/codes/state_codes.json";
import type { FormView } from "../api/types.ts";
import type { Option } from "../design/fields.tsx";
import { label_keys, t, t_first, words_of } from "../language/label.ts";

const plain: Record<string, string[]> = {
  sex: ["F", "M", "X"], procedure_flag: ["accelerated", "interview"], civil_status: ["single", "married", "divorced", "widowed", "separated", "partnership", "unknown"], document_form: ["original", "copy", "certified_copy"],
  language: ["en", "es", "fr", "pt", "ar"], transport: ["air", "land", "sea"], relation: ["father", "mother", "brother", "sister", "spouse", "child", "other"], interview_mode: ["in_person", "video", "telephone"],
  interview_result: ["confirmed", "not_confirmed", "inconclusive"], field_result: ["known", "not_known", "inconclusive"],
};
export function code_name(list: string | undefined, value: string): string {
  return t_first([`codes.${list ?? ""}.${value}`, `web.code.${list ?? ""}.${value}`, `codes.${value}`, ...(list === "country" ? [`web.party.${value}`] : []), ...(list === "sex" ? [`web.sex.${value}`] : []), ...(list === "language" ? [`web.language.${value}`] : []), `web.evidence.${value}`], list === "country" ? value : words_of(value));
}
export function code_options(form: FormView | undefined, list: string | undefined): Option[] {
  const name = list ?? "";
  const prefix = `codes.${name}.`;
  const labelled = label_keys(prefix).map((key) => key.slice(prefix.length));
  const countries = name === "country" ? [...["UTO", "XAR"].filter((code) => !labelled.includes(code)), ...state_codes.iso] : [];
  const values = [...new Set([...(form?.codes?.[name] ?? []), ...labelled, ...countries])];
  const used = values.length > 0 ? values : (plain[name] ?? []);
  return used.map((value) => ({ value, label: code_name(list, value) }));
}
export const section_name = (section: string): string => t_first([`forms.${section}`], words_of(section));
export const field_name = (section: string, field: string): string => t_first([`forms.${section}.${field}`, `forms.part.${section}.${field}`], words_of(field));
/** The name of a field known only by its code or by `section.field`, as previews, findings and imports give it. */
export function name_of_path(path: string): string {
  const parts = path.split(".");
  if (parts.length > 1) return field_name(parts[0] ?? "", parts[1] ?? "");
  return t_first(["header", "A_person", "B_family", "C_special", "D_evidence", "E_tcn", "F_other", "internal", "interview", "rights", "minutes", "finding", "reply"].map((section) => `forms.${section}.${path}`), words_of(path));
}
export const help_of = (section: string, field: string): string => t(`forms.help.${section}.${field}`);
