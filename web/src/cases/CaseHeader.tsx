/** The head of a file: who, which two States, where it stands, and the next deadline that explains itself. */
import { useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { path_of } from "../api/queries.ts";
import type { CaseView, Side } from "../api/types.ts";
import { Chip } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { show_day, show_days_left, show_weekday, tone_of } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Emblem } from "../session/DemoStart.tsx";
import { useSession } from "../session/session.ts";
import { code_name } from "../forms/codes.ts";
import { is_transit } from "../forms/definition.ts";
import { Link } from "../shell/router.tsx";
import { DeadlineTrail } from "./Deadline.tsx";
import { ball_name, deadline_name, party_name, StateChip, state_name, stage_name } from "./state.tsx";

export function next_deadline(view: CaseView): CaseView["deadlines"][number] | null {
  const ended = ["met", "closed", "replaced", "paused"];
  const running = view.deadlines.filter((item) => item.due_on !== "" && !ended.includes(item.state));
  return running.sort((a, b) => a.due_on.localeCompare(b.due_on))[0] ?? null;
}
/** The other State of the pair; agreements with more parties will name it in the view. */
export function partner_of(own: string): string {
  return own === "XAR" ? "UTO" : "XAR";
}

export function CaseHeader({ view, side }: { view: CaseView; side: Side }): ReactNode {
  const session = useSession();
  const [why, set_why] = useState(false);
  const deadline = next_deadline(view);
  const own = session.party.code;
  const requesting = side === "case" ? own : partner_of(own);
  const requested = side === "case" ? partner_of(own) : own;
  const asked = view.content["transit"]?.["transit_request"] as Record<string, unknown> | undefined;
  const destination = typeof asked?.["destination"] === "string" ? asked["destination"] : "";
  const file = view.person.portrait_file ?? view.attachments.findLast((item) => item.kind === "photo")?.id;
  return (
    <div className="case-head card">
      <div className="case-head-main">
        <Portrait
          source={file ? address(`${path_of(side)}/${view.id}/attachments/${file}`) : null}
          size={84}
          name={file ? t("web.case.photo_of", { name: view.person.name }) : t("web.case.no_photo")}
        />
        <div className="grow stack tight">
          <p className="crumbs small">
            <Link href={`/${side === "case" ? "cases" : "applications"}`}>
              {t(side === "case" ? "web.nav.cases" : "web.nav.applications")}
            </Link>{" "}
            <Icon name="right" size={11} /> <span className="mono">{view.reference}</span>
            {view.counterpart_reference && (
              <span className="muted">
                {" "}
                · {t("web.case.their_reference")} <span className="mono">{view.counterpart_reference}</span>
              </span>
            )}
          </p>
          <h1>
            {view.person.name}
            {view.person.name_original && view.person.name_original !== view.person.name && (
              <span className="name-original">
                {" "}
                <bdi lang="und">{view.person.name_original}</bdi>
              </span>
            )}
          </h1>
          <div className="row">
            <StateChip state={view.state} />
            {is_transit(view.content) && (
              <Chip tone="info">
                {destination
                  ? t("web.case.transit_to", { state: code_name("country", destination) })
                  : code_name("procedure_flag", "transit")}
              </Chip>
            )}
            {stage_name(view.stage) !== state_name(view.state) && (
              <>
                <span className="muted">{stage_name(view.stage)}</span>
                <span className="muted" aria-hidden="true">
                  ·
                </span>
              </>
            )}
            <span>{show_day(view.person.birth)}</span>
            {view.person.nationality && (
              <>
                <span className="muted" aria-hidden="true">
                  ·
                </span>
                <span>{code_name("country", view.person.nationality)}</span>
              </>
            )}
          </div>
          <div className="case-parties">
            <span className="party">
              <Emblem code={requesting} size={22} />
              <span>
                <small>{t("web.case.requesting")}</small>
                {side === "case"
                  ? (view.parties?.own ?? party_name(requesting))
                  : (view.parties?.partner ?? party_name(requesting))}
              </span>
            </span>
            <Icon name="right" size={15} />
            <span className="party">
              <Emblem code={requested} size={22} />
              <span>
                <small>{t("web.case.requested")}</small>
                {side === "case"
                  ? (view.parties?.partner ?? party_name(requested))
                  : (view.parties?.own ?? party_name(requested))}
              </span>
            </span>
            <span className="party ball">
              <Icon name="clock" size={17} />
              <span>
                <small>{t("web.case.ball")}</small>
                {ball_name(view.ball)}
              </span>
            </span>
          </div>
        </div>
        {deadline && (
          <div className={`case-deadline tone-${tone_of(deadline.days_left)}`}>
            <span className="small">{deadline_name(deadline.kind)}</span>
            <strong>{show_days_left(deadline.days_left)}</strong>
            <span>{show_weekday(deadline.due_on)}</span>
            <button className="why" aria-expanded={why} onClick={() => set_why(!why)}>
              {t("web.deadline.why")}
              <Icon name="down" size={13} />
            </button>
          </div>
        )}
      </div>
      {why && deadline && (
        <div className="case-why">
          <DeadlineTrail deadline={deadline} agreement={view.agreement} />
        </div>
      )}
    </div>
  );
}
