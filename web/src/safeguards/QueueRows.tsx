/** Files that wait at a desk, one line each: how long, who, what is open, and the way in. */
import type { ReactNode } from "react";
import { Chip } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { StateChip } from "../cases/state.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { short_name } from "./order.ts";
import type { SafeguardRow } from "./read.ts";

/** Days after which a wait is said in a stronger tone. */
const long_days = 14;
export function QueueRows({
  rows,
  gate,
  chosen,
  choose,
}: {
  rows: SafeguardRow[];
  gate: string;
  /** Given where the safeguard may be closed for several files at once. */
  chosen?: string[];
  choose?: (ids: string[]) => void;
}): ReactNode {
  return (
    <ul className={choose ? "queue-rows choosing" : "queue-rows"}>
      {rows.map((row) => (
        <li key={row.id}>
          {choose && (
            <label className="queue-choice">
              <input
                type="checkbox"
                checked={chosen?.includes(row.id) === true}
                onChange={(event) =>
                  choose(event.target.checked ? [...(chosen ?? []), row.id] : (chosen ?? []).filter((id) => id !== row.id))
                }
              />
              <span className="visually-hidden">{t("safeguards.bulk.choose", { name: row.name })}</span>
            </label>
          )}
          <Link href={`/safeguards/${row.id}${gate ? `?gate=${gate}` : ""}`} data-row>
            <span className="queue-days" title={show_instant(row.open_since)}>
              <strong className={row.days_open >= long_days ? "text-late" : ""}>{row.days_open}</strong>{" "}
              <span className="small muted">{t("safeguards.queue.days", { count: row.days_open })}</span>
            </span>
            <span className="grow stack tight">
              <span>
                <span className="strong">{row.name}</span>{" "}
                <span className="small muted">
                  <span className="mono">{row.reference}</span> · {row.partner.name}
                </span>
              </span>
              <OpenGates row={row} gate={gate} />
            </span>
            <StateChip state={row.state} />
            <Icon name="right" size={14} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The safeguard of this queue and how many more; where the queue is of all, each that holds the file back. */
function OpenGates({ row, gate }: { row: SafeguardRow; gate: string }): ReactNode {
  const others = [...row.blocking, ...row.warning].filter((code) => code !== gate).length;
  if (gate !== "")
    return (
      <span className="small muted">
        {others > 0 ? t("safeguards.queue.others_open", { count: others }) : t("safeguards.queue.only_this")}
      </span>
    );
  return (
    <span className="row queue-gates">
      {row.blocking.map((code) => (
        <Chip key={code} tone="late" icon="stop">
          {short_name(code)}
        </Chip>
      ))}
      {row.warning.map((code) => (
        <Chip key={code} tone="quiet" icon="alert">
          {short_name(code)}
        </Chip>
      ))}
    </span>
  );
}
