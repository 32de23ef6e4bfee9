/** The law in force on this node: versions in the order in which they came, what waits with what it changes, what was refused. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { LawTabs, title_of, useLawRows } from "./AgreementsPage.tsx";
import { Differences } from "./Differences.tsx";
import { EffectOnCases } from "./EffectOnCases.tsx";
import { acts, law, type LawRow, type Version, type WaitingVersion } from "./law.ts";
import { RefusedFiles } from "./RefusedFiles.tsx";
import "./agreements.css";

export function VersionsPage(): ReactNode {
  const may = useMay();
  const client = useQueryClient();
  const state = useQuery({ ...law.state(), enabled: may("administration.read") });
  const all = useLawRows();
  const read = useMutation({
    mutationFn: acts.read_again,
    onSuccess: async (found) => {
      client.setQueryData(law.state().queryKey, found);
      await client.invalidateQueries({ queryKey: ["law"] });
    },
  });
  return (
    <>
      <PageHead title={t("web.law.versions_title")} lead={t("web.law.versions_lead")}>
        {may("agreement.confirm") && (
          <Button icon="swap" busy={read.isPending} onClick={() => read.mutate()}>
            {t("web.law.read_again")}
          </Button>
        )}
      </PageHead>
      <LawTabs tab="versions" />
      <ErrorNotice error={state.error ?? read.error} />
      {!may("administration.read") ? (
        <Notice tone="info">
          <p>{t("web.law.versions_for_administrators")}</p>
        </Notice>
      ) : !state.data ? (
        <Waiting lines={8} />
      ) : (
        <div className="stack loose law-index">
          <p className="muted small" role="status">
            {t("web.law.read_at", { at: show_instant(state.data.read_at) })}
          </p>
          <RefusedFiles linked={false} />
          {state.data.waiting.map((waiting) => (
            <Waits key={waiting.agreement} waiting={waiting} items={all.items} />
          ))}
          {state.data.waiting.length === 0 && state.data.refused.length === 0 && (
            <Notice tone="calm">
              <p>{t("web.law.nothing_waits")}</p>
            </Notice>
          )}
          <Timeline versions={state.data.versions} items={all.items} />
        </div>
      )}
    </>
  );
}

function Waits({ waiting, items }: { waiting: WaitingVersion; items: LawRow[] }): ReactNode {
  const may = useMay()("agreement.confirm");
  const [looking, set_looking] = useState(false);
  return (
    <Card
      title={title_of(items, waiting.agreement)}
      flush
      actions={
        <Chip tone="near" icon="clock">
          {t("web.law.waits")}
        </Chip>
      }
    >
      <p className="law-lead">{t("web.law.waits_lead", { count: waiting.changes.length })}</p>
      {waiting.changes.length > 0 && (
        <Differences rules={waiting.changes} left={t("web.law.in_force_now")} right={t("web.law.would_be")} kind="versions" />
      )}
      {may && (
        <div className="law-effect">
          {looking ? (
            <EffectOnCases code={waiting.agreement} />
          ) : (
            <Button kind="primary" icon="eye" onClick={() => set_looking(true)}>
              {t("web.law.see_effect")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

/** The newest first; those that came on the same instant are one step. */
function Timeline({ versions, items }: { versions: Version[]; items: LawRow[] }): ReactNode {
  const steps = new Map<string, Version[]>();
  for (const version of [...versions].sort((left, right) => right.accepted_at.localeCompare(left.accepted_at))) {
    const at = version.accepted_at.slice(0, 16);
    steps.set(at, [...(steps.get(at) ?? []), version]);
  }
  if (versions.length === 0) return <Empty icon="book" title={t("web.law.no_versions")} />;
  return (
    <Card title={t("web.law.timeline", { count: versions.length })}>
      <ol className="law-timeline">
        {[...steps.entries()].map(([at, list]) => (
          <li key={at}>
            <p className="strong">
              <Icon name="book" size={15} /> {show_instant(list[0]?.accepted_at)}
            </p>
            <p className="small muted">
              {list[0]?.accepted_by
                ? t("web.law.accepted_by", { name: list[0].accepted_by })
                : t("web.law.accepted_at_start", { count: list.length })}
            </p>
            <ul className="law-versions">
              {list.map((version) => (
                <li key={version.agreement}>
                  <Link href={`/agreements/${version.agreement}`} title={title_of(items, version.agreement)}>
                    {items.find((item) => item.code === version.agreement)?.cited ?? version.agreement}
                  </Link>
                  <span className="small muted">
                    {t("web.law.version_number", { number: version.number })}
                    {version.from && ` · ${t("web.law.for_cases_from", { day: show_day(version.from) })}`}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}
