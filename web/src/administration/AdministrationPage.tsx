/** Organisations, users, the roles and what each may do, and the state of this installation. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { RoleView } from "../api/types.ts";
import { Card, Chip, ErrorNotice, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { role_name } from "../session/DemoStart.tsx";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { OrganisationDialog } from "./OrganisationDialog.tsx";
import { UserDialog } from "./UserDialog.tsx";
import "./administration.css";

const tabs = ["users", "organisations", "roles", "installation"];
export function AdministrationPage({ parameters }: { parameters: { tab: string } }): ReactNode {
  const tab = parameters.tab;
  return (
    <>
      <PageHead title={t("web.nav.administration")} lead={t("web.administration.lead")} />
      <nav className="tabs" aria-label={t("web.nav.administration")}>
        {tabs.map((name) => (
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
        <div className="table-wrap" tabIndex={0}>
          <table className="table stacked">
            <thead>
              <tr>
                {["name", "login", "organisation", "roles", "second_factor", "last_seen", "active"].map((name) => (
                  <th key={name} scope="col">
                    {t(`web.administration.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {users.data?.map((user) => (
                <tr key={user.id}>
                  <td>
                    {may("administration.users") ? (
                      <button className="link-button strong" onClick={() => set_editing({ id: user.id })}>
                        {user.name}
                      </button>
                    ) : (
                      <span className="strong">{user.name}</span>
                    )}
                  </td>
                  <td className="mono" data-label={t("web.administration.login")}>
                    {user.login}
                  </td>
                  <td data-label={t("web.administration.organisation")}>{user.organisation}</td>
                  <td data-label={t("web.administration.roles")}>{user.roles.map(role_name).join(", ")}</td>
                  <td data-label={t("web.administration.second_factor")}>
                    {user.second_factor ? (
                      <Chip tone="calm" icon="check">
                        {t("web.yes")}
                      </Chip>
                    ) : (
                      <Chip tone="near" icon="alert">
                        {t("web.no")}
                      </Chip>
                    )}
                  </td>
                  <td className="nowrap" data-label={t("web.administration.last_seen")}>
                    {show_instant(user.last_seen)}
                  </td>
                  <td data-label={t("web.administration.active")}>
                    {user.active ? t("web.administration.is_active") : <Chip>{t("web.administration.is_closed")}</Chip>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {editing && (
        <UserDialog user={users.data?.find((item) => item.id === editing.id) ?? null} close={() => set_editing(null)} />
      )}
    </Card>
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
        <div className="table-wrap" tabIndex={0}>
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">{t("web.administration.name")}</th>
                <th scope="col">{t("web.administration.kind")}</th>
                <th scope="col">{t("web.administration.party")}</th>
                <th scope="col" className="end">
                  {t("web.administration.users")}
                </th>
                <th scope="col">{t("web.administration.active")}</th>
              </tr>
            </thead>
            <tbody>
              {list.data?.map((item) => (
                <tr key={item.id}>
                  <td>
                    {may("administration.users") ? (
                      <button className="link-button strong" onClick={() => set_editing({ id: item.id })}>
                        {item.name}
                      </button>
                    ) : (
                      <span className="strong">{item.name}</span>
                    )}
                  </td>
                  <td data-label={t("web.administration.kind")}>{kind_name(item.kind)}</td>
                  <td data-label={t("web.administration.party")}>{item.party}</td>
                  <td className="end" data-label={t("web.administration.users")}>
                    {item.users}
                  </td>
                  <td data-label={t("web.administration.active")}>
                    {item.active ? t("web.administration.is_active") : <Chip>{t("web.administration.is_closed")}</Chip>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
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
