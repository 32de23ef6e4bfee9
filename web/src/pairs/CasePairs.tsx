/** On the page of a file: other files that are, or may be, of the same person. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Side } from "../api/types.ts";
import { state_name } from "../cases/state.tsx";
import { Notice } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import "../covering/covering.css";
import { pair_queries } from "./read.ts";

export function CasePairs({ id, side }: { id: string; side: Side }): ReactNode {
  const pairs = useQuery(pair_queries.of_case(id, side === "case" ? "requesting" : "requested")).data ?? [];
  const told = pairs.filter((pair) => pair.state !== "not_the_same");
  if (told.length === 0) return null;
  return (
    <div className="desk-notices">
      {told.map((pair) => {
        const other = pair.left.id === id ? pair.right : pair.left;
        const same = pair.state === "same_person";
        return (
          <Notice key={pair.id} tone={same ? "info" : "near"}>
            <p>
              {t(same ? "pairs.notice_same" : "pairs.notice", {
                reference: other.reference,
                name: other.person.name,
                state: state_name(other.state),
              })}{" "}
              <Link href={`/pairs/${pair.id}`}>{t("pairs.look")}</Link>
            </p>
          </Notice>
        );
      })}
    </div>
  );
}
