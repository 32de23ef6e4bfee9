/** For the administrators of a State: the weights by which its searches compare, proposed by one, put in force by another. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { RegistryWeights, WeightsEdition } from "../api/types.ts";
import { is_same_person } from "../agreements/law.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting, type Tone } from "../design/basics.tsx";
import { SelectField, TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { number_by_hand } from "./names.ts";
import { WeightsComparison } from "./WeightsComparison.tsx";
import "./weights.css";

/** The body of a request has the same limit. */
const weights_bytes_at_most = 1_000_000;
const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["registry"] });
export function version_words(version: string): string {
  const number = number_by_hand(version);
  return number ? t("web.registry.weights.by_hand", { number }) : version;
}

export function WeightsCard(): ReactNode {
  const weights = useQuery(queries.registry_weights());
  const [asking, set_asking] = useState<"load" | "back" | null>(null);
  if (weights.error) return <ErrorNotice error={weights.error} />;
  if (!weights.data) return <Waiting />;
  const { in_force, may_go_back_to, editions, file } = weights.data;
  const waits = editions.some((one) => one.state === "proposed");
  return (
    <Card
      title={t("web.registry.weights.title")}
      actions={
        <Chip tone="info">
          <span data-weights-in-force={in_force}>
            {t("web.registry.weights.in_force", { version: version_words(in_force) })}
          </span>
        </Chip>
      }
    >
      <div className="stack">
        <p className="muted">{t("web.registry.weights.lead")}</p>
        <div className="row">
          <Button icon="upload" disabled={waits} onClick={() => set_asking("load")}>
            {t("web.registry.weights.load")}
          </Button>
          {may_go_back_to.length > 0 && (
            <Button disabled={waits} onClick={() => set_asking("back")}>
              {t("web.registry.weights.back")}
            </Button>
          )}
          {file !== null && (
            <Button icon="download" onClick={() => save_file(weights.data)}>
              {t("web.registry.weights.download")}
            </Button>
          )}
        </div>
        {editions.length === 0 ? (
          <Empty icon="search" title={t("web.registry.weights.none")} />
        ) : (
          <ul className="weights-editions">
            {editions.map((one) => (
              <Edition key={one.id} one={one} />
            ))}
          </ul>
        )}
      </div>
      {asking === "load" && <Load in_force={in_force} close={() => set_asking(null)} />}
      {asking === "back" && <Back versions={may_go_back_to} close={() => set_asking(null)} />}
    </Card>
  );
}

