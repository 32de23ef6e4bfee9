/** What came of an act on several files: how many were done, and of each that was not, why. */
import type { ReactNode } from "react";
import type { BulkOutcome, CaseRow } from "../../api/types.ts";
import { Notice } from "../../design/basics.tsx";
import { t, t_first, words_of } from "../../language/label.ts";

type Refused = BulkOutcome["refused"][number];

export function BulkResult({ outcome, done, rows }: { outcome: BulkOutcome; done: string; rows: CaseRow[] }): ReactNode {
  const words = (item: Refused): string =>
    item.detail || t_first([`web.error.${item.why}`, `refused.${item.why}`], words_of(item.why));
  const reference = (item: Refused): string => item.reference || rows.find((row) => row.id === item.id)?.reference || item.id;
  return (
    <>
      <Notice tone="calm">
        <p role="status">{done}</p>
      </Notice>
      {outcome.refused.length > 0 && (
        <Notice tone="late">
          <p className="strong">{t("web.bulk.refused", { count: outcome.refused.length })}</p>
          <ul>
            {outcome.refused.map((item) => (
              <li key={item.id}>
                {reference(item)}: {words(item)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
