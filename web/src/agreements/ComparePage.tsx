/** Two agreements side by side, rule by rule. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField } from "../design/fields.tsx";
import { t } from "../language/label.ts";
import { navigate, useAddress } from "../shell/router.tsx";
import { LawTabs, useLawRows } from "./AgreementsPage.tsx";
import { change_of, Differences } from "./Differences.tsx";
import { law } from "./law.ts";
import "./agreements.css";

export function ComparePage(): ReactNode {
  const { query } = useAddress();
  const all = useLawRows();
  const codes = all.items.map((item) => item.code);
  const left = query.get("left") ?? codes[0] ?? "";
  const right = query.get("right") ?? codes.find((code) => code !== left) ?? "";
  const all_rules = query.get("all") === "1";
  const found = useQuery({ ...law.difference(left, right), enabled: left !== "" && right !== "" });
  const go = (part: { left?: string; right?: string; all?: boolean }): void => {
    const next = new URLSearchParams({ left: part.left ?? left, right: part.right ?? right });
    if (part.all ?? all_rules) next.set("all", "1");
    navigate(`/agreements/compare?${next.toString()}`, { replace: true });
  };
  const options = all.items.map((item) => ({ value: item.code, label: item.title }));
  const name = (code: string): string => all.items.find((item) => item.code === code)?.cited ?? code;
  const rules = found.data?.rules ?? [];
  const differing = rules.filter((rule) => !["same", "words"].includes(change_of(rule)));
  const shown = all_rules ? rules : differing;
  return (
    <>
      <PageHead title={t("web.law.compare_title")} lead={t("web.law.compare_lead")} />
      <LawTabs tab="compare" />
      <ErrorNotice error={all.error ?? found.error} />
      {all.waiting || found.isPending ? (
        <Waiting lines={8} />
      ) : (
        <div className="stack loose law-index">
          <div className="law-finder two">
            <SelectField label={t("web.law.first")} value={left} options={options} change={(code) => go({ left: code })} />
            <SelectField label={t("web.law.second")} value={right} options={options} change={(code) => go({ right: code })} />
          </div>
          <Card
            flush
            title={`${name(left)} – ${name(right)}`}
            actions={<Chip tone="info">{t("web.law.differing", { count: differing.length, all: rules.length })}</Chip>}
          >
            <div className="law-lead">
              <CheckField label={t("web.law.show_same")} checked={all_rules} change={(value) => go({ all: value })} />
            </div>
            {shown.length === 0 ? (
              <Empty icon="check" title={t("web.law.no_difference")} />
            ) : (
              <Differences rules={shown} left={name(left)} right={name(right)} kind="agreements" />
            )}
          </Card>
        </div>
      )}
    </>
  );
}
