/** Reception: what arrivals need, the desk where people are received, who was received, the centres. */
import type { ReactNode } from "react";
import { PageHead } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { Board } from "./Board.tsx";
import { Centres } from "./Centres.tsx";
import { CheckIn } from "./CheckIn.tsx";
import { Received } from "./Received.tsx";
import "./reception.css";

export function ReceptionPage(): ReactNode {
  const may = useMay();
  const { query } = useAddress();
  const tab = query.get("tab") ?? "board";
  const tabs = [
    "board",
    ...(may("reception.check_in") ? ["check_in"] : []),
    ...(may("reception.read") ? ["received"] : []),
    "centres",
  ];
  return (
    <>
      <PageHead title={t("reception.title")} {...(tab === "board" ? { lead: t("reception.board_lead") } : {})} />
      <nav className="tabs" aria-label={t("reception.views")}>
        {tabs.map((name) => (
          <Link
            key={name}
            className="tab"
            href={name === "board" ? "/reception" : `/reception?tab=${name}`}
            aria-current={name === tab ? "page" : undefined}
          >
            {t(`reception.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="reception-tab">
        {tab === "check_in" && may("reception.check_in") ? (
          <CheckIn />
        ) : tab === "received" && may("reception.read") ? (
          <Received />
        ) : tab === "centres" ? (
          <Centres />
        ) : (
          <Board />
        )}
      </div>
    </>
  );
}
