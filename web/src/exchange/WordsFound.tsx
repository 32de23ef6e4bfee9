/** Words found in what would leave: where each stands, what stands around it, and who answers for it. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { EnvelopePreview, WordFound } from "../api/types.ts";
import { Button, Chip, ErrorNotice, Notice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { TextArea } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { name_of_path } from "../forms/codes.ts";
import { Link } from "../shell/router.tsx";

const place_of = (word: WordFound): string => word.label || name_of_path(word.field);

export function WordsFound({ view, id }: { view: EnvelopePreview; id: string }): ReactNode {
  const [asked, set_asked] = useState<WordFound | null>(null);
  if (view.words.length === 0)
    return (
      <Notice tone="calm">
        <p>{t("web.release.no_words")}</p>
      </Notice>
    );
  const open = view.words.filter((word) => !word.cleared).length;
  return (
    <>
      <Notice tone={open > 0 ? "late" : "near"} alert={open > 0}>
        <p className="strong">{open > 0 ? t("web.release.words_block", { count: open }) : t("web.release.words_cleared")}</p>
        <ul className="words">
          {view.words.map((word, index) => (
            <li key={index}>
              <Place word={word} id={id} />
              <p>
                <Excerpt text={word.excerpt} word={word.word} />
              </p>
              {word.cleared && (
                <p className="small">
                  <Chip tone="calm" icon="check">
                    {t("web.release.answered", { name: word.cleared.by, reason: word.cleared.reason })}
                  </Chip>
                </p>
              )}
              {!word.cleared && view.may_answer === true && (
                <Button onClick={() => set_asked(word)}>{t("web.release.answer_for")}</Button>
              )}
            </li>
          ))}
        </ul>
      </Notice>
      {asked && <Answer word={asked} id={id} close={() => set_asked(null)} />}
    </>
  );
}

function Place({ word, id }: { word: WordFound; id: string }): ReactNode {
  const in_file = word.field.startsWith("attachments[");
  return (
    <p>
      {in_file ? (
        <span className="strong">{place_of(word)}</span>
      ) : (
        <Link href={`/cases/${id}/edit?section=${word.field.split(".")[0] ?? ""}`}>{place_of(word)}</Link>
      )}
      {word.category && <span className="muted"> · {word.category}</span>}
    </p>
  );
}

function Excerpt({ text, word }: { text: string; word: string }): ReactNode {
  const shown = word.replace(/\s+/g, " ");
  const at = text.toLowerCase().indexOf(shown.toLowerCase());
  if (at < 0)
    return (
      <span dir="auto">
        “{text}” <mark>{shown}</mark>
      </span>
    );
  return (
    <span dir="auto">
      “{text.slice(0, at)}
      <mark>{text.slice(at, at + shown.length)}</mark>
      {text.slice(at + shown.length)}”
    </span>
  );
}

function Answer({ word, id, close }: { word: WordFound; id: string; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      await post(`/cases/${id}/word-clearances`, { place: word.field, word: word.word, reason });
      await client.invalidateQueries();
      toast(t("web.release.answered_toast"));
      close();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Dialog
      title={t("web.release.answer_title")}
      open
      close={close}
      keep={reason !== ""}
      foot={
        <>
          <Button kind="primary" busy={busy} disabled={reason.trim() === ""} onClick={() => void send()}>
            {t("web.release.answer_for")}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
        </>
      }
    >
      <ErrorNotice error={error} />
      <p>{t("web.release.answer_lead", { word: word.word, place: place_of(word) })}</p>
      <TextArea label={t("web.release.answer_reason")} rows={3} value={reason} change={set_reason} />
    </Dialog>
  );
}
