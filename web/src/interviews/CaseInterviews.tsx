/** The interviews of one file: appointments with invitation and presence at the requesting State, interviews at the requested one. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post, put } from "../api/client.ts";
import { Button, Card, Empty, ErrorNotice, Facts, Notice, Waiting } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { SelectField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { code_name, options_of } from "../forms/codes.ts";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useToday } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { InterviewRows } from "./InterviewsPage.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { interview_queries, renew_interviews } from "./read.ts";
import type { AppointmentView } from "./types.ts";
import { StateChip, Term, When } from "./words.tsx";
import "./interviews.css";

export function CaseInterviews({ side, id }: { side: "case" | "application"; id: string }): ReactNode {
  return side === "case" ? <Appointments id={id} /> : <Interviews id={id} />;
}

function Interviews({ id }: { id: string }): ReactNode {
  const list = useQuery(interview_queries.of_application(id));
  if (list.isPending) return <Waiting lines={4} />;
  return (
    <Card title={t("interviews.title")} flush>
      <ErrorNotice error={list.error} />
      {list.data?.length ? (
        <InterviewRows rows={list.data} />
      ) : (
        <Empty icon="clock" title={t("interviews.none_of_case")}>
          <p>{t("interviews.none_of_application_text")}</p>
        </Empty>
      )}
    </Card>
  );
}

function Appointments({ id }: { id: string }): ReactNode {
  const list = useQuery(interview_queries.appointments_of(id));
  if (list.isPending) return <Waiting lines={4} />;
  const rows = [...(list.data ?? [])].reverse();
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} />
      {rows.length === 0 && (
        <Card title={t("interviews.title")} flush>
          <Empty icon="clock" title={t("interviews.none_of_case")}>
            <p>{t("interviews.none_of_case_text")}</p>
          </Empty>
        </Card>
      )}
      {rows.map((one) => (
        <Appointment key={one.id} one={one} />
      ))}
    </div>
  );
}

type Opened = "invite" | "serve" | "other_time" | null;

function Appointment({ one }: { one: AppointmentView }): ReactNode {
  const [open, set_open] = useState<Opened>(null);
  const [error, set_error] = useState<unknown>(null);
  const arrange = async (): Promise<void> => {
    set_error(null);
    try {
      await post(`/appointments/${one.id}/presence`, undefined, { revision: one.revision });
      await renew_interviews();
      toast(t("interviews.presence_told"));
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Card title={<When when={one.when} long />} actions={<StateChip state={one.state} />}>
      <div className="stack">
        <ErrorNotice error={error} />
        {one.state === "not_held" && (
          <Notice tone="soon">
            <p>{t("interviews.not_held_text")}</p>
          </Notice>
        )}
        {one.open_gates.length > 0 && (
          <Notice tone="near">
            <p className="strong">{t("interviews.gates_open")}</p>
            <ul>
              {one.open_gates.map((gate) => (
                <li key={gate}>{gate}</li>
              ))}
            </ul>
            {one.case_id && <Link href={`/cases/${one.case_id}?section=gates`}>{t("interviews.to_gates")}</Link>}
            <CloseRights one={one} />
          </Notice>
        )}
        <Facts
          rows={[
            [t("interviews.last_day"), one.term_on ? <Term key="term" day={one.term_on} late={one.is_late} /> : null],
            [t("interviews.place"), `${one.place} (${one.mode_label})`],
            [t("interviews.address"), one.address],
            [t("interviews.accessibility"), one.accessibility ?? null],
            [t("interviews.language"), one.language_label],
            [
              t("interviews.interpreter"),
              t(one.interpreter ? "interviews.interpreter_there" : "interviews.without_interpreter"),
            ],
            [t("interviews.invitation"), <Invitation key="invitation" one={one} />],
            [t("interviews.attendance"), one.attendance ? t(`interviews.came.${one.attendance}`) : null],
            [
              t("interviews.minutes"),
              one.minutes_signed_on ? t("interviews.minutes_signed_on", { day: show_day(one.minutes_signed_on) }) : null,
            ],
          ]}
        />
        {one.minutes_hash && (
          <p className="small muted hash">
            {t("interviews.hash")}: <code>{one.minutes_hash}</code>
          </p>
        )}
        {one.may_arrange && (
          <div className="row">
            {one.state === "asked" && (
              <Button
                kind="primary"
                icon="check"
                data-action="arrange_presence"
                disabled={one.open_gates.length > 0}
                onClick={() => void arrange()}
              >
                {t("interviews.arrange")}
              </Button>
            )}
            <Button icon="file" data-action="make_invitation" onClick={() => set_open("invite")}>
              {t(one.has_invitation ? "interviews.invite_again" : "interviews.invite")}
            </Button>
            {one.has_invitation && (
              <Button icon="people" data-action="serve_invitation" onClick={() => set_open("serve")}>
                {t("interviews.serve")}
              </Button>
            )}
            <Button icon="swap" data-action="want_other_time" onClick={() => set_open("other_time")}>
              {t("interviews.ask_other_time")}
            </Button>
          </div>
        )}
      </div>
      {open === "invite" && <InviteDialog one={one} close={() => set_open(null)} />}
      {open === "serve" && <ServeDialog one={one} close={() => set_open(null)} />}
      {open === "other_time" && <OtherTimeDialog one={one} close={() => set_open(null)} />}
    </Card>
  );
}

/** The safeguard of the interview rights, decided with what the appointment knows: nothing is typed a second time. */
function CloseRights({ one }: { one: AppointmentView }): ReactNode {
  const may = useMay();
  const [open, set_open] = useState(false);
  if (!one.case_id || !one.invited_on || !may("case.edit") || !one.open_gates.includes(t("gates.G12"))) return null;
  const evidence = {
    invitation_date: one.invited_on,
    interpreter: t(one.interpreter ? "interviews.interpreter_there" : "interviews.without_interpreter"),
  };
  const send = async (): Promise<void> => {
    await put(`/safeguards/${one.case_id}/gates/G12`, { status: "closed", evidence });
    await renew_interviews();
    toast(t("interviews.rights_closed"));
  };
  return (
    <div>
      <Button kind="small" icon="shield" data-action="close_rights" onClick={() => set_open(true)}>
        {t("interviews.close_rights")}
      </Button>
      {open && (
        <FormDialog
          title={t("interviews.close_rights")}
          act={t("interviews.close_rights_button")}
          send={send}
          close={() => set_open(false)}
        >
          <p>{t("gates.G12")}</p>
          <Facts
            rows={[
              [t("interviews.invitation"), t("interviews.invited_on", { day: show_day(one.invited_on) })],
              [t("interviews.interpreter"), evidence.interpreter],
            ]}
          />
          <p className="small muted">{t("interviews.close_rights_text")}</p>
        </FormDialog>
      )}
    </div>
  );
}

