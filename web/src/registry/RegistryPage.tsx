/** The population registry searched by itself, outside a task. */
import type { ReactNode } from "react";
import { PageHead } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { Workbench } from "./Workbench.tsx";

export function RegistryPage(): ReactNode {
  return (
    <>
      <PageHead title={t("web.nav.registry")} lead={t("web.registry.lead")} />
      <Workbench asked={{}} />
    </>
  );
}
