/** The columns a list can show: what each says, how it sorts, and the choice kept for this person. */
import type { ReactNode } from "react";
import type { CaseRow, Side } from "../api/types.ts";
import { show_day, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { DeskChips } from "../covering/DeskChips.tsx";
import { Link } from "../shell/router.tsx";
import { ball_name, DaysLeft, deadline_name, stage_name, StateChip } from "./state.tsx";

export interface Column {
  id: string;
  sort?: string;
  end?: boolean;
  cell: (row: CaseRow, side: Side) => ReactNode;
}
export const record_href = (side: Side, id: string): string => `/${side === "case" ? "cases" : "applications"}/${id}`;

export const columns: Column[] = [
  {
    id: "name",
    sort: "name",
    cell: (row, side) => (
      <>
        <Link className="strong row-name" href={record_href(side, row.id)} data-row>
          {row.name || row.reference}
        </Link>
        {row.name_original && row.name_original !== row.name && (
          <span className="muted original">
            <bdi lang="und">{row.name_original}</bdi>
          </span>
        )}
      </>
    ),
  },
  { id: "reference", cell: (row) => <span className="mono nowrap">{row.reference}</span> },
  {
    id: "birth",
    cell: (row) => <span className="nowrap">{row.birth && row.birth.length < 10 ? row.birth : show_day(row.birth)}</span>,
  },
  { id: "nationality", cell: (row) => row.nationality ?? "—" },
  {
    id: "state",
    cell: (row) => (
      <span className="state-chips">
        <StateChip state={row.state} />
        <DeskChips row={row} />
      </span>
    ),
  },
  { id: "stage", cell: (row) => stage_name(row.stage) },
  { id: "deadline", sort: "due", cell: (row) => <DaysLeft deadline={row.next_deadline} /> },
  { id: "deadline_kind", cell: (row) => (row.next_deadline ? deadline_name(row.next_deadline.kind) : "—") },
  {
    id: "waiting",
    sort: "oldest",
    cell: (row) => (
      <span className="nowrap">
        {t("web.list.waiting_days", { days: row.days_waiting })} <span className="muted small">{ball_name(row.ball)}</span>
      </span>
    ),
  },
  {
    id: "detained",
    end: true,
    cell: (row) => (row.detained_days === null || row.detained_days === undefined ? "—" : show_number(row.detained_days)),
  },
  {
    id: "assignee",
    cell: (row) =>
      row.assignee ? <span className="nowrap">{row.assignee}</span> : <span className="muted">{t("web.list.nobody")}</span>,
  },
  { id: "counterpart", cell: (row) => <span className="mono nowrap">{row.counterpart_reference ?? "—"}</span> },
  { id: "agreement", cell: (row) => row.agreement },
  { id: "submitted", sort: "newest", cell: (row) => <span className="nowrap">{show_day(row.submitted_on)}</span> },
];
const usual = ["name", "reference", "birth", "state", "deadline", "waiting", "assignee"];

export function kept_columns(user: string, side: Side): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(`rcms.columns.${user}.${side}`) ?? "null") as unknown;
    if (Array.isArray(kept)) return kept.filter((id): id is string => columns.some((column) => column.id === id));
  } catch {
    /* a damaged choice is replaced by the usual one */
  }
  return usual;
}
export function keep_columns(user: string, side: Side, ids: string[]): void {
  localStorage.setItem(`rcms.columns.${user}.${side}`, JSON.stringify(ids));
}

export interface SavedView {
  name: string;
  query: string;
}
export function kept_views(user: string, side: Side): SavedView[] {
  try {
    return JSON.parse(localStorage.getItem(`rcms.views.${user}.${side}`) ?? "[]") as SavedView[];
  } catch {
    return [];
  }
}
export function keep_views(user: string, side: Side, views: SavedView[]): void {
  localStorage.setItem(`rcms.views.${user}.${side}`, JSON.stringify(views));
}
