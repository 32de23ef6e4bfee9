/** A secret that is shown once, with a button that copies it. */
import { useState, type ReactNode } from "react";
import { Button } from "./basics.tsx";
import { t } from "../language/label.ts";

export function Copied({ text }: { text: string }): ReactNode {
  const [done, set_done] = useState(false);
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => set_done(true),
      () => set_done(false),
    );
  return (
    <p className="row copied">
      <code className="strong" data-secret>
        {text}
      </code>
      <Button kind="small" icon={done ? "check" : "file"} onClick={copy}>
        <span role="status">{t(done ? "web.action.copied" : "web.action.copy")}</span>
      </Button>
    </p>
  );
}
