/** The shapes of reception, as the server describes them. */
import type { components } from "../api/generated/schema.ts";

type Server = components["schemas"];
export type ArrivalsBoard = Server["ArrivalsBoardView"];
export type HourNeeds = Server["HourNeedsView"];
export type BoardTransport = Server["BoardTransportView"];
export type Centre = Server["CentreView"];
export type ExpectedList = Server["ExpectedListView"];
export type ExpectedPerson = Server["ExpectedPersonView"];
export type ReceptionRow = Server["ReceptionRowView"];
export type ReceptionRecord = Server["ReceptionRecordView"];
export type CheckInView = Server["CheckInView"];
