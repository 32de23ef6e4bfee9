/** The work queues as data/workflow describes them, and the filters that each queue and each number of the home page stands for. */
import source from "../../../data/workflow/queues.toml?raw";
import { add_days } from "../language/dates.ts";
import type { Side } from "./types.ts";

interface Queue {
  id: string;
  side: string;
  states: string[];
  sort: string;
  owner: boolean;
  /** Without the accepted files of persons to whom this State issues no document, or only these; empty: all. */
  foreign: string;
}
function read(text: string): Queue[] {
  return text
    .split("[[queue]]")
    .slice(1)
    .map((block) => {
      const value = (name: string): string => new RegExp(`^${name}\\s*=\\s*(.+)$`, "m").exec(block)?.[1]?.trim() ?? '""';
      return {
        id: JSON.parse(value("id")) as string,
        side: JSON.parse(value("side")) as string,
        states: JSON.parse(value("states") === '""' ? "[]" : value("states")) as string[],
        sort: JSON.parse(value("sort")) as string,
        owner: value("owner") === "true",
        foreign: JSON.parse(value("foreign")) as string,
      };
    });
}
export const queues: Queue[] = read(source);

/** The query of a list: the queue of the address becomes states, owner, day and order. */
export function list_query(side: Side, filters: Record<string, string>, today: string): Record<string, string> {
  const { queue = "", assignee = "", ...rest } = filters;
  const found = queues.find((item) => item.id === queue && item.side === (side === "case" ? "requesting" : "requested"));
  const query: Record<string, string> = { ...rest, ...(assignee ? { owner: "me" } : {}) };
  // What a second person can release now, whatever queue it is looked for in.
  if (rest["ready"]) return { ...query, state: "screening", hold: rest["hold"] || "without", sort: rest["sort"] || "oldest" };
  if (found)
    return {
      ...query,
      state: rest["state"] || found.states.join(","),
      sort: rest["sort"] || found.sort,
      hold: rest["hold"] || "without",
      ...(found.owner ? { owner: "me" } : {}),
      ...(found.foreign ? { foreign: found.foreign } : {}),
    };
  if (queue === "overdue")
    return { ...query, due_before: rest["due_before"] || add_days(today, -1), open: "true", sort: rest["sort"] || "due" };
  if (queue === "due_week")
    return { ...query, due_before: rest["due_before"] || add_days(today, 7), open: "true", sort: rest["sort"] || "due" };
  if (queue === "mine") return { ...query, owner: "me", open: "true", sort: rest["sort"] || "due" };
  if (queue === "returned") return { ...query, owner: "me", returned: "true", sort: rest["sort"] || "oldest" };
  return query;
}
