#include "capabilities/registry/weights_file.hpp"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::registry {

namespace json = boost::json;

namespace {

constexpr std::string_view format = "rcms weights 1";
constexpr std::string_view remedy = "; make it again with rcms registry train";
constexpr std::int64_t million = 1'000'000;
constexpr std::size_t hexadecimal_digits = 12;

using matching::Part;
using matching::Ppm;
using matching::Rule;

Refused broken(std::string const& what) { return {Why::malformed, "weights", what + std::string(remedy), {}}; }

/// Parts and rules that can fire, by their names.
template <class Each>
void each_weight(matching::Weights& weights, Each const& each) {
  auto const& known = matching::default_weights();
  for (std::size_t part = 0; part < matching::parts_count; ++part)
    for (std::size_t rule = 0; rule < matching::rules_count; ++rule)
      if (known.m[part][rule] != 0)
        each(name_of(static_cast<Part>(part)), name_of(static_cast<Rule>(rule)), weights.m[part][rule],
             weights.relative[part][rule]);
}

json::object parts_of(matching::Weights weights) {
  json::object parts;
  each_weight(weights, [&](std::string_view part, std::string_view rule, Ppm m, Ppm relative) {
    auto& of_part = parts.emplace(part, json::object()).first->value().as_object();
    of_part.emplace(rule, json::object{{"same_person", m}, {"relatives", relative}});
  });
  return parts;
}

json::object json_of(matching::Measured const& measured) {
  json::array reliability;
  for (std::size_t at = 0; at < matching::reliability_bins; ++at) {
    auto const& bin = measured.reliability[at];
    reliability.push_back(json::object{{"from_ppm", matching::reliability_from[at]},
                                       {"answers", bin.answers},
                                       {"right", bin.right},
                                       {"posterior_ppm", bin.posterior_ppm}});
  }
  return {{"asked", measured.asked},
          {"there", measured.there},
          {"first", measured.first},
          {"among_ten", measured.among_ten},
          {"proposed", measured.proposed},
          {"proposed_wrongly", measured.proposed_wrongly},
          {"truncated", measured.truncated},
          {"recall_at_99_ppm", measured.recall_at_99},
          {"recall_at_999_ppm", measured.recall_at_999},
          {"surprise_millibits", measured.surprise},
          {"reliability", std::move(reliability)}};
}

json::object content_of(WeightsFile const& file) {
  auto const& source = file.source;
  auto const& weights = file.weights;
  return {{"format", format},
          {"source", json::object{{"before", source.before},
                                  {"questions", source.questions},
                                  {"decisions", source.decisions},
                                  {"persons", source.persons},
                                  {"seed", source.seed},
                                  {"lessons", source.lessons},
                                  {"decided", source.decided},
                                  {"held_out", source.held_out},
                                  {"rounds", source.rounds},
                                  {"has_settled", source.has_settled}}},
          {"held_out", json::object{{"outcome", name_of(file.held_out.outcome)},
                                    {"before", json_of(file.held_out.before)},
                                    {"after", json_of(file.held_out.after)}}},
          {"in_registry_ppm", weights.in_registry},
          {"relatives", weights.relatives},
          {"proposed_from_ppm", weights.proposed_from},
          {"review_from_ppm", weights.review_from},
          {"margin_millibits", weights.margin},
          {"parts", parts_of(weights)}};
}

std::string version_of(json::object const& content) {
  return "learnt " + to_hex(sha256(json::serialize(content))).substr(0, hexadecimal_digits);
}

/// One member a line, two levels deep, so that versions can be compared by eye.
std::string pretty(json::object const& all) {
  std::string text = "{\n";
  for (std::size_t at = 0; auto const& [key, value] : all) {
    text += fmt::format("  {}: ", json::serialize(json::string(key)));
    if (key == "parts") {
      text += "{\n";
      for (std::size_t part_at = 0; auto const& [part, rules] : value.as_object())
        text += fmt::format("    {}: {}{}\n", json::serialize(json::string(part)), json::serialize(rules),
                            ++part_at == value.as_object().size() ? "" : ",");
      text += "  }";
    } else {
      text += json::serialize(value);
    }
    text += ++at == all.size() ? "\n" : ",\n";
  }
  return text + "}\n";
}

/// Reads members and remembers the first that is not as it must be.
class Members {
 public:
  std::uint64_t whole(json::value const& value, std::string_view key, std::int64_t least, std::int64_t most) {
    auto const found = find_whole(value, key);
    if (found && *found >= least && *found <= most) return static_cast<std::uint64_t>(*found);
    if (wrong_.empty()) wrong_ = fmt::format("'{}' must be a whole number from {} to {}", key, least, most);
    return static_cast<std::uint64_t>(least);
  }
  std::string const& wrong() const { return wrong_; }

