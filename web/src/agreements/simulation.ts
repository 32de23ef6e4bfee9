/** What the simulator asks, as it stands in the address of the page: agreement, clock, events with their days. Pure. */
import { is_day } from "../language/dates.ts";
import type { AskedCase, AskedEvent, Law } from "./law.ts";
import { is_clock } from "./words.ts";

export interface SimulatedEvent {
  type: string;
  /** Empty while it is being typed. */
  at: string;
  days?: number | undefined;
  /** Of an extension, instead of days: the day to which it goes. */
  until?: string | undefined;
}
export interface Simulation {
  agreement: string;
  clock: string;
  requested: string;
  person: string;
  /** How many want to travel, and how many travel in that month or flight already; undefined: not said. */
  persons?: number | undefined;
  travelling?: number | undefined;
  events: SimulatedEvent[];
}
export const event_kinds = [
  ...["submission", "receipt", "acknowledgement", "complete_file", "document_request", "answer", "extension"],
  "submit_extension",
  ...["interview_request", "interview_reply", "interview_held", "acceptance", "refusal", "term_over"],
  ...["document_order", "document_acknowledgement", "issue", "planned_transfer", "notice", "transfer", "arrival"],
  ...["error_claim", "detection", "apprehension", "entry", "exit", "irregular_stay", "known_stay"],
  ...["transit_request", "transit_consent", "planned_transit", "invoice", "suspension", "lifting"],
];

export const is_extension = (type: string): boolean => type === "extension" || type === "submit_extension";

/** What can happen next where the list has not said it: what was asked for is answered, what stands still goes on. */
export function next_kinds(events: SimulatedEvent[], starts: string): string[] {
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  const waits = count("document_request") > count("answer");
  const stands = count("suspension") > count("lifting");
  const transit = starts.startsWith("transit_") || starts === "planned_transit";
  return [
    waits ? "answer" : "document_request",
    "extension",
    stands ? "lifting" : "suspension",
    transit && starts !== "transit_consent" ? "transit_consent" : "acceptance",
  ];
}

/** `receipt:2027-03-01,extension:2027-03-20:25,extension:2027-03-20:2027-05-01`. */
export function read_events(text: string): SimulatedEvent[] {
  return text
    .split(",")
    .map((part) => part.split(":"))
    .filter(([type = ""]) => event_kinds.includes(type))
    .map(([type = "", at = "", days = ""]): SimulatedEvent => {
      const event: SimulatedEvent = { type, at: is_day(at) ? at : "" };
      if (is_extension(type) && is_day(days)) return { ...event, until: days };
      return /^[1-9]\d{0,3}$/.test(days) ? { ...event, days: Number(days) } : event;
    });
}
/** A whole number of the address, not below `least`. */
export function count_of(text: string | null, least: number): number | undefined {
  if (text === null || !/^\d{1,5}$/.test(text)) return undefined;
  return Number(text) >= least ? Number(text) : undefined;
}
function counts(query: URLSearchParams): { persons?: number; travelling?: number } {
  const persons = count_of(query.get("persons"), 1);
  const travelling = count_of(query.get("travelling"), 0);
  return { ...(persons === undefined ? {} : { persons }), ...(travelling === undefined ? {} : { travelling }) };
}
export const write_events = (events: SimulatedEvent[]): string =>
  events
    .map((event) => [event.type, event.at, ...(event.until ? [event.until] : event.days ? [event.days] : [])].join(":"))
    .join(",");

export function read_address(query: URLSearchParams, view: Law, today: string): Simulation {
  const clocks = view.rules.filter(is_clock);
  const rule =
    clocks.find((each) => each.key === query.get("clock")) ?? clocks.find((each) => each.key === "reply_standard") ?? clocks[0];
  const given = read_events(query.get("events") ?? "");
  return {
    agreement: view.agreement.code,
    clock: rule?.key ?? "",
    requested: query.get("requested") ?? "",
    person: query.get("person") ?? "",
    ...counts(query),
    events: given.length > 0 ? given : [{ type: rule?.start || "receipt", at: today }],
  };
}
export function write_address(simulation: Simulation): string {
  const query = new URLSearchParams({ agreement: simulation.agreement });
  if (simulation.clock) query.set("clock", simulation.clock);
  if (simulation.requested) query.set("requested", simulation.requested);
  if (simulation.person) query.set("person", simulation.person);
  if (simulation.persons !== undefined) query.set("persons", String(simulation.persons));
  if (simulation.travelling !== undefined) query.set("travelling", String(simulation.travelling));
  query.set("events", write_events(simulation.events));
  return query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/** The case as the server is asked; a clock of the accelerated procedure or of third-country nationals says so itself. */
export function asked_case(simulation: Simulation, without = ""): AskedCase {
  const events = simulation.events
    .filter((event) => is_day(event.at) && event.type !== without)
    .map((event): AskedEvent => {
      const length = event.until ? { until: event.until } : event.days ? { days: event.days } : {};
      return { type: event.type, at: event.at, ...(is_extension(event.type) ? length : {}) };
    });
  const foreign = /_tcn$/.test(simulation.clock) ? "third_country_national" : "";
  const person = simulation.person || foreign;
  return {
    agreement: simulation.agreement,
    events,
    ...(person ? { person } : {}),
    ...(simulation.persons !== undefined ? { persons: simulation.persons } : {}),
    ...(simulation.travelling !== undefined ? { travelling: simulation.travelling } : {}),
    ...(simulation.requested ? { requested: simulation.requested } : {}),
    ...(simulation.clock.startsWith("accel_") ? { procedure: "accelerated" } : {}),
  };
}
