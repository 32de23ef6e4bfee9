/** Issuing a travel document for an accepted application: validity, a likeness to look at, then the act itself. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { TravelDocument } from "../api/types.ts";
import { Button, Card, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { add_days, show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link, navigate } from "../shell/router.tsx";
import { DocumentSheet } from "./DocumentSheet.tsx";

export function IssuePage({ parameters }: { parameters: { id: string } }): ReactNode {
  const today = useToday();
  const record = useQuery(queries.record("application", parameters.id));
  const blanks = useQuery(queries.blanks());
  const [days, set_days] = useState("30");
  const [series, set_series] = useState("");
  const [asking, set_asking] = useState(false);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const view = record.data;
  if (!view) return record.error ? <ErrorNotice error={record.error} /> : <Waiting />;
  const action = view.actions.find((item) => item.action === "issue_document");
  const valid = Number(days) > 0 && Number(days) <= 180;
  const expires_on = add_days(today, valid ? Number(days) : 30);
  const issue = async (): Promise<void> => {
    set_busy(true);
    try {
      const made = await post<TravelDocument>(
        `/applications/${view.id}/travel-documents`,
        { valid_days: Number(days), ...(series ? { series } : {}) },
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
          <Link href={`/applications/${view.id}`}>
            {view.reference} {view.person.name}
          </Link>
        }
      />
      <ErrorNotice error={error} />
      {action && !action.allowed && (
        <Notice tone="near">
          <p>{t("web.document.cannot_issue")}</p>
        </Notice>
      )}
      <div className="grid-2">
        <DocumentSheet
          draft
          view={{
            number: t("web.document.number_later"),
            name: view.person.name,
            birth: view.person.birth ?? "",
            issued_on: today,
            expires_on,
            mrz: "",
            state: "draft",
          }}
        />
        <Card title={t("web.document.validity")}>
          <div className="stack">
            <TextField
              label={t("web.document.valid_days")}
              hint={t("web.document.valid_days_hint", { day: show_day(expires_on) })}
              error={valid ? null : t("web.document.valid_days_wrong")}
              inputMode="numeric"
              className="short"
              value={days}
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
            <div>
              <Button
                kind="primary large"
                icon="passport"
                disabled={!valid || action?.allowed === false}
                onClick={() => set_asking(true)}
              >
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
        <p>{t("web.document.issue_confirm", { name: view.person.name, day: show_day(expires_on) })}</p>
      </Dialog>
    </>
  );
}
