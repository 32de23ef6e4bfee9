#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "engines/paxlst/edifact.hpp"
#include "engines/paxlst/passenger_list.hpp"

using namespace rcms;
using namespace rcms::paxlst;

namespace {

PassengerList flight() {
  PassengerList list;
  list.sender = "ARCADIA";
  list.receiver = "UTOPIA";
  list.reference = "R1";
  list.made_at = *Instant::parse("2031-02-26T09:30:00Z");
  list.number = "AX105";
  list.carrier = "AX";
  list.from = "XAA";
  list.to = "UTP";
  list.departs_at = *Instant::parse("2031-02-27T13:00:00Z");
  list.arrives_at = *Instant::parse("2031-02-27T17:05:00Z");
  list.persons = {{"RIVERA", "MARTA", "F", Date(1990, 5, 17), "UTO", "E1234567", "UTO", Date(2031, 8, 1), "XAR-2031-1"},
                  {"O'NEIL + SONS", "ANA:B?", "", {}, "", "P9", "", {}, ""}};
  return list;
}

}  // namespace

TEST_CASE("a list of two people is written segment by segment in the order of the directory") {
  CHECK(render_paxlst(flight()) ==
        "UNA:+.? '\n"
        "UNB+UNOA:4+ARCADIA+UTOPIA+310226:0930+R1'\n"
        "UNH+1+PAXLST:D:05B:UN'\n"
        "BGM+745'\n"
        "NAD+MS+++ARCADIA'\n"
        "TDT+20+AX105+++AX'\n"
        "LOC+125+XAA'\n"
        "DTM+189:203102271300:203'\n"
        "LOC+87+UTP'\n"
        "DTM+232:203102271705:203'\n"
        "NAD+FL+++RIVERA:MARTA'\n"
        "ATT+2++F'\n"
        "DTM+329:19900517:102'\n"
        "NAT+2+UTO'\n"
        "DOC+P:110:111+E1234567'\n"
        "DTM+36:20310801:102'\n"
        "RFF+AVF:XAR-2031-1'\n"
        "LOC+91+UTO'\n"
        "NAD+FL+++O?'NEIL ?+ SONS:ANA?:B?" "?'\n"
        "DOC+P:110:111+P9'\n"
        "CNT+42:2'\n"
        "UNT+20+1'\n"
        "UNZ+1+R1'\n");
}

TEST_CASE("what was written is read back, and a list with a wrong count, day or end is refused by its segment") {
  auto const text = render_paxlst(flight());
  CHECK(parse_paxlst(text) == flight());
  struct Row {
    char const* from;
    char const* to;
    char const* refused;
  };
  Row const rows[] = {{"CNT+42:2", "CNT+42:3", "field_invalid CNT"},     {"UNT+20", "UNT+19", "field_invalid UNT"},
                      {"19900517", "19901317", "field_invalid DTM"},     {"PAXLST", "CUSRES", "unsupported_type message"},
                      {"DTM+189:2031", "DTM+190:2031", "field_missing DTM"}, {"UNZ+1+R1'", "UNZ+1+R1", "malformed message"},
                      {"BGM+745", "7", "malformed message"}};
  for (auto const& row : rows) {
    CAPTURE(row.to);
    auto changed = text;
    changed.replace(changed.find(row.from), std::string_view(row.from).size(), row.to);
    auto const read = parse_paxlst(changed);
    REQUIRE_FALSE(read);
    CHECK(std::string(name_of(read.error().why)) + " " + read.error().field == row.refused);
  }
  CHECK(parse_paxlst("").error().why == Why::unsupported_type);
}

TEST_CASE("any text of any segment comes back as it was, whatever marks stand in it") {
  CHECK(rc::check([](std::string const& first, std::string const& second) {
    std::vector<Segment> const segments{{"NAD", {{"FL"}, {first + "x", second + "y"}}}};
    auto const read = parse_segments(render_segments(segments));
    RC_ASSERT(read);
    RC_ASSERT(*read == segments);
  }));
}
