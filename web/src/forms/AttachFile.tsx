/** A file chosen where the form asks for it: it is attached to the file of the person and named in the field at once. */
import { createContext, useContext, type ReactNode } from "react";
import { Button, ErrorNotice } from "../design/basics.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { t } from "../language/label.ts";

/** Attaches a file of this kind and answers its id; null where nothing can be attached. */
export type Attach = (file: File, kind: string) => Promise<string>;
export const Attaching = createContext<Attach | null>(null);

export function AttachFile({ kind, added }: { kind: string; added: (id: string) => void }): ReactNode {
  const attach = useContext(Attaching);
  const file = useFileChoice(
    async (chosen) => {
      if (attach) added(await attach(chosen, kind));
    },
    { mark: { "data-attach": kind } },
  );
  if (!attach) return null;
  return (
    <div className="stack tight attach-file">
      <div>
        <Button kind="small" icon="upload" busy={file.busy} onClick={file.open}>
          {t("web.request.attach_new")}
        </Button>
      </div>
      <ErrorNotice error={file.error} />
      {file.input}
    </div>
  );
}
