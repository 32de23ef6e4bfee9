/** Live changes: one EventSource; each change makes the reads of its subject stale, gathered over a sixth of a second. */
import { useEffect, useState } from "react";
import { client, stale_keys } from "../api/queries.ts";
import type { LiveChange } from "../api/types.ts";

export type LiveState = "connecting" | "on" | "off";
export function useLive(): LiveState {
  const [state, set_state] = useState<LiveState>("connecting");
  useEffect(() => {
    const source = new EventSource("/api/live");
    const subjects = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let was_lost = false;
    const renew = (): void => {
      timer = null;
      const keys = [...subjects].flatMap((subject) => {
        const cut = subject.indexOf(":");
        return stale_keys(subject.slice(0, cut), subject.slice(cut + 1));
      });
      subjects.clear();
      for (const key of new Map(keys.map((item) => [JSON.stringify(item), item])).values())
        void client.invalidateQueries({ queryKey: key });
    };
    source.addEventListener("open", () => {
      set_state("on");
      if (was_lost) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
      was_lost = false;
    });
    source.addEventListener("error", () => {
      was_lost = true;
      set_state("off");
    });
    source.addEventListener("hello", () => set_state("on"));
    source.addEventListener("change", (event) => {
      const change = JSON.parse((event as MessageEvent<string>).data) as LiveChange;
      subjects.add(change.subject.includes(":") ? change.subject : `${change.kind}:${change.subject}`);
      timer ??= setTimeout(renew, 160);
    });
    return () => {
      source.close();
      if (timer) clearTimeout(timer);
    };
  }, []);
  return state;
}
