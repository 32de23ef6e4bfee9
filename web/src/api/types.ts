/** The shapes that the screens read: the server's own where no adapter stands between, those of adapt.ts otherwise. */

import type { components } from "./generated/schema.ts";

/** The views as the server describes them. */
type Server = components["schemas"];

export type Side = "case" | "application";
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}
export interface Named {
  id: string;
  name: string;
}

export interface SessionView {
  user: { id: string; name: string; login: string };
  party: { id: string; code: string; name: string; time_zone: string; sides: string };
  organisation: { id: string; name: string; kind: string };
  roles: string[];
  permissions: string[];
  language: string;
  demo: boolean;
  must_change_password: boolean;
  second_factor: boolean;
  now: string;
  expires_at: string;
}
/** One place where a person is signed in. */
export type OwnSession = Server["OwnSessionView"];
/** A machine that acts for a person with some of their permissions. */
export type ApiToken = Server["ApiTokenView"];
export type NoticePreferences = Server["NoticePreferences"];
export interface DemoPerson {
  id: string;
  name: string;
  role: string;
  party_code: string;
  organisation: string;
  language: string;
  portrait: string;
  task: string;
}

export interface TrailStep {
  step: string;
  from: string;
  to: string;
  days: number;
  holidays: { day: string; name: string }[];
  /** The days of the week that were left out, 1 Monday to 7 Sunday. */
  weekend: number[];
  text: string;
}
export interface DeadlineView {
  id: string;
  kind: string;
  due_on: string;
  days_left: number;
  state: string;
  sentence: string;
  clause: string;
  confidence: string;
  trail: TrailStep[];
  /** Times in which the clock stood still: the day after `from` is the first that does not count. */
  stops: { from: string; until: string | null; why: string }[];
}
export interface NextDeadline {
  kind: string;
  due_on: string;
  days_left: number;
}
export interface CaseRow {
  id: string;
  reference: string;
  counterpart_reference: string | null;
  name: string;
  name_original: string | null;
  birth: string | null;
  nationality: string | null;
  agreement: string;
  state: string;
  stage: string;
  ball: string;
  assignee: string | null;
  days_waiting: number;
  detained_days: number | null;
  next_deadline: NextDeadline | null;
  submitted_on: string | null;
  /** On hold: the day on which it comes back. */
  held_until?: string | null;
  /** Who was told that it waits too long: no, officer, supervisor. */
  waits_too_long?: string;
  revision: number;
}
export type CoveringView = Server["CoveringView"];
export type ColleagueView = Server["ColleagueView"];
export type AbsenceView = Server["AbsenceView"];
export interface HomeView {
  on_hold?: number;
  covering?: CoveringView[];
  side: string;
  overdue: number;
  due_week: number;
  waiting_for_me: number;
  waiting_states?: string[];
  returned: number;
  stages: { stage: string; count: number }[];
  queues: { id: string; side: string; count: number }[];
  next: (CaseRow & { side?: Side })[];
}

