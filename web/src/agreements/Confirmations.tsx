/** What a State confirms of an agreement: rules that are not certain, first and second signature, withdrawal. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting, type Tone } from "../design/basics.tsx";
import { TextArea, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { acts, is_same_person, law, type Confirmation, type Law, type LawRule } from "./law.ts";
import { SureChip } from "./Sure.tsx";
import { has_value, parties_of, rule_name } from "./words.ts";

export function Confirmations({ view, starts }: { view: Law; starts: Set<string> }): ReactNode {
  const session = useSession();
  const code = view.agreement.code;
  const list = useQuery(law.confirmations(code));
  const party = parties_of(view).includes(session.party.code);
  const may = useMay()("agreement.confirm") && party;
  const mark = location.hash.slice(1);
  useEffect(() => {
    if (mark && list.data) document.getElementById(mark)?.scrollIntoView({ block: "center" });
  }, [mark, list.data]);
  const items = list.data ?? [];
  const live = new Set(items.filter((item) => item.state !== "revoked" && item.fits).map((item) => item.rule));
  const open = view.rules.filter((rule) => (rule.confidence === "unverified" || starts.has(rule.key)) && !live.has(rule.key));
  if (list.isPending) return <Waiting />;
  return (
    <>
      <ErrorNotice error={list.error} />
      {!party && (
        <Notice tone="info">
          <p>{t("web.law.not_party", { state: session.party.name })}</p>
        </Notice>
      )}
      {party && !may && (
        <Notice tone="info">
          <p>{t("web.law.administrators_confirm")}</p>
        </Notice>
      )}
      {items.length > 0 && (
        <Card title={t("web.law.read_by_state", { state: session.party.name })} flush>
          <ul className="confirmations">
            {[...items].reverse().map((item) => (
              <Item key={item.id} item={item} may={may} />
            ))}
          </ul>
        </Card>
      )}
      <Card title={t("web.law.uncertain", { count: open.length })} flush>
        {open.length === 0 ? (
          <Empty icon="check" title={t("web.law.nothing_uncertain")} />
        ) : (
          <ul className="confirmations">
            {open.map((rule) => (
              <Uncertain key={rule.key} rule={rule} code={code} may={may} start={starts.has(rule.key)} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function Uncertain({ rule, code, may, start }: { rule: LawRule; code: string; may: boolean; start: boolean }): ReactNode {
  const [asking, set_asking] = useState(false);
  const known = has_value(rule);
  return (
    <li id={`confirm-${rule.key}`} data-rule={rule.key}>
      <div className="row apart top">
        <div>
          <h3>{rule_name(rule.key, rule.label)}</h3>
          <p className="rule-sentence">{known ? rule.says : t("web.law.no_value")}</p>
          <p className="small muted">
            {rule.article || t("agreements.summary.no_clause")}
            {start && ` · ${t("web.law.sure.start")}`}
          </p>
        </div>
        <div className="row">
          <SureChip confidence={rule.confidence} />
          {may && known && (
            <Button className="small" icon="draft" onClick={() => set_asking(true)}>
              {t("web.law.confirm")}
            </Button>
          )}
        </div>
      </div>
      {!known && <p className="small muted">{t("web.law.value_first")}</p>}
      {asking && <Propose rule={rule} code={code} close={() => set_asking(false)} />}
    </li>
  );
}

/** Everything that was read of the law is read again: badges, counts and dates may have changed. */
function useRenew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ["law"] });
  };
}

