/** Who the applicant is: a decision with its reason, and the second person who looks at a negative. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { ApiError, get, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { Identification } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, Notice } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useSession } from "../session/session.ts";
import { navigate } from "../shell/router.tsx";
import type { Chosen } from "./Workbench.tsx";

const outcomes = ["confirmed", "not_confirmed", "inconclusive"];

/** The next open task of this kind: fifty in an hour leave no time for a list between two. */
async function open_next(done: string): Promise<void> {
  await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "citizens" });
  const open = (await get<{ items: { id: string; kind: string }[] }>("/tasks", { state: "open" })).items;
  const next = open.find((task) => task.kind === "registry_search" && task.id !== done);
  navigate(next ? `/tasks/${next.id}` : "/tasks");
}

export function Decision({ task, chosen }: { task: string; chosen: Chosen }): ReactNode {
  const opinions = useQuery(queries.identifications(task)).data ?? [];
  const newest = opinions[0];
  return (
    <>
      {newest?.state === "disagreed" && (
        <Notice tone="near">
          <p>
            {t("web.identification.disagreed", {
              second: newest.second_by,
              first: newest.first_by,
              at: show_instant(newest.second_at),
            })}
          </p>
          <Reasons opinion={newest} />
        </Notice>
      )}
      {newest?.state === "waiting" ? (
        <SecondLook task={task} opinion={newest} />
      ) : (
        <FirstLook key={opinions.length} task={task} chosen={chosen} />
      )}
    </>
  );
}

function Reasons({ opinion }: { opinion: Identification }): ReactNode {
  return (
    <Facts
      rows={[
        [t("web.identification.first_reason"), opinion.reason],
        ...(opinion.second_reason ? [[t("web.identification.second_reason"), opinion.second_reason] as [string, string]] : []),
      ]}
    />
  );
}

function FirstLook({ task, chosen }: { task: string; chosen: Chosen }): ReactNode {
  const [outcome, set_outcome] = useState("");
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { candidate, searches } = chosen;
  const needs_second = candidate?.prints?.needs_second ?? false;
  const is_plain = outcome === "confirmed" && candidate?.band === "proposed" && !needs_second;
  const missing = outcome === "" || (outcome === "confirmed" && !candidate) || (!is_plain && reason.trim() === "");
  const send = async (): Promise<void> => {
    if (missing || busy) return;
    set_busy(true);
    try {
      const opinion = await post<Identification>(`/tasks/${task}/identifications`, {
        outcome,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
        ...(outcome === "confirmed" && candidate ? { citizen: candidate.id } : {}),
        searches: searches.slice(-20).map((one) => ({
          question: one.question,
          fingerprint: one.answer.fingerprint,
          ...(one.prints ? { prints: true } : {}),
        })),
      });
      toast(t(opinion.state === "waiting" ? "web.identification.sent_waits" : "web.identification.sent"));
      await open_next(task);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.ctrlKey || event.metaKey || event.altKey || target?.matches("input,textarea,select") || event.key !== "n")
        return;
      set_outcome("not_confirmed");
      form.current?.querySelector("textarea")?.focus();
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  const name = candidate ? `${candidate.given} ${candidate.surname}` : t("web.identification.no_choice");
  const changed = error instanceof ApiError && error.why === "stale_revision";
  return (
    <Card level={3} title={t("web.identification.decide")}>
      <form
        ref={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || (!event.ctrlKey && !event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      >
        <ErrorNotice error={error} />
        {changed && (
          <Button
            icon="search"
            onClick={() => {
              set_error(null);
              chosen.again();
            }}
          >
            {t("web.registry.search_again")}
          </Button>
        )}
        {searches.length === 0 && <p className="muted">{t("web.identification.search_first")}</p>}
        <RadioGroup
          legend={t("web.task.outcome")}
          name="outcome"
          value={outcome}
          change={set_outcome}
          options={outcomes.map((value) => ({
            value,
            label: t(`web.identification.${value}`),
            hint: value === "confirmed" ? name : t(`web.identification.${value}_hint`),
          }))}
        />
        {outcome === "confirmed" && needs_second && (
          <Notice tone="near">
            <p>{t("web.prints.needs_second")}</p>
          </Notice>
        )}
        <TextArea
          label={t("web.identification.reason")}
          hint={t("web.identification.reason_hint")}
          value={reason}
          change={set_reason}
          maxLength={2000}
          rows={2}
          optional={is_plain}
          required={!is_plain}
        />
        <div className="row">
          <Button type="submit" kind="primary large" busy={busy} disabled={missing}>
            {t("web.identification.send")}
          </Button>
          {missing && <span className="muted small">{t("web.form.not_ready")}</span>}
        </div>
      </form>
    </Card>
  );
}

/** The person of the registry that an opinion names, as the answer held them. */
function name_in(opinion: Identification): string {
  const answers = (Array.isArray(opinion.answers) ? opinion.answers : []) as {
    candidates?: { person: { id: string; given: string; surname1: string; surname2: string } }[];
  }[];
  const found = answers.flatMap((one) => one.candidates ?? []).find((one) => one.person.id === opinion.citizen)?.person;
  return found ? [found.given, found.surname1, found.surname2].filter(Boolean).join(" ") : (opinion.citizen ?? "");
}

function SecondLook({ task, opinion }: { task: string; opinion: Identification }): ReactNode {
  // A negative, or a person whom the prints say more than the names.
  const suffix = opinion.outcome === "confirmed" ? "_confirmed" : "";
  const who = name_in(opinion);
  const session = useSession();
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const at = show_instant(opinion.first_at);
  if (!opinion.may_second)
    return (
      <Notice tone="hold">
        <p>
          {opinion.first_by === session.user.name
            ? t(`web.identification.waits_own${suffix}`, { at, who })
            : t(`web.identification.waits${suffix}`, { name: opinion.first_by, at, who })}
        </p>
      </Notice>
    );
  const send = async (agrees: boolean): Promise<void> => {
    set_busy(true);
    try {
      await post(`/tasks/${task}/identifications/second`, { agrees, reason: reason.trim() });
      toast(t("web.identification.sent"));
      if (agrees) await open_next(task);
      else await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "citizens" });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const count = Array.isArray(opinion.answers) ? opinion.answers.length : 0;
  return (
    <Card level={3} title={t("web.identification.second")}>
      <div className="stack">
        <ErrorNotice error={error} />
        <p>{t(`web.identification.waits${suffix}`, { name: opinion.first_by, at, who })}</p>
        <p className="muted">{t("web.identification.second_lead")}</p>
        <details>
          <summary>{t("web.identification.searched", { count })}</summary>
          <Reasons opinion={opinion} />
        </details>
        <TextArea
          label={t("web.identification.reason")}
          hint={t("web.identification.reason_hint")}
          value={reason}
          change={set_reason}
          maxLength={2000}
          rows={2}
          required
        />
        <div className="row">
          <Button kind="primary" busy={busy} disabled={reason.trim() === ""} onClick={() => void send(true)}>
            {t(`web.identification.agree${suffix}`)}
          </Button>
          <Button busy={busy} disabled={reason.trim() === ""} onClick={() => void send(false)}>
            {t("web.identification.disagree")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
