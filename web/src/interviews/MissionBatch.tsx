/** Placing persons within a mission: who waits, what they ask for, the preview of every time, and one act that sets them all. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day, show_days_left, show_weekday, tone_of } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { interview_queries, read_plan, renew_interviews } from "./read.ts";
import type { MissionBatch as Batch, MissionCandidate, MissionPlan, MissionView, Planned } from "./types.ts";
import { When } from "./words.tsx";

type Wish = "" | "F" | "M";

export function MissionBatch({ mission, close }: { mission: MissionView; close: () => void }): ReactNode {
  const list = useQuery(interview_queries.candidates(mission.id));
  const [chosen, set_chosen] = useState<string[]>([]);
  const [wishes, set_wishes] = useState<Record<string, Wish>>({});
  const [plan, set_plan] = useState<MissionPlan | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const [done, set_done] = useState<Batch | null>(null);
  if (list.isPending) return <Waiting lines={5} />;
  const candidates = list.data ?? [];
  const run = async (work: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await work();
    } catch (failed) {
      set_error(failed);
    }
    set_busy(false);
  };
  const preview = (): Promise<void> =>
    run(async () => {
      const asked = (sex: Wish): string[] => chosen.filter((task) => wishes[task] === sex);
      set_plan(await read_plan(mission.id, chosen, asked("F"), asked("M")));
    });
  const place = (): Promise<void> =>
    run(async () => {
      const answer = await post<Batch>(`/interview-missions/${mission.id}/placements`, {
        placements: (plan?.placed ?? []).map(placement_of),
      });
      await renew_interviews();
      toast(t("interviews.mission.placed_now", { count: answer.placed }));
      if (answer.not_placed.length === 0) return close();
      set_plan(null);
      set_chosen([]);
      set_done(answer);
    });
  return (
    <div className="stack loose">
      <ErrorNotice error={error ?? list.error} />
      {done && <NotPlaced rows={done.not_placed} />}
      {plan ? (
        <Preview plan={plan} back={() => set_plan(null)} place={place} busy={busy} />
      ) : candidates.length === 0 ? (
        <Empty icon="check" title={t("interviews.mission.no_candidates")} />
      ) : (
        <Choice
          candidates={candidates}
          chosen={chosen}
          set_chosen={set_chosen}
          wishes={wishes}
          set_wishes={set_wishes}
          preview={preview}
          busy={busy}
        />
      )}
    </div>
  );
}

const placement_of = (one: Planned): object => ({
  task: one.task,
  place: one.place.id,
  starts_at: one.when.starts_at,
  language: one.language,
  interviewer: one.interviewer.id,
  ...(one.interpreter ? { interpreter: one.interpreter } : {}),
  ...(one.interpreter_user ? { interpreter_user: one.interpreter_user } : {}),
});

interface ChoiceProps {
  candidates: MissionCandidate[];
  chosen: string[];
  set_chosen: (chosen: string[]) => void;
  wishes: Record<string, Wish>;
  set_wishes: (wishes: Record<string, Wish>) => void;
  preview: () => Promise<void>;
  busy: boolean;
}
function Choice({ candidates, chosen, set_chosen, wishes, set_wishes, preview, busy }: ChoiceProps): ReactNode {
  const [language, set_language] = useState("");
  const [covered, set_covered] = useState(true);
  const languages = [...new Map(candidates.map((one) => [one.language ?? "", one.language_label])).entries()].filter(
    ([code]) => code !== "",
  );
  const shown = candidates.filter((one) => (language === "" || one.language === language) && (!covered || one.is_spoken));
  const all_chosen = shown.length > 0 && shown.every((one) => chosen.includes(one.task));
  const choose = (tasks: string[], on: boolean): void =>
    set_chosen(on ? [...new Set([...chosen, ...tasks])] : chosen.filter((one) => !tasks.includes(one)));
  return (
    <>
      <p className="muted">{t("interviews.mission.batch_lead")}</p>
      <div className="mission-filter">
        <SelectField
          label={t("interviews.mission.filter_language")}
          options={languages.map(([value, label]) => ({ value, label: label ?? value }))}
          empty={t("interviews.mission.all_languages")}
          value={language}
          change={set_language}
        />
        <CheckField label={t("interviews.mission.only_covered")} checked={covered} change={set_covered} />
        <CheckField
          label={t("interviews.mission.choose_all")}
          checked={all_chosen}
          disabled={shown.length === 0}
          change={(on) =>
            choose(
              shown.map((one) => one.task),
              on,
            )
          }
        />
        <strong>{t("interviews.mission.candidates", { count: shown.length })}</strong>
      </div>
      <ul className="mission-candidates">
        {shown.map((one) => (
          <Candidate
            key={one.task}
            one={one}
            chosen={chosen.includes(one.task)}
            choose={(on) => choose([one.task], on)}
            wish={wishes[one.task] ?? ""}
            set_wish={(wish) => set_wishes({ ...wishes, [one.task]: wish })}
          />
        ))}
      </ul>
      <div className="row mission-go">
        <Button
          kind="primary"
          icon="eye"
          data-action="preview_batch"
          disabled={chosen.length === 0 || chosen.length > 100 || busy}
          onClick={() => void preview()}
        >
          {t("interviews.mission.preview", { count: chosen.length })}
        </Button>
      </div>
    </>
  );
}

interface CandidateProps {
  one: MissionCandidate;
  chosen: boolean;
  choose: (on: boolean) => void;
  wish: Wish;
  set_wish: (wish: Wish) => void;
}
function Candidate({ one, chosen, choose, wish, set_wish }: CandidateProps): ReactNode {
  return (
    <li className={chosen ? "chosen" : ""}>
      <label className="check grow">
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t("interviews.mission.choose", { person: one.person })}
          onChange={(event) => choose(event.target.checked)}
        />
        <span className="stack tight">
          <strong>{one.person}</strong>
          <span className="small muted">
            {one.reference} · {one.organisation.name}
          </span>
          <span className="row">
            <span className="small">{one.language_label ?? t("interviews.mission.unknown_language")}</span>
            {!one.is_spoken && <Chip tone="soon">{t("interviews.mission.not_spoken")}</Chip>}
            {one.missed > 0 && <span className="small">{t("interviews.missed", { count: one.missed })}</span>}
          </span>
        </span>
      </label>
      <span className="stack tight mission-term">
        <Chip tone={tone_of(one.days_left)} icon="clock">
          {show_days_left(one.days_left)}
        </Chip>
        <span className="small">{t("interviews.term", { day: show_day(one.term_on) })}</span>
      </span>
      <label className="mission-wish">
        <span className="small muted" aria-hidden="true">
          {t("interviews.mission.wish")}
        </span>
        <select
          className="select"
          aria-label={t("interviews.mission.wish_of", { person: one.person })}
          value={wish}
          onChange={(event) => set_wish(event.target.value as Wish)}
        >
          <option value="">{t("interviews.mission.wish_any")}</option>
          <option value="F">{t("interviews.mission.wish_woman")}</option>
          <option value="M">{t("interviews.mission.wish_man")}</option>
        </select>
      </label>
    </li>
  );
}

interface PreviewProps {
  plan: MissionPlan;
  back: () => void;
  place: () => Promise<void>;
  busy: boolean;
}
function Preview({ plan, back, place, busy }: PreviewProps): ReactNode {
  return (
    <div className="stack" data-part="preview">
      <Notice tone="info">
        <p>
          <strong>{t("interviews.mission.preview_title")}</strong>
        </p>
        <p>{t("interviews.mission.preview_summary", { placed: plan.placed.length, rest: plan.not_placed.length })}</p>
      </Notice>
      <RowsTable
        name={t("interviews.mission.preview_title")}
        rows={plan.placed}
        row_key={(one) => one.task}
        columns={[
          { label: t("interviews.day"), look: "nowrap", cell: (one) => show_weekday(one.when.day) },
          { label: t("interviews.time"), look: "nowrap", cell: (one) => <When when={one.when} /> },
          {
            label: t("interviews.person"),
            look: "strong",
            cell: (one) => (
              <span className="stack tight">
                {one.person}
                <span className="small muted">{one.reference}</span>
                {one.is_late && (
                  <span className="small interview-term late">
                    <Icon name="alert" size={13} /> {t("interviews.mission.late")}
                  </span>
                )}
              </span>
            ),
          },
          {
            label: t("interviews.place"),
            cell: (one) => `${one.place.name} · ${t("interviews.mission.room", { room: one.room })}`,
          },
          { label: t("interviews.mission.expert"), cell: (one) => one.interviewer.name },
          {
            label: t("interviews.language"),
            cell: (one) =>
              one.interpreter
                ? t("interviews.mission.in_words", { language: one.language_label, name: one.interpreter })
                : one.language_label,
          },
        ]}
      />
      <NotPlaced rows={plan.not_placed} />
      <div className="row mission-go">
        <Button icon="back" onClick={back}>
          {t("interviews.mission.back_to_choice")}
        </Button>
        <Button
          kind="primary"
          icon="check"
          data-action="place_now"
          disabled={plan.placed.length === 0 || busy}
          onClick={() => void place()}
        >
          {t("interviews.mission.place_now", { count: plan.placed.length })}
        </Button>
      </div>
    </div>
  );
}

function NotPlaced({ rows }: { rows: MissionPlan["not_placed"] }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <Notice tone="near">
      <p>
        <strong>{t("interviews.mission.not_placed")}</strong>
      </p>
      <ul className="mission-left">
        {rows.map((one) => (
          <li key={one.task}>
            <strong>{one.person || one.reference}</strong> · {t(`interviews.mission.why.${one.why}`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
