/** The reply of the requested State, and the travel documents that followed. */
import type { ReactNode } from "react";
import type { CaseView, Side } from "../api/types.ts";
import { Card, Chip, Empty, Facts } from "../design/basics.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { Link } from "../shell/router.tsx";
import { ErrorClaimCard } from "./ErrorClaimCard.tsx";
import { StateChip } from "./state.tsx";

export function Outcome({ view }: { view: CaseView; side: Side }): ReactNode {
  const reply = view.reply;
  return (
    <div className="stack loose">
      <Card title={t("web.reply.title")}>
        {!reply ? (
          <Empty icon="inbox" title={t("web.reply.none")} />
        ) : (
          <Facts
            rows={[
              [
                t("web.reply.kind"),
                <StateChip state={reply.kind === "more_information" ? "documents_requested" : reply.kind} />,
              ],
              [t("web.reply.by"), `${reply.by}, ${show_instant(reply.at)}`],
              ...(reply.reasons.length > 0
                ? [
                    [
                      t("web.reply.reasons"),
                      <ul>
                        {reply.reasons.map((code) => (
                          <li key={code}>{code_name("refusal_reason", code)}</li>
                        ))}
                      </ul>,
                    ] as [string, ReactNode],
                  ]
                : []),
              [t("web.reply.note"), reply.note],
            ]}
          />
        )}
      </Card>
      {view.error_claim && <ErrorClaimCard claim={view.error_claim} />}
      <Card title={t("web.nav.documents")}>
        {view.documents.length === 0 ? (
          <Empty icon="passport" title={t("web.document.none")} />
        ) : (
          <div className="stack">
            {view.documents.map((item) => (
              <div key={item.number} className="row apart">
                {item.kind ? (
                  <span>
                    {code_name("held_document_type", item.kind)} <span className="mono strong">{item.number}</span>
                    {item.issuer ? ` (${code_name("country", item.issuer)})` : ""}
                  </span>
                ) : (
                  <Link className="mono strong" href={`/documents/${item.number}`}>
                    {item.number}
                  </Link>
                )}
                <Chip tone={item.state === "valid" || item.state === "issued" ? "calm" : "quiet"}>
                  {t_first([`web.document_state.${item.state}`], words_of(item.state))}
                </Chip>
                <span>
                  {item.expires_on
                    ? t("web.document.valid_between", { from: show_day(item.issued_on), to: show_day(item.expires_on) })
                    : t("web.document.issued_on", { day: show_day(item.issued_on) })}
                </span>
              </div>
            ))}
          </div>
        )}
      </Card>
    </div>
  );
}
