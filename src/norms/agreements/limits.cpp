#include "norms/agreements/limits.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

namespace rcms::agreements {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 3> limit_keys = {"max_returnees_per_charter_month", "max_returnees_per_month",
                                                        "max_returnees_per_flight"};

}  // namespace

json::array tell_limits(Agreement const& agreement, Labels const& labels, std::string_view language,
                        Travelling const& travelling, Date on) {
  json::array told;
  for (auto const key : limit_keys) {
    auto const* rule = find_rule(agreement, key, on);
    if (rule == nullptr || !rule->value) continue;
    auto const label = labels.text(language, "agreements.rule." + std::string(key));
    json::object limit{{"kind", key},
                       {"label", label},
                       {"limit", *rule->value},
                       {"clause", cite(agreement, rule->article.empty() ? rule->reference : rule->article)},
                       {"confidence", confidence_of_value(*rule)}};
    LabelArguments words{{"what", label}, {"limit", std::to_string(*rule->value)}};
    if (!travelling.already) {
      limit["text"] = labels.text(language, "agreements.limit.at_most", words);
    } else {
      int const persons = travelling.persons.value_or(1);
      bool const allowed = check_quota(agreement, key, *travelling.already, persons, on).has_value();
      limit["travelling"] = *travelling.already;
      limit["persons"] = persons;
      limit["left"] = std::max(0, *rule->value - *travelling.already);
      limit["allowed"] = allowed;
      words["already"] = std::to_string(*travelling.already);
      words["persons"] = std::to_string(persons);
      limit["text"] = labels.text(language, allowed ? "agreements.limit.room" : "agreements.limit.full", words);
    }
    told.push_back(std::move(limit));
  }
  return told;
}

}  // namespace rcms::agreements
