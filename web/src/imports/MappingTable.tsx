/** The columns of a table with samples, and the field that each becomes. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { ImportColumn } from "../api/types.ts";
import { Chip } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { targets_of, type TargetGroup } from "./targets.ts";

export type Mapping = Record<string, string>;

/** Fields that more than one column was mapped to. */
export function mapped_twice(mapping: Mapping): Set<string> {
  const fields = Object.values(mapping).filter(Boolean);
  return new Set(fields.filter((field, at) => fields.indexOf(field) !== at));
}

export function MappingTable({
  columns,
  guess,
  mapping,
  change,
}: {
  columns: ImportColumn[];
  guess: Mapping;
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}): ReactNode {
  const twice = mapped_twice(mapping);
  const form = useQuery(queries.form("application")).data;
  const groups = form ? targets_of(form, Object.values(mapping)) : [];
  return (
    <div className="table-wrap" tabIndex={0}>
      <table className="table stacked mapping">
        <thead>
          <tr>
            <th scope="col">{t("web.import.column")}</th>
            <th scope="col">{t("web.import.sample")}</th>
            <th scope="col">{t("web.import.field")}</th>
            <th scope="col">{t("web.column.state")}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const field = mapping[column.column] ?? "";
            return (
              <tr key={column.column}>
                <td className="strong">{column.column}</td>
                <td className="small muted" data-label={t("web.import.sample")}>
                  <span>
                    {column.sample.slice(0, 3).map((value, index) => (
                      <span key={index} className="sample clip">
                        {value || "—"}
                      </span>
                    ))}
                  </span>
                </td>
                <td data-label={t("web.import.field")}>
                  <FieldChoice
                    column={column.column}
                    value={field}
                    groups={groups}
                    change={(next) => change({ ...mapping, [column.column]: next })}
                  />
                </td>
                <td data-label={t("web.column.state")}>
                  <Standing field={field} twice={twice.has(field)} guessed={guess[column.column] === field} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function FieldChoice({
  column,
  value,
  groups,
  change,
}: {
  column: string;
  value: string;
  groups: TargetGroup[];
  change: (field: string) => void;
}): ReactNode {
  return (
    <select
      className="select"
      aria-label={t("web.import.field_for", { column })}
      value={value}
      onChange={(event) => change(event.target.value)}
    >
      <option value="">{t("web.import.leave_out")}</option>
      <option value="full_name">{t("imports.full_name")}</option>
      {groups.map((group) => (
        <optgroup key={group.section} label={group.label}>
          {group.targets.map((target) => (
            <option key={target.path} value={target.path}>
              {target.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function Standing({ field, twice, guessed }: { field: string; twice: boolean; guessed: boolean }): ReactNode {
  if (twice)
    return (
      <Chip tone="late" icon="alert">
        {t("web.import.twice")}
      </Chip>
    );
  if (field === "") return <Chip>{t("web.import.ignored")}</Chip>;
  if (guessed) return <Chip tone="info">{t("web.import.guessed")}</Chip>;
  return (
    <Chip tone="calm" icon="check">
      {t("web.import.chosen")}
    </Chip>
  );
}
