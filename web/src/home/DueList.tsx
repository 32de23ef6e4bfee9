/** What waits, one line each: the day and what is left of it, who it is about, and what it is. */
import type { ReactNode } from "react";
import type { NextDeadline } from "../api/types.ts";
import { DaysLeft } from "../cases/state.tsx";
import { Icon } from "../design/Icon.tsx";
import { Link } from "../shell/router.tsx";

export interface DueLine {
  key: string;
  href: string;
  deadline: NextDeadline | null;
  name: string;
  name_original?: string | null | undefined;
  detail: string;
  /** What stands at the end of the line; an arrow when nothing is said. */
  end?: ReactNode;
}
export function DueList({ lines }: { lines: DueLine[] }): ReactNode {
  return (
    <ul className="next-list">
      {lines.map((line) => (
        <li key={line.key}>
          <Link href={line.href} data-row>
            <span className="next-day">{line.deadline && <DaysLeft deadline={line.deadline} />}</span>
            <span className="grow">
              <span className="strong">{line.name}</span>
              {line.name_original && (
                <span className="muted" lang="und">
                  {" "}
                  {line.name_original}
                </span>
              )}
              <span className="small muted next-detail">{line.detail}</span>
            </span>
            {line.end ?? <Icon name="right" size={14} />}
          </Link>
        </li>
      ))}
    </ul>
  );
}
