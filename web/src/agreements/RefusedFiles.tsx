/** For administrators: files of the law that were refused, with the reasons, and versions that wait for somebody to look. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Notice } from "../design/basics.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { law } from "./law.ts";

export function RefusedFiles({ linked = true }: { linked?: boolean }): ReactNode {
  const may = useMay()("administration.read");
  const state = useQuery({ ...law.state(), enabled: may });
  if (!may || !state.data) return null;
  const { refused, waiting, without_file } = state.data;
  return (
    <>
      {refused.map((file) => (
        <Notice key={file.file} tone="late" alert>
          <p className="strong">{t("web.law.refused", { file: file.file })}</p>
          <p>
            {file.in_force
              ? t("web.law.refused_stays", { version: file.title ?? file.in_force })
              : t("web.law.refused_nothing")}{" "}
            <span className="muted">{show_instant(file.at)}</span>
          </p>
          <ul className="law-reasons">
            {file.reasons.map(({ line, reason }) => (
              <li key={`${line ?? 0}-${reason}`}>
                {line !== null && <strong>{t("web.law.line", { number: line })} </strong>}
                {reason}
              </li>
            ))}
          </ul>
        </Notice>
      ))}
      {without_file.length > 0 && (
        <Notice tone="near">
          <p>{t("web.law.without_file", { list: without_file.join(", ") })}</p>
        </Notice>
      )}
      {linked && waiting.length > 0 && (
        <Notice tone="near">
          <p className="strong">{t("web.law.waiting_count", { count: waiting.length })}</p>
          <Link href="/agreements/versions">{t("web.law.see_waiting")}</Link>
        </Notice>
      )}
    </>
  );
}
