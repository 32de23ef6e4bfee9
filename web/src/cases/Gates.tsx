/** The safeguards of a file, as a section of the case. */
import type { ReactNode } from "react";
import type { CaseView } from "../api/types.ts";
import { SafeguardFileSection } from "../safeguards/FileSection.tsx";

export function Gates({ view }: { view: CaseView }): ReactNode {
  return <SafeguardFileSection id={view.id} />;
}
