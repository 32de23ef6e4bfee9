/** Who was received at a centre on a day, and the record of each. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Card, Chip, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { SelectField } from "../design/fields.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { add_days, is_day, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { keep_centre, kept_centre, reception_queries } from "./read.ts";
import type { ReceptionRow } from "./types.ts";

export const Presence = ({ one }: { one: ReceptionRow }): ReactNode => (
  <Chip tone={one.state.code === "present" ? "info" : "quiet"}>{one.state.label}</Chip>
);

export function Needs({ one }: { one: ReceptionRow }): ReactNode {
  return (
    <span className="row tight">
      {one.is_child && <Chip tone="info">{t("reception.child")}</Chip>}
      {one.needs.map((need) => (
        <Chip key={need.code} tone="info">
          {need.label}
        </Chip>
      ))}
    </span>
  );
}

const at_day = (day: string, centre: string): string => `/reception?tab=received&day=${day}&centre=${centre}`;

export function Received(): ReactNode {
  const today = useToday();
  const { query } = useAddress();
  const asked = query.get("day") ?? "";
  const day = is_day(asked) ? asked : today;
  const centres = useQuery(reception_queries.centres());
  const [chosen, set_chosen] = useState(query.get("centre") ?? kept_centre());
  const mine = (centres.data ?? []).filter((one) => one.is_mine);
  const centre = mine.find((one) => one.id === chosen) ?? mine[0];
  const read = useQuery({ ...reception_queries.received(centre?.id ?? "", day), enabled: centre !== undefined });
  if (centres.isPending) return <Waiting lines={5} />;
  if (!centre)
    return (
      <Card>
        <Empty icon="building" title={t("reception.centre_none")} />
      </Card>
    );
  return (
    <div className="stack">
      <div className="desk-place">
        <SelectField
          label={t("reception.centre")}
          options={mine.map((one) => ({ value: one.id, label: one.name }))}
          value={centre.id}
          change={(id) => {
            keep_centre(id);
            set_chosen(id);
          }}
        />
        <div className="row tight reception-day" role="group" aria-label={t("reception.day")}>
          <Link className="button small" href={at_day(add_days(day, -1), centre.id)}>
            ‹ <span className="visually-hidden">{t("reception.day_before")}</span>
          </Link>
          <strong>{show_weekday(day)}</strong>
          {day < today && (
            <Link className="button small" href={at_day(add_days(day, 1), centre.id)}>
              › <span className="visually-hidden">{t("reception.day_after")}</span>
            </Link>
          )}
        </div>
      </div>
      <Card title={t("reception.tab.received")} flush>
        <ErrorNotice error={read.error} again={() => void read.refetch()} />
        {read.isPending ? (
          <Waiting lines={5} />
        ) : (read.data ?? []).length === 0 ? (
          <Empty icon="people" title={t("reception.received_none")} />
        ) : (
          <RowsTable
            name={t("reception.tab.received")}
            rows={read.data ?? []}
            row_key={(one) => one.id}
            columns={[
              {
                label: t("reception.name"),
                look: "strong",
                cell: (one) => (
                  <Link href={`/reception/${one.id}`}>
                    {one.given_names} {one.surname}
                  </Link>
                ),
              },
              { label: t("reception.time"), cell: (one) => one.time },
              { label: t("reception.desk"), cell: (one) => one.desk },
              { label: t("reception.identity_of"), cell: (one) => one.identity.label },
              {
                label: t("reception.needs"),
                is_none: (one) => one.needs.length === 0 && !one.is_child,
                cell: (one) => <Needs one={one} />,
              },
              { label: t("reception.state_of"), cell: (one) => <Presence one={one} /> },
            ]}
          />
        )}
      </Card>
    </div>
  );
}