 private:
  std::string wrong_;
};

constexpr std::int64_t any = std::int64_t{1} << 50;

matching::Measured measured_in(json::value const& value, Members& members) {
  auto const count = [&](std::string_view key) { return members.whole(value, key, 0, any); };
  matching::Measured measured;
  measured.asked = count("asked");
  measured.there = count("there");
  measured.first = count("first");
  measured.among_ten = count("among_ten");
  measured.proposed = count("proposed");
  measured.proposed_wrongly = count("proposed_wrongly");
  measured.truncated = count("truncated");
  measured.recall_at_99 = static_cast<Ppm>(members.whole(value, "recall_at_99_ppm", 0, million));
  measured.recall_at_999 = static_cast<Ppm>(members.whole(value, "recall_at_999_ppm", 0, million));
  measured.surprise = static_cast<matching::MilliBits>(members.whole(value, "surprise_millibits", 0, million));
  auto const& bins = list_at(value, "reliability");
  for (std::size_t at = 0; at < matching::reliability_bins; ++at) {
    auto const bin = at < bins.size() ? bins[at] : json::value();
    measured.reliability[at] = {members.whole(bin, "answers", 0, any), members.whole(bin, "right", 0, any),
                                members.whole(bin, "posterior_ppm", 0, any)};
  }
  return measured;
}

json::value member(json::value const& value, std::string_view key) {
  auto const* found = find_member(value, key);
  return found == nullptr ? json::value() : *found;
}

WeightsFile file_in(json::value const& all, Members& members) {
  WeightsFile file;
  file.weights.version = text_at(all, "version");
  auto const source = member(all, "source");
  auto const count = [&](std::string_view key) { return members.whole(source, key, 0, any); };
  file.source = {text_at(source, "before"),
                 text_at(source, "questions"),
                 text_at(source, "decisions"),
                 count("persons"),
                 count("seed"),
                 count("lessons"),
                 count("decided"),
                 count("held_out"),
                 static_cast<std::uint32_t>(members.whole(source, "rounds", 0, 1'000)),
                 flag_at(source, "has_settled")};
  auto const held_out = member(all, "held_out");
  file.held_out.before = measured_in(member(held_out, "before"), members);
  file.held_out.after = measured_in(member(held_out, "after"), members);
  // What the file says of the comparison is not believed: it follows from its figures.
  file.held_out.outcome = compare_measured(file.held_out.before, file.held_out.after);
  auto& weights = file.weights;
  weights.in_registry = static_cast<Ppm>(members.whole(all, "in_registry_ppm", 1, million - 1));
  weights.relatives = static_cast<std::uint32_t>(members.whole(all, "relatives", 1, 1'000));
  weights.proposed_from = static_cast<Ppm>(members.whole(all, "proposed_from_ppm", million / 2, million));
  weights.review_from = static_cast<Ppm>(members.whole(all, "review_from_ppm", 1, million));
  weights.margin = static_cast<matching::MilliBits>(members.whole(all, "margin_millibits", 0, 100'000));
  auto const parts = member(all, "parts");
  each_weight(weights, [&](std::string_view part, std::string_view rule, Ppm& m, Ppm& relative) {
    auto const of_rule = member(member(parts, part), rule);
    m = static_cast<Ppm>(members.whole(of_rule, "same_person", 1, million));
    relative = static_cast<Ppm>(members.whole(of_rule, "relatives", 1, million));
  });
  return file;
}

}  // namespace

std::string render_weights(WeightsFile& file) {
  auto content = content_of(file);
  file.weights.version = version_of(content);
  content.emplace("version", file.weights.version);
  return pretty(content);
}

Result<WeightsFile> parse_weights(std::string_view text) {
  boost::system::error_code error;
  auto const all = json::parse(text, error);
  if (error || !all.is_object()) return tl::unexpected(broken("the file of weights is not JSON"));
  if (text_at(all, "format") != format)
    return tl::unexpected(broken(fmt::format("the file is not one of weights ('format' must be '{}')", format)));
  Members members;
  auto file = file_in(all, members);
  if (!members.wrong().empty()) return tl::unexpected(broken("weights: " + members.wrong()));
  auto content = content_of(file);
  if (all.as_object().size() != content.size() + 1 || version_of(content) != file.weights.version)
    return refuse(Why::does_not_verify, "weights",
                  "the file of weights was altered after it was written; make it again with rcms registry train");
  return file;
}

Result<WeightsFile> read_weights(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (!in || !(text << in.rdbuf())) return refuse(Why::not_found, "weights", path.string() + " cannot be read");
  return parse_weights(text.str());
}

Result<void> write_weights(std::filesystem::path const& path, WeightsFile& file) {
  auto const part = path.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out << render_weights(file);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(part, path, error);
  if (out && !error) return {};
  std::filesystem::remove(part, error);
  return refuse(Why::unavailable, "weights", path.string() + " cannot be written; make room and try again");
}

Result<void> may_be_in_force(WeightsFile const& file) {
  switch (file.held_out.outcome) {
    case matching::Comparable::better_or_equal: return {};
    case matching::Comparable::worse:
      return refuse(Why::wrong_step, "weights",
                    "these weights did worse than those before on decisions that they had not seen; keep those before");
    case matching::Comparable::too_few: break;
  }
  return refuse(
      Why::wrong_step, "weights",
      fmt::format("these weights were not compared on {} decisions that they had not seen; train them with more decisions",
                  matching::fewest_to_compare));
}

}  // namespace rcms::registry
