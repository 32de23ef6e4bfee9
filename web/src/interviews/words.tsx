/** Words, tones and small pieces that every screen of interviews uses. */
import type { ReactNode } from "react";
import { Chip, type Tone } from "../design/basics.tsx";
import { Icon, type IconName } from "../design/Icon.tsx";
import { show_day, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import type { InterviewView, WhenView } from "./types.ts";

const looks: Record<string, [Tone, IconName]> = {
  booked: ["info", "clock"],
  asked: ["near", "clock"],
  arranged: ["calm", "check"],
  other_time: ["soon", "swap"],
  not_presented: ["hold", "pause"],
  held: ["calm", "check"],
  not_held: ["soon", "alert"],
  cancelled: ["quiet", "cross"],
};
export function StateChip({ state }: { state: string }): ReactNode {
  const [tone, icon] = looks[state] ?? ["quiet", "info"];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`interviews.state.${state}`)}
    </Chip>
  );
}
/** What is most telling of an interview of the requested State: while it is booked, whether the person will be there. */
export const telling_state = (one: InterviewView): string =>
  one.state === "booked" || one.state === "cancelled"
    ? one.presence === "asked"
      ? one.state === "booked"
        ? "asked"
        : "cancelled"
      : one.state === "cancelled" && one.presence === "arranged"
        ? "cancelled"
        : one.presence
    : one.state;

export const mode_icon = (mode: string): IconName => (mode === "video" ? "eye" : mode === "telephone" ? "message" : "building");

export function When({ when, long = false }: { when: WhenView; long?: boolean }): ReactNode {
  return (
    <span className="interview-when">
      <span className="strong nowrap">
        {when.begins}–{when.ends}
      </span>{" "}
      {long && <span>{show_weekday(when.day)}</span>}
      {long && <span className="muted small"> · {t("interviews.local_time", { zone: zone_name(when.time_zone) })}</span>}
    </span>
  );
}
export const zone_name = (zone: string): string => zone.split("/").pop()?.replaceAll("_", " ") ?? zone;

export function Term({ day, late }: { day: string | null | undefined; late: boolean }): ReactNode {
  if (!day) return null;
  return (
    <span className={late ? "interview-term late" : "interview-term"}>
      {late && <Icon name="alert" size={13} />} {t("interviews.term", { day: show_day(day) })}
    </span>
  );
}
