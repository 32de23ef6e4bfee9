/** Labels by key, formatted as ICU MessageFormat; an unknown key is shown as `[key]`, so that it is seen and never empty. */
import { IntlMessageFormat } from "intl-messageformat";

export type Values = Record<string, string | number | Date | null | undefined>;
let messages: Record<string, string> = {};
let current = "en";
const compiled = new Map<string, IntlMessageFormat>();

export function set_messages(language: string, next: Record<string, string>): void {
  current = language;
  messages = next;
  compiled.clear();
}
export function language_now(): string {
  return current;
}
export function has_label(key: string): boolean {
  return Object.hasOwn(messages, key);
}

export function t(key: string, values?: Values): string {
  const text = messages[key];
  if (text === undefined) return `[${key}]`;
  if (!text.includes("{") && !text.includes("'")) return text;
  let format = compiled.get(key);
  if (!format) {
    format = new IntlMessageFormat(text, current);
    compiled.set(key, format);
  }
  return String(format.format(values as Record<string, string | number | Date>));
}

/** The first of the keys that has a label; otherwise the fallback, or the first key in brackets. */
export function t_first(keys: string[], fallback?: string): string {
  const found = keys.find(has_label);
  return found ? t(found) : (fallback ?? `[${keys[0] ?? ""}]`);
}
/** A value that may be a label key (`forms.surname`) or already words. */
export function t_words(text: string | null | undefined): string {
  if (!text) return "";
  return has_label(text) ? t(text) : text;
}
/** `returned_to_draft` → `Returned to draft`, for a code that has no label yet. */
export function words_of(code: string): string {
  const text = code.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
export function label_keys(prefix: string): string[] {
  return Object.keys(messages).filter((key) => key.startsWith(prefix));
}
