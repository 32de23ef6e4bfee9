/** Words of missions that several screens use. */
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";

export const mission_days = (one: { from: string; to: string }): string =>
  one.from === one.to ? show_day(one.from) : t("interviews.mission.days", { from: show_day(one.from), to: show_day(one.to) });
