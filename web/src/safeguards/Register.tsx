/** The register of status: connected or not, as of when, silent; and the act of asking it now. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Chip } from "../design/basics.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { DeskDialog } from "./DeskDialog.tsx";
import { reads, type RegisterState, type SafeguardFile } from "./read.ts";

const standing = (register: RegisterState): "none" | "silent" | "answers" =>
  !register.connected ? "none" : register.answers ? "answers" : "silent";
const signs = { none: ["quiet", "info"], silent: ["late", "alert"], answers: ["calm", "check"] } as const;

export function Register({ file, may_ask }: { file: SafeguardFile; may_ask: boolean }): ReactNode {
  const [asking, set_asking] = useState(false);
  const register = useQuery(reads.register()).data;
  if (!register) return null;
  const state = standing(register);
  const [tone, icon] = signs[state];
  const as_of = register.as_of
    ? t("safeguards.register.as_of", { at: show_instant(register.as_of), hours: register.age_hours ?? 0 })
    : t("safeguards.register.never");
  return (
    <div className="register">
      <span className="strong">{t("safeguards.register.title")}</span>
      <Chip tone={tone} icon={icon}>
        {t(`safeguards.register.${state}`)}
      </Chip>
      <span className="small muted grow">
        {state === "none" ? t("safeguards.register.none_words") : [register.name, as_of].filter(Boolean).join(" · ")}
        {state === "silent" && ` ${t("safeguards.register.silent_words")}`}
      </span>
      {may_ask && register.connected && (
        <Button kind="small" icon="search" data-act="register" onClick={() => set_asking(true)}>
          {t("safeguards.register.ask")}
        </Button>
      )}
      {asking && (
        <DeskDialog
          title={t("safeguards.register.ask")}
          act={t("safeguards.register.ask_act")}
          file={file}
          follows={[
            t("safeguards.register.follows_clear"),
            t("safeguards.register.follows_permit"),
            t("safeguards.register.follows_silent"),
          ]}
          send={() => post<SafeguardFile>(`/safeguards/${file.id}/status-check`)}
          done={t("safeguards.register.asked")}
          close={() => set_asking(false)}
        />
      )}
    </div>
  );
}
