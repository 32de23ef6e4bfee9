/** Organisations, users, the roles and what each may do, and the state of this installation. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { RoleView } from "../api/types.ts";
import { Card, Chip, ErrorNotice, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { role_name } from "../session/DemoStart.tsx";
import { useMay, useSession } from "../session/session.ts";
import { LayoutCard } from "../documents/LayoutCard.tsx";
import { SourceCard } from "../registry/SourceCard.tsx";
import { WeightsCard } from "../registry/WeightsCard.tsx";
import { Link } from "../shell/router.tsx";
import { OrganisationDialog } from "./OrganisationDialog.tsx";
import { UserDialog } from "./UserDialog.tsx";
import "./administration.css";

const tabs = ["users", "organisations", "roles", "registry", "layouts", "installation"];
export function AdministrationPage({ parameters }: { parameters: { tab: string } }): ReactNode {
  const tab = parameters.tab;
  const may = useMay();
  const session = useSession();
  const has_layouts = may("document.layout") && session.party.sides !== "requesting";
  const has_registry = may("registry.connect") && session.party.sides !== "requesting";
  return (
    <>
      <PageHead title={t("web.nav.administration")} lead={t("web.administration.lead")} />
      <nav className="tabs" aria-label={t("web.nav.administration")}>
        {tabs
          .filter((name) => (name !== "registry" || has_registry) && (name !== "layouts" || has_layouts))
          .map((name) => (
            <Link key={name} className="tab" href={`/administration/${name}`} aria-current={name === tab ? "page" : undefined}>
              {t(`web.administration.${name}`)}
            </Link>
          ))}
      </nav>
      <div style={{ marginBlockStart: 14 }}>
        {tab === "organisations" ? (
          <Organisations />
        ) : tab === "roles" ? (
          <Roles />
        ) : tab === "registry" && has_registry ? (
          <div className="stack">
            <SourceCard />
            <WeightsCard />
          </div>
        ) : tab === "layouts" && has_layouts ? (
          <LayoutCard />
        ) : tab === "installation" ? (
          <Installation />
        ) : (
          <Users />
        )}
      </div>
    </>
  );
}

function Users(): ReactNode {
  const may = useMay();
  const users = useQuery(queries.users());
  const [editing, set_editing] = useState<{ id: string | null } | null>(null);
  return (
    <Card
      title={t("web.administration.users")}
      flush
      actions={
        may("administration.users") && (
          <button className="button small primary" onClick={() => set_editing({ id: null })}>
            <Icon name="plus" size={14} />
            {t("web.administration.add_user")}
          </button>
        )
      }
    >
      <ErrorNotice error={users.error} />
      {users.isPending ? (
        <Waiting />
      ) : (
        <RowsTable
          name={t("web.administration.users")}
          rows={users.data ?? []}
          row_key={(user) => user.id}
          columns={[
            {
              label: t("web.administration.name"),
              cell: (user) => <Named item={user} edit={() => set_editing({ id: user.id })} />,
            },
            { label: t("web.administration.login"), look: "mono", cell: (user) => user.login },
            { label: t("web.administration.organisation"), cell: (user) => user.organisation },
            { label: t("web.administration.roles"), cell: (user) => user.roles.map(role_name).join(", ") },
            { label: t("web.administration.second_factor"), cell: (user) => <SecondFactor is={user.second_factor} /> },
            { label: t("web.administration.last_seen"), look: "nowrap", cell: (user) => show_instant(user.last_seen) },
            { label: t("web.administration.active"), cell: (user) => <Active is={user.active} /> },
          ]}
        />
      )}
      {editing && (
        <UserDialog user={users.data?.find((item) => item.id === editing.id) ?? null} close={() => set_editing(null)} />
      )}
    </Card>
  );
}

/** The name, as the way to change it for those who may. */
function Named({ item, edit }: { item: { name: string }; edit: () => void }): ReactNode {
  const may = useMay();
  if (!may("administration.users")) return <span className="strong">{item.name}</span>;
  return (
    <button className="link-button strong" onClick={edit}>
      {item.name}
    </button>
  );
}

