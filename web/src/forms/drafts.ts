/** Drafts kept in the browser per person and file, so that nothing typed is lost when the line or the session ends. */
import type { Content } from "../api/types.ts";

export interface Draft {
  content: Content;
  revision: number;
  kept_at: string;
}
const key_of = (user: string, id: string): string => `rcms.draft.${user}.${id}`;

export function keep_draft(user: string, id: string, draft: Draft, store: Storage = localStorage): void {
  store.setItem(key_of(user, id), JSON.stringify(draft));
}
export function kept_draft(user: string, id: string, store: Storage = localStorage): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(key_of(user, id)) ?? "null") as Draft | null;
    return draft && typeof draft.content === "object" && typeof draft.revision === "number" ? draft : null;
  } catch {
    return null;
  }
}
export function drop_draft(user: string, id: string, store: Storage = localStorage): void {
  store.removeItem(key_of(user, id));
}

/** The fields, as `section.field`, in which two contents differ. */
export function differing(a: Content, b: Content): string[] {
  const found: string[] = [];
  for (const section of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const left = a[section] ?? {};
    const right = b[section] ?? {};
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (JSON.stringify(left[field] ?? null) !== JSON.stringify(right[field] ?? null)) found.push(`${section}.${field}`);
    }
  }
  return found;
}
