/** In the rail: the safeguards that this person decides, with how many files wait for each. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Icon } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { short_name } from "./order.ts";
import { reads } from "./read.ts";

export function SafeguardRail(): ReactNode {
  const { path, query } = useAddress();
  const may = useMay();
  const counts = useQuery({ ...reads.counts(), enabled: may("safeguard.read") });
  if (!may("safeguard.read")) return null;
  const own = (counts.data ?? []).filter((one) => one.is_mine);
  const here = path === "/safeguards" ? (query.get("gate") ?? "") : null;
  return (
    <>
      <h2>{t("safeguards.nav")}</h2>
      {own.map((one) => (
        <Link key={one.gate} href={`/safeguards?gate=${one.gate}`} aria-current={here === one.gate ? "page" : undefined}>
          <Icon name="shield" />
          <span className="grow">{short_name(one.gate)}</span>
          <span className={one.files === 0 ? "count zero" : "count"}>{show_number(one.files)}</span>
        </Link>
      ))}
      <Link
        href={may("case.read") ? "/safeguards?gate=all" : "/safeguards"}
        aria-current={here === "" || here === "all" || (here === null && path.startsWith("/safeguards/")) ? "page" : undefined}
      >
        <Icon name="list" />
        <span className="grow">{t("safeguards.queue.title")}</span>
      </Link>
    </>
  );
}
