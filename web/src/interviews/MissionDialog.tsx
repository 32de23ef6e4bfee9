/** Planning a mission, or changing it: where it goes, when, where interviews are held, who travels. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { Button, Notice } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { add_days } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { navigate } from "../shell/router.tsx";
import { mission_days } from "./mission_words.ts";
import { interview_queries, renew_interviews } from "./read.ts";
import type { MissionMember, MissionView } from "./types.ts";

interface Member {
  user: string;
  name: string;
  sex: string;
  languages: string[];
}
const member_of = (one: MissionMember): Member => ({
  user: one.user ?? "",
  name: one.name,
  sex: one.sex ?? "",
  languages: one.languages.map((language) => language.code),
});
const nobody: Member = { user: "", name: "", sex: "", languages: ["es"] };
const lengths = [30, 45, 60, 75, 90, 120];
const pauses = [0, 15, 30, 45, 60];
const minutes = (all: number[]): { value: string; label: string }[] =>
  all.map((one) => ({ value: String(one), label: t("interviews.minutes_long", { minutes: one }) }));

export function MissionDialog({ mission, close }: { mission?: MissionView; close: () => void }): ReactNode {
  const today = useToday();
  const partners = useQuery(interview_queries.mission_partners()).data ?? [];
  const places = useQuery(interview_queries.places()).data?.filter((one) => one.active) ?? [];
  const [name, set_name] = useState(mission?.name ?? "");
  const [partner, set_partner] = useState(mission?.partner.id ?? "");
  const [from, set_from] = useState(mission?.from ?? add_days(today, 14));
  const [to, set_to] = useState(mission?.to ?? add_days(today, 16));
  const [chosen, set_chosen] = useState<string[]>(mission?.places.map((one) => one.id) ?? []);
  const [length, set_length] = useState(String(mission?.length_minutes ?? 60));
  const [pause, set_pause] = useState(String(mission?.pause_minutes ?? 15));
  const [limit, set_limit] = useState(String(mission?.daily_limit ?? 6));
  const [experts, set_experts] = useState<Member[]>(mission?.experts.map(member_of) ?? [{ ...nobody }]);
  const [interpreters, set_interpreters] = useState<Member[]>(mission?.interpreters.map(member_of) ?? []);
  const fixed = mission !== undefined && mission.state !== "planned";
  const visited = partner || partners[0]?.id || "";
  const team = experts.filter((one) => one.user !== "");
  const send = async (): Promise<void> => {
    const body = {
      name,
      partner: visited,
      from,
      to,
      places: chosen,
      length_minutes: Number(length),
      pause_minutes: Number(pause),
      daily_limit: Number(limit),
      experts: team.map(({ user, sex, languages }) => ({ user, languages, ...(sex ? { sex } : {}) })),
      interpreters: interpreters
        .filter((one) => one.name.trim() !== "")
        .map((one) => ({ name: one.name, languages: one.languages, ...(one.user ? { user: one.user } : {}) })),
    };
    if (mission) await put(`/interview-missions/${mission.id}`, body, mission.revision);
    else navigate(`/interviews/missions/${(await post<MissionView>("/interview-missions", body)).id}`);
    await renew_interviews();
    toast(t("interviews.mission.kept"));
  };
  return (
    <FormDialog
      wide
      title={mission ? t("interviews.mission.change_title", { name: mission.name }) : t("interviews.mission.new")}
      act={t("interviews.mission.keep")}
      send={send}
      close={close}
      ready={name.trim() !== "" && from !== "" && to !== "" && chosen.length > 0 && team.length > 0 && visited !== ""}
      keep={name !== (mission?.name ?? "")}
    >
      <TextField
        label={t("interviews.mission.name")}
        hint={t("interviews.mission.name_hint")}
        value={name}
        change={set_name}
        maxLength={120}
      />
      {fixed ? (
        <Notice tone="info">
          <p>
            {mission.partner.name} · {mission_days(mission)}
          </p>
        </Notice>
      ) : (
        <div className="booking-fields">
          <SelectField
            label={t("interviews.mission.partner")}
            options={partners.map((one) => ({ value: one.id, label: one.name }))}
            value={visited}
            change={set_partner}
          />
          <DateField label={t("interviews.mission.from")} value={from} change={set_from} />
          <DateField label={t("interviews.mission.to")} value={to} change={set_to} />
        </div>
      )}
      <fieldset className="field">
        <legend>{t("interviews.mission.places")}</legend>
        <div className="booking-team">
          {places.map((one) => (
            <CheckField
              key={one.id}
              label={`${one.name} (${one.mode_label})`}
              checked={chosen.includes(one.id)}
              change={(on) => set_chosen(on ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
            />
          ))}
        </div>
      </fieldset>
      <div className="booking-fields">
        <SelectField label={t("interviews.mission.length")} options={minutes(lengths)} value={length} change={set_length} />
        <SelectField label={t("interviews.mission.pause")} options={minutes(pauses)} value={pause} change={set_pause} />
        <TextField
          label={t("interviews.mission.daily_limit")}
          type="number"
          min={1}
          max={32}
          value={limit}
          change={set_limit}
        />
      </div>
      <Experts all={experts} change={set_experts} />
      <Interpreters all={interpreters} change={set_interpreters} />
    </FormDialog>
  );
}

interface TeamProps {
  all: Member[];
  change: (all: Member[]) => void;
}
const changed = (all: Member[], index: number, part: Partial<Member>): Member[] =>
  all.map((one, at) => (at === index ? { ...one, ...part } : one));

function Experts({ all, change }: TeamProps): ReactNode {
  const people = useQuery(interview_queries.interviewers()).data ?? [];
  const options = people.map((one) => ({ value: one.id, label: `${one.name} (${one.organisation})` }));
  return (
    <fieldset className="field">
      <legend>{t("interviews.mission.experts")}</legend>
      <p className="small muted">{t("interviews.mission.experts_hint")}</p>
      {all.map((one, index) => (
        <div key={index} className="mission-member">
          <SelectField
            label={t("interviews.mission.expert")}
            options={options.filter((option) => option.value === one.user || all.every((other) => other.user !== option.value))}
            empty={t("interviews.mission.choose_expert")}
            value={one.user}
            change={(user) => change(changed(all, index, { user, name: people.find((who) => who.id === user)?.name ?? "" }))}
          />
          <SelectField
            label={t("interviews.mission.sex")}
            options={options_of("sex")}
            empty={t("interviews.mission.sex_unknown")}
            value={one.sex}
            change={(sex) => change(changed(all, index, { sex }))}
          />
          <Languages one={one} change={(languages) => change(changed(all, index, { languages }))} />
          {all.length > 1 && <RemoveButton one={one} remove={() => change(all.filter((_, at) => at !== index))} />}
        </div>
      ))}
      <div>
        <Button kind="small" icon="plus" onClick={() => change([...all, { ...nobody }])}>
          {t("interviews.mission.add_expert")}
        </Button>
      </div>
    </fieldset>
  );
}

function Interpreters({ all, change }: TeamProps): ReactNode {
  return (
    <fieldset className="field">
      <legend>{t("interviews.mission.interpreters")}</legend>
      {all.map((one, index) => (
        <div key={index} className="mission-member">
          <TextField
            label={t("interviews.mission.interpreter_name")}
            value={one.name}
            maxLength={150}
            change={(name) => change(changed(all, index, { name, user: "" }))}
          />
          <Languages one={one} change={(languages) => change(changed(all, index, { languages }))} />
          <RemoveButton one={one} remove={() => change(all.filter((_, at) => at !== index))} />
        </div>
      ))}
      <div>
        <Button kind="small" icon="plus" onClick={() => change([...all, { ...nobody, languages: [] }])}>
          {t("interviews.mission.add_interpreter")}
        </Button>
      </div>
    </fieldset>
  );
}

function RemoveButton({ one, remove }: { one: Member; remove: () => void }): ReactNode {
  return (
    <Button kind="small" icon="cross" className="mission-remove" onClick={remove}>
      <span className="visually-hidden">{t("interviews.mission.remove", { name: one.name })}</span>
    </Button>
  );
}

/** Languages as chips that can be taken away, and a list to add one. */
function Languages({ one, change }: { one: Member; change: (languages: string[]) => void }): ReactNode {
  const options = options_of("language");
  const label = (code: string): string => options.find((option) => option.value === code)?.label ?? code;
  return (
    <div className="field mission-languages">
      <SelectField
        label={t("interviews.mission.languages")}
        options={options.filter((option) => !one.languages.includes(option.value))}
        empty={t("interviews.mission.add_language")}
        value=""
        change={(code) => code && change([...one.languages, code])}
      />
      <span className="row tight">
        {one.languages.map((code) => (
          <button
            key={code}
            type="button"
            className="mission-language"
            onClick={() => change(one.languages.filter((other) => other !== code))}
          >
            {label(code)} <span aria-hidden="true">×</span>
            <span className="visually-hidden">{t("interviews.mission.remove", { name: label(code) })}</span>
          </button>
        ))}
      </span>
    </div>
  );
}
