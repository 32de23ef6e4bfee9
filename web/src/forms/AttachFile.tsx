/** A file chosen where the form asks for it: it is attached to the file of the person and named in the field at once. */
import { createContext, useContext, useRef, useState, type ReactNode } from "react";
import { Button, ErrorNotice } from "../design/basics.tsx";
import { t } from "../language/label.ts";

/** Attaches a file of this kind and answers its id; null where nothing can be attached. */
export type Attach = (file: File, kind: string) => Promise<string>;
export const Attaching = createContext<Attach | null>(null);

export function AttachFile({ kind, added }: { kind: string; added: (id: string) => void }): ReactNode {
  const attach = useContext(Attaching);
  const input = useRef<HTMLInputElement>(null);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  if (!attach) return null;
  const send = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    set_busy(true);
    set_error(null);
    try {
      added(await attach(file, kind));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <div className="stack tight attach-file">
      <div>
        <Button kind="small" icon="upload" busy={busy} onClick={() => input.current?.click()}>
          {t("web.request.attach_new")}
        </Button>
      </div>
      <ErrorNotice error={error} />
      <input
        ref={input}
        type="file"
        hidden
        data-attach={kind}
        onChange={(event) => {
          void send(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
