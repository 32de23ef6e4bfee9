/** Words that lock what is kept on a device: chosen when a list is taken for the first time, asked for ever after. */
import { useState, type FormEvent, type ReactNode } from "react";
import { Button, Card, ErrorNotice, Notice } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { t } from "../language/label.ts";
import { shortest_words, WrongWords, type VaultRecord } from "./vault.ts";

const device_key = "rcms.handover.device";

function Words({ label, hint, value, change, is_new }: WordsProps): ReactNode {
  return (
    <TextField
      label={label}
      hint={hint}
      type="password"
      autoComplete={is_new ? "new-password" : "current-password"}
      value={value}
      change={change}
      required
    />
  );
}
interface WordsProps {
  label: string;
  hint?: string;
  value: string;
  change: (value: string) => void;
  is_new: boolean;
}

function useSending(send: () => Promise<void>): { error: unknown; busy: boolean; submit: (event: FormEvent) => void } {
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set_busy(true);
    set_error(null);
    void send()
      .catch((fault: unknown) => set_error(fault instanceof WrongWords ? new Error(t("transfers.take_words_wrong")) : fault))
      .finally(() => set_busy(false));
  };
  return { error, busy, submit };
}

export function TakeForm({
  is_open,
  is_known,
  take,
  back,
}: {
  /** What is kept is unlocked already. */
  is_open: boolean;
  /** Something of this user is kept: its words open it. */
  is_known: boolean;
  take: (device: string, words: string) => Promise<void>;
  back: () => void;
}): ReactNode {
  const [device, set_device] = useState(() => localStorage.getItem(device_key) ?? "");
  const [words, set_words] = useState("");
  const [again, set_again] = useState("");
  const is_new = !is_known && !is_open;
  const is_ready = device.trim() !== "" && (is_open || words.length >= shortest_words) && (!is_new || words === again);
  const { error, busy, submit } = useSending(async () => {
    localStorage.setItem(device_key, device.trim());
    await take(device.trim(), words);
  });
  return (
    <Card title={t("transfers.take_title")}>
      <form className="stack" onSubmit={submit}>
        <p>{t("transfers.take_text")}</p>
        <ErrorNotice error={error} />
        <TextField
          label={t("transfers.take_device")}
          hint={t("transfers.take_device_hint")}
          value={device}
          change={set_device}
          maxLength={60}
          required
        />
        {!is_open && (
          <Words
            label={t("transfers.take_words")}
            hint={t("transfers.take_words_hint", { count: shortest_words })}
            value={words}
            change={set_words}
            is_new={is_new}
          />
        )}
        {is_new && <Words label={t("transfers.take_words_again")} value={again} change={set_again} is_new />}
        <div className="row">
          <Button kind="primary" type="submit" busy={busy} disabled={!is_ready} data-action="take">
            {t("transfers.take_list")}
          </Button>
          <Button onClick={back}>{t("web.action.cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}

export function UnlockForm({
  records,
  open,
}: {
  records: VaultRecord[];
  open: (user: string, login: string, words: string) => Promise<unknown>;
}): ReactNode {
  const [user, set_user] = useState(records[0]?.user ?? "");
  const [words, set_words] = useState("");
  const record = records.find((one) => one.user === user) ?? records[0];
  const { error, busy, submit } = useSending(async () => {
    if (record) await open(record.user, record.login, words);
  });
  if (!record) return null;
  return (
    <Card title={t("transfers.device_locked", { login: record.login })}>
      <form className="stack" onSubmit={submit}>
        <ErrorNotice error={error} />
        {record.unsent > 0 && <Notice tone="near">{t("transfers.device_waiting", { count: record.unsent })}</Notice>}
        {records.length > 1 && (
          <SelectField
            label={t("transfers.device_whose")}
            value={user}
            change={set_user}
            options={records.map((one) => ({ value: one.user, label: one.login }))}
          />
        )}
        <Words label={t("transfers.take_words")} value={words} change={set_words} is_new={false} />
        <Button kind="primary" type="submit" busy={busy} disabled={words === ""} data-action="unlock">
          {t("transfers.device_open")}
        </Button>
      </form>
    </Card>
  );
}
