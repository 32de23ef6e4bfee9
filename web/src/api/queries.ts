/** What each screen reads, by name; every key starts with its noun so that live changes can renew just that noun. */
import { QueryClient, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ApiError, get } from "./client.ts";
import { preview_of, record_of, row_of, rows_of, task_card_of, task_of, timeline_of, type Raw } from "./adapt.ts";
import { agreement_row_of } from "./adapt_norms.ts";
import { form_of } from "../forms/definition.ts";
import { day_in_zone } from "../language/dates.ts";
import type {
  ApiToken,
  NoticePreferences,
  BlankSeries,
  CaseEvidence,
  CasePrints,
  TaskPrints,
  CitizenSearch,
  ColleagueView,
  DemoPerson,
  HealthView,
  HomeView,
  Identification,
  ImportProfile,
  KnownPlace,
  MessageView,
  MonthlyReport,
  NotificationView,
  Office,
  Officer,
  OrganisationView,
  OwnSession,
  Page,
  RegistrySource,
  RegistryWeights,
  RegistryState,
  ReportSchedule,
  DocumentForm,
  DocumentPrinter,
  SealingKey,
  RoleView,
  SearchHit,
  SessionView,
  StatusView,
  Side,
  BatchCandidate,
  BatchTransport,
  PhotoNote,
  BlankBox,
  BlankDestruction,
  DocumentRenewal,
  NumberHistory,
  StockAlarm,
  StockClosing,
  TravelDocument,
  UserView,
  WaitingOpinion,
  WaitingView,
} from "./types.ts";

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

/** The day in the person's State, from the session; the browser's own until there is one. */
export const today_now = (): string => {
  const session = client.getQueryData<SessionView>(["session"]);
  return session ? day_in_zone(session.now, session.party.time_zone) : new Date().toISOString().slice(0, 10);
};
export const path_of = (side: Side): string => (side === "case" ? "/cases" : "/applications");
/** A short list of the travel document desk. */
const items_of = <Row>(name: string, path: string) =>
  queryOptions({
    queryKey: ["documents", name],
    queryFn: async () => (await get<{ items: Row[] }>(path)).items,
  });

export type ListQuery = Record<string, string | number | null | undefined>;

