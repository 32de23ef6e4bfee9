/** The identity workbench: what was asked at the left, candidates beside it, one line per component with score and reason. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { Candidate } from "../api/types.ts";
import { Button, Card, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { show_day } from "../language/dates.ts";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import "./registry.css";

const names = ["given", "surname", "birth", "place", "document"];
export function Workbench({
  asked,
  chosen,
  choose,
}: {
  asked: Record<string, string>;
  chosen: Candidate | null;
  choose: (candidate: Candidate | null) => void;
}): ReactNode {
  const [text, set_text] = useState(asked);
  const [sent, set_sent] = useState(asked);
  const empty = names.every((name) => !sent[name]);
  const found = useQuery({ ...queries.citizens(sent), enabled: !empty });
  return (
    <Card title={t("web.registry.title")}>
      <form
        className="registry-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          set_sent(text);
        }}
      >
        {names.map((name) => (
          <TextField
            key={name}
            label={t(`web.registry.${name}`)}
            value={text[name] ?? ""}
            change={(value) => set_text({ ...text, [name]: value })}
            autoComplete="off"
            dir="auto"
            maxLength={150}
          />
        ))}
        <Button type="submit" kind="primary" icon="search">
          {t("web.registry.search")}
        </Button>
      </form>
      <ErrorNotice error={found.error} />
      {!empty && found.isPending && <Waiting />}
      {found.data &&
        (found.data.length === 0 ? (
          <Empty icon="search" title={t("web.registry.nobody")}>
            <p>{t("web.registry.nobody_text")}</p>
          </Empty>
        ) : (
          <>
            <p className="small muted" role="status">
              {t("web.registry.found", { count: found.data.length })}
            </p>
            <ul className="candidates">
              {found.data.map((candidate) => (
                <CandidateCard
                  key={candidate.id}
                  candidate={candidate}
                  chosen={chosen?.id === candidate.id}
                  choose={() => choose(chosen?.id === candidate.id ? null : candidate)}
                />
              ))}
            </ul>
          </>
        ))}
    </Card>
  );
}

function CandidateCard({
  candidate,
  chosen,
  choose,
}: {
  candidate: Candidate;
  chosen: boolean;
  choose: () => void;
}): ReactNode {
  const percent = Math.round(candidate.score * 100);
  return (
    <li className="candidate" data-chosen={chosen || undefined}>
      <div className="candidate-head">
        {candidate.portrait && <Portrait source={candidate.portrait} size={56} />}
        <span className="grow">
          <span className="strong">
            {candidate.given} {candidate.surname}
          </span>
          {candidate.name_original && (
            <span className="muted" lang="und" dir="auto">
              {" "}
              {candidate.name_original}
            </span>
          )}
          <span className="small muted">
            <br />
            {show_day(candidate.birth)} · {candidate.place}
            {candidate.document && ` · ${candidate.document}`}
          </span>
        </span>
        <span className="candidate-score">
          <strong>{percent}</strong>
          <small>{t("web.registry.score")}</small>
        </span>
      </div>
      <table className="table components">
        <thead>
          <tr>
            <th scope="col">{t("web.registry.component")}</th>
            <th scope="col">{t("web.registry.asked")}</th>
            <th scope="col">{t("web.registry.held")}</th>
            <th scope="col">{t("web.registry.why")}</th>
          </tr>
        </thead>
        <tbody>
          {candidate.components.map((part) => (
            <tr key={part.component} className={part.score < 0.5 ? "differs" : part.score < 0.95 ? "near" : ""}>
              <td>
                {t_first([`web.registry.${part.component}`, `registry.${part.component}`], words_of(part.component))}
                <span className="component-bar" aria-hidden="true">
                  <i style={{ inlineSize: `${Math.round(part.score * 100)}%` }} />
                </span>
                <span className="visually-hidden"> {Math.round(part.score * 100)} %</span>
              </td>
              <td>
                <Differing text={part.asked} other={part.found} />
              </td>
              <td>
                <Differing text={part.found} other={part.asked} />
              </td>
              <td className="small">{t_words(part.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button
          kind={chosen ? "primary small" : "small"}
          aria-pressed={chosen}
          icon={chosen ? "check" : "people"}
          onClick={choose}
        >
          {t(chosen ? "web.registry.chosen" : "web.registry.choose")}
          <span className="visually-hidden">
            {" "}
            {candidate.given} {candidate.surname}
          </span>
        </Button>
      </div>
    </li>
  );
}
/** The part of a text that the other does not share, marked: what is left after the common start and end. */
export function differing_part(text: string, other: string): [same: string, differs: string, same_end: string] {
  let start = 0;
  while (start < text.length && start < other.length && text[start]?.toLowerCase() === other[start]?.toLowerCase()) start += 1;
  let end = 0;
  while (
    end < text.length - start &&
    end < other.length - start &&
    text[text.length - 1 - end]?.toLowerCase() === other[other.length - 1 - end]?.toLowerCase()
  )
    end += 1;
  return [text.slice(0, start), text.slice(start, text.length - end), end > 0 ? text.slice(-end) : ""];
}
function Differing({ text, other }: { text: string; other: string }): ReactNode {
  if (!text) return <span className="muted">—</span>;
  if (!other || text === other) return <>{text}</>;
  const words = text.split(" ");
  const others = other.split(" ");
  const pairs: [string, string][] =
    words.length === others.length ? words.map((word, index) => [word, others[index] ?? ""]) : [[text, other]];
  return (
    <>
      {pairs.map(([word, held], index) => {
        const [start, middle, end] = differing_part(word, held);
        return (
          <span key={index}>
            {index > 0 && " "}
            {start}
            {middle && <mark>{middle}</mark>}
            {end}
          </span>
        );
      })}
    </>
  );
}
