/** Addresses of the application: the browser's own history, patterns with `:names`, links that a keyboard and a middle click understand. */
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from "react";

const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};
globalThis.addEventListener?.("popstate", tell);
let guard: (() => boolean) | null = null;
/** A page with unsaved work may ask before it is left; it answers true to let go. */
export function set_leave_guard(next: (() => boolean) | null): void {
  guard = next;
}

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (guard && !options.replace && !guard()) return;
  if (options.replace) history.replaceState(null, "", to);
  else {
    history.pushState(null, "", to);
    scrollTo(0, 0);
  }
  tell();
}
const here = (): string => location.pathname + location.search;
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export function useAddress(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, here);
  const cut = address.indexOf("?");
  return cut < 0
    ? { path: address, query: new URLSearchParams() }
    : { path: address.slice(0, cut), query: new URLSearchParams(address.slice(cut)) };
}

export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) found[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return found;
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || rest.target) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
