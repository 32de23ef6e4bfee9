/** Planning a transfer, the check in the hours before, and the departure itself. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Notice } from "../design/basics.tsx";
import { InstantField } from "../design/DateField.tsx";
import { CheckField, TextField } from "../design/fields.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { DeskDialog } from "./DeskDialog.tsx";
import { phase_of } from "./order.ts";
import { instant_now, type SafeguardFile } from "./read.ts";

interface Props {
  file: SafeguardFile;
  close: () => void;
}

export function PlanDialog({ file, close }: Props): ReactNode {
  const [departs_at, set_departs_at] = useState("");
  const [place, set_place] = useState("");
  const [charter, set_charter] = useState(false);
  const from = departs_at ? new Date(Date.parse(departs_at) - file.hours.check * 3_600_000).toISOString() : "";
  const past = departs_at !== "" && Date.parse(departs_at) <= instant_now();
  const together = file.members.filter((member) => member.id !== file.id && !member.is_excepted);
  return (
    <DeskDialog
      title={t("safeguards.plan.title")}
      act={t("safeguards.plan.act")}
      file={file}
      follows={[
        from && !past
          ? t("safeguards.plan.follows_check", { from: show_instant(from) })
          : t("safeguards.plan.follows_check_later", { hours: file.hours.check }),
        t("safeguards.plan.follows_desks"),
        ...(charter ? [t("safeguards.plan.follows_charter")] : []),
        ...(together.length > 0 ? [t("safeguards.plan.follows_family", { count: together.length })] : []),
      ]}
      send={() =>
        post<SafeguardFile>(
          `/cases/${file.id}/transfer-plan`,
          { departs_at, charter, ...(place.trim() ? { place } : {}) },
          { revision: file.revision },
        )
      }
      done={t("safeguards.plan.done")}
      close={close}
      ready={departs_at !== "" && !past}
      keep={departs_at !== "" || place !== ""}
    >
      <InstantField
        label={t("safeguards.plan.when")}
        hint={t("safeguards.plan.when_hint")}
        error={past ? t("safeguards.plan.past") : null}
        value={departs_at}
        change={set_departs_at}
      />
      <TextField
        label={t("safeguards.plan.place")}
        hint={t("safeguards.plan.place_hint")}
        optional
        value={place}
        change={set_place}
        maxLength={200}
      />
      <CheckField label={t("safeguards.plan.charter")} checked={charter} change={set_charter} />
    </DeskDialog>
  );
}

/** The hour of the installation decides; a wrong hour is said before, and refused by the server. */
function Hour({ file, words }: { file: SafeguardFile; words: string | null }): ReactNode {
  if (!words || !file.plan) return null;
  return (
    <Notice tone="near">
      <p>{words}</p>
    </Notice>
  );
}

export function CheckDialog({ file, close }: Props): ReactNode {
  const phase = phase_of(file.plan, instant_now());
  const early = phase === "early" ? t("safeguards.departure.too_early_check", { hours: file.hours.check }) : null;
  return (
    <DeskDialog
      title={t("safeguards.check.title")}
      act={t("safeguards.check.act")}
      file={file}
      follows={[t("safeguards.check.follows_register"), t("safeguards.check.follows_all"), t("safeguards.check.follows_other")]}
      send={() => post<SafeguardFile>(`/cases/${file.id}/departure-check`, undefined, { revision: file.revision })}
      done={t("safeguards.check.done")}
      close={close}
    >
      <Hour file={file} words={phase === "over" ? t("safeguards.departure.hour_passed") : early} />
    </DeskDialog>
  );
}

export function DepartDialog({ file, close }: Props): ReactNode {
  const phase = phase_of(file.plan, instant_now());
  const early = phase === "early" || phase === "check" ? t("safeguards.departure.too_early_depart") : null;
  const leaving = file.members.filter((member) => !member.is_excepted);
  return (
    <DeskDialog
      title={t("safeguards.depart.title")}
      act={t("safeguards.depart.act")}
      file={file}
      follows={[
        t("safeguards.depart.follows_end"),
        ...(leaving.length > 1
          ? [t("safeguards.depart.follows_family", { names: leaving.map((one) => one.name || one.reference).join(", ") })]
          : []),
        t("safeguards.depart.follows_check"),
      ]}
      send={() => post<SafeguardFile>(`/cases/${file.id}/departure`, undefined, { revision: file.revision })}
      done={t("safeguards.depart.done")}
      close={close}
      danger
    >
      <Hour file={file} words={phase === "over" ? t("safeguards.departure.hour_passed") : early} />
    </DeskDialog>
  );
}