export interface AttachmentView {
  id: string;
  name: string;
  kind: string;
  type: string;
  size: number;
  sha256: string;
  added_at: string;
  by: string;
}
export interface ChecklistItem {
  label?: string;
  item: string;
  state: string;
  strength: string | null;
  enough: string | null;
}
export interface PaperFieldView {
  code: string;
  label: string;
  type: string;
  required: boolean;
  options: { code: string; label: string }[];
  value: string | null;
}
export interface GateView {
  gate: string;
  state: string;
  by: string | null;
  at: string | null;
  paper: string | null;
  note: string | null;
  blocks: boolean;
  label?: string;
  help?: string | null;
  evidence?: PaperFieldView[];
  may_decide?: boolean;
  may_be_not_applicable?: boolean;
  why_open?: string | null;
}
/** What the documents show, purpose by purpose, and what would be enough. */
export type CaseEvidence = Server["CaseEvidenceView"];
export type EvidenceOfPurpose = Server["EvidenceOfPurposeView"];
export type EvidenceWay = Server["EvidenceWayView"];
export type WantedDocument = Server["WantedDocumentView"];
export interface RequestedItem {
  label?: string;
  any_of?: WantedDocument[];
  count?: number;
  item: string;
  language: string | null;
  note: string | null;
  state: string;
  answer: string | null;
  files?: string[];
}
export interface DocumentsRequest {
  id: string;
  asked_at: string;
  due: string | null;
  items: RequestedItem[];
}
export interface ReplyView {
  kind: string;
  reasons: string[];
  note: string | null;
  at: string;
  by: string;
}
export interface CaseDocument {
  number: string;
  state: string;
  issued_on: string;
  expires_on: string;
  kind?: string | null;
  issuer?: string | null;
}
export interface ActionView {
  label?: string;
  primary?: boolean;
  receiver?: string | null;
  action: string;
  allowed: boolean;
  refused_why: string | null;
}
export type FieldValue = string | number | boolean | null | FieldValue[] | { [key: string]: FieldValue };
export type Content = Record<string, Record<string, FieldValue>>;
export interface PersonHead {
  name: string;
  name_original: string | null;
  birth: string | null;
  sex: string | null;
  nationality: string | null;
  portrait_file: string | null;
}
export interface TaskCard {
  id: string;
  kind: string;
  state: string;
  due_on: string;
  days_left: number;
  organisation: string;
  user: string | null;
  person: string;
  outcome: string | null;
  note: string | null;
  application?: string;
}
/** An envelope that crossed, or waits to cross, between the two States. */
export type TransmissionView = Server["TransmissionView"];
export type NoteView = Server["NoteView"];
export interface CaseView {
  id: string;
  reference: string;
  counterpart_reference: string | null;
  agreement: string;
  state: string;
  stage: string;
  ball: string;
  revision: number;
  owner: Named | null;
  created_at: string;
  submitted_on: string | null;
  content: Content;
  person: PersonHead;
  attachments: AttachmentView[];
  checklist: ChecklistItem[];
  gates: GateView[];
  requests: DocumentsRequest[];
  deadlines: DeadlineView[];
  reply: ReplyView | null;
  error_claim?: Server["ErrorClaimView"] | null;
  documents: CaseDocument[];
  transmissions: TransmissionView[];
  notes: NoteView[];
  actions: ActionView[];
  parties?: { own: string; partner: string };
  party_codes?: { own: string; partner: string };
  agreement_title?: string;
  tasks?: TaskCard[];
  completeness?: ChecklistItem[];
  assignee?: Named | null;
  hold?: Server["HoldView"] | null;
  waiting?: Server["StepWaitView"];
  covered?: Server["CoverView"] | null;
}
export interface TimelineEntry {
  id: string;
  at: string | null;
  when: "done" | "today" | "future";
  action: string;
  text: string;
  by: string | null;
  role: string | null;
  office: string | null;
  party: string | null;
  /** The absent colleague for whom it was done. */
  acting_for?: string | null;
  stop_from?: string | null;
  stop_to?: string | null;
}
export type MessageView = Server["MessageView"];
export interface Finding {
  why: string;
  field: string | null;
  detail: string | null;
  source: string | null;
}
export interface BulkOutcome {
  done: string[];
  refused: { id: string; reference?: string; why: string; detail?: string }[];
}

export interface PreviewField {
  label?: string;
  section: string;
  field: string;
  value: FieldValue;
  leaves: boolean;
  why: string | null;
  /** Why the State keeps it at home, where it does. */
  reason?: string | null;
}
export interface PreviewAttachment {
  id: string;
  name: string;
  leaves: boolean;
  why: string | null;
  pages: number | null;
  stripped: string[];
  own_name?: string;
  has_text?: boolean;
}
export interface WordFound {
  word: string;
  field: string;
  label?: string;
  category?: string;
  excerpt: string;
  severity: string;
  cleared?: { by: string; at: string; reason: string } | null;
}
export interface EnvelopePreview {
  hash: string;
  receiver: string;
  prepared_by: string;
  fields: PreviewField[];
  attachments: PreviewAttachment[];
  words: WordFound[];
  may_answer?: boolean;
  may_release: boolean;
  refused_why: string | null;
  missing?: { path: string; label: string }[];
  open_gates?: string[];
  body: string;
}

/** A form as data/forms describes it; labels are `forms.<section>.<field>` and `forms.part.<shape>.<field>`. */
export interface FieldView {
  code: string;
  type: string;
  latin?: boolean;
  max_length?: number;
  max_items?: number;
  required?: boolean;
  required_when?: string[];
  expected?: boolean;
  system?: boolean;
  share?: string;
  scan?: boolean;
  restricted?: boolean;
  extra?: boolean;
  help?: boolean | string;
  label?: string;
  options?: { code: string; label: string }[];
  parts?: FieldView[];
  codes?: string;
  shape?: string;
  source?: string;
  shown_when?: string[];
}
export interface FormSection {
  code: string;
  shown_when?: string[];
  field: FieldView[];
}
export interface FormShape {
  code: string;
  field: FieldView[];
}
export interface FormView {
  form: string;
  version: number;
  shape: FormShape[];
  section: FormSection[];
  codes?: Record<string, string[]>;
}

