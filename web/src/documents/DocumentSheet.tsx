/** The travel document drawn to see before it is printed: the PDF of the server is the document, this is its likeness. */
import { useState, type ReactNode } from "react";
import type { TravelDocument } from "../api/types.ts";
import { Icon } from "../design/Icon.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Emblem } from "../session/DemoStart.tsx";
import { useSession } from "../session/session.ts";
import "./documents.css";

export type SheetData = Pick<TravelDocument, "number" | "name" | "birth" | "issued_on" | "expires_on" | "mrz" | "state">;
interface SheetProps {
  view: SheetData;
  draft?: boolean;
  portrait?: string | null;
}
export function DocumentSheet({ view, draft = false, portrait = null }: SheetProps): ReactNode {
  const session = useSession();
  const [gone, set_gone] = useState(false);
  return (
    <figure className="sheet" aria-label={t("web.document.sheet")}>
      <div className="sheet-head">
        <Emblem code={session.party.code} size={38} />
        <span>
          <strong>{session.party.name}</strong>
          <small>{t("web.document.title_on_sheet")}</small>
        </span>
      </div>
      <div className="sheet-body">
        {portrait && !gone ? (
          <img className="portrait" src={portrait} width="104" height="134" alt="" onError={() => set_gone(true)} />
        ) : (
          <span className="sheet-person" aria-hidden="true">
            <Icon name="people" size={56} weight={1.1} />
          </span>
        )}
        <dl>
          <div>
            <dt>{t("web.person.name")}</dt>
            <dd>{view.name}</dd>
          </div>
          <div>
            <dt>{t("web.column.birth")}</dt>
            <dd>{show_day(view.birth)}</dd>
          </div>
          <div>
            <dt>{t("web.document.number")}</dt>
            <dd className="mono">{view.number}</dd>
          </div>
          <div>
            <dt>{t("web.document.issued")}</dt>
            <dd>{show_day(view.issued_on)}</dd>
          </div>
          <div>
            <dt>{t("web.document.expires")}</dt>
            <dd>{show_day(view.expires_on)}</dd>
          </div>
        </dl>
      </div>
      {view.mrz && (
        <pre className="mrz" tabIndex={0} aria-label={t("web.document.mrz")}>
          {view.mrz}
        </pre>
      )}
      {draft && (
        <span className="sheet-mark" aria-hidden="true">
          {t("web.document.preview_mark")}
        </span>
      )}
      {view.state === "void" && (
        <span className="sheet-mark" aria-hidden="true">
          {t("web.document_state.void")}
        </span>
      )}
    </figure>
  );
}
