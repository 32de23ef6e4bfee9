/** People whom nobody announced: what they say of themselves, a whole family in one dialog. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button } from "../design/basics.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { options_of } from "../forms/codes.ts";
import { is_partial_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { renew_reception } from "./read.ts";
import type { Centre, CheckInView } from "./types.ts";

interface Person {
  surname: string;
  given_names: string;
  sex: string;
  birth_date: string;
  document_number: string;
  language: string;
}
const nobody: Person = { surname: "", given_names: "", sex: "", birth_date: "", document_number: "", language: "" };
const is_whole = (one: Person): boolean =>
  one.surname.trim() !== "" && one.sex !== "" && (one.birth_date === "" || is_partial_day(one.birth_date));

export function Unannounced({
  centre,
  desk,
  scan,
  close,
  done,
}: {
  centre: Centre;
  desk: string;
  scan: string;
  close: () => void;
  done: () => void;
}): ReactNode {
  const [people, set_people] = useState<Person[]>([nobody]);
  const [beds, set_beds] = useState(false);
  const set = (at: number, part: Partial<Person>): void =>
    set_people(people.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <FormDialog
      wide
      title={t("reception.unannounced_title")}
      act={t("reception.receive", { count: people.length })}
      ready={desk.trim() !== "" && people.every(is_whole)}
      keep={people.some((one) => one.surname !== "")}
      close={close}
      send={async () => {
        const answer = await post<CheckInView>(`/reception-centres/${centre.id}/check-ins`, {
          desk,
          cases: [],
          persons: people.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value.trim() !== ""))),
          beds,
          ...(scan ? { scan } : {}),
        });
        void renew_reception();
        const one = answer.records[0];
        toast(
          t("reception.received_now", { count: answer.records.length, name: one ? `${one.given_names} ${one.surname}` : "" }),
        );
        done();
      }}
    >
      {people.map((one, at) => (
        <fieldset key={at} className="field reception-person">
          <legend>{t("reception.person_number", { number: at + 1 })}</legend>
          <div className="reception-fields">
            <TextField
              label={t("reception.surname")}
              value={one.surname}
              maxLength={100}
              change={(surname) => set(at, { surname })}
            />
            <TextField
              optional
              label={t("reception.given_names")}
              value={one.given_names}
              maxLength={100}
              change={(given_names) => set(at, { given_names })}
            />
            <SelectField
              label={t("reception.sex")}
              options={options_of("sex")}
              empty="—"
              value={one.sex}
              change={(sex) => set(at, { sex })}
            />
            <TextField
              optional
              label={t("reception.birth")}
              hint={t("reception.birth_hint")}
              value={one.birth_date}
              maxLength={10}
              change={(birth_date) => set(at, { birth_date })}
            />
            <TextField
              optional
              label={t("reception.document")}
              value={one.document_number}
              maxLength={30}
              change={(document_number) => set(at, { document_number })}
            />
            <SelectField
              optional
              label={t("reception.language")}
              options={options_of("language")}
              empty="—"
              value={one.language}
              change={(language) => set(at, { language })}
            />
          </div>
          {people.length > 1 && (
            <Button kind="small" icon="cross" onClick={() => set_people(people.filter((_, index) => index !== at))}>
              {t("reception.remove_person")}
            </Button>
          )}
        </fieldset>
      ))}
      <Button icon="plus" onClick={() => set_people([...people, { ...nobody, surname: people[0]?.surname ?? "" }])}>
        {t("reception.add_person")}
      </Button>
      {centre.beds > 0 && <CheckField label={t("reception.with_bed")} checked={beds} change={set_beds} />}
    </FormDialog>
  );
}