export interface ImportColumn {
  column: string;
  sample: string[];
}
export interface ImportView {
  id: string;
  name: string;
  columns: ImportColumn[];
  mapping: Record<string, string>;
  rows: number;
  profile_guess: string | null;
  agreement?: string | null;
  day_order?: string;
  detected?: string;
  defects?: { row: number; column: number; text: string; row_left_out: boolean }[];
  state?: string;
  loaded?: number;
  refused?: number;
}
export interface ImportReport {
  rows: number;
  ready: number;
  errors: { row: number; column: string; code?: string; why: string; value: string; remedy: string }[];
  cut?: boolean;
  duplicates: { row: number; of: string; case_id?: string | null; why?: string }[];
  lacking?: { path: string; label: string; rows: number }[];
}
export interface ImportProfile {
  id: string;
  name: string;
  agreement: string;
  mapping: Record<string, string>;
  day_order?: string;
}

export interface TaskView extends TaskCard {
  fields: { field: string; label?: string; value: FieldValue }[];
  attachments: AttachmentView[];
  files: string[];
  content: Content;
  portrait_file: string | null;
  may_search: boolean;
  evidence: EvidenceOfPurpose[];
}
export type Reason = Server["ReasonView"];
export type Candidate = Server["CandidateView"];
/** The answer of the registry to one question. */
export type CitizenSearch = Server["CitizenSearchView"];
/** What the prints of an applicant weigh for a candidate. */
export type PrintsWeight = Server["PrintsView"];
export type TaskPrints = Server["TaskPrintsView"];
export type CasePrints = Server["CasePrintsView"];
export type RegistryState = Server["RegistryView"];
export type RegistrySource = Server["RegistrySourceView"];
export type RegistryWeights = Server["WeightsView"];
export type WeightsEdition = Server["WeightsEditionView"];
export type WeightsMeasured = Server["MeasuredView"];
export type WeightsComparison = Server["WeightsComparisonView"];
export type KnownPlace = Server["KnownPlaceView"];
/** An opinion on who the applicant of a task is. */
export type WaitingOpinion = Server["WaitingOpinionView"];
export type Identification = Server["IdentificationView"];

/** An accepted application that waits for its travel document, as the counter sees it. */
export type WaitingView = Server["WaitingView"];
export type TravelDocument = Server["TravelDocumentView"];
export type BlankSeries = Server["BlankSeriesView"];
export type NumberHistory = Server["NumberHistoryView"];
export type DocumentForm = Server["DocumentFormView"];
export type DocumentPrinter = Server["DocumentPrinterView"];
export type PhotoNote = Server["PhotoNoteView"];
export type BatchTransport = Server["BatchTransportView"];
export type BatchCandidate = Server["BatchCandidateView"];
export type BatchItem = Server["BatchItemView"];
export type SealingKey = Server["SealingKeyView"];
export type DocumentRenewal = Server["RenewalView"];
export type BlankBox = Server["BoxView"];
export type StockAlarm = Server["StockAlarmView"];
export type StockClosing = Server["ClosingView"];
export type BlankDestruction = Server["DestructionView"];
export interface Verdict {
  verdict: string;
  number: string | null;
  name: string | null;
  expires_on: string | null;
  state: string | null;
  checks: { check: string; ok: boolean; text: string }[];
}

/** Amounts are null where there is not enough data; that is not zero. */
export type Figure = Server["FigureView"];
export type Amount = Server["AmountView"];
export type DurationRow = Server["DurationView"];
export type ReportTable = Server["ReportTableView"];
export type MonthlyReport = Server["MonthlyReportView"];
export type ReportSchedule = Server["ReportScheduleView"];
export type ReportDelivery = Server["ReportDeliveryView"];

export type NotificationView = Server["NotificationView"];
export interface SearchHit {
  kind: string;
  id: string;
  title: string;
  detail: string;
}
export type OrganisationView = Server["OrganisationView"];
export type UserView = Server["UserView"];
export type RoleView = Server["RoleView"];
export interface AgreementRow {
  id: string;
  title: string;
  cited: string;
  /** The day, or empty where it is not known. */
  in_force_from: string;
  requesting: string;
  requested: string;
  fictional: boolean;
  confidence: string;
}
export type HealthView = Server["HealthView"];
/** What does not work now, in words for everybody. */
export type StatusView = Server["StatusView"];
export interface LiveChange {
  number: number;
  subject: string;
  kind: string;
  revision: number;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  why: string;
  field: string | null;
  detail: string | null;
  source: string | null;
  findings: Finding[];
  request_id: string | null;
}
export interface Officer {
  id: string;
  name: string;
  organisation: string;
  roles: string[];
}
export interface Office {
  id: string;
  name: string;
  kind: string;
}
