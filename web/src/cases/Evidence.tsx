/** What the documents show under the agreement of the case: the running result, each document with its reason, what would be enough. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseView, EvidenceOfPurpose, EvidenceWay, Side, WantedDocument } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { is_transit } from "../forms/definition.ts";
import { show_day } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import "./evidence.css";

const ActDialog = lazy(async () => ({ default: (await import("./dialogs/ActDialog.tsx")).ActDialog }));
type Shown = EvidenceOfPurpose["documents"][number];

const levels: Record<string, number> = { proof: 3, prima_facie: 2, evidence: 1, initiates: 1 };
const tones = { proof: "calm", prima_facie: "info", evidence: "info", initiates: "near" } as const;
const tone_of = (effect: string): "calm" | "info" | "near" | "quiet" =>
  effect in tones ? tones[effect as keyof typeof tones] : "quiet";

export function StrengthBar({ effect }: { effect: string }): ReactNode {
  return (
    <span className="strength" data-effect={effect} aria-hidden="true">
      {[1, 2, 3].map((step) => (
        <i key={step} className={step <= (levels[effect] ?? 0) ? "on" : ""} />
      ))}
    </span>
  );
}
/** In which form and of which days a document of the list counts. */
export const way_limits = (way: EvidenceWay): string =>
  [
    way.forms.map((form) => form.label.toLowerCase()).join(" / "),
    way.issued_from ? t("web.case_evidence.issued_from", { day: show_day(way.issued_from) }) : "",
    way.issued_until ? t("web.case_evidence.issued_until", { day: show_day(way.issued_until) }) : "",
    way.presented ? t("web.case_evidence.presented") : "",
  ]
    .filter(Boolean)
    .join(" · ");
/** Where it is not enough, what would be is asked for. */
const weak = new Set(["no", "if", "not_said"]);
const confidence_words = (confidence: string): string =>
  confidence === "P" ? "" : t_first([`agreements.confidence.${confidence}`], confidence);

