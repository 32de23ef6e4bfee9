/** No such page, or no right to know of it: the same words for both. */
import type { ReactNode } from "react";
import { Empty } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { Link } from "./router.tsx";

export function NotFound(): ReactNode {
  return (
    <>
      <h1 className="visually-hidden">{t("web.not_found.title")}</h1>
      <Empty icon="search" title={t("web.not_found.title")}>
        <p>{t("web.not_found.text")}</p>
        <Link className="button primary" href="/">
          {t("web.nav.home")}
        </Link>
      </Empty>
    </>
  );
}
