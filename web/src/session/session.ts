/** Who is signed in, and what they may do. */
import { createContext, useContext } from "react";
import type { SessionView } from "../api/types.ts";
import { day_in_zone } from "../language/dates.ts";

export const SessionContext = createContext<SessionView | null>(null);
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error("this screen is drawn only inside a session");
  return session;
}
export function useMay(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => session.permissions.includes(permission);
}
/** The day in the time zone of the person's State, by the server's clock, `yyyy-mm-dd`. */
export function useToday(): string {
  const session = useSession();
  return day_in_zone(session.now, session.party.time_zone);
}
