/** Issuing a travel document for an accepted application: validity, a likeness to look at, then the act itself. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { TravelDocument } from "../api/types.ts";
import { Button, Card, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { add_days, days_between, show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link, navigate } from "../shell/router.tsx";
import { DocumentSheet } from "./DocumentSheet.tsx";
import type { FaceBox } from "./face_box.ts";
import { FaceChoice } from "./FaceChoice.tsx";
import { SealingKeyNotice } from "./SealingKeyNotice.tsx";

function NotWaiting(): ReactNode {
  return (
    <Notice tone="near">
      <p>{t("web.document.cannot_issue")}</p>
      <p>
        <Link href="/documents?tab=waiting">{t("web.document.tab.waiting")}</Link>
      </p>
    </Notice>
  );
}

export function IssuePage({ parameters }: { parameters: { id: string } }): ReactNode {
  const today = useToday();
  const waiting = useQuery(queries.waiting({ limit: 100 }));
  const blanks = useQuery(queries.blanks());
  const [days, set_days] = useState("");
  const [series, set_series] = useState("");
  const [face, set_face] = useState<FaceBox | null>(null);
  const [asking, set_asking] = useState(false);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const view = waiting.data?.items.find((item) => item.application === parameters.id);
  if (!waiting.data) return waiting.error ? <ErrorNotice error={waiting.error} /> : <Waiting />;
  if (!view) return <NotWaiting />;
  const most = view.latest_expiry ? days_between(today, view.latest_expiry) : 366;
  const chosen = days === "" ? Math.min(30, most) : Number(days);
  const valid = chosen > 0 && chosen <= most;
  const expires_on = add_days(today, valid ? chosen : Math.min(30, most));
  const issue = async (): Promise<void> => {
    set_busy(true);
    try {
      const made = await post<TravelDocument>(
        `/applications/${view.application}/travel-documents`,
        { valid_days: chosen, ...(series ? { series } : {}), ...(face ? { photo: face } : {}) },
        { revision: view.revision },
      );
      await client.invalidateQueries();
      toast(t("web.document.done", { number: made.number }));
      navigate(`/documents/${made.number}`);
    } catch (fault) {
      set_error(fault);
      set_asking(false);
    } finally {
      set_busy(false);
    }
  };
  return (
    <>
      <PageHead
        title={t("web.document.issue_title")}
        lead={
          <>
            <Link href="/documents?tab=waiting">{t("web.document.tab.waiting")}</Link> · {view.reference} · {view.name}
          </>
        }
      />
      <SealingKeyNotice />
      <ErrorNotice error={error} />
      <div className="grid-2">
        <div className="stack">
          <DocumentSheet
            draft
            portrait={view.has_portrait ? address(`/travel-documents/waiting/${view.application}/portrait`) : null}
            view={{
              number: t("web.document.number_later"),
              name: view.name,
              birth: view.birth ?? "",
              issued_on: today,
              expires_on,
              mrz: "",
              state: "draft",
            }}
          />
          {view.has_portrait && (
            <FaceChoice
              application={view.application}
              portrait={address(`/travel-documents/waiting/${view.application}/portrait`)}
              box={face}
              choose={set_face}
            />
          )}
        </div>
        <Card title={t("web.document.validity")}>
          <div className="stack">
            <TextField
              label={t("web.document.valid_days")}
              hint={t("web.document.valid_days_hint", { day: show_day(expires_on) })}
              error={valid ? null : t("web.document.valid_days_most", { count: most })}
              inputMode="numeric"
              className="short"
              value={days === "" ? String(chosen) : days}
              change={set_days}
            />
            <SelectField
              label={t("web.document.series")}
              empty={t("web.document.any_series")}
              options={(blanks.data ?? [])
                .filter((item) => item.left > 0)
                .map((item) => ({
                  value: item.series,
                  label: `${item.series} (${t("web.document.blanks_left", { count: item.left })})`,
                }))}
              value={series}
              change={set_series}
            />
            {view.latest_expiry && (
              <p className="muted small">
                {t("web.document.latest", { day: show_day(view.latest_expiry) })} {view.clause}
              </p>
            )}
            <div className="row">
              <a
                className="button"
                href={address(`/travel-documents/preview/${view.application}`, {
                  valid_days: valid ? chosen : null,
                  photo_left: face?.left ?? null,
                  photo_top: face?.top ?? null,
                  photo_width: face?.width ?? null,
                })}
                target="_blank"
                rel="noreferrer"
              >
                <Icon name="eye" size={16} />
                {t("web.document.preview")}
              </a>
              <Button kind="primary large" icon="passport" disabled={!valid} onClick={() => set_asking(true)}>
                {t("web.document.issue")}
              </Button>
            </div>
          </div>
        </Card>
      </div>
      <Dialog
        title={t("web.document.issue_title")}
        open={asking}
        close={() => set_asking(false)}
        foot={
          <>
            <Button kind="primary" busy={busy} onClick={() => void issue()}>
              {t("web.document.issue")}
            </Button>
            <Button onClick={() => set_asking(false)}>{t("web.action.cancel")}</Button>
          </>
        }
      >
        <p>{t("web.document.issue_confirm", { name: view.name, day: show_day(expires_on) })}</p>
      </Dialog>
    </>
  );
}
