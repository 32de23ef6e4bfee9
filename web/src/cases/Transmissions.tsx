/** What crossed between the two States about a file: each envelope with number, state, receipt and hash. */
import type { ReactNode } from "react";
import type { CaseView, TransmissionView } from "../api/types.ts";
import { Card, Chip, Empty, type Tone } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";

const tones: Record<string, Tone> = { queued: "near", delivered: "calm", applied: "calm", refused: "late" };

export function Transmissions({ view }: { view: CaseView }): ReactNode {
  return (
    <Card title={t("web.section.transmissions")} flush={view.transmissions.length > 0}>
      {view.transmissions.length === 0 ? (
        <Empty icon="send" title={t("web.transmission.none")} />
      ) : (
        <>
          <p className="section-lead">{t("web.transmission.lead")}</p>
          <ul className="envelopes">
            {view.transmissions.map((item) => (
              <Envelope key={item.id} item={item} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Envelope({ item }: { item: TransmissionView }): ReactNode {
  const out = item.direction === "out";
  const receipt = item.ended_at
    ? t(out ? "web.transmission.receipt" : "web.transmission.taken", { at: show_instant(item.ended_at) })
    : t("web.transmission.no_receipt");
  return (
    <li>
      <span className={out ? "way out" : "way in"} title={t(`web.transmission.${out ? "out" : "in"}`)}>
        <Icon name={out ? "send" : "inbox"} />
        <span className="visually-hidden">{t(`web.transmission.${out ? "out" : "in"}`)}</span>
      </span>
      <span className="stack tight">
        <span>
          <span className="strong">{item.label || words_of(item.kind)}</span>{" "}
          <span className="muted">{t("web.transmission.number", { number: item.number })}</span>
        </span>
        <span className="small muted">
          {show_instant(item.created_at)} · {receipt}
        </span>
        {item.problem && <span className="small tone-late">{item.problem}</span>}
        <span className="small muted mono clip" title={item.hash}>
          {t("web.transmission.hash", { hash: item.hash.slice(0, 32) })}
        </span>
      </span>
      <Chip tone={tones[item.state] ?? "quiet"} icon={item.state === "queued" ? "clock" : "check"}>
        {t_first([`web.transmission_state.${item.state}`], words_of(item.state))}
      </Chip>
    </li>
  );
}
