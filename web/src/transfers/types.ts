/** The shapes of transports, as the server describes them. */
import type { components } from "../api/generated/schema.ts";

type Server = components["schemas"];
export type TransportView = Server["TransportView"];
export type TravellerView = Server["TravellerView"];
export type PassengersView = Server["PassengersView"];
export type ProposalView = Server["ProposalView"];
export type BrokenRule = Server["BrokenRuleView"];
export type CrossingPoint = Server["CrossingPointView"];
export type DepartureRow = Server["DepartureRowView"];
export type ManifestView = Server["ManifestView"];
export type ListCheckView = Server["ListCheckView"];
export type AnnouncementView = Server["AnnouncementView"];
export type AnnouncedLeg = Server["AnnouncedLegView"];
export type AnnouncedRow = Server["AnnouncedTransportRowView"];
export type AnnouncedTransport = Server["AnnouncedTransportView"];
export type EscortView = Server["EscortView"];
export type NamedView = Server["NamedView"];
export type HandoverView = Server["HandoverView"];
export type HandoverPerson = Server["HandoverPersonView"];
export type HandoverTick = Server["TickView"];
export type ListDifference = Server["ListDifferenceView"];
export type TakenListView = Server["TakenListView"];
export type TicksView = Server["TicksView"];
