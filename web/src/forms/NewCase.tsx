/** Opening a case: the agreement and who the person is; the rest is asked in the editor. */
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { CaseView } from "../api/types.ts";
import { Button, ErrorNotice, PageHead } from "../design/basics.tsx";
import { RadioGroup, TextField } from "../design/fields.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link, navigate } from "../shell/router.tsx";
import { field_name } from "./codes.ts";
import "./forms.css";

export function NewCase(): ReactNode {
  const agreements = useQuery(queries.agreements());
  const [agreement, set_agreement] = useState("");
  const [surname, set_surname] = useState("");
  const [given, set_given] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const items = agreements.data ?? [];
  const chosen = agreement || (items.length === 1 ? (items[0]?.id ?? "") : "");
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    try {
      const made = await post<CaseView>("/cases", {
        agreement: chosen,
        content: { A_person: { surname, given_names: given } },
      });
      await client.invalidateQueries({ queryKey: ["home"] });
      navigate(`/cases/${made.id}/edit`);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <>
      <PageHead title={t("web.case.new")} lead={t("web.case.new_lead")} />
      <form className="card narrow" onSubmit={(event) => void open(event)}>
        <div className="body stack loose">
          <ErrorNotice error={error ?? agreements.error} />
          <RadioGroup
            legend={t("web.column.agreement")}
            name="agreement"
            value={chosen}
            change={set_agreement}
            options={items.map((item) => ({
              value: item.id,
              label: item.title,
              hint: [
                item.in_force_from
                  ? t("web.agreement.since", { cited: item.cited, day: show_day(item.in_force_from) })
                  : item.cited,
                item.fictional ? t("web.agreement.fictional_short") : "",
              ]
                .filter(Boolean)
                .join(" · "),
            }))}
          />
          <TextField
            label={field_name("A_person", "surname")}
            value={surname}
            change={set_surname}
            required
            maxLength={150}
            autoComplete="off"
          />
          <TextField
            label={field_name("A_person", "given_names")}
            value={given}
            change={set_given}
            required
            maxLength={150}
            autoComplete="off"
          />
          <div className="row">
            <Button type="submit" kind="primary large" busy={busy} disabled={chosen === ""}>
              {t("web.case.open")}
            </Button>
            <Link className="button quiet" href="/cases">
              {t("web.action.cancel")}
            </Link>
            {chosen === "" && <span className="muted small">{t("web.case.choose_agreement")}</span>}
          </div>
        </div>
      </form>
    </>
  );
}
