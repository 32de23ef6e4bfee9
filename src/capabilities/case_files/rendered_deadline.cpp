#include "capabilities/case_files/rendered_deadline.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "norms/agreements/deadline.hpp"

namespace rcms::case_files {

namespace {

/// The part of the view that depends on the computation and the language only.
using Rendered = std::shared_ptr<DeadlineView const>;

// OPTIMIZATION: a sentence with its trail takes ICU 100 to 300 µs, a quarter of a whole reading; the computation of a stored
// deadline never changes, and files of one day and agreement share it. Bounded: 8 shards of 2,000 take 40 MB at most.
class RenderedDeadlines {
 public:
  template <class Render>
  Rendered get(std::string key, Render render) {
    auto& shard = shards_[std::hash<std::string>()(key) % shards_.size()];
    {
      std::lock_guard const lock(shard.mutex);
      auto const found = shard.known.find(key);
      if (found != shard.known.end()) return found->second;
    }
    Rendered rendered = render();
    std::lock_guard const lock(shard.mutex);
    if (shard.known.size() >= shard_limit) shard.known.clear();
    shard.known.insert_or_assign(std::move(key), rendered);
    return rendered;
  }

 private:
  static constexpr std::size_t shard_limit = 2'000;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Rendered> known;
  };
  std::array<Shard, 8> shards_;
};

Rendered render(Labels const& labels, std::string_view language, std::string const& computation) {
  auto view = std::make_shared<DeadlineView>();
  auto const deadline = agreements::deadline_from_json(boost::json::parse(computation));
  if (!deadline) return view;
  view->sentence = agreements::render_sentence(labels, language, *deadline);
  if (!deadline->source.empty()) view->clause = deadline->source;
  view->confidence = deadline->confidence;
  auto const sentences = agreements::render_steps(labels, language, *deadline);
  for (std::size_t i = 0; i < deadline->steps.size(); ++i) {
    auto const& step = deadline->steps[i];
    TrailStepView line{step.kind, step.from.text(), step.to.text(), days_between(step.from, step.to), {}, {}, sentences.at(i),
                       step.clause.empty() ? deadline->source : step.clause,
                       step.confidence.empty() ? deadline->confidence : step.confidence};
    for (auto const& skipped : step.skipped) {
      auto const name = skipped.names.find(std::string(language));
      line.holidays.push_back({skipped.day.text(), name == skipped.names.end() ? skipped.day.text() : name->second});
    }
    line.weekend.assign(step.weekend.begin(), step.weekend.end());
    view->trail.push_back(std::move(line));
  }
  for (auto const& stop : deadline->stops)
    view->stops.push_back({stop.from.text(), stop.until ? std::optional(stop.until->text()) : std::nullopt, stop.why});
  return view;
}

}  // namespace

DeadlineView present_deadline(Labels const& labels, std::string_view language, DeadlineText const& deadline, Date today) {
  static RenderedDeadlines known;
  // The labels are loaded once in a process; two of them (in tests) have two sets of sentences.
  auto key = fmt::format("{} {} {}", static_cast<void const*>(&labels), language, deadline.computation);
  DeadlineView view = *known.get(std::move(key), [&] { return render(labels, language, deadline.computation); });
  view.id = deadline.id;
  view.kind = deadline.kind;
  view.due_on = deadline.due_on ? deadline.due_on->text() : std::string();
  view.days_left = deadline.due_on ? days_between(today, *deadline.due_on) : 0;
  view.state = deadline.state;
  return view;
}

}  // namespace rcms::case_files
