/** Reading a form definition: which sections and fields are shown and required under the present content, and which are still empty. */
import type { Content, FieldValue, FieldView, FormSection, FormView } from "../api/types.ts";

type Raw = Record<string, unknown>;
const list = (value: unknown): Raw[] => (value ?? []) as Raw[];
/** The definition as GET /api/forms/{code} sends it; the parts of a record become a shape of their own. */
export function form_of(answer: Raw): FormView {
  const raw = answer["form"] as Raw;
  const shapes: FormView["shape"] = [];
  const field_of = (item: Raw, path: string): FieldView => {
    const field = Object.fromEntries(
      Object.entries(item).filter(([, value]) => value !== 0 && value !== ""),
    ) as unknown as FieldView;
    if (!item["parts"]) return field;
    shapes.push({ code: path, field: list(item["parts"]).map((part) => field_of(part, `${path}.${String(part["code"])}`)) });
    return { ...field, shape: path };
  };
  return {
    form: String(raw["form"]),
    version: Number(raw["version"]),
    codes: {},
    section: list(raw["sections"]).map((section) => ({
      code: String(section["code"]),
      ...(section["shown_when"] ? { shown_when: section["shown_when"] as string[] } : {}),
      field: list(section["fields"]).map((field) => field_of(field, `${String(section["code"])}.${String(field["code"])}`)),
    })),
    shape: shapes,
  };
}

export function is_empty(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object") return Object.values(value).every(is_empty);
  return false;
}

/** The conditions that hold for this content, as the definitions name them. */
export function conditions_of(content: Content, requested: string, more: string[] = []): Set<string> {
  const holds = new Set(more);
  const flags = content["header"]?.["procedure_flags"];
  if (Array.isArray(flags))
    for (const flag of flags) {
      if (flag === "interview" || flag === "interview_request") holds.add("interview_requested");
      holds.add(String(flag));
    }
  const nationality = content["A_person"]?.["nationality"];
  if (typeof nationality === "string" && nationality !== "" && requested !== "" && nationality !== requested)
    holds.add("third_country_national");
  const decision = content["reply"]?.["decision"];
  if (typeof decision === "string") holds.add(decision);
  return holds;
}
/** Any of them holds; "x&!y" is both. */
export function any_holds(conditions: string[] | undefined, holds: Set<string>): boolean {
  const one = (name: string): boolean => (name.startsWith("!") ? !holds.has(name.slice(1)) : holds.has(name));
  return (conditions ?? []).some((all) => all.split("&").every(one));
}
/** Whether the application asks for a transit through the requested State instead of a readmission. */
export function is_transit(content: Content): boolean {
  const flags = content["header"]?.["procedure_flags"];
  return Array.isArray(flags) && flags.includes("transit");
}
/** Whether the person is no national of the requested State, which then issues no travel document. */
export function is_foreign(content: Content, requested: string): boolean {
  const nationality = content["A_person"]?.["nationality"];
  return typeof nationality === "string" && nationality !== "" && nationality !== requested;
}
export function is_shown(item: { shown_when?: string[]; system?: boolean }, holds: Set<string>): boolean {
  return item.system !== true && (item.shown_when === undefined || any_holds(item.shown_when, holds));
}
export function is_required(field: FieldView, holds: Set<string>): boolean {
  return field.required === true || any_holds(field.required_when, holds);
}
export function missing_fields(section: FormSection, content: Content, holds: Set<string>): FieldView[] {
  if (!is_shown(section, holds)) return [];
  return section.field.filter(
    (field) =>
      is_shown(field, holds) &&
      (is_required(field, holds) || field.expected === true) &&
      is_empty(content[section.code]?.[field.code]),
  );
}
export function shape_of(form: FormView, code: string | undefined): FieldView[] {
  return form.shape.find((item) => item.code === code)?.field ?? [];
}
/** What an officer fills in for an application; the later sections have screens of their own. */
export function draft_sections(form: FormView, holds: Set<string>): FormSection[] {
  return form.section.filter((section) => is_shown(section, holds));
}
