/** What the screens of transports read, and what becomes stale after an act. */
import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type {
  AnnouncedRow,
  AnnouncedTransport,
  AnnouncementView,
  CrossingPoint,
  HandoverView,
  ManifestView,
  NamedView,
  PassengersView,
  ProposalView,
  TransportView,
} from "./types.ts";

interface Items<T> {
  items: T[];
}

export const transfer_queries = {
  all: () =>
    queryOptions({
      queryKey: ["transports", "all"],
      queryFn: async () => (await get<Items<TransportView>>("/transports")).items,
    }),
  one: (id: string) =>
    queryOptions({ queryKey: ["transports", "one", id], queryFn: () => get<TransportView>(`/transports/${id}`) }),
  passengers: (id: string) =>
    queryOptions({
      queryKey: ["transports", "passengers", id],
      queryFn: () => get<PassengersView>(`/transports/${id}/passengers`),
    }),
  manifest: (id: string, copy?: string) =>
    queryOptions({
      queryKey: ["transports", "manifest", id, copy ?? ""],
      queryFn: () => get<ManifestView>(`/transports/${id}/manifest`, copy ? { copy } : {}),
    }),
  announcement: (id: string) =>
    queryOptions({
      queryKey: ["transports", "announcement", id],
      queryFn: () => get<AnnouncementView>(`/transports/${id}/announcement`),
    }),
  announced: () =>
    queryOptions({
      queryKey: ["transports", "announced"],
      queryFn: async () => (await get<Items<AnnouncedRow>>("/announced-transports")).items,
    }),
  announced_one: (id: string) =>
    queryOptions({
      queryKey: ["transports", "announced", id],
      queryFn: () => get<AnnouncedTransport>(`/announced-transports/${id}`),
    }),
  handover: (path: string) =>
    queryOptions({ queryKey: ["transports", "handover", path], queryFn: () => get<HandoverView>(path) }),
  partners: () =>
    queryOptions({
      queryKey: ["transports", "partners"],
      queryFn: async () => (await get<Items<NamedView>>("/transports/partners")).items,
    }),
  points: () =>
    queryOptions({
      queryKey: ["transports", "points"],
      queryFn: async () => (await get<Items<CrossingPoint>>("/crossing-points")).items,
    }),
};

export const read_proposal = (transports: string[]): Promise<ProposalView> =>
  get<ProposalView>("/transports/proposal", { transports });

export const renew_transports = (): Promise<unknown> =>
  Promise.all(
    [["transports"], ["home"], ["safeguards"], ["record"], ["timeline"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
