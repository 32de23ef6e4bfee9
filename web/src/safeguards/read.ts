/** What the screens of the safeguards read from the server, and where what was done sends them to read again. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { components } from "../api/generated/schema.ts";
import { client } from "../api/queries.ts";
import type { SessionView } from "../api/types.ts";

type Server = components["schemas"];
export type SafeguardFile = Server["SafeguardFileView"];
export type Safeguard = Server["SafeguardView"];
export type SafeguardRow = Server["SafeguardRowView"];
export type GateCount = Server["GateCountView"];
export type RegisterState = Server["RegisterView"];
export type GuardedStep = Server["GuardedStepView"];
export type EarlierDecision = Server["EarlierDecisionView"];
interface Rows {
  items: SafeguardRow[];
  next: string | null;
}

export const reads = {
  file: (id: string) =>
    queryOptions({ queryKey: ["safeguards", "file", id], queryFn: () => get<SafeguardFile>(`/safeguards/${id}`) }),
  history: (id: string, gate: string) =>
    queryOptions({
      queryKey: ["safeguards", "history", id, gate],
      queryFn: async () => (await get<Server["GateHistoryView"]>(`/safeguards/${id}/gates/${gate}/history`)).decisions,
    }),
  counts: () =>
    queryOptions({
      queryKey: ["safeguards", "counts"],
      queryFn: async () => (await get<Server["QueueCountsView"]>("/safeguards/counts")).gates,
    }),
  /** The file with this reference, of those that this person may see. */
  by_reference: (reference: string) =>
    queryOptions({
      queryKey: ["safeguards", "reference", reference],
      queryFn: async () => (await get<Rows>("/safeguards", { reference })).items[0] ?? null,
      staleTime: 0,
    }),
  register: () =>
    queryOptions({ queryKey: ["safeguards", "register"], queryFn: () => get<RegisterState>("/safeguards/register") }),
  rows: (gate: string, limit = 25) =>
    infiniteQueryOptions({
      queryKey: ["safeguards", "rows", gate, limit],
      queryFn: ({ pageParam, signal }) => get<Rows>("/safeguards", { gate, limit, cursor: pageParam }, signal),
      initialPageParam: "",
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  /** Files that wait for a step, whether a safeguard is open or not. */
  step: (stage: string, limit = 25) =>
    infiniteQueryOptions({
      queryKey: ["safeguards", "step", stage, limit],
      queryFn: ({ pageParam, signal }) => get<Rows>("/safeguards", { stage, limit, cursor: pageParam }, signal),
      initialPageParam: "",
      getNextPageParam: (page) => page.next ?? undefined,
    }),
};

/** After an act: the file is shown as the server answered it, everything that counts it is read again. */
export async function renew(id: string, answer?: SafeguardFile | null): Promise<void> {
  if (answer?.gates) client.setQueryData(["safeguards", "file", id], answer);
  await Promise.all(
    [["safeguards"], ["record", "case", id], ["timeline", "case", id], ["list", "case"], ["home"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}

/** The clock of the installation, which in the demonstration is not that of the browser. */
export function instant_now(): number {
  const session = client.getQueryData<SessionView>(["session"]);
  const read_at = client.getQueryState(["session"])?.dataUpdatedAt ?? 0;
  return session && read_at > 0 ? Date.parse(session.now) + (Date.now() - read_at) : Date.now();
}
