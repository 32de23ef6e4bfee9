/** Which roles work on the files of a side: only their people are offered as the officer in charge. The server decides. */
import type { Side } from "../api/types.ts";

const roles_of: Record<Side, readonly string[]> = {
  case: ["case_officer", "safeguards_officer", "release_officer", "requesting_supervisor"],
  application: ["intake_officer", "decider", "supervisor"],
};
export function can_take(side: Side, roles: readonly string[]): boolean {
  return roles.some((role) => roles_of[side].includes(role));
}