function Active({ is }: { is: boolean }): ReactNode {
  return is ? t("web.administration.is_active") : <Chip>{t("web.administration.is_closed")}</Chip>;
}

function SecondFactor({ is }: { is: boolean }): ReactNode {
  return (
    <Chip tone={is ? "calm" : "near"} icon={is ? "check" : "alert"}>
      {t(is ? "web.yes" : "web.no")}
    </Chip>
  );
}

function Organisations(): ReactNode {
  const may = useMay();
  const list = useQuery(queries.organisations());
  const [editing, set_editing] = useState<{ id: string | null } | null>(null);
  return (
    <Card
      title={t("web.administration.organisations")}
      flush
      actions={
        may("administration.users") && (
          <button className="button small primary" onClick={() => set_editing({ id: null })}>
            <Icon name="plus" size={14} />
            {t("web.administration.add_organisation")}
          </button>
        )
      }
    >
      <ErrorNotice error={list.error} />
      {list.isPending ? (
        <Waiting />
      ) : (
        <RowsTable
          name={t("web.administration.organisations")}
          rows={list.data ?? []}
          row_key={(item) => item.id}
          columns={[
            {
              label: t("web.administration.name"),
              cell: (item) => <Named item={item} edit={() => set_editing({ id: item.id })} />,
            },
            { label: t("web.administration.kind"), cell: (item) => kind_name(item.kind) },
            { label: t("web.administration.party"), cell: (item) => item.party },
            { label: t("web.administration.users"), look: "end", cell: (item) => item.users },
            { label: t("web.administration.active"), cell: (item) => <Active is={item.active} /> },
          ]}
        />
      )}
      {editing && (
        <OrganisationDialog
          organisation={list.data?.find((item) => item.id === editing.id) ?? null}
          close={() => set_editing(null)}
        />
      )}
    </Card>
  );
}
export const kind_name = (kind: string): string => code_name("organisation_kind", kind);

function Roles(): ReactNode {
  const list = useQuery(queries.roles());
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting />;
  const permissions = [...new Set(list.data.flatMap((role) => role.permissions))].sort();
  return (
    <Card title={t("web.administration.roles")} flush>
      <p className="section-lead">{t("web.administration.roles_lead")}</p>
      <div className="table-wrap matrix-wrap" tabIndex={0} role="region" aria-label={t("web.administration.roles")}>
        <table className="table matrix">
          <thead>
            <tr>
              <th scope="col">{t("web.administration.permission")}</th>
              {list.data.map((role) => (
                <th key={role.role} scope="col" className="turned">
                  <span>{role_name(role.role)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  <span>{t_first([`permissions.${permission}`], permission)}</span>
                </th>
                {list.data.map((role) => (
                  <Cell key={role.role} role={role} permission={permission} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
function Cell({ role, permission }: { role: RoleView; permission: string }): ReactNode {
  const has = role.permissions.includes(permission);
  return (
    <td className={has ? "has" : ""}>
      {has ? (
        <>
          <Icon name="check" size={14} weight={2.6} />
          <span className="visually-hidden">{t("web.yes")}</span>
        </>
      ) : (
        <span aria-hidden="true" className="muted">
          ·
        </span>
      )}
    </td>
  );
}

const part_tones: Record<string, Tone> = { ok: "calm", degraded: "near", down: "late" };
function Installation(): ReactNode {
  const health = useQuery(queries.health());
  return (
    <Card title={t("web.administration.installation")} flush>
      <ErrorNotice error={health.error} />
      <ul className="parts">
        {(health.data?.parts ?? []).map((part) => (
          <li key={part.part}>
            <Chip tone={part_tones[part.state] ?? "late"} icon={part.state === "ok" ? "check" : "alert"}>
              {t(`web.administration.part_${part.state}`)}
            </Chip>
            <span className="grow">
              <span className="strong">{part.name}</span> <span className="muted small">{part.words}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
