/** One travel document of the register: its page as issued, its data, printing and voiding. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import { Button, Card, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { DocumentActs } from "./DocumentActs.tsx";
import { DocumentState } from "./DocumentsPage.tsx";
import { DocumentSheet } from "./DocumentSheet.tsx";
import { PrintLink } from "./PrintLink.tsx";
import { NumberHistoryTable } from "./NumberPage.tsx";

export function DocumentPage({ parameters }: { parameters: { number: string } }): ReactNode {
  const may = useMay();
  const number = parameters.number;
  const item = useQuery(queries.travel_document(number));
  const [voiding, set_voiding] = useState(false);
  const [reason, set_reason] = useState("");
  const view = item.data;
  if (item.error && !view) return <PageFault error={item.error} />;
  if (!view) return <Waiting />;
  return (
    <>
      <PageHead
        title={<span className="mono">{view.number}</span>}
        lead={<Link href="/documents">{t("web.nav.documents")}</Link>}
      >
        <PrintLink path={`/travel-documents/${number}/pdf`} label={t("web.document.print")} />
        <a className="button" href={address(`/travel-documents/${number}/signed-copy`)} download>
          <Icon name="download" size={16} />
          {t("web.document.signed_copy")}
        </a>
        <a className="button" href="/verify" target="_blank" rel="noreferrer">
          <Icon name="shield" size={16} />
          {t("web.document.verify")}
        </a>
        <DocumentActs view={view} />
        {may("document.void") && ["issued", "handed_over", "expired"].includes(view.state) && (
          <Button kind="danger" icon="cross" onClick={() => set_voiding(true)}>
            {t("web.document.void")}
          </Button>
        )}
      </PageHead>
      {view.void_reason && (
        <Notice tone="late">
          <p>{t(`web.document.${view.state === "lost" ? "lost" : "void"}_because`, { reason: view.void_reason })}</p>
        </Notice>
      )}
      <div className="grid-2">
        <DocumentSheet view={view} portrait={address(`/travel-documents/${number}/portrait`)} />
        <Card title={t("web.document.data")}>
          <Facts
            rows={[
              [t("web.column.state"), <DocumentState state={view.state} />],
              [t("web.column.name"), view.name],
              [t("web.column.birth"), show_day(view.birth)],
              [t("web.document.issued"), show_day(view.issued_on)],
              [t("web.document.expires"), show_day(view.expires_on)],
              [t("web.document.issued_by"), view.issued_by],
              [t("web.document.blank"), view.blank],
              ...(["handed_over_at", "used_at", "returned_at"] as const)
                .filter((name) => view[name])
                .map((name): [string, ReactNode] => [t(`web.document.${name}`), show_instant(view[name])]),
              ...(view.replaces
                ? [
                    [
                      t("web.document.replaces"),
                      <Link className="mono" href={`/documents/${view.replaces}`}>
                        {view.replaces}
                      </Link>,
                    ] as [string, ReactNode],
                  ]
                : []),
              [
                t("web.column.reference"),
                may("application.read") ? (
                  <Link className="mono" href={`/applications/${view.application}`}>
                    {view.reference}
                  </Link>
                ) : (
                  <span className="mono">{view.reference}</span>
                ),
              ],
            ]}
          />
        </Card>
      </div>
      <div style={{ marginBlockStart: 18 }}>
        <Card title={t("web.number.history")} flush>
          <NumberHistoryTable number={number} />
        </Card>
      </div>
      {voiding && (
        <FormDialog
          title={t("web.document.void_title", { number })}
          act={t("web.document.void")}
          danger
          close={() => set_voiding(false)}
          ready={reason.trim().length > 2}
          keep={reason !== ""}
          send={async () => {
            await post(`/travel-documents/${number}/void`, { reason }, { revision: view.revision });
            await client.invalidateQueries({ queryKey: ["documents"] });
          }}
        >
          <Notice tone="soon">
            <p>{t("web.document.void_text")}</p>
          </Notice>
          <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />
        </FormDialog>
      )}
    </>
  );
}
