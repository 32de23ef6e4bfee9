/** For the administrator of a State: where its registry comes from, how that is doing, what was wrong line by line. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { RegistrySource } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, Notice, Waiting } from "../design/basics.tsx";
import { CheckField, RadioGroup, TextField } from "../design/fields.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { ConditionChip } from "./Condition.tsx";
import "./registry.css";

const kinds = ["none", "file", "postgresql", "http_table", "http_answers"];

export function SourceCard(): ReactNode {
  const source = useQuery(queries.registry_source());
  if (source.error) return <ErrorNotice error={source.error} />;
  if (!source.data) return <Waiting />;
  return (
    <div className="source-columns">
      <Settings key={source.data.revision} source={source.data} />
      <HealthCard source={source.data} />
    </div>
  );
}

function Settings({ source }: { source: RegistrySource }): ReactNode {
  const [kind, set_kind] = useState(source.kind);
  const [address, set_address] = useState(source.address);
  const [view, set_view] = useState(source.view);
  const [refresh, set_refresh] = useState(String(source.refresh_hours));
  const [old, set_old] = useState(String(source.old_after_days));
  const [smaller, set_smaller] = useState(source.accept_smaller);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const is_remote = kind === "postgresql" || kind.startsWith("http");
  const save = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await put(
        "/registry/source",
        {
          kind,
          ...(is_remote && address.trim() ? { address: address.trim() } : {}),
          ...(kind === "postgresql" && view.trim() ? { view: view.trim() } : {}),
          refresh_hours: Number(refresh) || 0,
          old_after_days: Number(old) || 0,
          accept_smaller: smaller,
        },
        source.revision,
      );
      toast(t("web.registry.saved"));
      await client.invalidateQueries({ queryKey: ["registry"] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("web.registry.source")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className="muted">{t("web.registry.source_lead")}</p>
        <ErrorNotice error={error} />
        <RadioGroup
          legend={t("web.registry.source_kind")}
          name="kind"
          value={kind}
          change={set_kind}
          options={kinds.map((value) => ({ value, label: t(`registry.kind.${value}`) }))}
        />
        {kind === "file" && <Facts rows={[[t("web.registry.folder"), <code key="folder">{source.folder}</code>]]} />}
        {kind === "file" && <p className="small muted">{t("web.registry.folder_hint")}</p>}
        {is_remote && (
          <>
            <TextField
              label={t("web.registry.address")}
              hint={t(kind === "postgresql" ? "web.registry.address_hint_postgresql" : "web.registry.address_hint_http")}
              value={address}
              change={set_address}
              maxLength={300}
              autoComplete="off"
            />
            {kind === "postgresql" && (
              <TextField label={t("web.registry.view")} value={view} change={set_view} maxLength={130} autoComplete="off" />
            )}
            <Facts
              rows={[
                [t("web.registry.hosts"), source.hosts.length > 0 ? source.hosts.join(", ") : t("web.registry.hosts_none")],
              ]}
            />
          </>
        )}
        {kind !== "none" && (
          <div className="registry-form">
            {is_remote && (
              <TextField
                label={t("web.registry.refresh_hours")}
                type="number"
                min={1}
                max={720}
                value={refresh}
                change={set_refresh}
              />
            )}
            <TextField label={t("web.registry.old_after_days")} type="number" min={1} max={365} value={old} change={set_old} />
          </div>
        )}
        {kind !== "none" && kind !== "http_answers" && (
          <CheckField label={t("web.registry.accept_smaller")} checked={smaller} change={set_smaller} />
        )}
        <div>
          <Button type="submit" kind="primary" busy={busy}>
            {t("web.registry.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function HealthCard({ source }: { source: RegistrySource }): ReactNode {
  return (
    <Card title={t("web.registry.health")} actions={<ConditionChip condition={source.condition} />}>
      <div className="stack">
        {source.problem && (
          <Notice tone="late">
            <p>{t(`registry.problem.${source.problem}`)}</p>
            {source.problem_detail && <p className="small mono">{source.problem_detail}</p>}
          </Notice>
        )}
        <Facts
          rows={[
            [t("web.registry.persons"), show_number(source.persons)],
            [t("web.registry.as_of", { at: "" }).trim(), show_instant(source.data_as_of)],
            [t("web.registry.since"), show_instant(source.since)],
            [t("web.registry.looked_at"), show_instant(source.looked_at)],
          ]}
        />
        {source.data_as_of && <p>{t("web.registry.left_out", { count: source.left_out })}</p>}
        {source.defects.length > 0 && (
          <RowsTable
            name={t("web.registry.what")}
            rows={source.defects}
            row_key={(defect) => `${defect.line} ${defect.what}`}
            columns={[
              { label: t("web.registry.line"), look: "end", cell: (defect) => show_number(defect.line) },
              { label: t("web.registry.what"), cell: (defect) => defect.what },
            ]}
          />
        )}
      </div>
    </Card>
  );
}
