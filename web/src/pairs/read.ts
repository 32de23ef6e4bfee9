/** What the screens of pairs read: two files of one State that may be about one person. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { components } from "../api/generated/schema.ts";

export type PairRow = components["schemas"]["PairRowView"];
export type PairView = components["schemas"]["PairView"];
export type PairPage = components["schemas"]["PairPageView"];
export type PairFile = PairRow["left"];
export type PairState = "open" | "same_person" | "not_the_same";
export const pair_states: PairState[] = ["open", "same_person", "not_the_same"];

export const pair_queries = {
  page: (state: PairState, cursor: string | null) =>
    queryOptions({
      queryKey: ["pairs", "page", state, cursor],
      queryFn: () => get<PairPage>("/pairs", { state, ...(cursor ? { cursor } : {}) }),
      placeholderData: keepPreviousData,
    }),
  one: (id: string) => queryOptions({ queryKey: ["pairs", "one", id], queryFn: () => get<PairView>(`/pairs/${id}`) }),
  of_case: (id: string, side: "requesting" | "requested") =>
    queryOptions({
      queryKey: ["pairs", "of_case", id],
      queryFn: async () => (await get<PairPage>("/pairs", { case: id, side })).items,
    }),
};

export const side_of = (file: PairFile): "case" | "application" => (file.side === "requested" ? "application" : "case");
