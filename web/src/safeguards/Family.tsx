/** The family of a file: who leaves together, the exception that separates one of them, and saying that files belong together. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { Button, Card, Chip, Notice } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { StateChip } from "../cases/state.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { ReviewDialog, StepDialog } from "./ActDialogs.tsx";
import { DeskDialog } from "./DeskDialog.tsx";
import type { SafeguardFile } from "./read.ts";

/** Shown where there is a family, or somebody who can say that there is one. */
export function Family({ file }: { file: SafeguardFile }): ReactNode {
  const may = useMay();
  const [open, set_open] = useState<"group" | "exception" | "review" | null>(null);
  const groups = may("safeguard.family") && may("search.use") && file.stage !== "";
  const asks = file.steps.find((step) => step.action === "ask_family_exception" && step.allowed);
  const close = (): void => set_open(null);
  if (!file.family && !groups && !file.exception) return null;
  return (
    <Card
      title={t("safeguards.family.title")}
      id="family"
      actions={
        groups && (
          <Button kind="small" icon="people" onClick={() => set_open("group")}>
            {t(file.family ? "safeguards.family.add" : "safeguards.family.group")}
          </Button>
        )
      }
    >
      <div className="stack">
        {file.family ? <Members file={file} /> : <p className="muted">{t("safeguards.family.none")}</p>}
        {file.exception && <Exception file={file} review={() => set_open("review")} />}
        {file.family && asks && file.exception?.granted !== true && !(file.exception && file.exception.granted === null) && (
          <p>
            <Button kind="small" onClick={() => set_open("exception")}>
              {asks.label}
            </Button>
          </p>
        )}
      </div>
      {open === "group" && <GroupDialog file={file} close={close} />}
      {open === "exception" && asks && <StepDialog file={file} step={asks} close={close} />}
      {open === "review" && <ReviewDialog file={file} close={close} />}
    </Card>
  );
}

function Members({ file }: { file: SafeguardFile }): ReactNode {
  return (
    <ul className="members">
      {file.members.map((member) => (
        <li key={member.id}>
          <span className="grow">
            <span className="strong">
              {member.id === file.id ? (
                member.name
              ) : (
                <Link href={`/safeguards/${member.id}`}>{member.name || member.reference}</Link>
              )}
            </span>{" "}
            <span className="mono small muted">{member.reference}</span>
            {member.departs_at && (
              <span className="small muted"> · {t("safeguards.family.leaves", { at: show_instant(member.departs_at) })}</span>
            )}
          </span>
          {member.is_excepted && (
            <Chip tone="hold" icon="swap">
              {t("safeguards.family.excepted")}
            </Chip>
          )}
          <StateChip state={member.state} />
        </li>
      ))}
    </ul>
  );
}

function Exception({ file, review }: { file: SafeguardFile; review: () => void }): ReactNode {
  const exception = file.exception;
  if (!exception) return null;
  const state = exception.granted === null ? "waits" : exception.granted ? "granted" : "refused";
  return (
    <Notice tone={state === "waits" ? "near" : state === "granted" ? "hold" : "late"}>
      <p className="strong">{t(`safeguards.exception.${state}`)}</p>
      <p>
        {exception.reason}{" "}
        <span className="muted small">
          {exception.asked_by?.name}, {show_instant(exception.asked_at)}
        </span>
      </p>
      {exception.reviewed_at && (
        <p>
          {exception.review_reason}{" "}
          <span className="muted small">
            {exception.reviewed_by?.name}, {show_instant(exception.reviewed_at)}
          </span>
        </p>
      )}
      {exception.granted === null &&
        (exception.may_review ? (
          <p>
            <Button kind="small" icon="check" onClick={review}>
              {t("safeguards.exception.review_title")}
            </Button>
          </p>
        ) : (
          <p className="small muted">{t("safeguards.exception.reviewer")}</p>
        ))}
    </Notice>
  );
}

interface Chosen {
  id: string;
  title: string;
}
function GroupDialog({ file, close }: { file: SafeguardFile; close: () => void }): ReactNode {
  const [words, set_words] = useState("");
  const [chosen, set_chosen] = useState<Chosen[]>([]);
  const asked = useDeferredValue(words.trim());
  const hits = useQuery(queries.search(asked)).data ?? [];
  const taken = new Set([file.id, ...file.members.map((member) => member.id), ...chosen.map((one) => one.id)]);
  const offered = hits.filter((hit) => hit.kind === "case" && !taken.has(hit.id)).slice(0, 6);
  const send = async (): Promise<null> => {
    await post("/safeguards/families", { cases: [file.id, ...chosen.map((one) => one.id)] });
    return null;
  };
  return (
    <DeskDialog
      title={t("safeguards.family.group")}
      act={chosen.length > 0 ? t("safeguards.family.group_act", { count: chosen.length + 1 }) : t("safeguards.family.group")}
      file={file}
      follows={[t("safeguards.family.follows_together"), t("safeguards.family.follows_exception")]}
      send={send}
      done={t("safeguards.family.grouped")}
      close={close}
      ready={chosen.length > 0}
      keep={chosen.length > 0}
    >
      {chosen.length > 0 && (
        <ul className="members">
          {chosen.map((one) => (
            <li key={one.id}>
              <span className="grow strong">{one.title}</span>
              <Button kind="small quiet" icon="cross" onClick={() => set_chosen(chosen.filter((item) => item.id !== one.id))}>
                {t("safeguards.family.remove")}
                <span className="visually-hidden"> {one.title}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={t("safeguards.family.search")}
        hint={t("safeguards.family.search_hint")}
        value={words}
        change={set_words}
        autoComplete="off"
        type="search"
      />
      <ul className="offered" aria-label={t("safeguards.family.found")}>
        {offered.map((hit) => (
          <li key={hit.id}>
            <button
              type="button"
              onClick={() => {
                set_chosen([...chosen, { id: hit.id, title: hit.title }]);
                set_words("");
              }}
            >
              <Icon name="plus" size={14} />
              <span className="grow">
                <span className="strong">{hit.title}</span> <span className="small muted">{hit.detail}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {asked.length > 1 && offered.length === 0 && <p className="muted small">{t("safeguards.family.nobody")}</p>}
    </DeskDialog>
  );
}
