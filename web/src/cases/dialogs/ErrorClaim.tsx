/** Readmission in error: what the requested State claims, and the day on which the person is back. */
import type { ReactNode } from "react";
import { Notice } from "../../design/basics.tsx";
import { DateField } from "../../design/DateField.tsx";
import { RadioGroup, TextArea } from "../../design/fields.tsx";
import { options_of } from "../../forms/codes.ts";
import { show_day } from "../../language/dates.ts";
import { t } from "../../language/label.ts";
import type { BodyProps } from "./bodies.tsx";

const text_of = (value: unknown): string => (typeof value === "string" ? value : "");

export function ErrorClaim({ view, body, change, wrong }: BodyProps): ReactNode {
  const set = (part: Record<string, unknown>): void => {
    const next = { ground: "", reason: "", ...body, ...part };
    change(next, next.ground !== "" && next.reason.trim().length > 2);
  };
  const error = (field: string): string | undefined => (wrong === field ? t("web.form.check_this") : undefined);
  const term = view.deadlines.find((item) => item.kind.startsWith("error_window") && item.state === "open");
  return (
    <div className="stack">
      <Notice tone={term ? "near" : "quiet"}>
        <p>{term ? t("web.error_claim.window", { day: show_day(term.due_on) }) : t("web.error_claim.no_window")}</p>
      </Notice>
      <RadioGroup
        legend={t("web.error_claim.ground")}
        name="error-ground"
        value={text_of(body["ground"])}
        error={error("ground")}
        change={(ground) => set({ ground })}
        options={options_of("error_ground")}
      />
      <TextArea
        label={t("web.error_claim.statement")}
        hint={t("web.error_claim.statement_hint")}
        value={text_of(body["reason"])}
        error={error("reason") ?? null}
        change={(reason) => set({ reason })}
        required
        maxLength={4000}
      />
    </div>
  );
}

export function Return({ body, change, wrong }: BodyProps): ReactNode {
  return (
    <DateField
      label={t("web.error_claim.returned_day")}
      value={text_of(body["returned_on"])}
      error={wrong === "returned_on" ? t("web.form.check_this") : null}
      change={(returned_on) => change({ returned_on }, returned_on !== "")}
    />
  );
}