function Invitation({ one }: { one: AppointmentView }): ReactNode {
  if (!one.has_invitation)
    return one.must_redraw ? (
      <strong>{t("interviews.must_redraw")}</strong>
    ) : (
      <span className="muted">{t("interviews.invitation_none")}</span>
    );
  return (
    <span className="stack tight">
      <a href={address(`/appointments/${one.id}/invitation`)} target="_blank" rel="noreferrer">
        <Icon name="print" size={15} />{" "}
        {t("interviews.invitation_in", { language: code_name("language", one.invitation_language ?? "") })}
      </a>
      {one.invitation_version > 1 && (
        <span className="small">{t("interviews.invitation_version", { version: one.invitation_version })}</span>
      )}
      <span className="small">
        {one.invited_on
          ? `${t("interviews.invited_on", { day: show_day(one.invited_on) })} · ${code_name("service_kind", one.invited_how ?? "")}`
          : t("interviews.not_served")}
      </span>
    </span>
  );
}

function InviteDialog({ one, close }: { one: AppointmentView; close: () => void }): ReactNode {
  const [language, set_language] = useState(one.language);
  const send = async (): Promise<void> => {
    await post(`/appointments/${one.id}/invitation`, { language }, { revision: one.revision });
    await renew_interviews();
    toast(t("interviews.invitation_kept"));
  };
  return (
    <FormDialog
      title={t("interviews.invite_title", { person: one.person })}
      act={t("interviews.invite_button")}
      send={send}
      close={close}
    >
      <p>{t("interviews.invite_text")}</p>
      <SelectField
        label={t("interviews.person_reads")}
        options={options_of("language")}
        value={language}
        change={set_language}
      />
      {language !== "es" && language !== "en" && (
        <Notice tone="near">
          <p>{t("interviews.no_text", { language: code_name("language", language) })}</p>
        </Notice>
      )}
    </FormDialog>
  );
}

function ServeDialog({ one, close }: { one: AppointmentView; close: () => void }): ReactNode {
  const today = useToday();
  const [served_on, set_day] = useState(today);
  const [how, set_how] = useState("");
  const send = async (): Promise<void> => {
    await post(`/appointments/${one.id}/service`, { served_on, how }, { revision: one.revision });
    await renew_interviews();
    toast(t("interviews.served"));
  };
  return (
    <FormDialog
      title={t("interviews.serve_title", { person: one.person })}
      act={t("interviews.serve_button")}
      send={send}
      close={close}
      ready={served_on !== "" && how !== ""}
    >
      <DateField label={t("interviews.served_on")} value={served_on} change={set_day} today={today} />
      <SelectField
        label={t("interviews.served_how")}
        empty={t("web.form.choose")}
        options={options_of("service_kind")}
        value={how}
        change={set_how}
      />
    </FormDialog>
  );
}

function OtherTimeDialog({ one, close }: { one: AppointmentView; close: () => void }): ReactNode {
  const send = async (reason: string): Promise<void> => {
    await post(`/appointments/${one.id}/other-time`, { reason }, { revision: one.revision });
    await renew_interviews();
    toast(t("interviews.other_time_told"));
  };
  return (
    <ReasonDialog
      title={t("interviews.other_time_title", { person: one.person })}
      lead={t("interviews.other_time_lead")}
      act={t("interviews.other_time_button")}
      send={send}
      close={close}
    />
  );
}
