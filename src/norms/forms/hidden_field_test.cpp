// A field that is not part of the form for this person does not leave, whatever was typed into it before.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "norms/forms/sharing.hpp"

using namespace rcms;
using namespace rcms::forms;

TEST_CASE("what stands in a hidden field or section stays at home") {
  Field shown;
  shown.code = "always";
  Field hidden;
  hidden.code = "sometimes";
  hidden.shown_when = {"child"};
  Form form;
  form.sections = {{"A", {}, {shown, hidden}}, {"B", {"transit"}, {shown}}};
  auto const content = boost::json::parse(R"({"A":{"always":"x","sometimes":"y"},"B":{"always":"z"}})");
  struct Row {
    Conditions conditions;
    char const* leaves;
  };
  Row const rows[] = {
      {{}, R"({"A":{"always":"x"}})"},
      {{"child"}, R"({"A":{"always":"x","sometimes":"y"}})"},
      {{"transit"}, R"({"A":{"always":"x"},"B":{"always":"z"}})"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.leaves);
    CHECK(pick_shared(form, {}, row.conditions, content) == boost::json::parse(row.leaves));
    for (auto const& line : list_sharing(form, {}, row.conditions, content)) {
      CAPTURE(line.path);
      CHECK(line.leaves == (line.path == "A.always" || row.conditions.contains(line.path == "B.always" ? "transit" : "child")));
    }
  }
}