export const queries = {
  session: () =>
    queryOptions({ queryKey: ["session"], queryFn: () => get<SessionView>("/session"), retry: false, staleTime: Infinity }),
  own_sessions: () =>
    queryOptions({
      queryKey: ["own-sessions"],
      queryFn: async () => (await get<{ items: OwnSession[] }>("/session/sessions")).items,
      staleTime: 0,
    }),
  api_tokens: () =>
    queryOptions({
      queryKey: ["api-tokens"],
      queryFn: async () => (await get<{ items: ApiToken[] }>("/api-tokens")).items,
      staleTime: 0,
    }),
  notice_preferences: () =>
    queryOptions({
      queryKey: ["notice-preferences"],
      queryFn: () => get<NoticePreferences>("/notifications/preferences"),
    }),
  demo_people: () =>
    queryOptions({
      queryKey: ["demo"],
      queryFn: async () => (await get<{ items: DemoPerson[] }>("/demo/people")).items,
      retry: false,
    }),
  home: () =>
    queryOptions({
      queryKey: ["home"],
      queryFn: async () => {
        const view = await get<HomeView>("/home");
        return { ...view, next: (view.next as unknown as Raw[]).map(row_of) as HomeView["next"] };
      },
    }),
  list: (side: Side, query: ListQuery) =>
    queryOptions({
      queryKey: ["list", side, query],
      queryFn: async ({ signal }) => rows_of(await get<Page<Raw>>(path_of(side), query, signal)),
      placeholderData: keepPreviousData,
    }),
  record: (side: Side, id: string) =>
    queryOptions({
      queryKey: ["record", side, id],
      queryFn: async () => record_of(await get<Raw>(`${path_of(side)}/${id}`), today_now()),
    }),
  evidence: (side: Side, id: string) =>
    queryOptions({
      queryKey: ["evidence", side, id],
      queryFn: () => get<CaseEvidence>(`${path_of(side)}/${id}/evidence`),
    }),
  timeline: (side: Side, id: string) =>
    queryOptions({
      queryKey: ["timeline", side, id],
      queryFn: async () => timeline_of(await get<Raw>(`${path_of(side)}/${id}/timeline`)),
    }),
  messages: (side: Side, id: string) =>
    queryOptions({
      queryKey: ["messages", side, id],
      queryFn: async () => (await get<{ items: MessageView[] }>(`${path_of(side)}/${id}/messages`)).items,
    }),
  preview: (id: string) =>
    queryOptions({
      queryKey: ["preview", id],
      queryFn: async () => preview_of(await get<Raw>(`/cases/${id}/envelope-preview`)),
      staleTime: 0,
    }),
  form: (id: string) =>
    queryOptions({
      queryKey: ["form", id],
      queryFn: async () => form_of(await get<Record<string, unknown>>(`/forms/${id}`)),
      staleTime: Infinity,
    }),
  agreements: () =>
    queryOptions({
      queryKey: ["agreements"],
      queryFn: async () => (await get<{ items: Raw[] }>("/agreements")).items.map(agreement_row_of),
      staleTime: 600_000,
    }),
  tasks: (state: string) =>
    queryOptions({
      queryKey: ["tasks", state],
      queryFn: async () =>
        (await get<{ items: Raw[] }>("/tasks", { state })).items.map((item) => task_card_of(item, today_now())),
    }),
  task: (id: string) =>
    queryOptions({ queryKey: ["task", id], queryFn: async () => task_of(await get<Raw>(`/tasks/${id}`), today_now()) }),
  /** The answer stays as it was seen until somebody searches again: it is what is decided on. */
  citizens: (query: ListQuery, task = "") =>
    queryOptions({
      queryKey: ["citizens", query, task],
      queryFn: () => get<CitizenSearch>(task ? `/tasks/${task}/candidates` : "/registry/citizens", query),
      staleTime: Infinity,
    }),
  task_prints: (task: string) =>
    queryOptions({ queryKey: ["task", task, "prints"], queryFn: () => get<TaskPrints>(`/tasks/${task}/prints`) }),
  case_prints: (id: string) =>
    queryOptions({ queryKey: ["record", "case", id, "prints"], queryFn: () => get<CasePrints>(`/cases/${id}/prints`) }),
  registry: () =>
    queryOptions({ queryKey: ["registry"], queryFn: () => get<RegistryState>("/registry"), refetchInterval: 30_000 }),
  registry_source: () =>
    queryOptions({
      queryKey: ["registry", "source"],
      queryFn: () => get<RegistrySource>("/registry/source"),
      refetchInterval: 10_000,
    }),
  registry_weights: () =>
    queryOptions({ queryKey: ["registry", "weights"], queryFn: () => get<RegistryWeights>("/registry/weights") }),
  registry_places: () =>
    queryOptions({
      queryKey: ["registry", "places"],
      queryFn: async () => (await get<{ items: KnownPlace[] }>("/registry/places")).items,
      staleTime: Infinity,
    }),
  /** Negatives of the own office that wait for a second person. */
  waiting_identifications: () =>
    queryOptions({
      queryKey: ["tasks", "identifications"],
      queryFn: async () => (await get<{ items: WaitingOpinion[] }>("/identifications")).items,
    }),
  identifications: (task: string) =>
    queryOptions({
      queryKey: ["task", task, "identifications"],
      queryFn: async () => (await get<{ items: Identification[] }>(`/tasks/${task}/identifications`)).items,
    }),
  travel_documents: (query: ListQuery) =>
    queryOptions({
      queryKey: ["documents", query],
      queryFn: () => get<Page<TravelDocument>>("/travel-documents", query),
      placeholderData: keepPreviousData,
    }),
  /** Accepted applications without a document. */
  waiting: (query: ListQuery) =>
    queryOptions({
      queryKey: ["documents", "waiting", query],
      queryFn: () => get<Page<WaitingView>>("/travel-documents/waiting", query),
      placeholderData: keepPreviousData,
    }),
  travel_document: (number: string) =>
    queryOptions({ queryKey: ["documents", number], queryFn: () => get<TravelDocument>(`/travel-documents/${number}`) }),
  number_history: (number: string) =>
    queryOptions({
      queryKey: ["documents", "history", number],
      queryFn: () => get<NumberHistory>(`/blanks/${encodeURIComponent(number)}/history`),
      retry: false,
    }),
  document_form: () => queryOptions({ queryKey: ["documents", "form"], queryFn: () => get<DocumentForm>("/document-form") }),
  document_printers: () => items_of<DocumentPrinter>("printers", "/document-printers"),
  photo_note: (application: string, box: { left: number; top: number; width: number } | null) =>
    queryOptions({
      queryKey: ["documents", "photo-note", application, box],
      queryFn: () =>
        get<PhotoNote>(
          `/travel-documents/waiting/${application}/photo-note`,
          box === null ? {} : { photo_left: box.left, photo_top: box.top, photo_width: box.width },
        ),
      placeholderData: keepPreviousData,
    }),
  document_transports: () => items_of<BatchTransport>("transports", "/document-transports"),
  document_candidates: (transport: string) =>
    queryOptions({
      queryKey: ["documents", "transports", transport],
      queryFn: async () => (await get<{ items: BatchCandidate[] }>(`/document-transports/${transport}`)).items,
    }),
  sealing_key: () => queryOptions({ queryKey: ["documents", "sealing-key"], queryFn: () => get<SealingKey>("/sealing-key") }),
  renewals: () => items_of<DocumentRenewal>("renewals", "/document-renewals"),
  blank_boxes: () => items_of<BlankBox>("boxes", "/blank-boxes"),
  blank_alarms: () => items_of<StockAlarm>("alarms", "/blank-alarms"),
  closings: () => items_of<StockClosing>("closings", "/stock-closings"),
  destructions: () => items_of<BlankDestruction>("destructions", "/blank-destructions"),
  blanks: () =>
    queryOptions({
      queryKey: ["documents", "blanks"],
      queryFn: async () => (await get<{ items: BlankSeries[] }>("/blanks")).items,
    }),
  report: (month: string) =>
    queryOptions({
      queryKey: ["report", month],
      queryFn: () => get<MonthlyReport>("/reports/monthly", { month }),
      placeholderData: keepPreviousData,
    }),
  schedules: () =>
    queryOptions({
      queryKey: ["schedules"],
      queryFn: async () => (await get<{ items: ReportSchedule[] }>("/report-schedules")).items,
    }),
  notifications: () =>
    queryOptions({
      queryKey: ["notifications"],
      queryFn: () => get<{ items: NotificationView[]; unread: number }>("/notifications?limit=100"),
    }),
  search: (q: string) =>
    queryOptions({
      queryKey: ["search", q],
      queryFn: async ({ signal }) => (await get<{ items: SearchHit[] }>("/search", { q }, signal)).items,
      enabled: q.length > 1,
    }),
  organisations: () =>
    queryOptions({
      queryKey: ["organisations"],
      queryFn: async () => (await get<{ items: OrganisationView[] }>("/organisations")).items,
    }),
  users: () => queryOptions({ queryKey: ["users"], queryFn: async () => (await get<{ items: UserView[] }>("/users")).items }),
  /** Colleagues a file can be given to, and offices a task can be given to. */
  officers: () =>
    queryOptions({ queryKey: ["officers"], queryFn: async () => (await get<{ items: Officer[] }>("/officers")).items }),
  /** Colleagues with their absences and who answers for them. */
  colleagues: () =>
    queryOptions({
      queryKey: ["colleagues"],
      queryFn: async () => (await get<{ items: ColleagueView[] }>("/colleagues")).items,
    }),
  offices: () =>
    queryOptions({ queryKey: ["offices"], queryFn: async () => (await get<{ items: Office[] }>("/offices")).items }),
  roles: () =>
    queryOptions({
      queryKey: ["roles"],
      queryFn: async () => (await get<{ items: RoleView[] }>("/roles")).items,
      staleTime: 600_000,
    }),
  status: () =>
    queryOptions({
      queryKey: ["status"],
      queryFn: () => get<StatusView>("/status"),
      refetchInterval: 60_000,
      retry: false,
    }),
  health: () =>
    queryOptions({
      queryKey: ["health"],
      queryFn: () => get<HealthView>("/operations/health"),
      refetchInterval: 30_000,
      retry: false,
    }),
  import_profiles: () =>
    queryOptions({
      queryKey: ["import-profiles"],
      queryFn: async () => (await get<{ items: ImportProfile[] }>("/import-profiles")).items,
    }),
};

/** Which reads a live change makes stale: `kind` is the noun, `id` what changed; unknown nouns renew the numbers only. */
export function stale_keys(noun: string, id: string): (readonly unknown[])[] {
  const numbers = [["home"], ["notifications"]] as const;
  if ((noun === "case" || noun === "application") && id) {
    const per_record = ["record", "evidence", "timeline", "messages"].map((what) => [what, noun, id]);
    return [...numbers, ["list", noun], ...per_record, ["preview", id], ["safeguards"]];
  }
  if (noun === "task") return [...numbers, ["tasks"], ["task"], ["record", "application"]];
  if (noun === "pair") return [["pairs"]];
  if (noun === "travel_document") return [...numbers, ["documents"]];
  return [...numbers];
}
