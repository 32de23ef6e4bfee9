/** The identity workbench: the question, every answer that was given, the candidates, and why; all of it by keyboard. */
import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { client, queries } from "../api/queries.ts";
import type { Candidate, CitizenSearch } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { options_of } from "../forms/codes.ts";
import { show_day, show_number } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { Condition } from "./Condition.tsx";
import { band_tones, Evidence, model_words, show_bits } from "./Evidence.tsx";
import { tidy_question, type Question, type QuestionPart } from "./names.ts";
import { PlacesMap } from "./PlacesMap.tsx";
import { PrintsNotice } from "./Prints.tsx";
import "./registry.css";

/** A question with the answer that the person saw. */
export interface Search {
  question: Question;
  answer: CitizenSearch;
  prints: boolean;
}
export interface Chosen {
  candidate: Candidate | null;
  searches: Search[];
  /** Asks everything again, after the registry has changed. */
  again: () => void;
}

const first_parts: QuestionPart[] = ["given", "surname", "birth", "place"];
const more_parts: QuestionPart[] = ["father_given", "father_surname", "mother_given", "mother_surname", "document"];
const is_empty = (question: Question): boolean => Object.keys(question).length === 0;
const in_field = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input,textarea,select,[contenteditable]");

export function Workbench({
  asked,
  decision,
  prints = "",
}: {
  asked: Question;
  decision?: (chosen: Chosen) => ReactNode;
  /** The task whose applicant's prints are compared with the candidates; empty: names alone. */
  prints?: string;
}): ReactNode {
  const [questions, set_questions] = useState<Question[]>(() => {
    const first = tidy_question(asked);
    return is_empty(first) ? [] : [first];
  });
  const [current, set_current] = useState(0);
  const [picked, set_picked] = useState<Record<number, number>>({});
  const whole = useRef<HTMLDivElement>(null);
  const answers = useQueries({ queries: questions.map((question) => queries.citizens(question, prints)) });
  const found = answers[current];
  const answer = found?.data;
  const candidate = answer?.items[picked[current] ?? 0] ?? null;
  const searches = questions.flatMap((question, index) => {
    const data = answers[index]?.data;
    return data ? [{ question, answer: data, prints: prints !== "" }] : [];
  });
  // What is decided on is what is in front of the person: it stands last.
  const shown = questions[current];
  const ordered = [...searches.filter((one) => one.question !== shown), ...searches.filter((one) => one.question === shown)];
  const ask = (question: Question): void => {
    const tidy = tidy_question(question);
    if (is_empty(tidy)) return;
    const known = questions.findIndex((one) => JSON.stringify(one) === JSON.stringify(tidy));
    set_current(known >= 0 ? known : questions.length);
    if (known < 0) set_questions([...questions, tidy]);
    whole.current?.querySelector<HTMLElement>("[role=listbox]")?.focus();
  };
  const decided = decision?.({
    candidate,
    searches: ordered,
    again: () => void client.invalidateQueries({ queryKey: ["citizens"] }),
  });
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || in_field(event.target) || event.key !== "r") return;
      whole.current?.querySelector<HTMLElement>("input")?.focus();
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return (
    <div className="workbench stack loose" ref={whole}>
      <Card title={t("web.registry.title")} actions={<span className="small muted no-touch">{t("web.registry.keys")}</span>}>
        <Condition />
        <QuestionForm key={current} asked={questions[current] ?? asked} ask={ask} />
        {questions.length > 1 && (
          <nav className="searches" aria-label={t("web.registry.searches")}>
            {questions.map((question, index) => (
              <button
                key={index}
                type="button"
                className="button small"
                aria-pressed={index === current}
                onClick={() => set_current(index)}
              >
                {t("web.registry.search_number", { number: index + 1 })}
                <span className="muted"> {answers[index]?.data?.items.length ?? "…"}</span>
                <span className="visually-hidden"> {Object.values(question).join(" ")}</span>
              </button>
            ))}
          </nav>
        )}
        <ErrorNotice error={found?.error} />
        {found?.isPending && <Waiting />}
        {answer && (
          <Answer
            answer={answer}
            chosen={candidate}
            choose={(index) => set_picked({ ...picked, [current]: index })}
            decide={() => whole.current?.querySelector<HTMLElement>('[name="outcome"]')?.focus()}
            decision={decided}
          />
        )}
        {!answer && decided}
      </Card>
    </div>
  );
}

