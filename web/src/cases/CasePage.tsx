/** One file: header, sections at the left, what was chosen in the middle, what happens next at the right. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseView, FormView, Side } from "../api/types.ts";
import { ErrorNotice, Waiting } from "../design/basics.tsx";
import { section_name } from "../forms/codes.ts";
import { conditions_of, draft_sections, is_empty, missing_fields } from "../forms/definition.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { DeskNotices } from "../covering/DeskNotices.tsx";
import { CasePairs } from "../pairs/CasePairs.tsx";
import { CaseHeader, partner_of } from "./CaseHeader.tsx";
import { NextStep } from "./NextStep.tsx";
import { is_settled } from "./state.tsx";
import { Summary } from "./Summary.tsx";
import "../forms/forms.css";
import "./case.css";

const FormSection = lazy(async () => ({ default: (await import("./FormSection.tsx")).FormSectionView }));
const Attachments = lazy(async () => ({ default: (await import("./Attachments.tsx")).Attachments }));
const PrintsCard = lazy(async () => ({ default: (await import("./Prints.tsx")).PrintsCard }));
const Checklist = lazy(async () => ({ default: (await import("./Checklist.tsx")).Checklist }));
const Evidence = lazy(async () => ({ default: (await import("./Evidence.tsx")).Evidence }));
const Requests = lazy(async () => ({ default: (await import("./Requests.tsx")).Requests }));
const Gates = lazy(async () => ({ default: (await import("./Gates.tsx")).Gates }));
const CaseTasks = lazy(async () => ({ default: (await import("./CaseTasks.tsx")).CaseTasks }));
const CaseInterviews = lazy(async () => ({ default: (await import("../interviews/CaseInterviews.tsx")).CaseInterviews }));
const Outcome = lazy(async () => ({ default: (await import("./Outcome.tsx")).Outcome }));
const Notes = lazy(async () => ({ default: (await import("./Notes.tsx")).Notes }));
const Transmissions = lazy(async () => ({ default: (await import("./Transmissions.tsx")).Transmissions }));
const Thread = lazy(async () => ({ default: (await import("../messages/Thread.tsx")).Thread }));
const Timeline = lazy(async () => ({ default: (await import("./Timeline.tsx")).TimelineSection }));

interface SectionEntry {
  id: string;
  label: string;
  missing: number;
  count?: number;
}

function sections_of(
  view: CaseView,
  side: Side,
  form: FormView | undefined,
  holds: Set<string>,
  may: (permission: string) => boolean,
): { title: string; entries: SectionEntry[] }[] {
  const data = (form ? draft_sections(form, holds) : [])
    .filter((section) => side === "case" || !is_empty(view.content[section.code]))
    .map((section) => ({
      id: `form-${section.code}`,
      label: section_name(section.code),
      missing: side === "case" ? missing_fields(section, view.content, holds).length : 0,
    }));
  const open_items = view.requests.flatMap((request) => request.items).filter((item) => item.state !== "answered").length;
  const work: SectionEntry[] = [
    { id: "attachments", label: t("web.section.attachments"), missing: 0, count: view.attachments.length },
    {
      id: "checklist",
      label: t("web.section.checklist"),
      missing: (view.completeness ?? view.checklist).filter((item) => item.state === "missing").length,
    },
    { id: "evidence", label: t("web.section.evidence"), missing: 0 },
    { id: "requests", label: t("web.section.requests"), missing: open_items, count: view.requests.length },
  ];
  if (side === "case")
    work.push({
      id: "gates",
      label: t("web.section.gates"),
      missing: view.gates.filter((gate) => gate.blocks && gate.state === "open").length,
    });
  if (side === "application")
    work.push({
      id: "tasks",
      label: t("web.section.tasks"),
      missing: (view.tasks ?? []).filter((task) => task.state !== "done").length,
      count: view.tasks?.length ?? 0,
    });
  if (view.submitted_on && may(side === "case" ? "appointment.read" : "interview.read"))
    work.push({ id: "interviews", label: t("interviews.title"), missing: 0 });
  work.push({
    id: "outcome",
    label: t("web.section.outcome"),
    missing: 0,
    count: view.documents.length + (view.reply ? 1 : 0),
  });
  if (is_settled(view.stage)) for (const entry of work) entry.missing = 0;
  return [
    { title: "", entries: [{ id: "summary", label: t("web.section.summary"), missing: 0 }] },
    { title: t("web.section.application_form"), entries: data },
    { title: t("web.section.work"), entries: work },
    {
      title: t("web.section.record"),
      entries: [
        { id: "messages", label: t("web.section.messages"), missing: 0 },
        ...(side === "application"
          ? [{ id: "notes", label: t("web.section.notes"), missing: 0, count: view.notes.length }]
          : []),
        { id: "transmissions", label: t("web.section.transmissions"), missing: 0, count: view.transmissions.length },
        { id: "timeline", label: t("web.section.timeline"), missing: 0 },
      ],
    },
  ];
}

function AttachmentsAndPrints({ view, side, form }: { view: CaseView; side: Side; form: FormView | undefined }): ReactNode {
  const may = useMay();
  return (
    <div className="stack loose">
      <Attachments view={view} side={side} form={form} />
      {side === "case" && may("print.add") && <PrintsCard view={view} />}
    </div>
  );
}

function middle(section: string, view: CaseView, side: Side, form: FormView | undefined, holds: Set<string>): ReactNode {
  if (section.startsWith("form-")) {
    const found = form?.section.find((item) => `form-${item.code}` === section);
    return found ? <FormSection section={found} view={view} side={side} holds={holds} /> : <Waiting />;
  }
  if (section === "attachments") return <AttachmentsAndPrints view={view} side={side} form={form} />;
  if (section === "checklist") return <Checklist view={view} side={side} />;
  if (section === "evidence") return <Evidence view={view} side={side} />;
  if (section === "requests") return <Requests view={view} side={side} />;
  if (section === "gates") return <Gates view={view} />;
  if (section === "tasks") return <CaseTasks view={view} />;
  if (section === "interviews") return <CaseInterviews side={side} id={view.id} />;
  if (section === "outcome") return <Outcome view={view} side={side} />;
  if (section === "messages")
    return (
      <section className="card">
        <header>
          <h2>{t("web.section.messages")}</h2>
        </header>
        <div className="body">
          <Thread side={side} id={view.id} />
        </div>
      </section>
    );
  if (section === "notes") return <Notes view={view} />;
  if (section === "transmissions") return <Transmissions view={view} />;
  if (section === "timeline") return <Timeline view={view} side={side} />;
  return <Summary view={view} side={side} />;
}

export function CasePage({ parameters }: { parameters: { id: string; side: Side } }): ReactNode {
  const { id, side } = parameters;
  const { path, query } = useAddress();
  const session = useSession();
  const may = useMay();
  const record = useQuery(queries.record(side, id));
  const form = useQuery(queries.form("application")).data;
  const view = record.data;
  const section = query.get("section") ?? "summary";
  if (record.error && !view)
    return (
      <>
        <h1 className="visually-hidden">{t("web.case.title")}</h1>
        <ErrorNotice error={record.error} again={() => void record.refetch()} />
      </>
    );
  if (!view) return <Waiting lines={10} />;
  const requested = side === "case" ? partner_of(session.party.code) : session.party.code;
  const holds = conditions_of(view.content, requested, ["draft", "screening"].includes(view.state) ? ["release"] : []);
  return (
    <>
      <CaseHeader view={view} side={side} />
      <DeskNotices view={view} />
      {may("pair.decide") && <CasePairs id={view.id} side={side} />}
      <div className={section === "attachments" ? "case-columns wide" : "case-columns"}>
        <nav className="sections" aria-label={t("web.section.label")}>
          {sections_of(view, side, form, holds, may).map(
            (group) =>
              group.entries.length > 0 && (
                <div key={group.title} className="section-group">
                  {group.title && <h2>{group.title}</h2>}
                  {group.entries.map((entry) => (
                    <Link
                      key={entry.id}
                      href={entry.id === "summary" ? path : `${path}?section=${entry.id}`}
                      aria-current={section === entry.id ? "page" : undefined}
                    >
                      <span className={entry.missing > 0 ? "section-dot missing" : "section-dot"} aria-hidden="true" />
                      <span className="grow">{entry.label}</span>
                      {entry.missing > 0 ? (
                        <span className="section-missing">{t("web.section.missing", { count: entry.missing })}</span>
                      ) : entry.count ? (
                        <span className="muted small number">{entry.count}</span>
                      ) : null}
                    </Link>
                  ))}
                </div>
              ),
          )}
        </nav>
        <div className="case-middle">
          <Suspense fallback={<Waiting />}>{middle(section, view, side, form, holds)}</Suspense>
        </div>
        <NextStep view={view} side={side} />
      </div>
    </>
  );
}
