/** A person's tokens for machines: made with a name, an end and some of their own permissions, shown once, ended at any time. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { ApiToken } from "../api/types.ts";
import { Button, Card, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { Copied } from "../design/Copied.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_first } from "../language/label.ts";
import { useSession } from "../session/session.ts";

const lives = ["30", "90", "365"];
export const permission_name = (permission: string): string => t_first([`permissions.${permission}`], permission);
const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["api-tokens"] });

export function Tokens(): ReactNode {
  const list = useQuery(queries.api_tokens());
  const [making, set_making] = useState(false);
  const [ending, set_ending] = useState<ApiToken | null>(null);
  const items = list.data ?? [];
  return (
    <Card
      title={t("web.token.title")}
      flush
      actions={
        <Button kind="small" icon="plus" onClick={() => set_making(true)}>
          {t("web.token.make")}
        </Button>
      }
    >
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {list.isPending ? (
        <Waiting lines={2} />
      ) : items.length === 0 ? (
        <Empty icon="key" title={t("web.token.none")}>
          <p>{t("web.token.none_text")}</p>
        </Empty>
      ) : (
        <RowsTable
          name={t("web.token.title")}
          rows={items}
          row_key={(item) => item.id}
          columns={[
            { label: t("web.token.name"), look: "strong", cell: (item) => item.name },
            { label: t("web.token.may"), cell: (item) => item.scopes.map(permission_name).join(", ") },
            { label: t("web.token.since"), look: "nowrap", cell: (item) => show_instant(item.created_at) },
            { label: t("web.token.until"), look: "nowrap", cell: (item) => show_instant(item.expires_at) },
            {
              label: t("web.token.end"),
              look: "end",
              quiet: true,
              cell: (item) => (
                <Button kind="small danger" onClick={() => set_ending(item)}>
                  {t("web.token.end")}
                  <span className="visually-hidden"> {item.name}</span>
                </Button>
              ),
            },
          ]}
        />
      )}
      {making && <MakeToken close={() => set_making(false)} />}
      {ending && (
        <FormDialog
          title={t("web.token.end_title", { name: ending.name })}
          act={t("web.token.end")}
          danger
          close={() => set_ending(null)}
          send={async () => {
            await remove(`/api-tokens/${ending.id}`);
            await renew();
            toast(t("web.token.ended"));
          }}
        >
          <p>{t("web.token.end_text")}</p>
        </FormDialog>
      )}
    </Card>
  );
}

function MakeToken({ close }: { close: () => void }): ReactNode {
  const session = useSession();
  const [name, set_name] = useState("");
  const [days, set_days] = useState("90");
  const [scopes, set_scopes] = useState<string[]>([]);
  const [token, set_token] = useState<string | null>(null);
  const send = async (): Promise<boolean> => {
    set_token((await post<{ token: string }>("/api-tokens", { name, scopes, days: Number(days) })).token);
    await renew();
    return false;
  };
  return (
    <FormDialog
      title={t("web.token.make")}
      act={t("web.token.make")}
      send={send}
      close={close}
      ready={name.trim() !== "" && scopes.length > 0}
      ended={token !== null}
      keep={name !== ""}
      wide
    >
      {token ? (
        <Notice tone="soon">
          <p className="strong">{t("web.token.once")}</p>
          <Copied text={token} />
          <p className="small">{t("web.token.use")}</p>
        </Notice>
      ) : (
        <>
          <p>{t("web.token.lead")}</p>
          <div className="grid-2">
            <TextField
              label={t("web.token.name")}
              hint={t("web.token.name_hint")}
              value={name}
              change={set_name}
              required
              maxLength={60}
              autoComplete="off"
            />
            <SelectField
              label={t("web.token.lasts")}
              hint={t("web.token.lasts_hint")}
              options={lives.map((value) => ({ value, label: t("web.token.days", { count: Number(value) }) }))}
              value={days}
              change={set_days}
            />
          </div>
          <fieldset className="field">
            <legend className="legend">{t("web.token.may")}</legend>
            <div className="check-grid">
              {session.permissions.map((permission) => (
                <CheckField
                  key={permission}
                  label={permission_name(permission)}
                  checked={scopes.includes(permission)}
                  change={(on) => set_scopes(on ? [...scopes, permission] : scopes.filter((chosen) => chosen !== permission))}
                />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}
