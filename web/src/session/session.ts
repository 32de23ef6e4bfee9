/** Who is signed in, and what they may do. */
import { createContext, useContext } from "react";
import type { SessionView } from "../api/types.ts";

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
/** The installation's day (the demo has a clock of its own), `yyyy-mm-dd`. */
export function useToday(): string {
  return useSession().now.slice(0, 10);
}
