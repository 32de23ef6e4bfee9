/** Which address shows which screen; everything but home and the lists is loaded when first needed. */
import { lazy, type ComponentType, type ReactNode } from "react";
import { Home } from "../home/Home.tsx";
import { match } from "./router.tsx";

interface PageProps {
  parameters: Record<string, string>;
}
function later<T>(load: () => Promise<T>, name: keyof T): ComponentType<PageProps> {
  return lazy(async () => ({ default: (await load())[name] as ComponentType<PageProps> }));
}
const CaseList = later(() => import("../cases/CaseList.tsx"), "CaseListPage");
const CasePage = later(() => import("../cases/CasePage.tsx"), "CasePage");
const Editor = later(() => import("../forms/EditorPage.tsx"), "EditorPage");
const Correction = later(() => import("../forms/CorrectionPage.tsx"), "CorrectionPage");
const NewCase = later(() => import("../forms/NewCase.tsx"), "NewCase");
const Desk = later(() => import("../screening/DeskPage.tsx"), "DeskPage");
const Release = later(() => import("../exchange/ReleasePage.tsx"), "ReleasePage");
const Import = later(() => import("../imports/ImportPage.tsx"), "ImportPage");
const Tasks = later(() => import("../tasks/TaskList.tsx"), "TaskListPage");
const Task = later(() => import("../tasks/TaskPage.tsx"), "TaskPage");
const Registry = later(() => import("../registry/RegistryPage.tsx"), "RegistryPage");
const Documents = later(() => import("../documents/DocumentsPage.tsx"), "DocumentsPage");
const Document = later(() => import("../documents/DocumentPage.tsx"), "DocumentPage");
const NumberPage = later(() => import("../documents/NumberPage.tsx"), "NumberPage");
const Batch = later(() => import("../documents/BatchPage.tsx"), "BatchPage");
const Issue = later(() => import("../documents/IssuePage.tsx"), "IssuePage");
const Report = later(() => import("../reports/ReportPage.tsx"), "ReportPage");
const Agreements = later(() => import("../agreements/AgreementsPage.tsx"), "AgreementsPage");
const Agreement = later(() => import("../agreements/AgreementPage.tsx"), "AgreementPage");
const Simulator = later(() => import("../agreements/SimulatorPage.tsx"), "SimulatorPage");
const Compare = later(() => import("../agreements/ComparePage.tsx"), "ComparePage");
const Versions = later(() => import("../agreements/VersionsPage.tsx"), "VersionsPage");
const Ledger = later(() => import("../oversight/LedgerPage.tsx"), "LedgerPage");
const Notifications = later(() => import("../messages/NotificationsPage.tsx"), "NotificationsPage");
const Administration = later(() => import("../administration/AdministrationPage.tsx"), "AdministrationPage");
const Access = later(() => import("../access/AccessPage.tsx"), "AccessPage");
const Colleagues = later(() => import("../covering/ColleaguesPage.tsx"), "ColleaguesPage");
const SafeguardQueue = later(() => import("../safeguards/QueuePage.tsx"), "QueuePage");
const Safeguards = later(() => import("../safeguards/SafeguardsPage.tsx"), "SafeguardsPage");
const Interviews = later(() => import("../interviews/InterviewsPage.tsx"), "InterviewsPage");
const Mission = later(() => import("../interviews/MissionPage.tsx"), "MissionPage");
const Interview = later(() => import("../interviews/InterviewPage.tsx"), "InterviewPage");
const Transports = later(() => import("../transfers/TransportsPage.tsx"), "TransportsPage");
const Transport = later(() => import("../transfers/TransportPage.tsx"), "TransportPage");
const Manifest = later(() => import("../transfers/ManifestPage.tsx"), "ManifestPage");
const Departing = later(() => import("../transfers/HandoverPage.tsx"), "DepartingPage");
const Arriving = later(() => import("../transfers/HandoverPage.tsx"), "ArrivingPage");
const Arrivals = later(() => import("../transfers/ArrivalsPage.tsx"), "ArrivalsPage");
const Arrival = later(() => import("../transfers/ArrivalsPage.tsx"), "ArrivalPage");
const Pairs = later(() => import("../pairs/PairsPage.tsx"), "PairsPage");
const PairDesk = later(() => import("../pairs/PairPage.tsx"), "PairPage");
const Reception = later(() => import("../reception/ReceptionPage.tsx"), "ReceptionPage");
const ReceptionRecord = later(() => import("../reception/RecordPage.tsx"), "RecordPage");
const NotFound = later(() => import("./NotFound.tsx"), "NotFound");

const table: [pattern: string, Screen: ComponentType<PageProps>, fixed?: Record<string, string>][] = [
  ["/", Home as ComponentType<PageProps>],
  ["/cases", CaseList, { side: "case" }],
  ["/applications", CaseList, { side: "application" }],
  ["/cases/new", NewCase],
  ["/cases/import", Import],
  ["/cases/desk", Desk],
  ["/cases/:id", CasePage, { side: "case" }],
  ["/cases/:id/edit", Editor],
  ["/cases/:id/correct", Correction],
  ["/cases/:id/release", Release],
  ["/applications/:id", CasePage, { side: "application" }],
  ["/applications/:id/issue", Issue],
  ["/safeguards", SafeguardQueue],
  ["/safeguards/:id", Safeguards],
  ["/tasks", Tasks],
  ["/tasks/:id", Task],
  ["/interviews", Interviews],
  ["/interviews/missions/:id", Mission],
  ["/interviews/:id", Interview],
  ["/transports", Transports],
  ["/transports/:id", Transport],
  ["/transports/:id/manifest", Manifest],
  ["/transports/:id/handover", Departing],
  ["/arrivals", Arrivals],
  ["/arrivals/:id", Arrival],
  ["/pairs", Pairs],
  ["/pairs/:id", PairDesk],
  ["/reception", Reception],
  ["/reception/:id", ReceptionRecord],
  ["/arrivals/:id/handover", Arriving],
  ["/registry", Registry],
  ["/documents", Documents],
  ["/documents/numbers/:number", NumberPage],
  ["/documents/batch", Batch],
  ["/documents/:number", Document],
  ["/reports", Report],
  ["/agreements", Agreements],
  ["/agreements/simulator", Simulator],
  ["/agreements/compare", Compare],
  ["/agreements/versions", Versions],
  ["/agreements/:id", Agreement],
  ["/colleagues", Colleagues],
  ["/ledger", Ledger],
  ["/notifications", Notifications],
  ["/access", Access],
  ["/administration", Administration, { tab: "users" }],
  ["/administration/:tab", Administration],
];

export function page_at(path: string): ReactNode {
  for (const [pattern, Screen, fixed] of table) {
    const parameters = match(pattern, path);
    if (parameters)
      return (
        <Screen
          key={pattern + JSON.stringify(fixed ?? {}) + (parameters["id"] ?? parameters["number"] ?? "")}
          parameters={{ ...parameters, ...fixed }}
        />
      );
  }
  return <NotFound parameters={{}} />;
}
