/** Every version of one agreement that this node has accepted: since when, by whom, what it changed; each can be read. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card, Chip, ErrorNotice, Waiting } from "../design/basics.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { Differences } from "./Differences.tsx";
import { law, type LawVersion } from "./law.ts";

export function VersionsOfAgreement({ code, shown }: { code: string; shown: number }): ReactNode {
  const versions = useQuery(law.versions(code));
  if (versions.error) return <ErrorNotice error={versions.error} />;
  if (!versions.data) return <Waiting lines={4} />;
  return (
    <>
      {versions.data.map((item) => (
        <OneVersion key={item.version.number} item={item} shown={item.version.number === shown} />
      ))}
    </>
  );
}

function OneVersion({ item, shown }: { item: LawVersion; shown: boolean }): ReactNode {
  const { version } = item;
  const before = t("web.law.version_number", { number: version.number - 1 });
  return (
    <Card
      flush
      title={t("web.law.version_title", { number: version.number })}
      actions={
        <span className="row">
          {item.newest && <Chip tone="calm">{t("web.law.newest")}</Chip>}
          {shown ? (
            <Chip tone="info">{t("web.law.shown_here")}</Chip>
          ) : (
            <Link className="button small" href={`/agreements/${version.agreement}?version=${version.number}`}>
              {t("web.law.read_version")}
            </Link>
          )}
        </span>
      }
    >
      <div className="law-lead">
        <p>
          {version.from ? t("web.law.for_cases_from", { day: show_day(version.from) }) : t("web.law.for_all_cases")} ·{" "}
          {show_instant(version.accepted_at)} ·{" "}
          {version.accepted_by ? t("web.law.accepted_by", { name: version.accepted_by }) : t("web.law.accepted_by_node")}
        </p>
        {item.other_words_only && <p className="muted">{t("web.law.other_words")}</p>}
        {version.number === 1 && <p className="muted">{t("web.law.first_version")}</p>}
      </div>
      {item.changes.length > 0 && (
        <Differences
          rules={item.changes}
          left={before}
          right={t("web.law.version_number", { number: version.number })}
          kind="versions"
        />
      )}
    </Card>
  );
}
