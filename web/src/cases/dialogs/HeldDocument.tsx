/** With what a person travels whom the other State has accepted and for whom it issues no document. */
import type { ReactNode } from "react";
import { Button, Notice } from "../../design/basics.tsx";
import { DateField } from "../../design/DateField.tsx";
import { RadioGroup, SelectField, TextField } from "../../design/fields.tsx";
import { code_name, options_of } from "../../forms/codes.ts";
import { is_transit } from "../../forms/definition.ts";
import { t } from "../../language/label.ts";
import type { BodyProps } from "./bodies.tsx";

interface Held {
  kind: string;
  number: string;
  issuer: string;
  issued_on: string;
  expires_on: string;
}
const nothing: Held = { kind: "", number: "", issuer: "", issued_on: "", expires_on: "" };
const text_of = (value: unknown): string => (typeof value === "string" ? value : "");
const titles: Record<string, string> = { residence_permit: "residence_title", visa: "residence_title" };

/** Passports, cards and titles that the application names already, so that nobody types a number twice. */
function named_in_form({ view }: BodyProps): Held[] {
  const own = text_of((view.content["A_person"] as Record<string, unknown> | undefined)?.["nationality"]);
  const requested = view.party_codes?.partner ?? "";
  const lists = [
    (view.content["D_evidence"] as Record<string, unknown> | undefined)?.["nationality_evidence"],
    (view.content["E_tcn"] as Record<string, unknown> | undefined)?.["tcn_evidence"],
  ];
  return lists
    .flatMap((list) => (Array.isArray(list) ? (list as Record<string, unknown>[]) : []))
    .map((one) => {
      const kind = titles[text_of(one["type"])] ?? text_of(one["type"]);
      return {
        kind,
        number: text_of(one["number"]),
        issuer: kind === "residence_title" ? requested : own,
        issued_on: text_of(one["issued_on"]),
        expires_on: text_of(one["expires_on"]),
      };
    })
    .filter((one) => one.number !== "" && ["passport", "identity_card", "residence_title"].includes(one.kind));
}

/** A title opens only the State that issued it: of a transit, the one in which it ends. */
function destination_of(content: BodyProps["view"]["content"]): string | null {
  const asked = is_transit(content) ? (content["transit"]?.["transit_request"] as Record<string, unknown> | undefined) : undefined;
  return text_of(asked?.["destination"]) || null;
}

export function HeldDocument(props: BodyProps): ReactNode {
  const { view, body, change, wrong } = props;
  const held = { ...nothing, ...body } as Held;
  const set = (part: Partial<Held>): void => {
    const next = { ...held, ...part };
    change(
      { ...next },
      Object.values(next).every((value) => value.trim() !== ""),
    );
  };
  const issuer_of: Record<string, string> = {
    laissez_passer: view.party_codes?.own ?? "",
    residence_title: destination_of(view.content) ?? view.party_codes?.partner ?? "",
  };
  const error = (field: string): string | null => (wrong === field ? t("web.form.check_this") : null);
  const known = named_in_form(props);
  return (
    <div className="stack">
      {known.length > 0 && (
        <div className="stack tight">
          <p className="small muted">{t("web.held.named_in_form")}</p>
          <div className="row wrap">
            {known.map((one) => (
              <Button key={`${one.kind} ${one.number}`} kind="small" onClick={() => set(one)}>
                {`${code_name("held_document_type", one.kind)} ${one.number}`}
              </Button>
            ))}
          </div>
        </div>
      )}
      <RadioGroup
        legend={t("web.held.kind")}
        name="held-kind"
        value={held.kind}
        error={error("kind") ?? undefined}
        change={(kind) => set({ kind, issuer: issuer_of[kind] ?? held.issuer })}
        options={options_of("held_document_type")}
      />
      {held.kind === "laissez_passer" && (
        <Notice tone="info">
          <p>{t("web.held.own_document")}</p>
        </Notice>
      )}
      <TextField
        label={t("web.held.number")}
        value={held.number}
        error={error("number")}
        change={(number) => set({ number })}
        maxLength={40}
        required
      />
      <SelectField
        label={t("web.held.issuer")}
        empty={t("web.form.choose")}
        options={options_of("country")}
        value={held.issuer}
        error={error("issuer")}
        change={(issuer) => set({ issuer })}
      />
      <DateField
        label={t("web.held.issued_on")}
        value={held.issued_on}
        error={error("issued_on")}
        change={(issued_on) => set({ issued_on })}
      />
      <DateField
        label={t("web.held.expires_on")}
        value={held.expires_on}
        error={error("expires_on")}
        change={(expires_on) => set({ expires_on })}
      />
    </div>
  );
}
