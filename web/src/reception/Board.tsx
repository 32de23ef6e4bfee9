/** The arrivals board: persons by day and hour first, then what they need, then each transport. No names. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, Notice, PageFault, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_day, show_day_short, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { reception_queries } from "./read.ts";
import type { ArrivalsBoard, BoardTransport, HourNeeds } from "./types.ts";

const counts = [
  "persons",
  "beds",
  "wheelchairs",
  "interpreters",
  "children",
  "children_alone",
  "medical",
  "other_help",
  "buses",
] as const;
type Count = (typeof counts)[number];
const sum = (hours: HourNeeds[], count: Count): number => hours.reduce((all, hour) => all + hour[count], 0);
const hour_text = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

interface Bar {
  key: string;
  label: string;
  words: string;
  persons: number;
  beds: number;
}
function ArrivalsChart({ bars }: { bars: Bar[] }): ReactNode {
  const most = Math.max(1, ...bars.map((bar) => bar.persons));
  const words = bars.map((bar) => `${bar.words}: ${bar.persons} ${t("reception.count.persons")}`).join("; ");
  return (
    <>
      <div className="arrivals-chart" role="img" aria-label={`${t("reception.chart")}: ${words}`}>
        {bars.map((bar) => (
          <div key={bar.key} className="arrivals-bar" aria-hidden="true">
            <strong className="number">{bar.persons}</strong>
            <span className="whole" style={{ blockSize: `${(bar.persons / most) * 150}px` }}>
              <span style={{ blockSize: `${bar.persons === 0 ? 0 : (bar.beds / bar.persons) * 100}%` }} />
            </span>
            <span className="small">{bar.label}</span>
          </div>
        ))}
      </div>
      <p className="arrivals-key small" aria-hidden="true">
        <i /> {t("reception.count.persons")} <i className="beds" /> {t("reception.count.beds")}
      </p>
    </>
  );
}

function bars_of(board: ArrivalsBoard, day: string): Bar[] {
  if (day !== "")
    return board.hours
      .filter((hour) => hour.day === day)
      .map((hour) => ({
        key: `${hour.day} ${hour.hour}`,
        label: hour_text(hour.hour),
        words: hour_text(hour.hour),
        persons: hour.persons,
        beds: hour.beds,
      }));
  const days = [...new Set(board.hours.map((hour) => hour.day))];
  return days.map((one) => {
    const hours = board.hours.filter((hour) => hour.day === one);
    return {
      key: one,
      label: show_day_short(one),
      words: show_day(one),
      persons: sum(hours, "persons"),
      beds: sum(hours, "beds"),
    };
  });
}

export function Board(): ReactNode {
  const today = useToday();
  const [days, set_days] = useState(7);
  const [day, set_day] = useState("");
  const read = useQuery(reception_queries.board(today, days));
  if (read.isPending) return <Waiting lines={8} />;
  if (!read.data) return <PageFault error={read.error} again={() => void read.refetch()} />;
  const board = read.data;
  const known_days = [...new Set(board.hours.map((hour) => hour.day))];
  const chosen = known_days.includes(day) ? day : "";
  const hours = board.hours.filter((hour) => chosen === "" || hour.day === chosen);
  return (
    <div className="stack loose">
      <div className="row reception-choice">
        {[1, 3, 7, 14].map((count) => (
          <Button key={count} kind="small" aria-pressed={days === count} onClick={() => set_days(count)}>
            {t("reception.days", { count })}
          </Button>
        ))}
      </div>
      {board.hours.length === 0 && board.transports.length === 0 ? (
        <Empty icon="globe" title={t("reception.none")}>
          <p>{t("reception.none_text")}</p>
        </Empty>
      ) : (
        <>
          <Card title={t("reception.chart")}>
            <div className="stack">
              {known_days.length > 1 && (
                <div className="row reception-choice">
                  {["", ...known_days].map((one) => (
                    <Button key={one} kind="small" aria-pressed={chosen === one} onClick={() => set_day(one)}>
                      {one === "" ? t("reception.every_day") : show_weekday(one)}
                    </Button>
                  ))}
                </div>
              )}
              <ArrivalsChart bars={bars_of(board, chosen)} />
            </div>
          </Card>
          <ul className="arrivals-needs">
            {counts.map((count) => (
              <li key={count} className={sum(hours, count) === 0 ? "nothing" : undefined}>
                <strong className="number">{sum(hours, count)}</strong>
                <span className="small">{t(`reception.count.${count}`)}</span>
              </li>
            ))}
          </ul>
          <BedsNotices board={board} />
          <Card title={t("reception.by_hour")} flush>
            <RowsTable
              name={t("reception.by_hour")}
              kind="arrivals-table"
              rows={hours}
              row_key={(hour) => `${hour.day} ${hour.hour}`}
              columns={[
                {
                  label: t("reception.hour"),
                  look: "strong nowrap",
                  cell: (hour) => `${show_weekday(hour.day)}, ${hour_text(hour.hour)}`,
                },
                ...counts.map((count) => ({
                  label: t(`reception.count.${count}`),
                  look: "end number",
                  is_none: (hour: HourNeeds) => hour[count] === 0,
                  cell: (hour: HourNeeds) => hour[count],
                })),
              ]}
            />
          </Card>
          <Card title={t("reception.transports")} flush>
            <TransportTable rows={board.transports.filter((one) => chosen === "" || one.day === chosen)} />
          </Card>
          <p className="small muted reception-lead">
            {t("reception.counted_with", {
              last: board.rules.last_onward,
              first: board.rules.first_onward,
              seats: board.rules.bus_seats,
            })}{" "}
            {board.rules.confidence === "unverified" && <Chip tone="near">{t("reception.unverified")}</Chip>}
          </p>
        </>
      )}
    </div>
  );
}

/** Days on which more beds are needed than are free today in open centres. */
function BedsNotices({ board }: { board: ArrivalsBoard }): ReactNode {
  const free = board.centres
    .filter((one) => one.state.code === "open")
    .reduce((all, one) => all + Math.max(0, one.beds - one.beds_taken), 0);
  return [...new Set(board.hours.map((hour) => hour.day))].map((day) => {
    const count = sum(
      board.hours.filter((hour) => hour.day === day),
      "beds",
    );
    return count > free ? (
      <Notice key={day} tone="soon">
        {t("reception.beds_need", { count, free, day: show_day(day) })}
      </Notice>
    ) : null;
  });
}

function TransportTable({ rows }: { rows: BoardTransport[] }): ReactNode {
  return (
    <RowsTable
      name={t("reception.transports")}
      rows={rows}
      row_key={(one) => one.id}
      columns={[
        { label: t("reception.transport"), look: "strong", cell: (one) => one.name },
        { label: t("reception.arrives"), cell: (one) => `${show_weekday(one.day)}, ${one.time}` },
        {
          label: t("reception.centre"),
          is_none: (one) => !one.reception,
          cell: (one) => (
            <span className="row tight">
              {one.reception}
              {one.sent_to && <Chip tone="soon">{t("reception.sent_to", { name: one.sent_to.name })}</Chip>}
            </span>
          ),
        },
        {
          label: t("reception.tab.received"),
          cell: (one) =>
            one.is_cancelled ? (
              <Chip tone="hold">{t("reception.called_off")}</Chip>
            ) : (
              t("reception.received_of", { received: one.received, persons: one.persons })
            ),
        },
      ]}
    />
  );
}
