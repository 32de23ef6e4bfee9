/** One candidate: who it is, how sure that is, and every reason for and against, counter-evidence first. */
import type { ReactNode } from "react";
import type { Candidate, CitizenSearch, Reason } from "../api/types.ts";
import { Chip, Notice, type Tone } from "../design/basics.tsx";
import { show_day, show_number } from "../language/dates.ts";
import { language_now, t, t_first, words_of } from "../language/label.ts";
import { differing_part, number_by_hand } from "./names.ts";
import { PrintsRow } from "./Prints.tsx";

export const band_tones: Record<string, Tone> = { proposed: "calm", to_review: "near", not_found: "quiet" };
const small_margin = 10;

export function show_bits(bits: number): string {
  const text = new Intl.NumberFormat(language_now(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(bits);
  return text.replace("-", "−");
}
/** Never 100 %: a registry proposes. */
export function show_probability(value: number): string {
  const percent = new Intl.NumberFormat(language_now(), { style: "percent", maximumFractionDigits: 1 });
  if (value > 0.999) return `> ${percent.format(0.999)}`;
  return value < 0.001 ? `< ${percent.format(0.001)}` : percent.format(value);
}

/** The weights by which was compared. */
export function model_words(model: string): string {
  const number = number_by_hand(model);
  return number ? t("web.registry.model_by_hand", { number }) : t("web.registry.model", { model });
}

export function Evidence({ candidate, answer }: { candidate: Candidate; answer: CitizenSearch }): ReactNode {
  return (
    <article className="evidence" aria-labelledby="evidence-name">
      <header className="evidence-head">
        <div className="grow">
          <h3 id="evidence-name" dir="auto">
            {candidate.given} {candidate.surname}
          </h3>
          {candidate.latin && <p className="small muted">{t("web.registry.written", { text: candidate.latin })}</p>}
          <p className="small">
            {show_day(candidate.birth)} · {candidate.place}
            {candidate.region && ` (${candidate.region})`}
            {candidate.document && ` · ${candidate.document}`}
          </p>
          {(candidate.father || candidate.mother) && (
            <p className="small muted" dir="auto">
              {[
                candidate.father && `${t("web.registry.father")}: ${candidate.father}`,
                candidate.mother && `${t("web.registry.mother")}: ${candidate.mother}`,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          )}
        </div>
        <div className="evidence-sure">
          <Chip tone={band_tones[candidate.band] ?? "quiet"}>{t(`registry.band.${candidate.band}`)}</Chip>
          <span className="small">{t("web.registry.probability", { percent: show_probability(candidate.probability) })}</span>
          <span className="small muted">{margin_words(candidate, answer)}</span>
        </div>
      </header>
      {candidate.may_be_relative && (
        <Notice tone="soon">
          <p>{t("web.registry.relative")}</p>
        </Notice>
      )}
      <ReasonsTable
        reasons={candidate.reasons}
        bits={candidate.bits}
        relative={candidate.may_be_relative}
        names={[t("web.registry.asked"), t("web.registry.held")]}
        prints={candidate.prints}
      />
    </article>
  );
}

interface ReasonsProps {
  reasons: readonly Reason[];
  bits: number;
  relative: boolean;
  /** What the two sides that are compared are called. */
  names: readonly [string, string];
  prints?: Candidate["prints"];
}
/** Every reason with its weight, as a bar to the left or right of nothing. */
export function ReasonsTable({ reasons, bits, relative, names, prints }: ReasonsProps): ReactNode {
  const most = Math.max(1, Math.abs(prints?.bits ?? 0), ...reasons.map((reason) => Math.abs(reason.bits)));
  // Counter-evidence first: what the prints say stands between what is against and what is for.
  const against = reasons.filter((reason) => reason.bits < 0);
  const row = (reason: Reason): ReactNode => (
    <ReasonRow key={reason.part} reason={reason} most={most} relative={relative} names={names} />
  );
  return (
    <table className="table reasons">
      <caption className="visually-hidden">{t("web.registry.evidence")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("web.registry.evidence")}</th>
          <th scope="col">{names[0]}</th>
          <th scope="col">{names[1]}</th>
          <th scope="col" className="end">
            {t("web.registry.bits")}
          </th>
        </tr>
      </thead>
      <tbody>
        {against.map(row)}
        {prints && <PrintsRow prints={prints} most={most} />}
        {reasons.slice(against.length).map(row)}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {t("web.registry.total")}
            <span className="small muted reason-hint">{t("web.registry.total_hint")}</span>
          </th>
          <td className="end strong">{show_bits(bits)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function margin_words(candidate: Candidate, answer: CitizenSearch): string {
  const best = answer.items[0];
  if (!best) return "";
  const behind = best.bits - candidate.bits;
  if (candidate.id !== best.id) return t("web.registry.behind", { bits: show_bits(behind).replace("+", "") });
  if (answer.items.length < 2) return t("web.registry.margin_none");
  const bits = show_bits(answer.margin_bits).replace("+", "");
  return t(answer.margin_bits < small_margin ? "web.registry.margin_small" : "web.registry.margin", { bits });
}

interface ReasonRowProps {
  reason: Reason;
  most: number;
  relative: boolean;
  names: readonly [string, string];
}
function ReasonRow({ reason, most, relative, names }: ReasonRowProps): ReactNode {
  const side = reason.bits < 0 ? "against" : "for";
  const width = `${Math.round((Math.abs(reason.bits) / most) * 50)}%`;
  return (
    <tr data-side={side}>
      <th scope="row">
        {t_first([`registry.part.${reason.part}`], words_of(reason.part))}
        <span className="small muted reason-hint">
          {t_first([`registry.rule.${reason.rule}`], words_of(reason.rule))}
          {reason.one_in > 1 && (
            <>
              {" · "}
              <abbr title={t("web.registry.one_in_words", { count: show_number(reason.one_in) })}>
                {t("web.registry.one_in", { count: show_number(reason.one_in) })}
              </abbr>
            </>
          )}
        </span>
      </th>
      <td dir="auto" data-label={names[0]}>
        <Differing text={shown(reason, reason.asked)} other={shown(reason, reason.held)} />
      </td>
      <td dir="auto" data-label={names[1]}>
        <Differing text={shown(reason, reason.held)} other={shown(reason, reason.asked)} />
      </td>
      <td className="end reason-bits">
        <span className="reason-bar" aria-hidden="true">
          <i style={{ inlineSize: width }} />
        </span>
        <span className="strong">{show_bits(reason.bits)}</span>
        {relative && (
          <span className="small muted reason-hint">
            {t("web.registry.against_relative", { bits: show_bits(reason.against_relative) })}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Dates as the registry writes them: day beside day, so that what is exchanged is seen. */
function shown(reason: Reason, text: string): string {
  return reason.part === "sex" && text ? t_first([`codes.sex.${text}`], text) : text;
}

export function Differing({ text, other }: { text: string; other: string }): ReactNode {
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
