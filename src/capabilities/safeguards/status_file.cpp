// The register as a folder of files. Source of the form: status.hpp.
#include <algorithm>
#include <fstream>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/safeguards/status.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/node_key.hpp"

namespace rcms::safeguarding {

namespace json = boost::json;

namespace {

constexpr std::string_view first_words = "rcms status 1";

struct Entry {
  Status status = Status::unknown;
  std::string token;
  std::string decision;
};

/// A file that was read and whose signature is right.
struct Drop {
  std::string name;
  Instant generated_at;
  std::map<std::string, Entry> entries;  ///< by reference
};

std::string read_text(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  return text;
}

Result<void> check_seal(std::filesystem::path const& file, std::string const& content, std::optional<Bytes> const& open_key) {
  auto const seal = [&](char const* suffix) {
    auto beside = file;
    beside += suffix;
    return from_hex(trimmed(read_text(beside)).substr(0, 128));
  };
  if (open_key) {
    auto const signature = seal(".sig");
    bool const right = signature && signature->size() == 64 &&
                       ledger::is_signed_by(*open_key, Bytes(content.begin(), content.end()), *signature);
    if (!right) return refuse(Why::unavailable, "register", file.filename().string() + " has no right signature beside it");
    return {};
  }
  auto beside = file;
  beside += ".sha256";
  auto const hash = from_hex(trimmed(read_text(beside)).substr(0, 64));
  if (!hash || *hash != sha256(content))
    return refuse(Why::unavailable, "register", file.filename().string() + " has no right SHA-256 beside it");
  return {};
}

Result<void> add_entry(Drop& drop, std::string reference, std::string decision, std::string_view word, std::string token) {
  auto const status = parse_status_word(word);
  if (!status || reference.empty())
    return refuse(Why::unavailable, "register", fmt::format("{}: \"{}\" is no status", drop.name, cut(word, 30)));
  auto const [found, is_new] =
      drop.entries.try_emplace(std::move(reference), Entry{*status, std::move(token), std::move(decision)});
  if (!is_new) return refuse(Why::unavailable, "register", drop.name + ": a reference stands there twice: " + found->first);
  return {};
}

Result<Drop> read_json(std::string const& name, std::string const& content) {
  boost::system::error_code error;
  auto const value = json::parse(content, error);
  Drop drop{name, {}, {}};
  auto const at = error ? std::nullopt : Instant::parse(text_at(value, "generated_at"));
  if (!at || text_at(value, "format") != first_words)
    return refuse(Why::unavailable, "register", name + " is not of the form 'rcms status 1'");
  drop.generated_at = *at;
  for (auto const& item : list_at(value, "entries")) {
    auto added =
        add_entry(drop, text_at(item, "reference"), text_at(item, "decision"), text_at(item, "status"), text_at(item, "token"));
    if (!added) return tl::unexpected(added.error());
  }
  return drop;
}

Result<Drop> read_csv(std::string const& name, std::string const& content) {
  Drop drop{name, {}, {}};
  auto const lines = split(content, '\n');
  auto const head = lines.empty() ? std::vector<std::string>() : split(trimmed(lines.front()), ',');
  auto const at = head.size() == 2 ? Instant::parse(head[1]) : std::nullopt;
  if (!at || head[0] != "# " + std::string(first_words))
    return refuse(Why::unavailable, "register", name + " is not of the form 'rcms status 1'");
  drop.generated_at = *at;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    auto const line = trimmed(lines[i]);
    if (line.empty() || (i == 1 && line.starts_with("reference,"))) continue;
    auto const cells = split(line, ',');
    if (cells.size() != 4)
      return refuse(Why::unavailable, "register", fmt::format("{}, line {}: four columns are needed", name, i + 1));
    if (auto added = add_entry(drop, cells[0], cells[1], cells[2], cells[3]); !added) return tl::unexpected(added.error());
  }
  return drop;
}

class FileDrop final : public StatusRegister {
 public:
  FileDrop(FileDropOptions options, Clock const& clock) : options_(std::move(options)), clock_(clock) {}

