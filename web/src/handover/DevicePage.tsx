/** The hand-over on a device: take a list, unlock what is kept, tick, send. Works without a network once it was opened. */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { get, post } from "../api/client.ts";
import type { SessionView } from "../api/types.ts";
import { Button, Empty, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { useLanguage, languages } from "../language/LanguageProvider.tsx";
import type { TakenListView } from "../transfers/types.ts";
import { TickList } from "./TickList.tsx";
import {
  changed_list,
  count_unsent,
  kept_list,
  nothing_kept,
  with_list,
  without_list,
  type Kept,
  type KeptList,
} from "./ticks.ts";
import { TakeForm, UnlockForm } from "./Unlock.tsx";
import { device_storage, left_key, open_vault, wipe_old, type Vault, type VaultRecord } from "./vault.ts";
import "./handover.css";

/** Our own limit: no source. */
const idle_ms = 15 * 60_000;

interface Wanted {
  path: string;
  desk: string;
}
/** `?take=departure/ID` or `?take=arrival/ID`. */
function wanted_list(): Wanted | null {
  const [kind, id] = (new URLSearchParams(location.search).get("take") ?? "").split("/");
  if (!id || !/^[0-9a-f-]{36}$/.test(id)) return null;
  if (kind === "departure") return { path: `/transports/${id}/handover`, desk: `/transports/${id}/handover` };
  if (kind === "arrival") return { path: `/announced-transports/${id}/handover`, desk: `/arrivals/${id}/handover` };
  return null;
}

async function prepare_offline(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return false;
  try {
    await navigator.serviceWorker.register("/handover-worker.js", { scope: "/handover" });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false; // not a secure place, or no room
  }
}

export const can_keep = (): boolean => globalThis.isSecureContext && typeof indexedDB !== "undefined";

export function DevicePage(): ReactNode {
  const [session, set_session] = useState<SessionView | null | undefined>(undefined);
  const [records, set_records] = useState<VaultRecord[] | null>(null);
  const [vault, set_vault] = useState<Vault<Kept> | null>(null);
  const [kept, set_kept] = useState<Kept>(nothing_kept);
  const [wanted, set_wanted] = useState<Wanted | null>(wanted_list);
  const [ready, set_ready] = useState<boolean | null>(null);
  const lock = useCallback((): void => {
    set_vault(null);
    set_kept(nothing_kept);
  }, []);
  const look = useCallback(async (): Promise<void> => {
    if (!can_keep()) return set_records([]);
    await wipe_old(device_storage, Date.now());
    set_records(await device_storage.all());
  }, []);
  const ask_session = useCallback(async (): Promise<void> => {
    await get<SessionView>("/session").then(set_session, () => set_session(null));
  }, []);
  useEffect(() => {
    document.title = t("transfers.device_page");
    void look();
    void ask_session();
    void prepare_offline().then(set_ready);
  }, [look, ask_session]);
  useLocking(vault !== null, lock);
  const open = async (user: string, login: string, words: string): Promise<Vault<Kept>> => {
    const next = await open_vault<Kept>(device_storage, { user, login }, words, {
      first: nothing_kept,
      count_unsent,
      now: Date.now,
    });
    set_kept(await next.read());
    set_vault(next);
    await look();
    return next;
  };
  const take = async (device: string, words: string): Promise<void> => {
    if (!session || !wanted) return;
    const own = vault ?? (await open(session.user.id, session.user.login, words));
    const taken = await post<TakenListView>(`${wanted.path}/takings`, { device, device_now: new Date().toISOString() });
    set_kept(await own.change((content) => with_list(content, kept_list(wanted.path, wanted.desk, taken))));
    await navigator.storage?.persist?.().catch(() => false);
    history.replaceState(null, "", "/handover");
    set_wanted(null);
  };
  const change = useMemo(
    () =>
      vault &&
      (async (taking: string, next: (list: KeptList) => KeptList): Promise<void> => {
        try {
          set_kept(await vault.change((content) => changed_list(content, taking, next)));
        } catch {
          toast(t("transfers.device_full"), true);
        }
      }),
    [vault],
  );
  const wipe = async (taking: string): Promise<void> => {
    if (!vault) return;
    const left = await vault.change((content) => without_list(content, taking));
    set_kept(left);
    if (left.lists.length > 0) return;
    await device_storage.erase(vault.user);
    lock();
    await look();
  };
  if (records === null || session === undefined) return <Waiting lines={6} />;
  return (
    <main className="handover-device" id="page">
      <Head vault={vault} lock={lock} />
      <div className="stack">
        {!can_keep() && <Notice tone="late">{t("transfers.take_insecure")}</Notice>}
        {can_keep() && wanted && session && (
          <TakeForm
            is_open={vault !== null}
            is_known={records.some((record) => record.user === session.user.id)}
            take={take}
            back={() => location.assign(wanted.desk)}
          />
        )}
        {can_keep() && wanted && !session && <SignInFirst />}
        {!wanted && !vault && records.length === 0 && can_keep() && (
          <Empty icon="inbox" title={t("transfers.device_none")}>
            <p>{t("transfers.device_none_text")}</p>
          </Empty>
        )}
        {!wanted && !vault && records.length > 0 && <UnlockForm records={records} open={open} />}
        {!wanted && vault && change && (
          <Lists kept={kept} session={session} vault={vault} change={change} wipe={wipe} ask_session={ask_session} />
        )}
        {ready !== null && can_keep() && (
          <p className="small muted" id="handover-ready">
            {t(ready ? "transfers.device_ready" : "transfers.device_not_ready")}
          </p>
        )}
      </div>
    </main>
  );
}

/** Locked when somebody signs out in another window, and when nobody touches the device. */
function useLocking(is_open: boolean, lock: () => void): void {
  useEffect(() => {
    if (!is_open) return undefined;
    let timer = setTimeout(lock, idle_ms);
    const touched = (): void => {
      clearTimeout(timer);
      timer = setTimeout(lock, idle_ms);
    };
    const left = (event: StorageEvent): void => {
      if (event.key === left_key) lock();
    };
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    addEventListener("storage", left);
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
      removeEventListener("storage", left);
    };
  }, [is_open, lock]);
}

