/** The words of the page: its own, and those of the judgement, which the server uses too. */
import documents_english from "../../../data/languages/documents.en.json";
import documents_spanish from "../../../data/languages/documents.es.json";
import english from "../../../data/languages/verify.en.json";
import spanish from "../../../data/languages/verify.es.json";

const all: Record<string, Record<string, string>> = {
  en: { ...documents_english, ...english },
  es: { ...documents_spanish, ...spanish },
};
let language = localStorage.getItem("rcms.language") ?? (navigator.language.startsWith("es") ? "es" : "en");

export const language_now = (): string => language;
export function choose_language(chosen: string): void {
  language = chosen;
  localStorage.setItem("rcms.language", chosen);
}
export const find_word = (key: string): string | undefined => all[language]?.[key] ?? all["en"]?.[key];
/** A label with its {gaps} filled in. */
export function word(key: string, gaps: Record<string, string> = {}): string {
  const text = find_word(key) ?? `[${key}]`;
  return Object.entries(gaps).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
}
export const t = (key: string, gaps: Record<string, string> = {}): string => word(`verify.${key}`, gaps);

/** A whole day in words; what is not a whole day stays as it is. */
export function day_words(day: string | null): string | null {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}