function Propose({ rule, code, close }: { rule: LawRule; code: string; close: () => void }): ReactNode {
  const renew = useRenew();
  const [source, set_source] = useState("");
  const [place, set_place] = useState("");
  const send = async (): Promise<void> => {
    const where = place.trim();
    await acts.propose(code, { rule: rule.key, source: source.trim(), ...(where ? { place: where } : {}) });
    await renew();
  };
  return (
    <FormDialog
      title={t("web.law.confirm_title", { rule: rule_name(rule.key, rule.label) })}
      act={t("web.law.confirm_act")}
      send={send}
      close={close}
      ready={source.trim() !== ""}
      keep={source !== "" || place !== ""}
    >
      <p className="law-quote">{rule.says}</p>
      <p className="muted">{t("web.law.confirm_lead")}</p>
      <TextField
        label={t("web.law.source")}
        hint={t("web.law.source_hint")}
        value={source}
        maxLength={300}
        required
        change={set_source}
      />
      <TextArea
        label={t("web.law.place")}
        hint={t("web.law.place_hint")}
        value={place}
        maxLength={300}
        rows={3}
        optional
        change={set_place}
      />
    </FormDialog>
  );
}

const looks: Record<string, Tone> = { proposed: "near", confirmed: "calm", revoked: "quiet" };
function Item({ item, may }: { item: Confirmation; may: boolean }): ReactNode {
  const session = useSession();
  const renew = useRenew();
  const [taking, set_taking] = useState(false);
  const sign = useMutation({ mutationFn: () => acts.countersign(item.id), onSuccess: renew });
  const own = item.proposed_by === session.user.name;
  return (
    <li data-confirmation={item.rule} data-state={item.state}>
      <div className="row apart top">
        <div>
          <h3>{item.label}</h3>
          <p className="rule-sentence">{item.says}</p>
          <p className="small muted">{item.clause}</p>
        </div>
        <Chip tone={looks[item.state] ?? "quiet"} icon={item.state === "confirmed" ? "check" : "clock"}>
          {t(`web.law.confirmation.${item.state}`)}
        </Chip>
      </div>
      <p className="law-quote">
        {item.source}
        {item.place && <span className="block small">{item.place}</span>}
      </p>
      <ol className="signatures">
        <Signature label={t("web.law.first_signature")} name={item.proposed_by} at={item.proposed_at} />
        <Signature label={t("web.law.second_signature")} name={item.countersigned_by} at={item.countersigned_at} />
        {item.revoked_at && <Signature label={t("web.law.withdrawn_by")} name={item.revoked_by} at={item.revoked_at} />}
      </ol>
      {item.reason && <p className="small">{t("web.law.reason_was", { reason: item.reason })}</p>}
      {!item.fits && item.state !== "revoked" && (
        <Notice tone="near">
          <p>{t("web.law.no_longer_fits")}</p>
        </Notice>
      )}
      {is_same_person(sign.error) ? (
        <Notice tone="late" alert>
          <p>{t("web.law.same_person")}</p>
        </Notice>
      ) : (
        <ErrorNotice error={sign.error} />
      )}
      {may && item.state !== "revoked" && (
        <div className="row">
          {item.state === "proposed" && own && (
            <p className="row small strong text-near">
              <span>{t("web.law.own_proposal")}</span>
            </p>
          )}
          {item.state === "proposed" && !own && (
            <Button kind="primary" className="small" icon="check" busy={sign.isPending} onClick={() => sign.mutate()}>
              {t("web.law.countersign")}
            </Button>
          )}
          <Button className="small" onClick={() => set_taking(true)}>
            {t("web.law.withdraw")}
          </Button>
        </div>
      )}
      {taking && <Withdraw item={item} close={() => set_taking(false)} />}
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

function Withdraw({ item, close }: { item: Confirmation; close: () => void }): ReactNode {
  const renew = useRenew();
  const [reason, set_reason] = useState("");
  const send = async (): Promise<void> => {
    await acts.revoke(item.id, reason.trim());
    await renew();
  };
  return (
    <FormDialog
      title={t("web.law.withdraw_title", { rule: item.label })}
      act={t("web.law.withdraw")}
      send={send}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      danger
    >
      <p>{t("web.law.withdraw_lead")}</p>
      <TextArea label={t("web.law.reason")} value={reason} maxLength={500} rows={3} required change={set_reason} />
    </FormDialog>
  );
}
