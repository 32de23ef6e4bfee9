/** One list on a device: large buttons for each person, what waits, what the server said of it. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { ApiError, post } from "../api/client.ts";
import type { SessionView } from "../api/types.ts";
import { Button, Chip, ErrorNotice, Notice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { CheckField, TextField } from "../design/fields.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import type { TicksView } from "../transfers/types.ts";
import { sent, shown_of, tick, to_send, waiting_of, went_back, type KeptList, type KeptPerson } from "./ticks.ts";

type Change = (next: (list: KeptList) => KeptList) => Promise<void>;
type Line = "up" | "lost" | "signed_out" | "other_user";
const soon_ms = 1500;
const again_ms = 30_000;

/** Sends what waits: soon after a tick, when the network is back, and now and then. */
function useSync(list: KeptList, change: Change): { line: Line; error: unknown; busy: boolean; send: () => Promise<void> } {
  const [line, set_line] = useState<Line>(navigator.onLine ? "up" : "lost");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const sending = useRef(false);
  const newest = useRef(list);
  newest.current = list;
  const send = useCallback(async (): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    set_busy(true);
    try {
      const body = to_send(newest.current, new Date().toISOString());
      const answer = await post<TicksView>(`${newest.current.path}/ticks`, body);
      await change((now) => sent(now, answer, new Date().toISOString()));
      set_line("up");
      set_error(null);
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      if (fault.status === 0) set_line("lost");
      else if (fault.status === 401) set_line("signed_out");
      else if (fault.status === 403 || fault.status === 404) set_line("other_user");
      if (fault.status !== 0 && fault.status !== 401) set_error(fault);
    } finally {
      sending.current = false;
      set_busy(false);
    }
  }, [change]);
  const waiting = waiting_of(list).length;
  useEffect(() => {
    if (waiting === 0) return undefined;
    const timer = setTimeout(() => void send(), soon_ms);
    return () => clearTimeout(timer);
  }, [waiting, send]);
  useEffect(() => {
    const lost = (): void => set_line("lost");
    const back = (): void => void send();
    const timer = setInterval(() => {
      if (waiting_of(newest.current).length > 0) void send();
    }, again_ms);
    addEventListener("online", back);
    addEventListener("offline", lost);
    return () => {
      clearInterval(timer);
      removeEventListener("online", back);
      removeEventListener("offline", lost);
    };
  }, [send]);
  return { line, error, busy, send };
}

export function TickList({
  list,
  user,
  session,
  change,
  wipe,
  ask_session,
}: {
  list: KeptList;
  user: string;
  session: SessionView | null;
  change: Change;
  wipe: () => Promise<void>;
  ask_session: () => Promise<void>;
}): ReactNode {
  // The parent makes a new function at each drawing; what sends must not start anew with it.
  const latest = useRef(change);
  latest.current = change;
  const steady = useCallback<Change>((next) => latest.current(next), []);
  const { line, error, busy, send } = useSync(list, steady);
  const [words, set_words] = useState("");
  const [only_left, set_only_left] = useState(false);
  const [wiping, set_wiping] = useState(false);
  const waiting = waiting_of(list).length;
  const other = session && session.user.id !== user ? session.user.name : null;
  const wanted = words.trim().toLocaleLowerCase();
  const left = list.persons.filter((one) => shown_of(list, one).value === null && !shown_of(list, one).is_clash).length;
  const persons = list.persons.filter((one) => {
    const shown = shown_of(list, one);
    const text = `${one.number} ${one.surname} ${one.given_names ?? ""} ${one.document ?? ""}`.toLocaleLowerCase();
    return (!only_left || (shown.value === null && !shown.is_clash)) && (wanted === "" || text.includes(wanted));
  });
  return (
    <div className="stack">
      <div className="handover-top">
        <h2>{list.name}</h2>
        <p className="small muted">
          {list.side} · <span className="mono">{list.list}</span> · {list.device}
        </p>
        <p role="status" id="handover-status" data-line={line} data-waiting={waiting}>
          {line === "lost" && <strong>{t("transfers.device_offline")} </strong>}
          {t("transfers.device_waiting", { count: waiting })}
          {list.sent_at && ` ${t("transfers.device_sent_at", { at: show_instant(list.sent_at) })}`}
        </p>
        <div className="row">
          <Button kind="small" icon="send" busy={busy} data-action="send_ticks" onClick={() => void send().then(ask_session)}>
            {t("transfers.device_send")}
          </Button>
          <Button kind="small" icon="cross" data-action="wipe_list" onClick={() => set_wiping(true)}>
            {t("transfers.device_wipe")}
          </Button>
          <a className="button small" href={list.desk}>
            {t("transfers.handover")}
          </a>
        </div>
      </div>
      {line === "signed_out" && !other && (
        <Notice tone="near" alert>
          <p>{t("transfers.device_signed_out")}</p>
          <a href="/">{t("transfers.device_sign_in")}</a>
        </Notice>
      )}
      {other && (
        <Notice tone="near" alert>
          {t("transfers.device_other_user", { name: other })}
        </Notice>
      )}
      {!other && <ErrorNotice error={error} />}
      {list.is_clock_wrong && (
        <Notice tone="late" alert>
          {t(list.clock_ahead_seconds > 0 ? "transfers.clock_notice_ahead" : "transfers.clock_notice_behind", {
            minutes: Math.round(Math.abs(list.clock_ahead_seconds) / 60),
          })}
        </Notice>
      )}
      {went_back(list) && <Notice tone="near">{t("transfers.device_bad_clock")}</Notice>}
      <TextField label={t("transfers.device_search")} value={words} change={set_words} type="search" />
      <div className="row apart">
        <CheckField label={t("transfers.device_only_left")} checked={only_left} change={set_only_left} />
        <span className="small">{t("transfers.device_left", { left, all: list.persons.length })}</span>
      </div>
      <ul className="handover-persons">
        {persons.map((one) => (
          <Person key={one.case_id} list={list} person={one} change={steady} />
        ))}
      </ul>
      {wiping && <WipeDialog waiting={waiting} wipe={wipe} close={() => set_wiping(false)} />}
    </div>
  );
}

