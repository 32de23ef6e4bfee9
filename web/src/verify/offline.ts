/** Whether this page can be used without a network, and how old what it trusts is: said on the page at all times. */
import { today, type Trust } from "./judge_here.ts";
import { day_words, t } from "./words.ts";

/** True when the page and all it loads are kept on this device. */
export async function prepare_offline(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return false;
  try {
    await navigator.serviceWorker.register("/verify-worker.js", { scope: "/verify" });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false; // not a secure place, or no room
  }
}

const days_between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Of several States the oldest list is told. */
function trust_words(trust: Trust): string {
  const oldest = [...trust.states].sort((one, other) => one.issued_on.localeCompare(other.issued_on))[0];
  const soonest = [...trust.states].sort((one, other) => one.next_update.localeCompare(other.next_update))[0];
  if (!oldest || !soonest) return t("trust_none");
  const days = Math.max(0, days_between(oldest.issued_on, today()));
  if (trust.is_fresh && days === 0) return t("trust_fresh");
  const key = today() > soonest.next_update ? "trust_kept_past" : "trust_kept";
  return t(trust.is_fresh ? key.replace("kept", "held") : key, {
    days: String(days),
    until: day_words(soonest.next_update) ?? "",
  });
}

export function offline_view(trust: Trust | null, is_ready: boolean): string[] {
  return [t(is_ready && trust ? "offline_ready" : "offline_not_ready"), " ", trust ? trust_words(trust) : t("trust_none")];
}