function QuestionForm({ asked, ask }: { asked: Question; ask: (question: Question) => void }): ReactNode {
  const [text, set_text] = useState<Question>(asked);
  const field = (name: QuestionPart): ReactNode => (
    <TextField
      key={name}
      label={t(`web.registry.${name}`)}
      value={text[name] ?? ""}
      change={(value) => set_text({ ...text, [name]: value })}
      autoComplete="off"
      dir="auto"
      maxLength={name === "birth" ? 10 : 150}
    />
  );
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        ask(text);
      }}
    >
      <div className="registry-form">
        {first_parts.map(field)}
        <Button type="submit" kind="primary" icon="search">
          {t("web.registry.search")}
        </Button>
      </div>
      <details className="registry-more" open={more_parts.some((name) => asked[name]) || undefined}>
        <summary>{t("web.registry.more_fields")}</summary>
        <div className="registry-form">
          {more_parts.map(field)}
          <SelectField
            label={t("web.registry.sex")}
            value={text.sex ?? ""}
            options={options_of("sex").filter((one) => ["F", "M", "X"].includes(one.value))}
            change={(value) => set_text({ ...text, sex: value })}
            empty={t("web.registry.any")}
          />
        </div>
      </details>
    </form>
  );
}

function Answer({
  answer,
  chosen,
  choose,
  decide,
  decision,
}: {
  answer: CitizenSearch;
  chosen: Candidate | null;
  choose: (index: number) => void;
  decide: () => void;
  decision: ReactNode;
}): ReactNode {
  return (
    <>
      {answer.truncated && (
        <Notice tone="near">
          <p>{t("web.registry.truncated")}</p>
        </Notice>
      )}
      {answer.print_fingers > 0 && <PrintsNotice fingers={answer.print_fingers} />}
      {answer.left_out.includes("place") && <p className="small muted">{t("web.registry.left_out_place")}</p>}
      {answer.items.length === 0 ? (
        <>
          <Empty icon="search" title={t("web.registry.nobody")}>
            <p>{t("web.registry.try_next")}</p>
          </Empty>
          {decision}
        </>
      ) : (
        <div className="candidates">
          <div className="stack">
            <CandidateList answer={answer} chosen={chosen} choose={choose} decide={decide} />
            {decision}
          </div>
          <div className="stack loose">
            {chosen && <Evidence candidate={chosen} answer={answer} />}
            <PlacesMap candidates={answer.items} chosen={chosen} />
          </div>
        </div>
      )}
      <Tried answer={answer} />
    </>
  );
}

/** One stop of the tabulator; up and down choose, Enter goes to the decision. */
function CandidateList({
  answer,
  chosen,
  choose,
  decide,
}: {
  answer: CitizenSearch;
  chosen: Candidate | null;
  choose: (index: number) => void;
  decide: () => void;
}): ReactNode {
  const here = answer.items.findIndex((one) => one.id === chosen?.id);
  const list = useRef<HTMLUListElement>(null);
  const pressed = (event: KeyboardEvent): void => {
    const last = answer.items.length - 1;
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      choose(Math.min(last, Math.max(0, next)));
      list.current?.children[Math.min(last, Math.max(0, next))]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") decide();
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <p className="small muted" role="status">
        {t("web.registry.found", { count: answer.items.length })}
      </p>
      <ul
        className="candidate-list"
        role="listbox"
        aria-label={t("web.registry.candidates")}
        aria-activedescendant={here >= 0 ? `candidate-${here}` : undefined}
        tabIndex={0}
        ref={list}
        onKeyDown={pressed}
      >
        {answer.items.map((one, index) => (
          <li key={one.id} id={`candidate-${index}`} role="option" aria-selected={index === here} onClick={() => choose(index)}>
            <span className="candidate-number muted">{index + 1}</span>
            <span className="grow">
              <span className="strong" dir="auto">
                {one.given} {one.surname}
              </span>
              <span className="small muted">
                {show_day(one.birth)} · {one.place}
              </span>
              {one.may_be_relative && <span className="small relative-mark">{t("web.registry.relative_short")}</span>}
            </span>
            <span className="candidate-bits">
              <span className="strong">{show_bits(one.bits)}</span>
              {one.band !== "not_found" && <Chip tone={band_tones[one.band] ?? "quiet"}>{t(`registry.band.${one.band}`)}</Chip>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** By what was searched: shown at once when nobody can be proposed. */
function Tried({ answer }: { answer: CitizenSearch }): ReactNode {
  return (
    <details className="tried small" open={answer.band === "not_found" || answer.items.length === 0 || undefined}>
      <summary>
        {t("web.registry.tried")}{" "}
        <span className="muted">
          {t("web.registry.compared", { compared: show_number(answer.compared), persons: show_number(answer.persons) })}
        </span>
      </summary>
      <ul>
        {[...new Set(answer.tried)].map((key) => (
          <li key={key}>{t_first([`registry.key.${key}`], words_of(key))}</li>
        ))}
      </ul>
      {answer.items.length > 0 && answer.band === "not_found" && <p>{t("web.registry.try_next")}</p>}
      <p className="muted">
        {t("registry.person_decides")} {answer.model && model_words(answer.model)}
      </p>
    </details>
  );
}
