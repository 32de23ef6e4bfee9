/** Where two officers open the sealing key: whether it is open, and the buttons of those who may. Nothing where it stands open. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import { Button, ErrorNotice, Notice } from "../design/basics.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";

const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["documents", "sealing-key"] });

export function SealingKeyNotice(): ReactNode {
  const may = useMay();
  const key = useQuery({ ...queries.sealing_key(), refetchInterval: 60_000 });
  const [closing, set_closing] = useState(false);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  if (!key.data) return <ErrorNotice error={key.error} />;
  if (key.data.persons === 1) return null;
  const { is_open, openers, until } = key.data;
  const open = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await post("/sealing-key/openings", {});
      await renew();
      toast(t("web.key.opened"));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const said = is_open
    ? t("web.key.open_until", { time: show_instant(until) })
    : t(openers.length === 0 ? "web.key.closed" : "web.key.half");
  return (
    <div className="key-notice">
      <ErrorNotice error={error} />
      <Notice tone={is_open ? "calm" : "near"}>
        <p className="strong">{said}</p>
        {openers.map((one) => (
          <p key={one.name + one.at} className="small">
            {t("web.key.opened_by", { name: one.name, time: show_instant(one.at) })}
          </p>
        ))}
        {may("document.key") && (
          <div className="row">
            {!openers.some((one) => one.is_me) && (
              <Button kind={is_open ? "small" : "primary small"} icon="shield" busy={busy} onClick={() => void open()}>
                {t("web.key.open")}
              </Button>
            )}
            {openers.length > 0 && (
              <Button kind="small" onClick={() => set_closing(true)}>
                {t("web.key.close")}
              </Button>
            )}
          </div>
        )}
      </Notice>
      {closing && (
        <FormDialog
          title={t("web.key.close")}
          act={t("web.key.close")}
          danger
          close={() => set_closing(false)}
          ready
          keep={false}
          send={async () => {
            await post("/sealing-key/closing", {});
            await renew();
            toast(t("web.key.was_closed"));
          }}
        >
          <p>{t("web.key.close_text")}</p>
        </FormDialog>
      )}
    </div>
  );
}
