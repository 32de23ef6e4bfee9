/** The interviews of a task: its date, or the button that gives it one. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, ErrorNotice } from "../design/basics.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { BookingDialog } from "./BookingDialog.tsx";
import { NoInterview } from "./NoInterview.tsx";
import { interview_queries } from "./read.ts";
import { StateChip, telling_state, When } from "./words.tsx";
import "./interviews.css";

export function TaskInterviews({
  task,
  person,
  due_on,
  open,
}: {
  task: string;
  person: string;
  due_on: string;
  open: boolean;
}): ReactNode {
  const may = useMay();
  const list = useQuery(interview_queries.of_task(task));
  const [booking, set_booking] = useState(false);
  const all = list.data ?? [];
  const stands = all.some((one) => one.task === task && (one.state === "booked" || one.state === "held"));
  return (
    <>
      <Card title={t("interviews.dates")}>
        <div className="stack">
          <ErrorNotice error={list.error} />
          {all.length === 0 && !list.isPending && <p className="muted">{t("interviews.none_of_task")}</p>}
          <ul className="attendance">
            {all.map((one) => (
              <li key={one.id}>
                <span className="grow stack tight">
                  <Link href={`/interviews/${one.id}`}>
                    {show_day(one.when.day)} <When when={one.when} />
                  </Link>
                  <span className="small muted">{one.place.name}</span>
                </span>
                <StateChip state={telling_state(one)} />
              </li>
            ))}
          </ul>
          {open && !stands && !list.isPending && may("interview.book") && (
            <div>
              <Button kind="primary" icon="clock" data-action="book_interview" onClick={() => set_booking(true)}>
                {t("interviews.book_short")}
              </Button>
            </div>
          )}
        </div>
        {booking && <BookingDialog task={task} person={person} term_on={due_on} close={() => set_booking(false)} />}
      </Card>
      {open && !stands && !list.isPending && may("task.complete") && <NoInterview task={task} />}
    </>
  );
}
