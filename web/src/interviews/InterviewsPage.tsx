/** The calendar of interviews: of the requested State with what waits for a date, or of the requesting State with what it was told. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { add_days, show_day, show_days_left, tone_of } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useToday } from "../session/session.ts";
import { Link, navigate, useAddress } from "../shell/router.tsx";
import { AppointmentRows } from "./AppointmentRows.tsx";
import { BookingDialog } from "./BookingDialog.tsx";
import { Missions, MissionNotices } from "./Missions.tsx";
import { Places } from "./Places.tsx";
import { interview_queries } from "./read.ts";
import type { AppointmentView, InterviewView, WaitingInterview } from "./types.ts";
import { monday_of, Week, week_of_day, WeekHead, type WeekItem } from "./Week.tsx";
import { StateChip, telling_state, Term, When } from "./words.tsx";
import "./interviews.css";

const week_item = (one: InterviewView): WeekItem => ({
  id: one.id,
  href: `/interviews/${one.id}`,
  when: one.when,
  person: one.person,
  place: one.place.name,
  mode: one.place.mode,
  state: telling_state(one),
  late: one.is_late,
});
const appointment_item = (one: AppointmentView): WeekItem => ({
  id: one.id,
  href: one.case_id ? `/cases/${one.case_id}?section=interviews` : null,
  when: one.when,
  person: one.person,
  place: one.place,
  mode: one.mode,
  state: one.state,
  late: one.is_late,
});

export function InterviewsPage(): ReactNode {
  const may = useMay();
  return may("interview.read") ? <RequestedCalendar /> : <RequestingCalendar />;
}

function useWeek(): [
  from: string,
  today: string,
  go: (day: string) => void,
  tab: string,
  tabs: (names: string[]) => ReactNode,
] {
  const today = useToday();
  const { query } = useAddress();
  const week = query.get("week");
  const from = week ? monday_of(week) : week_of_day(today);
  const tab = query.get("tab") ?? "week";
  const address = (name: string, week: string): string =>
    `/interviews?tab=${name}${week === week_of_day(today) ? "" : `&week=${week}`}`;
  const tabs = (names: string[]): ReactNode => (
    <nav className="tabs interview-tabs" aria-label={t("interviews.views")}>
      {names.map((name) => (
        <Link key={name} className="tab" href={address(name, from)} aria-current={name === tab ? "page" : undefined}>
          {t(`interviews.tab.${name}`)}
        </Link>
      ))}
    </nav>
  );
  return [from, today, (day) => navigate(address(tab, day)), tab, tabs];
}

function RequestedCalendar(): ReactNode {
  const may = useMay();
  const [from, today, go, tab, tabs] = useWeek();
  const list = useQuery({ ...interview_queries.days(from, add_days(from, 6)), enabled: tab === "week" || tab === "list" });
  const waiting = useQuery(interview_queries.waiting());
  const [booking, set_booking] = useState<WaitingInterview | null>(null);
  const shown = (list.data ?? []).filter((one) => one.state !== "cancelled");
  return (
    <>
      <PageHead title={t("interviews.title")} lead={t("interviews.lead")} />
      {tabs(["week", "list", "missions", "places"])}
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {tab === "places" && <Places />}
      {tab === "missions" && <Missions />}
      {(tab === "week" || tab === "list") && (
        <div className={tab === "list" ? "stack loose" : "interview-columns"}>
          <Card title={<WeekHead from={from} today={today} go={go} />} flush>
            {list.isPending ? (
              <Waiting lines={8} />
            ) : tab === "week" ? (
              <Week from={from} today={today} items={shown.map(week_item)} />
            ) : (
              <InterviewRows rows={list.data ?? []} />
            )}
          </Card>
          <Card title={t("interviews.waiting")} flush>
            <ErrorNotice error={waiting.error} />
            <WaitingRows rows={waiting.data ?? []} book={may("interview.book") ? set_booking : null} />
          </Card>
        </div>
      )}
      {booking && (
        <BookingDialog task={booking.task} person={booking.person} term_on={booking.term_on} close={() => set_booking(null)} />
      )}
    </>
  );
}

export function InterviewRows({ rows }: { rows: InterviewView[] }): ReactNode {
  if (rows.length === 0) return <Empty icon="clock" title={t("interviews.none_week")} />;
  return (
    <RowsTable
      name={t("interviews.title")}
      rows={rows}
      row_key={(one) => one.id}
      columns={[
        { label: t("interviews.day"), look: "nowrap", cell: (one) => show_day(one.when.day) },
        { label: t("interviews.time"), look: "nowrap", cell: (one) => <When when={one.when} /> },
        {
          label: t("interviews.person"),
          look: "strong",
          cell: (one) => <Link href={`/interviews/${one.id}`}>{one.person}</Link>,
        },
        { label: t("interviews.place"), cell: (one) => one.place.name },
        { label: t("interviews.interviewers"), cell: (one) => one.interviewers.map((who) => who.name).join(", ") },
        { label: t("interviews.interpreter"), cell: (one) => one.interpreter ?? <span className="muted">—</span> },
        { label: t("interviews.last_day"), look: "nowrap", cell: (one) => <Term day={one.term_on} late={one.is_late} /> },
        { label: t("interviews.standing"), look: "nowrap", cell: (one) => <StateChip state={telling_state(one)} /> },
      ]}
    />
  );
}

function WaitingRows({ rows, book }: { rows: WaitingInterview[]; book: ((one: WaitingInterview) => void) | null }): ReactNode {
  if (rows.length === 0) return <Empty icon="check" title={t("interviews.none_waiting")} />;
  return (
    <ul className="interview-waiting">
      {rows.map((one) => (
        <li key={one.task}>
          <span className="grow stack tight">
            <Link className="strong" href={`/tasks/${one.task}`}>
              {one.person}
            </Link>
            <span className="small muted">
              {one.reference} · {one.organisation.name}
            </span>
            <span className="row">
              <Chip tone={tone_of(one.days_left)} icon="clock">
                {show_days_left(one.days_left)}
              </Chip>
              <span className="small">{t("interviews.term", { day: show_day(one.term_on) })}</span>
            </span>
            {one.missed > 0 && <span className="small">{t("interviews.missed", { count: one.missed })}</span>}
          </span>
          {book && (
            <Button kind="small primary" data-action="book_interview" onClick={() => book(one)}>
              {t("interviews.book_short")}
              <span className="visually-hidden"> {one.person}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function RequestingCalendar(): ReactNode {
  const [from, today, go, tab, tabs] = useWeek();
  const list = useQuery(interview_queries.appointments(from, add_days(from, 6)));
  const rows = list.data ?? [];
  return (
    <>
      <PageHead title={t("interviews.title")} lead={t("interviews.lead_requesting")} />
      {tabs(["week", "list", "missions"])}
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {tab === "missions" ? (
        <MissionNotices />
      ) : (
        <Card title={<WeekHead from={from} today={today} go={go} />} flush>
          {list.isPending ? (
            <Waiting lines={8} />
          ) : tab === "list" ? (
            <AppointmentRows rows={rows} />
          ) : (
            <Week from={from} today={today} items={rows.filter((one) => one.state !== "cancelled").map(appointment_item)} />
          )}
        </Card>
      )}
    </>
  );
}
