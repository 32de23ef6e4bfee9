/** Filter chips above a list, and its menus: views kept, columns shown, export. All filters live in the address, so a list can be sent as a link. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { Dialog as AriaDialog, Button as AriaButton, DialogTrigger, Popover } from "react-aria-components";
import { address } from "../api/client.ts";
import { path_of, queries } from "../api/queries.ts";
import type { Side } from "../api/types.ts";
import { CheckField, TextField } from "../design/fields.tsx";
import { Button } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Menu } from "../design/Menu.tsx";
import { add_days, show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { list_query } from "../api/queues.ts";
import { useMay, useSession, useToday } from "../session/session.ts";
import { queue_name } from "../shell/Rail.tsx";
import { navigate } from "../shell/router.tsx";
import { columns, keep_views, kept_views } from "./columns.tsx";
import { stage_name, stages_of, state_name } from "./state.tsx";

const states_of: Record<Side, string[]> = {
  case: [
    "draft",
    "screening",
    "blocked",
    "submitted",
    "acknowledged",
    "documents_requested",
    "verification",
    "interview",
    "accepted",
    "refused",
    "consent_to_confirm",
    "document_issued",
    "withdrawn",
    "suspended",
    "closed",
  ],
  application: [
    "received",
    "completeness",
    "documents_requested",
    "verification",
    "interview",
    "accepted",
    "refused",
    "lapsed",
    "document_issued",
    "withdrawn",
    "suspended",
    "closed",
  ],
};
function set_filter(query: URLSearchParams, name: string, value: string): void {
  const next = new URLSearchParams(query);
  if (value === "") next.delete(name);
  else next.set(name, value);
  next.delete("cursor");
  navigate(`${location.pathname}?${next.toString()}`, { replace: true });
}

export function Filters({ side, query }: { side: Side; query: URLSearchParams }): ReactNode {
  const agreements = useQuery(queries.agreements());
  const today = useToday();
  const may = useMay();
  const [text, set_text] = useState(query.get("q") ?? "");
  useEffect(() => {
    if (text === (query.get("q") ?? "")) return undefined;
    const timer = setTimeout(() => set_filter(query, "q", text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text, query]);
  const officers = useQuery({ ...queries.officers(), enabled: query.has("owner") });
  const named = new Map((officers.data ?? []).map((item) => [item.id, item.name]));
  const titles = new Map((agreements.data ?? []).map((item) => [item.id, item.title]));
  const select = (name: string, label: string, options: [string, string][]): ReactNode => (
    <select
      className="select filter"
      aria-label={label}
      value={query.get(name) ?? ""}
      onChange={(event) => set_filter(query, name, event.target.value)}
    >
      <option value="">{label}</option>
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
  const words: Record<string, (value: string) => string> = {
    queue: queue_name,
    state: (value) => value.split(",").map(state_name).join(", "),
    stage: stage_name,
    agreement: (id) => titles.get(id) ?? id,
    q: (value) => `“${value}”`,
    assignee: () => t("web.list.mine"),
    owner: (id) => (id === "me" ? t("web.list.mine") : (named.get(id) ?? t("web.covering.colleague"))),
    hold: (value) => t(`web.hold.filter.${value}`),
    foreign: (value) => t(`web.foreign.filter.${value}`),
    due_before: (day) => t("web.list.due_until", { day: show_day(day) }),
    ready: () => t("web.list.ready"),
  };
  const active = Object.keys(words).filter((name) => query.get(name));
  return (
    <div className="filters no-print">
      <div className="filter-row">
        <span className="search-field">
          <Icon name="search" size={16} />
          <input
            type="search"
            className="input"
            aria-label={t("web.list.search")}
            placeholder={t("web.list.search")}
            value={text}
            onChange={(event) => set_text(event.target.value)}
          />
        </span>
        {select(
          "state",
          t("web.column.state"),
          states_of[side].map((state) => [state, state_name(state)]),
        )}
        {select(
          "stage",
          t("web.column.stage"),
          stages_of[side].map((stage) => [stage, stage_name(stage)]),
        )}
        {(agreements.data?.length ?? 0) > 1 && select("agreement", t("web.column.agreement"), [...titles])}
        {select("due_before", t("web.list.due"), [
          [add_days(today, -1), t("web.list.due_overdue")],
          [add_days(today, 7), t("web.list.due_in", { count: 7 })],
          [add_days(today, 30), t("web.list.due_in", { count: 30 })],
        ])}
        <button
          className="button small"
          aria-pressed={query.get("assignee") === "me"}
          onClick={() => set_filter(query, "assignee", query.get("assignee") ? "" : "me")}
        >
          <Icon name="people" size={14} />
          {t("web.list.mine")}
        </button>
        {side === "case" && may("case.release") && (
          <button
            className="button small"
            data-action="ready_to_release"
            aria-pressed={query.get("ready") === "true"}
            onClick={() => set_filter(query, "ready", query.get("ready") ? "" : "true")}
          >
            <Icon name="send" size={14} />
            {t("web.list.ready")}
          </button>
        )}
      </div>
      {active.length > 0 && (
        <div className="row chips">
          {active.map((name) => (
            <button
              key={name}
              className="filter-chip"
              onClick={() => {
                if (name === "q") set_text("");
                set_filter(query, name, "");
              }}
            >
              {words[name]?.(query.get(name) ?? "")}
              <Icon name="cross" size={11} weight={2.4} />
              <span className="visually-hidden">{t("web.list.remove_filter")}</span>
            </button>
          ))}
          <button
            className="link-button small"
            onClick={() => {
              set_text("");
              navigate(location.pathname, { replace: true });
            }}
          >
            {t("web.list.clear")}
          </button>
        </div>
      )}
    </div>
  );
}

export function ListMenus({
  side,
  query,
  shown,
  show,
}: {
  side: Side;
  query: URLSearchParams;
  shown: string[];
  show: (ids: string[]) => void;
}): ReactNode {
  const session = useSession();
  const may = useMay();
  const [views, set_views] = useState(() => kept_views(session.user.id, side));
  const [name, set_name] = useState("");
  const keep = (next: typeof views): void => {
    set_views(next);
    keep_views(session.user.id, side, next);
  };
  const filters = list_query(side, Object.fromEntries(query), useToday());
  const fetch_file = (format: string): void => {
    location.href = address(`${path_of(side)}/export`, { ...filters, format });
  };
  return (
    <div className="list-menus no-print">
      <DialogTrigger>
        <AriaButton className="button small">
          <Icon name="star" size={14} />
          {t("web.list.views")}
        </AriaButton>
        <Popover className="popover" placement="bottom start">
          <AriaDialog
            aria-label={t("web.list.views")}
            style={{ outline: "none", padding: 14, display: "grid", gap: 10, inlineSize: 300 }}
          >
            {({ close }) => (
              <>
                {views.length === 0 && <p className="muted small">{t("web.list.no_views")}</p>}
                {views.map((view) => (
                  <div key={view.name} className="row apart">
                    <button
                      className="link-button"
                      onClick={() => {
                        close();
                        navigate(`${location.pathname}?${view.query}`);
                      }}
                    >
                      {view.name}
                    </button>
                    <button
                      className="icon-button"
                      aria-label={t("web.list.delete_view", { name: view.name })}
                      onClick={() => keep(views.filter((item) => item !== view))}
                    >
                      <Icon name="cross" size={13} />
                    </button>
                  </div>
                ))}
                <form
                  className="stack"
                  onSubmit={(event) => {
                    event.preventDefault();
                    keep([...views.filter((item) => item.name !== name), { name, query: query.toString() }]);
                    set_name("");
                  }}
                >
                  <TextField label={t("web.list.view_name")} value={name} change={set_name} required maxLength={60} />
                  <Button kind="small" type="submit">
                    {t("web.list.keep_view")}
                  </Button>
                </form>
              </>
            )}
          </AriaDialog>
        </Popover>
      </DialogTrigger>
      <DialogTrigger>
        <AriaButton className="button small">
          <Icon name="columns" size={14} />
          {t("web.list.columns")}
        </AriaButton>
        <Popover className="popover" placement="bottom start">
          <AriaDialog aria-label={t("web.list.columns")} style={{ outline: "none", padding: 14 }}>
            {columns.map((column) => (
              <CheckField
                key={column.id}
                label={t(`web.column.${column.id}`)}
                checked={shown.includes(column.id)}
                disabled={column.id === "reference"}
                change={(on) => show(on ? [...shown, column.id] : shown.filter((id) => id !== column.id))}
              />
            ))}
          </AriaDialog>
        </Popover>
      </DialogTrigger>
      {may(side === "case" ? "case.export" : "application.export") && (
        <Menu
          className="button small"
          label={t("web.list.export")}
          entries={[
            { id: "xlsx", label: "XLSX", run: () => fetch_file("xlsx") },
            { id: "csv", label: "CSV", run: () => fetch_file("csv") },
          ]}
        >
          <Icon name="download" size={14} />
          {t("web.list.export")}
        </Menu>
      )}
    </div>
  );
}