export function Evidence({ view, side }: { view: CaseView; side: Side }): ReactNode {
  const evidence = useQuery(queries.evidence(side, view.id));
  const [asking, set_asking] = useState(false);
  if (evidence.error && !evidence.data) return <ErrorNotice error={evidence.error} again={() => void evidence.refetch()} />;
  if (!evidence.data) return <Waiting lines={6} />;
  const may_ask = side === "application" && view.actions.some((item) => item.action === "request_documents" && item.allowed);
  const lacking = evidence.data.purposes.some(
    (item) => item.decides && weak.has(item.sufficient ?? "") && item.ways.length > 0,
  );
  return (
    <div className="stack loose">
      {evidence.data.purposes.length === 0 && (
        <Card title={t("web.section.evidence")}>
          <Empty
            icon="file"
            title={t(is_transit(view.content) ? "web.case_evidence.transit" : "web.case_evidence.no_agreement")}
          />
        </Card>
      )}
      {evidence.data.purposes.map((item) => (
        <EvidencePurpose key={item.purpose} item={item} />
      ))}
      {may_ask && lacking && (
        <div>
          <Button kind="primary" icon="send" onClick={() => set_asking(true)}>
            {t("web.case_evidence.request")}
          </Button>
        </div>
      )}
      {asking && (
        <Suspense fallback={null}>
          <ActDialog action="request_documents" view={view} side={side} close={() => set_asking(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** One purpose: what it comes to, and why. */
export function EvidencePurpose({ item }: { item: EvidenceOfPurpose }): ReactNode {
  return (
    <Card title={item.label} actions={!item.decides && <Chip tone="quiet">{t("web.case_evidence.only_shown")}</Chip>}>
      <div className="evidence-result" data-result={item.result}>
        <StrengthBar effect={item.result} />
        <div>
          <p className="evidence-words">{item.result_words}</p>
          {item.sufficient_words && (
            <p>
              {item.sufficient_words} {item.clause && <span className="muted small">{item.clause}</span>}
            </p>
          )}
          <p className="muted small">{item.day_words}</p>
        </div>
      </div>
      <Grounds item={item} />
      <h3 className="evidence-head">{t("web.case_evidence.documents")}</h3>
      {item.documents.length === 0 ? (
        <p className="muted">{t("web.case_evidence.none")}</p>
      ) : (
        <ul className="evidence-documents">
          {item.documents.map((one) => (
            <ShownDocument key={one.document} one={one} />
          ))}
        </ul>
      )}
      {item.decides && <Ways item={item} />}
      {item.rules.length > 0 && (
        <>
          <h3 className="evidence-head">{t("web.case_evidence.rules")}</h3>
          <ul className="evidence-ways">
            {item.rules.map((rule) => (
              <li key={rule.label}>
                <span>
                  {rule.label}: {rule.text}
                </span>
                <span className="muted small">
                  {[rule.clause, confidence_words(rule.confidence)].filter(Boolean).join(" · ")}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Grounds({ item }: { item: EvidenceOfPurpose }): ReactNode {
  if (item.grounds.length === 0) return null;
  return (
    <>
      <h3 className="evidence-head">{t("web.case_evidence.grounds")}</h3>
      <ul className="evidence-grounds">
        {item.grounds.map((ground) => (
          <li key={ground.ground} data-asked={ground.asked || undefined}>
            <span className={ground.asked ? "strong" : ""}>{ground.label}</span>
            <span className="nowrap">
              <StrengthBar effect={ground.effect} /> {ground.effect_label}
            </span>
            {ground.asked && <span className="small muted">{t("web.case_evidence.asked")}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function ShownDocument({ one }: { one: Shown }): ReactNode {
  const paper = [
    one.number,
    one.form,
    one.issued_on && t("web.case_evidence.issued", { day: show_day(one.issued_on) }),
    one.expires_on && t("web.case_evidence.valid_until", { day: show_day(one.expires_on) }),
  ].filter(Boolean);
  const more = [
    one.lacking.length > 0 && t("web.case_evidence.lacking", { what: one.lacking.join(", ") }),
    one.until && t("web.case_evidence.counts_until", { day: show_day(one.until) }),
    one.grounds.length > 0 && t("web.case_evidence.shows", { what: one.grounds.join(", ") }),
    one.together_with && t("web.case_evidence.together", { what: one.together_with }),
  ].filter(Boolean);
  return (
    <li>
      <span>
        <span className="strong">{one.label}</span>
        {paper.length > 0 && <span className="muted small"> · {paper.join(" · ")}</span>}
      </span>
      <Chip tone={one.reason === "found_false" ? "late" : tone_of(one.effect)}>{one.effect_label}</Chip>
      <span className="evidence-why">
        {one.why}
        {one.clause && (
          <span className="muted"> · {[one.clause, confidence_words(one.confidence)].filter(Boolean).join(" · ")}</span>
        )}
      </span>
      {more.length > 0 && <span className="evidence-why small">{more.join(" ")}</span>}
      {one.listed && <span className="evidence-why small muted">{t("web.case_evidence.listed", { text: one.listed })}</span>}
    </li>
  );
}

const shown_ways = 6;
function Ways({ item }: { item: EvidenceOfPurpose }): ReactNode {
  if (item.ways.length === 0) return null;
  const enough = item.sufficient === "yes" || item.sufficient === "presumed";
  return (
    <>
      <h3 className="evidence-head">{t(enough ? "web.case_evidence.stronger" : "web.case_evidence.enough")}</h3>
      <WayList ways={item.ways.slice(0, shown_ways)} />
      {item.ways.length > shown_ways && (
        <details className="evidence-more">
          <summary>{t("web.case_evidence.more_ways", { count: item.ways.length - shown_ways })}</summary>
          <WayList ways={item.ways.slice(shown_ways)} />
        </details>
      )}
    </>
  );
}
function WayList({ ways }: { ways: EvidenceWay[] }): ReactNode {
  return (
    <ul className="evidence-ways">
      {ways.map((way, index) => (
        <li key={index}>
          <span>
            <span className="strong">{way.label}</span> <span className="muted small">{way_limits(way)}</span>
            <br />
            <span className="small muted">
              {[
                way.clause,
                confidence_words(way.confidence),
                way.together_with && t("web.case_evidence.together", { what: way.together_with }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <span className="small">
            <StrengthBar effect={way.effect} /> {way.effect_label}
            <br />
            <span className="muted">
              {way.count === 1
                ? t("evidence.count.one")
                : way.count > 1
                  ? t("evidence.count.more", { count: way.count })
                  : t("evidence.count.not_said")}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What a request names as enough, as both States read it. */
export function WantedList({ documents, count }: { documents: WantedDocument[]; count: number }): ReactNode {
  const lead =
    count === 1 ? t("web.request.one_of") : count > 1 ? t("web.request.some_of", { count }) : t("web.request.any_of");
  return (
    <div className="wanted-list">
      <p className="small muted">{lead}</p>
      <ul>
        {documents.map((one, index) => (
          <li key={index}>
            <span>
              {one.label}
              {one.form_label && <span className="muted">, {one.form_label.toLowerCase()}</span>}
            </span>
            <span className="small muted">
              {one.effect ? (
                <>
                  <StrengthBar effect={one.effect} /> {[one.effect_label, one.clause].filter(Boolean).join(" · ")}
                </>
              ) : (
                t("web.request.not_listed")
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
