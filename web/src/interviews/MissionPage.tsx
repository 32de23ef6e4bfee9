/** One mission of the requested State: its team, what became of its interviews, placing a batch, day by day with the sheet on paper. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { TextArea } from "../design/fields.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { add_days, days_between, show_day, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { MissionBatch } from "./MissionBatch.tsx";
import { MissionDialog } from "./MissionDialog.tsx";
import { mission_days } from "./mission_words.ts";
import { Figures, Filling, MissionState } from "./Missions.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { interview_queries, renew_interviews } from "./read.ts";
import type { InterviewView, MissionMember, MissionMoved, MissionView } from "./types.ts";
import { StateChip, telling_state, When } from "./words.tsx";
import "./interviews.css";
import "./missions.css";

type Open = "change" | "move" | "cancel" | null;

export function MissionPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const one = useQuery(interview_queries.mission(parameters.id));
  const [open, set_open] = useState<Open>(null);
  const [batch, set_batch] = useState(false);
  const view = one.data;
  if (one.error && !view) return <PageFault error={one.error} />;
  if (!view) return <Waiting lines={8} />;
  return (
    <>
      <PageHead
        title={
          <>
            {view.name} <MissionState state={view.state} />
          </>
        }
        lead={
          <>
            <Link href="/interviews?tab=missions">{t("interviews.mission.back")}</Link> · {view.partner.name} ·{" "}
            {mission_days(view)}
          </>
        }
      >
        <Acts view={view} set_open={set_open} />
      </PageHead>
      <div className="stack loose">
        <Notices view={view} />
        <div className="mission-top">
          <Progress view={view} />
          <Team view={view} />
        </div>
        {view.may_place && (
          <Card
            title={t("interviews.mission.place_batch")}
            actions={
              !batch && (
                <Button kind="primary" icon="people" data-action="place_batch" onClick={() => set_batch(true)}>
                  {t("interviews.mission.place_batch")}
                </Button>
              )
            }
          >
            {batch ? (
              <MissionBatch mission={view} close={() => set_batch(false)} />
            ) : (
              <p className="muted">{t("interviews.mission.batch_lead")}</p>
            )}
          </Card>
        )}
        <Days view={view} />
      </div>
      {open === "change" && <MissionDialog mission={view} close={() => set_open(null)} />}
      {open === "move" && <MoveDialog view={view} close={() => set_open(null)} />}
      {open === "cancel" && <CancelDialog view={view} close={() => set_open(null)} />}
    </>
  );
}

function Acts({ view, set_open }: { view: MissionView; set_open: (open: Open) => void }): ReactNode {
  const [error, set_error] = useState<unknown>(null);
  const act = async (path: string, said: string): Promise<void> => {
    try {
      await post(`/interview-missions/${view.id}/${path}`, undefined, { revision: view.revision });
      await renew_interviews();
      toast(t(said));
    } catch (failed) {
      set_error(failed);
    }
  };
  return (
    <>
      <ErrorNotice error={error} />
      {view.may_announce && (
        <Button
          kind="primary"
          icon="send"
          data-action="announce_mission"
          onClick={() => void act("announcement", "interviews.mission.announced")}
        >
          {t("interviews.mission.announce", { state: view.partner.name })}
        </Button>
      )}
      {view.may_change && (
        <>
          <Button icon="draft" data-action="change_mission" onClick={() => set_open("change")}>
            {t("interviews.mission.change")}
          </Button>
          <Button icon="swap" data-action="move_mission" onClick={() => set_open("move")}>
            {t("interviews.mission.move")}
          </Button>
        </>
      )}
      {view.may_close && view.figures.placed > 0 && (
        <Button icon="check" data-action="close_mission" onClick={() => void act("closure", "interviews.mission.closed_now")}>
          {t("interviews.mission.close")}
        </Button>
      )}
      {view.may_change && (
        <Button kind="danger" icon="cross" data-action="cancel_mission" onClick={() => set_open("cancel")}>
          {t("interviews.mission.cancel")}
        </Button>
      )}
    </>
  );
}

function Notices({ view }: { view: MissionView }): ReactNode {
  return (
    <div className="stack">
      {view.state === "planned" && (
        <Notice tone="near">
          <p>{t("interviews.mission.announce_first")}</p>
        </Notice>
      )}
      {view.closed.map((one) => (
        <Notice key={one.day + one.name} tone="info">
          <p>{t("interviews.mission.holiday", { day: show_weekday(one.day), name: one.name })}</p>
        </Notice>
      ))}
      {view.reason && (
        <Notice tone="info">
          <p>
            <strong>{t("interviews.mission.reason")}:</strong> {view.reason}
          </p>
        </Notice>
      )}
    </div>
  );
}

function Progress({ view }: { view: MissionView }): ReactNode {
  const { figures } = view;
  return (
    <Card title={t("interviews.mission.progress")}>
      <div className="stack">
        <Filling placed={figures.to_come + figures.held} capacity={figures.capacity} />
        <Figures
          rows={[
            ["placed", figures.placed],
            ["to_come", figures.to_come],
            ["arranged", figures.arranged],
            ["held", figures.held],
            ["not_held", figures.not_held],
            ["not_presented", figures.not_presented],
            ["called_off", figures.called_off],
          ]}
        />
        <h3>{t("interviews.mission.outcome")}</h3>
        <Figures
          rows={[
            ["minutes_closed", figures.minutes_closed],
            ["identified", figures.identified],
            ["not_identified", figures.not_identified],
            ["not_yet", figures.not_yet],
          ]}
        />
        {figures.not_presented > 0 && <p className="small muted">{t("interviews.mission.not_presented_note")}</p>}
      </div>
    </Card>
  );
}

const words_of = (one: MissionMember): string => `${one.name} (${one.languages.map((language) => language.label).join(", ")})`;

function Team({ view }: { view: MissionView }): ReactNode {
  return (
    <Card title={t("interviews.mission.team")}>
      <Facts
        rows={[
          [
            t("interviews.mission.experts"),
            <span key="experts" className="stack tight">
              {view.experts.map((one) => (
                <span key={one.name}>{words_of(one)}</span>
              ))}
            </span>,
          ],
          [t("interviews.mission.interpreters"), view.interpreters.map(words_of).join(" · ") || "—"],
          [t("interviews.mission.places"), view.places.map((one) => one.name).join(" · ")],
          [
            t("interviews.length"),
            t("interviews.mission.pace", {
              minutes: view.length_minutes,
              pause: view.pause_minutes,
              limit: view.daily_limit,
            }),
          ],
        ]}
      />
    </Card>
  );
}

function Days({ view }: { view: MissionView }): ReactNode {
  const list = useQuery(interview_queries.mission_interviews(view.id));
  if (list.isPending) return <Waiting lines={6} />;
  const shown = (list.data ?? []).filter((one) => one.state !== "cancelled" || one.presence === "not_presented");
  const outside = shown.map((one) => one.when.day).filter((day) => day < view.from || day > view.to);
  const days = Array.from({ length: days_between(view.from, view.to) + 1 }, (_, at) => add_days(view.from, at));
  const with_any = [...new Set([...days, ...outside])].sort().filter((day) => shown.some((one) => one.when.day === day));
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {with_any.length === 0 && (
        <Card title={t("interviews.mission.day_sheets")}>
          <Empty icon="clock" title={t("interviews.mission.no_interviews")} />
        </Card>
      )}
      {with_any.map((day) => (
        <Card
          key={day}
          flush
          title={
            <span className="row">
              <span className="mission-day">{show_weekday(day)}</span>
              <Chip tone="quiet">{shown.filter((one) => one.when.day === day).length}</Chip>
            </span>
          }
          actions={
            days.includes(day) && (
              <a
                className="button small"
                href={address(`/interview-missions/${view.id}/day-sheet`, { day })}
                target="_blank"
                rel="noreferrer"
                aria-label={t("interviews.mission.print_day_of", { day: show_day(day) })}
              >
                {t("interviews.mission.print_day")}
              </a>
            )
          }
        >
          <DayRows rows={shown.filter((one) => one.when.day === day)} />
        </Card>
      ))}
    </div>
  );
}

function DayRows({ rows }: { rows: InterviewView[] }): ReactNode {
  return (
    <RowsTable
      name={t("interviews.mission.dates_of", { day: show_weekday(rows[0]?.when.day ?? "") })}
      rows={rows}
      row_key={(one) => one.id}
      columns={[
        { label: t("interviews.time"), look: "nowrap", cell: (one) => <When when={one.when} /> },
        {
          label: t("interviews.person"),
          look: "strong",
          cell: (one) => <Link href={`/interviews/${one.id}`}>{one.person}</Link>,
        },
        {
          label: t("interviews.place"),
          cell: (one) => `${one.place.name} · ${t("interviews.mission.room", { room: one.room })}`,
        },
        { label: t("interviews.mission.expert"), cell: (one) => one.interviewers.map((who) => who.name).join(", ") },
        {
          label: t("interviews.language"),
          cell: (one) =>
            one.interpreter
              ? t("interviews.mission.in_words", { language: one.language_label, name: one.interpreter })
              : one.language_label,
        },
        { label: t("interviews.standing"), look: "nowrap", cell: (one) => <StateChip state={telling_state(one)} /> },
      ]}
    />
  );
}

function MoveDialog({ view, close }: { view: MissionView; close: () => void }): ReactNode {
  const today = useToday();
  const [from, set_from] = useState(add_days(view.from, 7));
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    const done = await post<MissionMoved>(`/interview-missions/${view.id}/move`, { from, reason }, { revision: view.revision });
    await renew_interviews();
    toast(t("interviews.mission.moved", { moved: done.moved, replaced: done.replaced, off: done.called_off }));
  };
  return (
    <FormDialog
      title={t("interviews.mission.move_title", { name: view.name })}
      act={t("interviews.mission.move")}
      send={send}
      close={close}
      ready={from !== "" && from >= today && from !== view.from && reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{t("interviews.mission.move_text")}</p>
      <DateField label={t("interviews.mission.new_from")} value={from} change={set_from} />
      <TextArea
        label={t("interviews.reason")}
        hint={t("interviews.reason_stays")}
        value={reason}
        change={set_reason}
        maxLength={1000}
      />
    </FormDialog>
  );
}

function CancelDialog({ view, close }: { view: MissionView; close: () => void }): ReactNode {
  return (
    <ReasonDialog
      title={t("interviews.mission.cancel_title", { name: view.name })}
      lead={t("interviews.mission.cancel_text")}
      act={t("interviews.mission.cancel")}
      danger
      send={async (reason) => {
        const done = await post<MissionMoved>(
          `/interview-missions/${view.id}/cancellation`,
          { reason },
          { revision: view.revision },
        );
        await renew_interviews();
        toast(t("interviews.mission.cancelled", { count: done.called_off }));
      }}
      close={close}
    />
  );
}
