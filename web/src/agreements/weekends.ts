/** The days of weekend of a State's calendar, as the data of the holidays has them; read only when a term is drawn. */
import { queryOptions } from "@tanstack/react-query";

const files = import.meta.glob<string>("../../../data/holidays/*.toml", { query: "?raw", import: "default" });

/** Monday is 1, Sunday 7; empty when the calendar is not known. */
export const weekend_query = (calendar: string) =>
  queryOptions({
    queryKey: ["weekend", calendar],
    queryFn: async (): Promise<number[]> => {
      const load = files[`../../../data/holidays/${calendar}.toml`];
      const told = /^weekend = \[([\d, ]*)\]/m.exec(load ? await load() : "")?.[1] ?? "";
      return told
        .split(",")
        .map(Number)
        .filter((day) => day >= 1 && day <= 7);
    },
    staleTime: Infinity,
  });