  Result<StatusAnswer> ask(StatusQuestion const& question) override {
    std::lock_guard const lock(mutex_);
    read_newest();
    if (auto usable = check_age(); !usable) return tl::unexpected(usable.error());
    StatusAnswer answer;
    answer.checked_at = newest_->generated_at;
    answer.register_name = options_.name;
    auto const found = newest_->entries.find(question.reference);
    if (found == newest_->entries.end()) return answer;
    // A line about another decision is about another matter.
    bool const other = !found->second.decision.empty() && found->second.decision != question.decision;
    if (other && found->second.status == Status::clear) return answer;
    answer.status = found->second.status;
    answer.token = found->second.token.empty() ? newest_->name : found->second.token;
    return answer;
  }

  RegisterState state() const override {
    std::lock_guard const lock(mutex_);
    const_cast<FileDrop*>(this)->read_newest();
    RegisterState state{"file", options_.name, false, std::nullopt, problem_};
    if (newest_) state.as_of = newest_->generated_at;
    auto const usable = check_age();
    state.answers = usable.has_value();
    if (!usable) state.problem = usable.error().detail;
    return state;
  }

 private:
  Result<void> check_age() const {
    if (!newest_) return refuse(Why::unavailable, "register", problem_.empty() ? "the folder holds no file" : problem_);
    auto const age = clock_.now().ms - newest_->generated_at.ms;
    if (age > options_.oldest_ms)
      return refuse(Why::unavailable, "register", fmt::format("the newest file is {} hours old", age / hour_ms));
    if (age < -future_ms) return refuse(Why::unavailable, "register", "the newest file says that it is from the future");
    return {};
  }

  /// Files that were not there at the last look.
  void read_newest() {
    problem_.clear();
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(options_.folder, error)) {
      auto const suffix = entry.path().extension();
      if (suffix == ".json" || suffix == ".csv") files.push_back(entry.path());
    }
    if (error) {
      problem_ = fmt::format("{}: {}", options_.folder.string(), error.message());
      newest_.reset();
      known_.clear();
      return;
    }
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
      auto const written = std::filesystem::last_write_time(file, error);
      auto const known = known_.find(file.string());
      if (known != known_.end() && known->second == written) continue;
      if (take(file)) known_[file.string()] = written;
    }
  }

  bool take(std::filesystem::path const& file) {
    std::error_code error;
    if (std::filesystem::file_size(file, error) > options_.size_limit || error) {
      problem_ = file.filename().string() + " is too large";
      return false;
    }
    auto const content = read_text(file);
    auto const sealed = check_seal(file, content, options_.open_key);
    auto drop = !sealed ? Result<Drop>(tl::unexpected(sealed.error()))
                : file.extension() == ".csv" ? read_csv(file.filename().string(), content)
                                             : read_json(file.filename().string(), content);
    if (!drop) {
      problem_ = drop.error().detail;
      return false;
    }
    if (!newest_ || drop->generated_at > newest_->generated_at) newest_ = std::move(*drop);
    return true;
  }

  FileDropOptions options_;
  Clock const& clock_;
  mutable std::mutex mutex_;
  std::optional<Drop> newest_;
  std::string problem_;
  std::map<std::string, std::filesystem::file_time_type> known_;
};

}  // namespace

std::optional<Status> parse_status_word(std::string_view word) {
  for (auto const status : {Status::clear, Status::stop, Status::permit_granted, Status::unknown}) {
    if (word == name_of(status)) return status;
  }
  return std::nullopt;
}

std::unique_ptr<StatusRegister> make_file_drop(FileDropOptions options, Clock const& clock) {
  return std::make_unique<FileDrop>(std::move(options), clock);
}

}  // namespace rcms::safeguarding
