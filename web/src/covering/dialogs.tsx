/** Planning an absence with its cover, and naming who answers for a person. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { ColleagueView } from "../api/types.ts";
import { Notice } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { SelectField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";

const renew = (): Promise<unknown> =>
  Promise.all([["colleagues"], ["home"]].map((queryKey) => client.invalidateQueries({ queryKey })));

export function AbsenceDialog({
  whom,
  people,
  close,
}: {
  whom: ColleagueView;
  people: ColleagueView[];
  close: () => void;
}): ReactNode {
  const today = useToday();
  const [from_on, set_from] = useState(today);
  const [to_on, set_to] = useState("");
  const [cover, set_cover] = useState("");
  const can_cover = people.filter((one) => one.user.id !== whom.user.id && one.roles.some((role) => whom.roles.includes(role)));
  const send = async (): Promise<void> => {
    await post("/absences", { user: whom.user.id, cover, from_on, to_on });
    await renew();
    toast(t("web.covering.planned"));
  };
  return (
    <FormDialog
      title={t("web.covering.plan_title", { name: whom.user.name })}
      act={t("web.covering.plan_button")}
      send={send}
      close={close}
      ready={from_on !== "" && to_on !== "" && cover !== ""}
      keep={to_on !== "" || cover !== ""}
    >
      <Notice tone="info">
        <p>{t("web.covering.plan_text")}</p>
      </Notice>
      <DateField label={t("web.covering.from")} value={from_on} change={set_from} today={today} />
      <DateField label={t("web.covering.to")} value={to_on} change={set_to} />
      <SelectField
        label={t("web.covering.cover")}
        hint={t("web.covering.cover_hint")}
        empty={t("web.form.choose")}
        options={can_cover.map((one) => ({ value: one.user.id, label: `${one.user.name} (${one.organisation})` }))}
        value={cover}
        change={set_cover}
      />
    </FormDialog>
  );
}

export function SupervisorDialog({ whom, close }: { whom: ColleagueView; close: () => void }): ReactNode {
  const officers = useQuery(queries.officers());
  const [supervisor, set_supervisor] = useState(whom.supervisor?.id ?? "");
  const send = async (): Promise<void> => {
    await put(`/users/${whom.user.id}/supervisor`, supervisor === "" ? {} : { supervisor });
    await renew();
    toast(t("web.covering.supervisor_named"));
  };
  return (
    <FormDialog
      title={t("web.covering.supervisor_title", { name: whom.user.name })}
      act={t("web.covering.supervisor_button")}
      send={send}
      close={close}
    >
      <p>{t("web.covering.supervisor_text")}</p>
      <SelectField
        label={t("web.covering.supervisor")}
        empty={t("web.list.nobody")}
        options={(officers.data ?? [])
          .filter((one) => one.id !== whom.user.id)
          .map((one) => ({ value: one.id, label: `${one.name} (${one.organisation})` }))}
        value={supervisor}
        change={set_supervisor}
      />
    </FormDialog>
  );
}
