/** Bands above everything: the demonstration, a lost line, a part that is down. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { onLine } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { Icon } from "../design/Icon.tsx";
import { t } from "../language/label.ts";

export function DemoBand(): ReactNode {
  return (
    <div className="demo-band" role="note">
      <Icon name="alert" size={15} weight={2.2} />
      <span>{t("web.demo.band")}</span>
    </div>
  );
}

export function useLine(): boolean {
  const [up, set_up] = useState(navigator.onLine);
  useEffect(() => {
    const stop = onLine(set_up);
    const off = (): void => set_up(false);
    const on = (): void => set_up(true);
    addEventListener("offline", off);
    addEventListener("online", on);
    return () => {
      stop();
      removeEventListener("offline", off);
      removeEventListener("online", on);
    };
  }, []);
  return up;
}

export function LostLine({ up }: { up: boolean }): ReactNode {
  if (up) return null;
  return (
    <div className="banner tone-late" role="alert">
      <Icon name="alert" />
      <span>{t("web.line.lost")}</span>
    </div>
  );
}

/** What does not work now, in words for everybody. */
export function PartsDown(): ReactNode {
  const status = useQuery(queries.status());
  const down = (status.data?.parts ?? []).filter((part) => part.state !== "ok");
  if (down.length === 0) return null;
  return (
    <div className="banner tone-near" role="status">
      <Icon name="alert" />
      <span>{down.map((part) => part.words).join(" · ")}</span>
    </div>
  );
}
