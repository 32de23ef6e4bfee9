/** Prints a document: on the printer that this officer used last, or as the file is stored. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { Icon } from "../design/Icon.tsx";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";

interface PrintProps {
  /** Of the PDF; the printer of the officer's choice is added. */
  path: string;
  query?: Record<string, string>;
  label: string;
}
export function PrintLink({ path, query = {}, label }: PrintProps): ReactNode {
  const may = useMay();
  const session = useSession();
  const kept = `rcms.printer.${session.user.id}`;
  const printers = useQuery({ ...queries.document_printers(), enabled: may("document.issue") });
  const [printer, set_printer] = useState(() => localStorage.getItem(kept) ?? "");
  const known = printers.data ?? [];
  const chosen = known.some((one) => one.id === printer) ? printer : "";
  return (
    <>
      {known.length > 0 && (
        <select
          className="select"
          aria-label={t("web.printer.choose")}
          value={chosen}
          onChange={(event) => {
            set_printer(event.target.value);
            localStorage.setItem(kept, event.target.value);
          }}
        >
          <option value="">{t("web.printer.as_stored")}</option>
          {known.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      <a
        className="button primary"
        href={address(path, { ...query, printer: chosen === "" ? null : chosen })}
        target="_blank"
        rel="noreferrer"
      >
        <Icon name="print" size={16} />
        {label}
      </a>
    </>
  );
}
