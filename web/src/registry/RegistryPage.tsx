/** The population registry searched by itself, outside a task. */
import { useState, type ReactNode } from "react";
import type { Candidate } from "../api/types.ts";
import { PageHead } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { Workbench } from "./Workbench.tsx";

export function RegistryPage(): ReactNode {
  const [chosen, choose] = useState<Candidate | null>(null);
  return (
    <>
      <PageHead title={t("web.nav.registry")} lead={t("web.registry.lead")} />
      <Workbench asked={{}} chosen={chosen} choose={choose} />
    </>
  );
}
