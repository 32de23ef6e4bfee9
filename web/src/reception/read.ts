/** What the screens of reception read, and what becomes stale after an act. */
import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { ArrivalsBoard, Centre, ExpectedList, ReceptionRecord, ReceptionRow } from "./types.ts";

interface Items<T> {
  items: T[];
}
/** Other desks work on the same lists. */
const other_desks_ms = 10_000;

export const reception_queries = {
  board: (from: string, days: number) =>
    queryOptions({
      queryKey: ["reception", "board", from, days],
      queryFn: () => get<ArrivalsBoard>("/reception-board", { from, days }),
    }),
  centres: () =>
    queryOptions({
      queryKey: ["reception", "centres"],
      queryFn: async () => (await get<Items<Centre>>("/reception-centres")).items,
    }),
  list: (id: string) =>
    queryOptions({
      queryKey: ["reception", "list", id],
      queryFn: () => get<ExpectedList>(`/reception-lists/${id}`),
      refetchInterval: other_desks_ms,
    }),
  received: (centre: string, day: string) =>
    queryOptions({
      queryKey: ["reception", "received", centre, day],
      queryFn: async () => (await get<Items<ReceptionRow>>("/reception-records", { centre, day })).items,
    }),
  record: (id: string) =>
    queryOptions({ queryKey: ["reception", "record", id], queryFn: () => get<ReceptionRecord>(`/reception-records/${id}`) }),
};

export const renew_reception = (): Promise<unknown> => client.invalidateQueries({ queryKey: ["reception"] });

const desk_key = "rcms.reception.desk";
const centre_key = "rcms.reception.centre";
/** The counter is a thing of the device, whoever signs in at it. */
export const kept_desk = (): string => localStorage.getItem(desk_key) ?? "1";
export const keep_desk = (desk: string): void => localStorage.setItem(desk_key, desk);
export const kept_centre = (): string => localStorage.getItem(centre_key) ?? "";
export const keep_centre = (id: string): void => localStorage.setItem(centre_key, id);