function Head({ vault, lock }: { vault: Vault<Kept> | null; lock: () => void }): ReactNode {
  const { language, choose } = useLanguage();
  return (
    <PageHead
      title={t("transfers.device_page")}
      lead={
        <a className="handover-back" href="/">
          {t("transfers.device_back")}
        </a>
      }
    >
      {languages
        .filter((one) => one.code !== language)
        .map((one) => (
          <Button key={one.code} kind="small" icon="globe" onClick={() => choose(one.code)}>
            {one.name}
          </Button>
        ))}
      {vault && (
        <Button kind="small" icon="key" data-action="lock" onClick={lock}>
          {t("transfers.device_lock")}
        </Button>
      )}
    </PageHead>
  );
}

function SignInFirst(): ReactNode {
  return (
    <Notice tone="near">
      <p>{t("transfers.device_signed_out")}</p>
      <a href="/">{t("transfers.device_sign_in")}</a>
    </Notice>
  );
}

function Lists({
  kept,
  session,
  vault,
  change,
  wipe,
  ask_session,
}: {
  kept: Kept;
  session: SessionView | null;
  vault: Vault<Kept>;
  change: (taking: string, next: (list: KeptList) => KeptList) => Promise<void>;
  wipe: (taking: string) => Promise<void>;
  ask_session: () => Promise<void>;
}): ReactNode {
  const [chosen, choose] = useState<string | null>(null);
  const list = kept.lists.find((one) => one.taking === chosen) ?? kept.lists[0];
  if (!list) return <Empty icon="inbox" title={t("transfers.device_none")} />;
  return (
    <>
      {kept.lists.length > 1 && (
        <div className="handover-lists" role="group" aria-label={t("transfers.device_page")}>
          {kept.lists.map((one) => (
            <Button key={one.taking} kind="small" aria-pressed={one.taking === list.taking} onClick={() => choose(one.taking)}>
              {one.name}
            </Button>
          ))}
        </div>
      )}
      <TickList
        key={list.taking}
        list={list}
        user={vault.user}
        session={session}
        change={(next) => change(list.taking, next)}
        wipe={() => wipe(list.taking)}
        ask_session={ask_session}
      />
    </>
  );
}
