/** Colleagues: who is away and who covers, who answers for whom; one's own absences are planned here. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { AbsenceView, ColleagueView } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { role_name } from "../session/DemoStart.tsx";
import { useMay, useSession, useToday } from "../session/session.ts";
import { AbsenceDialog, SupervisorDialog } from "./dialogs.tsx";

export function ColleaguesPage(): ReactNode {
  const session = useSession();
  const may = useMay();
  const list = useQuery(queries.colleagues());
  const [planning, set_planning] = useState<ColleagueView | null>(null);
  const [naming, set_naming] = useState<ColleagueView | null>(null);
  const people = list.data ?? [];
  const own = people.find((one) => one.user.id === session.user.id);
  return (
    <>
      <PageHead title={t("web.nav.colleagues")} lead={t("web.covering.lead")}>
        {own && (
          <Button kind="primary" icon="plus" data-action="plan_absence" onClick={() => set_planning(own)}>
            {t("web.covering.plan")}
          </Button>
        )}
      </PageHead>
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {list.isPending && <Waiting lines={6} />}
      {list.data && (
        <div className="stack loose">
          <Absences people={people} />
          <Card title={t("web.covering.people")} flush>
            <RowsTable
              name={t("web.covering.people")}
              rows={people}
              row_key={(one) => one.user.id}
              columns={[
                { label: t("web.administration.name"), look: "strong", cell: (one) => one.user.name },
                { label: t("web.administration.organisation"), cell: (one) => one.organisation },
                { label: t("web.administration.roles"), cell: (one) => one.roles.map(role_name).join(", ") },
                {
                  label: t("web.covering.supervisor"),
                  cell: (one) => one.supervisor?.name ?? <span className="muted">{t("web.list.nobody")}</span>,
                },
                { label: t("web.covering.presence"), look: "nowrap", cell: (one) => <Presence one={one} /> },
                {
                  label: t("web.covering.acts"),
                  look: "end",
                  quiet: true,
                  cell: (one) => (
                    <div className="row end">
                      {one.may_plan && one !== own && (
                        <Button kind="small" onClick={() => set_planning(one)}>
                          {t("web.covering.plan_short")}
                          <span className="visually-hidden"> {one.user.name}</span>
                        </Button>
                      )}
                      {may("administration.users") && (
                        <Button kind="small" onClick={() => set_naming(one)}>
                          {t("web.covering.name_supervisor")}
                          <span className="visually-hidden"> {one.user.name}</span>
                        </Button>
                      )}
                    </div>
                  ),
                },
              ]}
            />
          </Card>
        </div>
      )}
      {planning && <AbsenceDialog whom={planning} people={people} close={() => set_planning(null)} />}
      {naming && <SupervisorDialog whom={naming} close={() => set_naming(null)} />}
    </>
  );
}

function Presence({ one }: { one: ColleagueView }): ReactNode {
  const today = useToday();
  const away = one.absences.find((absence) => absence.from_on <= today && today <= absence.to_on);
  return away ? (
    <Chip tone="near" icon="clock">
      {t("web.covering.away_until", { day: show_day(away.to_on) })}
    </Chip>
  ) : (
    <Chip tone="calm" icon="check">
      {t("web.covering.present")}
    </Chip>
  );
}

function Absences({ people }: { people: ColleagueView[] }): ReactNode {
  const today = useToday();
  const [error, set_error] = useState<unknown>(null);
  const absences = people.flatMap((one) => one.absences).sort((a, b) => a.from_on.localeCompare(b.from_on));
  const end = async (absence: AbsenceView): Promise<void> => {
    set_error(null);
    try {
      await remove(`/absences/${absence.id}`);
      await Promise.all([["colleagues"], ["home"]].map((queryKey) => client.invalidateQueries({ queryKey })));
      toast(t("web.covering.ended"));
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Card title={t("web.covering.absences")} flush>
      <ErrorNotice error={error} />
      {absences.length === 0 ? (
        <Empty icon="people" title={t("web.covering.nobody_away")} />
      ) : (
        <RowsTable
          name={t("web.covering.absences")}
          rows={absences}
          row_key={(absence) => absence.id}
          columns={[
            { label: t("web.covering.who"), look: "strong", cell: (absence) => absence.user.name },
            { label: t("web.covering.from"), look: "nowrap", cell: (absence) => show_day(absence.from_on) },
            { label: t("web.covering.to"), look: "nowrap", cell: (absence) => show_day(absence.to_on) },
            { label: t("web.covering.cover"), cell: (absence) => absence.cover.name },
            {
              label: t("web.covering.acts"),
              look: "end",
              quiet: true,
              cell: (absence) =>
                absence.may_end && (
                  <Button kind="small" onClick={() => void end(absence)}>
                    {t(absence.from_on <= today ? "web.covering.back" : "web.covering.take_back")}
                    <span className="visually-hidden"> {absence.user.name}</span>
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
