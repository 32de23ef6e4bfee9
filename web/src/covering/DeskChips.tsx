/** What a list says of a file beside its state: on hold until a day, or waiting too long. */
import type { ReactNode } from "react";
import type { CaseRow } from "../api/types.ts";
import { Chip } from "../design/basics.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import "./covering.css";

export function DeskChips({ row }: { row: CaseRow }): ReactNode {
  const late = row.waits_too_long ?? "no";
  return (
    <>
      {row.held_until && <Chip icon="pause">{t("web.hold.chip", { day: show_day(row.held_until) })}</Chip>}
      {late !== "no" && !row.held_until && (
        <Chip tone={late === "supervisor" ? "late" : "near"} icon="clock">
          {t(`web.waiting.chip.${late}`)}
        </Chip>
      )}
    </>
  );
}
