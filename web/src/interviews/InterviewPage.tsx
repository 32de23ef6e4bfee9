/** One interview of the requested State: when, where and with whom; moving and calling off; who came; the minutes. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { Button, Card, ErrorNotice, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { BookingDialog } from "./BookingDialog.tsx";
import { InterviewMinutes } from "./InterviewMinutes.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { interview_queries, renew_interviews } from "./read.ts";
import type { InterviewView } from "./types.ts";
import { StateChip, telling_state, Term, When } from "./words.tsx";
import "./interviews.css";

export function InterviewPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const one = useQuery(interview_queries.one(parameters.id));
  const [dialog, set_dialog] = useState<"move" | "cancel" | null>(null);
  const view = one.data;
  if (one.error && !view) return <PageFault error={one.error} />;
  if (!view) return <Waiting lines={8} />;
  return (
    <>
      <PageHead
        title={t("interviews.of", { person: view.person })}
        lead={
          <>
            <Link href="/interviews">{t("interviews.title")}</Link> · {view.reference} ·{" "}
            <Link href={`/tasks/${view.task}`}>{t("interviews.task")}</Link>
            {view.application && (
              <>
                {" "}
                · <Link href={`/applications/${view.application}`}>{t("interviews.application")}</Link>
              </>
            )}
          </>
        }
      >
        {view.may_change && (
          <>
            <Button icon="swap" data-action="move_interview" onClick={() => set_dialog("move")}>
              {t("interviews.move_short")}
            </Button>
            <Button kind="danger" icon="cross" data-action="cancel_interview" onClick={() => set_dialog("cancel")}>
              {t("interviews.cancel_short")}
            </Button>
          </>
        )}
      </PageHead>
      <div className="interview-columns even">
        <div className="stack loose">
          <Standing view={view} />
          <People key={view.revision} view={view} />
        </div>
        <div className="stack loose">
          {view.state === "held" ? (
            <InterviewMinutes view={view} />
          ) : (
            <Card title={t("interviews.minutes")}>
              <p className="muted">{t("interviews.minutes_later")}</p>
            </Card>
          )}
        </div>
      </div>
      {dialog === "move" && (
        <BookingDialog
          task={view.task}
          person={view.person}
          term_on={view.term_on ?? null}
          moved={view}
          close={() => set_dialog(null)}
        />
      )}
      {dialog === "cancel" && <CancelDialog view={view} close={() => set_dialog(null)} />}
    </>
  );
}

function Standing({ view }: { view: InterviewView }): ReactNode {
  return (
    <Card title={t("interviews.when_where")} actions={<StateChip state={telling_state(view)} />}>
      {view.state === "booked" && (
        <Notice tone={view.presence === "arranged" ? "calm" : "near"}>
          <p>
            {t(view.presence === "arranged" ? "interviews.arranged_text" : "interviews.asked_text")}
            {view.invited_on && ` ${t("interviews.invited_on", { day: show_day(view.invited_on) })}.`}
          </p>
        </Notice>
      )}
      {view.state === "not_held" && (
        <Notice tone="soon">
          <p>{t("interviews.not_held_text")}</p>
        </Notice>
      )}
      {view.state === "cancelled" && (
        <Notice tone="quiet">
          <p>
            {view.presence === "other_time" || view.presence === "not_presented"
              ? t(`interviews.${view.presence}_text`)
              : view.reason === "file_stopped"
                ? t("interviews.file_stopped")
                : view.reason}
          </p>
        </Notice>
      )}
      <Facts
        rows={[
          [t("interviews.time"), <When key="when" when={view.when} long />],
          [t("interviews.last_day"), <Term key="term" day={view.term_on} late={view.is_late} />],
          [t("interviews.place"), `${view.place.name} (${view.place.mode_label})`],
          [t("interviews.address"), view.place.address],
          [t("interviews.room"), view.place.rooms > 1 ? String(view.room) : null],
          [t("interviews.accessibility"), view.place.accessibility ?? null],
          [t("interviews.language"), view.language_label],
          [t("interviews.interpreter"), view.interpreter ?? t("interviews.without_interpreter")],
          [t("interviews.interviewers"), view.interviewers.map((who) => who.name).join(", ")],
        ]}
      />
    </Card>
  );
}

function CancelDialog({ view, close }: { view: InterviewView; close: () => void }): ReactNode {
  const send = async (reason: string): Promise<void> => {
    await post(`/interviews/${view.id}/cancellation`, { reason }, { revision: view.revision });
    await renew_interviews();
    toast(t("interviews.cancelled"));
  };
  return (
    <ReasonDialog
      title={t("interviews.cancel_title", { person: view.person })}
      lead={t("interviews.cancel_text")}
      act={t("interviews.cancel_button")}
      danger
      send={send}
      close={close}
    />
  );
}

interface Seen {
  role: string;
  user: string | null;
  name: string;
  attendance: string;
  reason: string;
}

/** Who is expected, who came; while it is not recorded, a form for those who may. */
function People({ view }: { view: InterviewView }): ReactNode {
  const [people, set_people] = useState<Seen[]>(() =>
    view.people.map((one) => ({
      role: one.role,
      user: one.user ?? null,
      name: one.name,
      attendance: one.attendance ?? "",
      reason: one.reason ?? "",
    })),
  );
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  if (!view.may_record) {
    return (
      <Card title={t("interviews.attendance")}>
        <ul className="attendance">
          {view.people.map((one) => (
            <li key={one.role + one.name}>
              <span className="grow">
                <strong>{one.name}</strong> <span className="muted small">{t(`interviews.role.${one.role}`)}</span>
                {one.reason && <p className="small">{one.reason}</p>}
              </span>
              <span>{one.attendance ? t(`interviews.came.${one.attendance}`) : t("interviews.expected")}</span>
            </li>
          ))}
        </ul>
      </Card>
    );
  }
  const set = (index: number, change: Partial<Seen>): void =>
    set_people(people.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await put(
        `/interviews/${view.id}/attendance`,
        {
          people: people.map((one) => ({
            role: one.role,
            name: one.name,
            attendance: one.attendance,
            ...(one.user ? { user: one.user } : {}),
            ...(one.reason && one.attendance !== "present" ? { reason: one.reason } : {}),
          })),
        },
        view.revision,
      );
      await renew_interviews();
      toast(t("interviews.attendance_kept"));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const complete = people.every((one) => one.attendance && one.name && (one.attendance === "present" || one.reason.trim()));
  return (
    <Card title={t("interviews.attendance")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Notice tone="info">
          <p>{t("interviews.attendance_text")}</p>
        </Notice>
        <ErrorNotice error={error} />
        {people.map((one, index) => (
          <fieldset key={index} className="field attendance-row">
            <legend>
              {one.role === "companion" ? t("interviews.role.companion") : `${one.name} (${t(`interviews.role.${one.role}`)})`}
            </legend>
            {one.role === "companion" && (
              <TextField
                label={t("interviews.name")}
                value={one.name}
                change={(name) => set(index, { name })}
                maxLength={150}
              />
            )}
            <SelectField
              label={t("interviews.attendance")}
              empty={t("web.form.choose")}
              options={["present", "late", "absent"].map((value) => ({ value, label: t(`interviews.came.${value}`) }))}
              value={one.attendance}
              change={(attendance) => set(index, { attendance })}
            />
            {(one.attendance === "late" || one.attendance === "absent") && (
              <TextField
                label={t("interviews.reason")}
                hint={one.role === "person" ? t("interviews.absence_hint") : undefined}
                value={one.reason}
                change={(reason) => set(index, { reason })}
                maxLength={500}
              />
            )}
          </fieldset>
        ))}
        <div className="row">
          <Button type="submit" kind="primary" data-action="keep_attendance" busy={busy} disabled={!complete}>
            {t("interviews.keep_attendance")}
          </Button>
          <Button
            icon="plus"
            onClick={() =>
              set_people([...people, { role: "companion", user: null, name: "", attendance: "present", reason: "" }])
            }
          >
            {t("interviews.add_companion")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
