/** Expert missions: those that the State sends, or those that another State has announced to it. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting, type Tone } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { AppointmentRows } from "./AppointmentRows.tsx";
import { MissionDialog } from "./MissionDialog.tsx";
import { mission_days } from "./mission_words.ts";
import { interview_queries } from "./read.ts";
import type { MissionNotice, MissionView } from "./types.ts";
import "./missions.css";

const tones: Record<string, Tone> = {
  planned: "near",
  announced: "info",
  running: "calm",
  over: "quiet",
  closed: "quiet",
  cancelled: "hold",
};
export function MissionState({ state }: { state: string }): ReactNode {
  return <Chip tone={tones[state] ?? "quiet"}>{t(`interviews.mission.state.${state}`)}</Chip>;
}
/** Numbers with their words under them; a zero is quiet. */
export function Figures({ rows }: { rows: [name: string, value: number][] }): ReactNode {
  return (
    <dl className="mission-figures">
      {rows.map(([name, value]) => (
        <div key={name} className={value === 0 ? "none" : ""} data-figure={name}>
          <dt>{t(`interviews.mission.figure.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Missions(): ReactNode {
  const may = useMay();
  const list = useQuery(interview_queries.missions());
  const [open, set_open] = useState(false);
  if (list.isPending) return <Waiting lines={6} />;
  const missions = list.data ?? [];
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      <div className="row apart">
        <p className="mission-lead muted">{t("interviews.mission.lead")}</p>
        {may("interview.missions") && (
          <Button kind="primary" icon="plus" data-action="new_mission" onClick={() => set_open(true)}>
            {t("interviews.mission.new")}
          </Button>
        )}
      </div>
      {missions.length === 0 && (
        <Card>
          <Empty icon="globe" title={t("interviews.mission.none")}>
            {t("interviews.mission.none_text")}
          </Empty>
        </Card>
      )}
      <div className="mission-cards">
        {missions.map((one) => (
          <MissionCard key={one.id} one={one} />
        ))}
      </div>
      {open && <MissionDialog close={() => set_open(false)} />}
    </div>
  );
}

function MissionCard({ one }: { one: MissionView }): ReactNode {
  const { figures } = one;
  return (
    <Card title={<Link href={`/interviews/missions/${one.id}`}>{one.name}</Link>} actions={<MissionState state={one.state} />}>
      <div className="stack">
        <p className="stack tight">
          <span>
            <strong>{one.partner.name}</strong> · {mission_days(one)}
          </span>
          <span className="small muted">{one.places.map((place) => place.name).join(" · ")}</span>
          <span className="small muted">{one.experts.map((who) => who.name).join(", ")}</span>
        </p>
        <Filling placed={figures.to_come + figures.held} capacity={figures.capacity} />
        <Figures
          rows={[
            ["placed", figures.placed],
            ["held", figures.held],
            ["not_presented", figures.not_presented],
            ["identified", figures.identified],
          ]}
        />
      </div>
    </Card>
  );
}

export function Filling({ placed, capacity }: { placed: number; capacity: number }): ReactNode {
  const share = capacity === 0 ? 0 : Math.min(100, Math.round((placed / capacity) * 100));
  return (
    <div className="mission-filling">
      <div className="mission-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share}%` }} />
      </div>
      <span className="small">
        <strong>{placed}</strong> / {capacity} {t("interviews.mission.figure.capacity")}
      </span>
    </div>
  );
}

export function MissionNotices(): ReactNode {
  const list = useQuery(interview_queries.mission_notices());
  if (list.isPending) return <Waiting lines={6} />;
  const notices = list.data ?? [];
  return (
    <div className="stack loose">
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      <p className="mission-lead muted">{t("interviews.mission.lead_visited")}</p>
      {notices.length === 0 && (
        <Card>
          <Empty icon="globe" title={t("interviews.mission.none_visited")} />
        </Card>
      )}
      {notices.map((one) => (
        <NoticeCard key={one.id} one={one} />
      ))}
    </div>
  );
}

function NoticeCard({ one }: { one: MissionNotice }): ReactNode {
  const [open, set_open] = useState(one.state === "announced" || one.state === "running");
  return (
    <Card title={one.name} actions={<MissionState state={one.state} />}>
      <div className="stack">
        <p className="stack tight">
          <span>
            <strong>{t("interviews.mission.sent_by", { state: one.partner.name })}</strong> · {mission_days(one)}
          </span>
          {one.places.map((place) => (
            <span key={place.name} className="small muted">
              {place.name} ({place.mode_label}) · {place.address}
            </span>
          ))}
        </p>
        <Figures
          rows={[
            ["told", one.told],
            ["asked", one.asked],
            ["arranged", one.arranged],
            ["held", one.held],
            ["not_held", one.not_held],
            ["not_presented", one.not_presented],
            ["contact_refused", one.contact_refused],
          ]}
        />
        {one.contact_refused > 0 && <p className="small muted">{t("interviews.mission.contact_refused_note")}</p>}
        {one.told > 0 && (
          <details open={open} onToggle={(event) => set_open(event.currentTarget.open)}>
            <summary>{t("interviews.mission.show_dates")}</summary>
            {open && <Dates mission={one.id} name={`${one.name}, ${mission_days(one)}`} />}
          </details>
        )}
      </div>
    </Card>
  );
}

function Dates({ mission, name }: { mission: string; name: string }): ReactNode {
  const rows = useQuery(interview_queries.appointments_of_mission(mission));
  if (rows.isPending) return <Waiting lines={4} />;
  return <AppointmentRows rows={rows.data ?? []} name={name} />;
}
