/** What leaves under an agreement, field by field, and what the own State keeps at home of it: with reason and two signatures. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting, type Tone } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import "./leaving.css";
import { acts, is_same_person, law, type LeavingField, type Narrowing } from "./law.ts";

export function WhitelistOfState({ code }: { code: string }): ReactNode {
  const session = useSession();
  const may_confirm = useMay()("agreement.confirm");
  const list = useQuery(law.whitelist(code));
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting lines={8} />;
  const { party, version, fields, narrowings } = list.data;
  const may = may_confirm && party;
  const sections = [...new Set(fields.map((field) => field.section))];
  return (
    <>
      {party && !may && (
        <Notice tone="info">
          <p>{t("web.law.leaving.administrators")}</p>
        </Notice>
      )}
      {party && (
        <Card
          title={t("web.law.leaving.kept", { state: session.party.name })}
          flush
          actions={<Chip tone="quiet">{t("web.law.leaving.version", { number: version })}</Chip>}
        >
          {narrowings.length === 0 ? (
            <Empty icon="shield" title={t("web.law.leaving.nothing_kept")} />
          ) : (
            <ul className="confirmations">
              {narrowings.map((item) => (
                <Kept key={item.id} item={item} may={may} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <Card title={t("web.law.leaving.fields")} flush>
        <p className="law-lead">{t("web.law.leaving.fields_lead")}</p>
        {sections.map((section) => (
          <section key={section} className="leaving-section">
            <h3>{section}</h3>
            <ul className="leaving-fields">
              {fields
                .filter((field) => field.section === section)
                .map((field) => (
                  <Field key={field.field} field={field} code={code} may={may} />
                ))}
            </ul>
          </section>
        ))}
      </Card>
    </>
  );
}

const tones: Record<string, Tone> = { leaves: "info", consent: "near", withheld: "hold", never: "quiet" };
function Field({ field, code, may }: { field: LeavingField; code: string; may: boolean }): ReactNode {
  const [asking, set_asking] = useState(false);
  return (
    <li data-field={field.field} data-rule={field.rule}>
      <span className="grow">{field.label}</span>
      <Chip tone={tones[field.rule] ?? "quiet"} icon={field.rule === "leaves" ? "send" : "shield"}>
        {t(`web.law.leaving.rule.${field.rule}`)}
      </Chip>
      {may && field.may_narrow && (
        <Button
          className="small"
          aria-label={t("web.law.leaving.keep_title", { field: field.label })}
          onClick={() => set_asking(true)}
        >
          {t("web.law.leaving.keep")}
        </Button>
      )}
      {asking && <Keep field={field} code={code} close={() => set_asking(false)} />}
    </li>
  );
}

/** What leaves is read again, and with it every preview. */
function useRenew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ["law"] });
    await client.invalidateQueries({ queryKey: ["preview"] });
  };
}

function Keep({ field, code, close }: { field: LeavingField; code: string; close: () => void }): ReactNode {
  const renew = useRenew();
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await acts.narrow(code, field.field, reason.trim());
    await renew();
  };
  return (
    <FormDialog
      title={t("web.law.leaving.keep_title", { field: field.label })}
      act={t("web.law.confirm_act")}
      send={send}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{t("web.law.leaving.keep_lead")}</p>
      <TextArea label={t("web.law.reason")} value={reason} maxLength={500} rows={3} required change={set_reason} />
    </FormDialog>
  );
}

const looks: Record<string, Tone> = {
  proposed: "near",
  in_force: "hold",
  lifting: "near",
  lifted: "quiet",
  withdrawn: "quiet",
};
function Kept({ item, may }: { item: Narrowing; may: boolean }): ReactNode {
  const renew = useRenew();
  const [ending, set_ending] = useState(false);
  const sign = useMutation({ mutationFn: () => acts.countersign_narrowing(item.id), onSuccess: renew });
  const waits = item.state === "proposed" || item.state === "lifting";
  return (
    <li data-narrowing={item.field} data-state={item.state}>
      <div className="row apart top">
        <div>
          <h3>{item.label}</h3>
          <p className="small muted">{item.section}</p>
        </div>
        <Chip tone={looks[item.state] ?? "quiet"} icon={waits ? "clock" : "shield"}>
          {t(`web.law.leaving.state.${item.state}`)}
        </Chip>
      </div>
      <p className="law-quote">{item.reason}</p>
      <ol className="signatures">
        <Signature label={t("web.law.first_signature")} name={item.proposed_by} at={item.proposed_at} />
        {item.state !== "withdrawn" && (
          <Signature label={t("web.law.second_signature")} name={item.countersigned_by} at={item.countersigned_at} />
        )}
        {item.lift_proposed_at && (
          <Signature label={t("web.law.leaving.lift_first")} name={item.lift_proposed_by} at={item.lift_proposed_at} />
        )}
        {(item.state === "lifting" || item.lifted_at) && (
          <Signature label={t("web.law.leaving.lift_second")} name={item.lifted_by} at={item.lifted_at} />
        )}
      </ol>
      {item.number !== null && <p className="small muted">{t("web.law.leaving.since", { number: item.number })}</p>}
      {item.lift_reason && <p className="small">{t("web.law.reason_was", { reason: item.lift_reason })}</p>}
      {is_same_person(sign.error) ? (
        <Notice tone="late" alert>
          <p>{t("web.law.same_person")}</p>
        </Notice>
      ) : (
        <ErrorNotice error={sign.error} />
      )}
      {may && item.state !== "lifted" && item.state !== "withdrawn" && (
        <div className="row">
          {waits && item.own && <p className="row small strong text-near">{t("web.law.own_proposal")}</p>}
          {waits && !item.own && (
            <Button kind="primary" className="small" icon="check" busy={sign.isPending} onClick={() => sign.mutate()}>
              {t(item.state === "lifting" ? "web.law.leaving.sign_lift" : "web.law.leaving.sign")}
            </Button>
          )}
          <Button className="small" onClick={() => set_ending(true)}>
            {t(`web.law.leaving.end.${item.state}`)}
          </Button>
        </div>
      )}
      {ending && <End item={item} close={() => set_ending(false)} />}
    </li>
  );
}

function Signature({ label, name, at }: { label: string; name: string | null; at: string | null }): ReactNode {
  return (
    <li className={at ? "signed" : ""}>
      <span className="small muted">{label}</span>
      <span className="strong">{at ? name || t("web.law.somebody") : t("web.law.awaited")}</span>
      {at && <span className="small muted">{show_instant(at)}</span>}
    </li>
  );
}

function End({ item, close }: { item: Narrowing; close: () => void }): ReactNode {
  const renew = useRenew();
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await acts.end_narrowing(item.id, reason.trim());
    await renew();
  };
  return (
    <FormDialog
      title={`${t(`web.law.leaving.end.${item.state}`)}: ${item.label}`}
      act={t(`web.law.leaving.end.${item.state}`)}
      send={send}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{t(`web.law.leaving.end_lead.${item.state}`)}</p>
      <TextArea label={t("web.law.reason")} value={reason} maxLength={500} rows={3} required change={set_reason} />
    </FormDialog>
  );
}