function Person({ list, person, change }: { list: KeptList; person: KeptPerson; change: Change }): ReactNode {
  const [note, set_note] = useState<string | null>(null);
  const shown = shown_of(list, person);
  const name = [person.surname, person.given_names].filter(Boolean).join(", ");
  const refused = list.ticks.findLast((one) => one.case_id === person.case_id && one.state === "refused");
  const put = (value: string): void => {
    if (value === shown.value && !note) return;
    const made = { id: crypto.randomUUID(), at: new Date().toISOString() };
    void change((now) => tick(now, person.case_id, value, (note ?? "").trim(), made)).then(() => set_note(null));
  };
  const last = person.heads.at(-1);
  return (
    <li className="handover-person" data-person={person.case_id} data-value={shown.value ?? ""}>
      <div className="handover-name">
        <span className="handover-number">{person.number}</span>
        <div>
          <h3>{name}</h3>
          <p className="small muted">
            {[
              person.birth && t("transfers.device_born", { day: show_day(person.birth) }),
              person.sex,
              person.document,
              person.family && t("transfers.family", { number: person.family }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        {person.is_child && <Chip tone="near">{t("transfers.child")}</Chip>}
        {shown.waits && <Chip tone="info">{t("transfers.device_unsent")}</Chip>}
      </div>
      {shown.is_clash ? (
        <Notice tone="late">
          <p className="strong">{t("transfers.handover_value.clash")}</p>
          <ul className="small">
            {person.heads.map((head) => (
              <li key={head.id}>
                {t(`transfers.handover_value.${head.value}`)}: {[head.by, head.device].filter(Boolean).join(", ")}
              </li>
            ))}
          </ul>
          <a href={list.desk}>{t("transfers.settle")}</a>
        </Notice>
      ) : (
        <>
          <div className="handover-values" role="group" aria-label={t("transfers.device_ticks_of", { person: name })}>
            {list.values.map((value) => (
              <button
                key={value}
                type="button"
                className={`button handover-value is-${value}`}
                aria-pressed={shown.value === value}
                data-tick={value}
                onClick={() => put(value)}
              >
                {t(`transfers.handover_value.${value}`)}
              </button>
            ))}
          </div>
          {note === null ? (
            <button
              type="button"
              className="link-button small"
              aria-label={t("transfers.device_add_note", { person: name })}
              onClick={() => set_note("")}
            >
              {t("transfers.device_note")}
            </button>
          ) : (
            <TextField label={t("transfers.device_note")} value={note} change={set_note} maxLength={300} />
          )}
          {!shown.waits && last && (
            <p className="small muted">
              {t(last.device ? "transfers.tick_at" : "transfers.tick_at_desk", {
                by: last.by,
                device: last.device ?? "",
                at: show_instant(last.at),
              })}
            </p>
          )}
        </>
      )}
      {refused && <Notice tone="late">{t("transfers.device_not_kept", { why: refused.why_not ?? "" })}</Notice>}
    </li>
  );
}

function WipeDialog({ waiting, wipe, close }: { waiting: number; wipe: () => Promise<void>; close: () => void }): ReactNode {
  return (
    <Dialog
      title={t("transfers.device_wipe_title")}
      open
      close={close}
      foot={
        <>
          <Button kind="danger solid" data-action="wipe" onClick={() => void wipe().then(close)}>
            {t("transfers.device_wipe")}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
        </>
      }
    >
      <p>{waiting > 0 ? t("transfers.device_wipe_unsent", { count: waiting }) : t("transfers.device_wipe_text")}</p>
    </Dialog>
  );
}
