// Views of announcements: what would be sent, what was sent, and what the requested State was told.
#pragma once

#include "capabilities/transfers/manifest_view.hpp"

namespace rcms::transfers {

struct AnnouncedLegView {
  std::string from;
  std::string to;
  Instant departs_at;
  Instant arrives_at;
  std::string departs_on;  ///< day and time of the wall at each end
  std::string departs_time;
  std::string arrives_on;
  std::string arrives_time;
  std::optional<std::string> carrier;
  std::optional<std::string> number;
};
RCMS_VIEW(AnnouncedLegView, from, to, departs_at, arrives_at, departs_on, departs_time, arrives_on, arrives_time, carrier, number)

struct AnnouncementSentView {
  std::int64_t number = 1;
  CodedView variant;
  std::string fingerprint;
  Instant sent_at;
  std::optional<NamedView> by;
  CodedView state;  ///< of the envelope: queued, delivered, refused
  std::optional<Instant> ended_at;
};
RCMS_VIEW(AnnouncementSentView, number, variant, fingerprint, sent_at, by, state, ended_at)

/// The preview is what leaves, column by column; what is withheld stays in the requesting State.
struct AnnouncementView {
  std::optional<CodedView> variant;     ///< null: nothing would be sent
  std::optional<std::string> why_not;   ///< in words
  std::vector<AnnouncedLegView> legs;
  std::vector<CodedView> columns;
  std::vector<ManifestRowView> rows;
  std::vector<EscortView> staff;        ///< without qualifications
  std::vector<CodedView> withheld;
  std::string fingerprint;
  std::vector<AnnouncementSentView> sent;
};
RCMS_VIEW(AnnouncementView, variant, why_not, legs, columns, rows, staff, withheld, fingerprint, sent)

struct AnnouncementInput {
  http::Text<16> fingerprint;  ///< of the list that was shown
};
RCMS_INPUT(AnnouncementInput, fingerprint)

struct AnnouncedTransportRowView {
  std::string id;
  std::string name;
  CodedView kind;
  NamedView partner;
  CodedView state;  ///< announced, cancelled
  std::vector<AnnouncedLegView> legs;
  std::optional<std::string> reception;
  std::int64_t persons = 0;
  std::int64_t children = 0;
  std::int64_t families = 0;
  Instant changed_at;
};
RCMS_VIEW(AnnouncedTransportRowView, id, name, kind, partner, state, legs, reception, persons, children, families, changed_at)

struct AnnouncedPersonView {
  std::optional<std::string> family;
  std::vector<std::string> cells;
  std::optional<std::string> application;  ///< id, when the viewer may read it
  bool is_known = false;                   ///< an application of this State has the person
};
RCMS_VIEW(AnnouncedPersonView, family, cells, application, is_known)

struct AnnouncedTransportView {
  AnnouncedTransportRowView transport;
  std::string fingerprint;
  std::vector<CodedView> columns;
  std::vector<AnnouncedPersonView> persons;
  std::vector<EscortView> staff;
  std::int64_t revision = 1;
};
RCMS_VIEW(AnnouncedTransportView, transport, fingerprint, columns, persons, staff, revision)

}  // namespace rcms::transfers