/** The same members in the same order: the version is made of them. */
function save_file(weights: RegistryWeights): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(weights.file)], { type: "application/json" }));
  link.download = `${weights.in_force.replaceAll(" ", "-")}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const tones: Record<string, Tone> = { proposed: "near", in_force: "info", replaced: "quiet", withdrawn: "quiet" };
function Edition({ one }: { one: WeightsEdition }): ReactNode {
  const [ending, set_ending] = useState(false);
  const enter = useMutation({
    mutationFn: () => post(`/registry-weights/${one.id}/entry-into-force`),
    onSuccess: async () => {
      toast(t("web.registry.weights.entered"));
      await renew();
    },
  });
  const waits = one.state === "proposed";
  return (
    <li data-weights={one.version} data-state={one.state}>
      <div className="row apart top">
        <h3>{version_words(one.version)}</h3>
        <span className="row">
          {one.goes_back && <Chip>{t("web.registry.weights.goes_back")}</Chip>}
          <Chip tone={tones[one.state] ?? "quiet"} icon={waits ? "clock" : "shield"}>
            {t(`web.registry.weights.state.${one.state}`)}
          </Chip>
        </span>
      </div>
      <p className="weights-reason">{one.reason}</p>
      {!one.usable && (
        <Notice tone="late">
          <p>{t("web.registry.weights.not_usable")}</p>
        </Notice>
      )}
      <dl className="weights-signatures">
        <Signature label={t("web.registry.weights.first_person")} name={one.proposed_by} at={one.proposed_at} />
        {one.state !== "withdrawn" && (
          <Signature label={t("web.registry.weights.second_person")} name={one.put_in_force_by} at={one.put_in_force_at} />
        )}
      </dl>
      {one.state === "replaced" && (
        <p className="small muted">{t("web.registry.weights.until", { at: show_instant(one.ended_at) })}</p>
      )}
      {one.end_reason !== null && <p className="small">{t("web.registry.weights.ended", { reason: one.end_reason })}</p>}
      {one.comparison !== null && (
        <details open={waits || one.state === "in_force" || undefined}>
          <summary className="strong">{t("web.registry.weights.show_comparison")}</summary>
          <WeightsComparison comparison={one.comparison} before={version_words(one.comparison.compared_with)} />
        </details>
      )}
      {is_same_person(enter.error) ? (
        <Notice tone="late" alert>
          <p>{t("web.registry.weights.own")}</p>
        </Notice>
      ) : (
        <ErrorNotice error={enter.error} />
      )}
      {waits && (
        <div className="row">
          {one.own ? (
            <p className="small strong text-near">{t("web.registry.weights.own")}</p>
          ) : (
            <Button kind="primary" icon="check" busy={enter.isPending} onClick={() => enter.mutate()}>
              {t("web.registry.weights.enter")}
            </Button>
          )}
          <Button onClick={() => set_ending(true)}>{t("web.registry.weights.withdraw")}</Button>
        </div>
      )}
      {ending && <Withdraw one={one} close={() => set_ending(false)} />}
    </li>
  );
}

function Signature({ label, name, at }: { label: string; name: string | null; at: string | null }): ReactNode {
  return (
    <div>
      <dt className="small muted">{label}</dt>
      <dd className="strong">{at ? name : t("web.registry.weights.awaited")}</dd>
      {at && <dd className="small muted">{show_instant(at)}</dd>}
    </div>
  );
}

interface ReasonProps {
  value: string;
  change: (value: string) => void;
}
function Reason({ value, change }: ReasonProps): ReactNode {
  return <TextArea label={t("web.registry.weights.reason")} value={value} maxLength={500} rows={3} required change={change} />;
}

function Load({ in_force, close }: { in_force: string; close: () => void }): ReactNode {
  const [weights, set_weights] = useState<unknown>(null);
  const [name, set_name] = useState("");
  const [reason, set_reason] = useState("");
  const choice = useFileChoice(
    async (file) => {
      set_weights(null);
      set_name(file.name);
      try {
        set_weights(JSON.parse(await file.text()));
      } catch {
        throw new Error(t("web.registry.weights.not_json"));
      }
    },
    { largest: weights_bytes_at_most, accept: ".json,application/json", mark: { "data-weights-file": "" } },
  );
  const send = async (): Promise<void> => {
    await post("/registry/weights", { weights, reason: reason.trim() });
    toast(t("web.registry.weights.proposed"));
    await renew();
  };
  return (
    <FormDialog
      title={t("web.registry.weights.load_title")}
      act={t("web.registry.weights.propose")}
      send={send}
      close={close}
      ready={weights !== null && reason.trim() !== ""}
      keep={weights !== null || reason !== ""}
    >
      <p>{t("web.registry.weights.load_lead", { version: version_words(in_force) })}</p>
      <ErrorNotice error={choice.error} />
      <div className="drop" {...choice.box}>
        <p className="strong">{t("web.registry.weights.file")}</p>
        <Button busy={choice.busy} onClick={choice.open}>
          {t("web.import.choose_file")}
        </Button>
        <p className="small muted" aria-live="polite">
          {weights !== null ? t("web.registry.weights.chosen", { name }) : t("web.registry.weights.none_chosen")}
        </p>
        {choice.input}
      </div>
      <Reason value={reason} change={set_reason} />
    </FormDialog>
  );
}

function Back({ versions, close }: { versions: string[]; close: () => void }): ReactNode {
  const [version, set_version] = useState(versions[0] ?? "");
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await post("/registry/weights", { version, reason: reason.trim() });
    toast(t("web.registry.weights.proposed"));
    await renew();
  };
  return (
    <FormDialog
      title={t("web.registry.weights.back_title")}
      act={t("web.registry.weights.propose")}
      send={send}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{t("web.registry.weights.back_lead")}</p>
      <SelectField
        label={t("web.registry.weights.version")}
        value={version}
        change={set_version}
        options={versions.map((value) => ({ value, label: version_words(value) }))}
      />
      <Reason value={reason} change={set_reason} />
    </FormDialog>
  );
}

function Withdraw({ one, close }: { one: WeightsEdition; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await post(`/registry-weights/${one.id}/withdrawal`, { reason: reason.trim() });
    toast(t("web.registry.weights.withdrawn"));
    await renew();
  };
  return (
    <FormDialog
      title={`${t("web.registry.weights.withdraw")}: ${version_words(one.version)}`}
      act={t("web.registry.weights.withdraw")}
      send={send}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{t("web.registry.weights.withdraw_lead")}</p>
      <Reason value={reason} change={set_reason} />
    </FormDialog>
  );
}
