/** The safeguards of one file as a page of its own: all that bodies outside the return authorities see of it. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNotice, Facts, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { StateChip } from "../cases/state.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { SafeguardBoard } from "./FileSection.tsx";
import { reads } from "./read.ts";
import "./safeguards.css";

export function SafeguardsPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const { query } = useAddress();
  const read = useQuery(reads.file(parameters.id));
  const file = read.data;
  const gate = query.get("gate");
  if (!file)
    return (
      <>
        <h1 className="visually-hidden">{t("safeguards.title")}</h1>
        {read.error ? <ErrorNotice error={read.error} again={() => void read.refetch()} /> : <Waiting lines={10} />}
      </>
    );
  return (
    <>
      <div className="card safeguards-head">
        <div className="grow stack tight">
          <p className="crumbs small">
            <Link href={gate ? `/safeguards?gate=${gate}` : "/safeguards"}>{t("safeguards.title")}</Link>{" "}
            <Icon name="right" size={11} /> <span className="mono">{file.reference}</span>
          </p>
          <h1>{file.name}</h1>
          <p className="row">
            <StateChip state={file.state} />
            {file.may_read_file && (
              <Link href={`/cases/${file.id}`}>
                {t("safeguards.open_file")} <Icon name="right" size={12} />
              </Link>
            )}
          </p>
        </div>
        <Facts
          rows={[
            [t("web.person.birth"), show_day(file.birth)],
            [t("safeguards.partner"), file.partner.name],
          ]}
        />
      </div>
      {!file.may_read_file && <p className="muted small safeguards-scope">{t("safeguards.scope")}</p>}
      <SafeguardBoard file={file} />
    </>
  );
}
