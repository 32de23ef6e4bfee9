/** The way into the releases: the next application whose safeguards are all decided, found for the person who may release it. */
import { useState, type ReactNode } from "react";
import { client, queries } from "../api/queries.ts";
import { Button } from "../design/basics.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { find_next, is_releasable, most_files } from "../screening/desk.ts";
import { navigate } from "../shell/router.tsx";

/** Opens the envelope of the next application that may be released; says so and goes to `otherwise` when there is none. */
export async function release_next(otherwise: string | null): Promise<void> {
  const asked = { state: "screening", sort: "newest", limit: most_files };
  const rows = await client.fetchQuery({ ...queries.list("case", asked), staleTime: 0 }).then(
    (page) => page.items,
    () => [],
  );
  const next = await find_next(rows, 0, is_releasable).catch(() => null);
  if (next) return navigate(`/cases/${next.view.id}/release`);
  toast(t("web.release.none_next"));
  if (otherwise) navigate(otherwise);
}

export function ReleaseNext({ kind = "" }: { kind?: string }): ReactNode {
  const [busy, set_busy] = useState(false);
  return (
    <Button
      kind={kind}
      icon="send"
      busy={busy}
      data-action="release_next"
      onClick={() => {
        set_busy(true);
        void release_next(null).finally(() => set_busy(false));
      }}
    >
      {t("web.release.begin")}
    </Button>
  );
}
