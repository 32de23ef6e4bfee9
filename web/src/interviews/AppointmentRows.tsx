/** Appointments of the requesting State as rows. */
import type { ReactNode } from "react";
import { Empty } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import type { AppointmentView } from "./types.ts";
import { StateChip, When } from "./words.tsx";

export function AppointmentRows({ rows, name }: { rows: AppointmentView[]; name?: string }): ReactNode {
  if (rows.length === 0) return <Empty icon="clock" title={t("interviews.none_week")} />;
  return (
    <RowsTable
      name={name ?? t("interviews.title")}
      rows={rows}
      row_key={(one) => one.id}
      columns={[
        { label: t("interviews.day"), look: "nowrap", cell: (one) => show_day(one.when.day) },
        { label: t("interviews.time"), look: "nowrap", cell: (one) => <When when={one.when} /> },
        {
          label: t("interviews.person"),
          look: "strong",
          cell: (one) =>
            one.case_id ? <Link href={`/cases/${one.case_id}?section=interviews`}>{one.person}</Link> : one.person,
        },
        { label: t("interviews.place"), cell: (one) => one.place },
        { label: t("interviews.language"), cell: (one) => one.language_label },
        {
          label: t("interviews.invitation"),
          look: "nowrap",
          cell: (one) =>
            one.invited_on
              ? t("interviews.invited_on", { day: show_day(one.invited_on) })
              : t(one.has_invitation ? "interviews.invitation_made" : "interviews.invitation_none"),
        },
        { label: t("interviews.standing"), look: "nowrap", cell: (one) => <StateChip state={one.state} /> },
      ]}
    />
  );
}
