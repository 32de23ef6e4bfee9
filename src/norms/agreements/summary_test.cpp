// The summaries that jurists read and sign. RCMS_REWRITE_GOLDEN=1 writes them anew; the difference is reviewed.
#include "norms/agreements/summary.hpp"

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::agreements;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
std::filesystem::path const data = source / "data";

std::string read_all(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// A file in a folder of its own, for one test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string const& text) {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(TemporaryFile const&) = delete;
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / "rcms-agreement-for-test.toml";
};

}  // namespace

TEST_CASE("the summary of every agreement is the one that was signed") {
  auto const labels = Labels::load(data / "languages");
  auto const calendars = load_calendars(data);
  auto const folder = source / "tests/golden/agreements";
  std::filesystem::create_directories(folder);
  for (auto const& [code, agreement] : load_agreements(data, calendars)) {
    for (auto const& language : labels.languages()) {
      auto const file = folder / (code + "." + language + ".txt");
      auto const actual = render_summary(labels, language, agreement, calendars);
      CHECK(actual.find('[' + std::string("agreements.")) == std::string::npos);  // a label that is missing
      if (std::getenv("RCMS_REWRITE_GOLDEN") != nullptr) std::ofstream(file) << actual;
      bool const same = read_all(file) == actual;
      CHECK_MESSAGE(same, file.string() << ": run with RCMS_REWRITE_GOLDEN=1 and review the difference");
    }
  }
}

TEST_CASE("a Spanish summary is Spanish: what is English stands in quotation marks") {
  auto const labels = Labels::load(data / "languages");
  auto const calendars = load_calendars(data);
  std::set<std::string> const english = {"the",  "of",      "and",     "with",  "from",   "by",     "for",     "days",   "day",
                                         "not",  "is",      "are",     "after", "before", "within", "working", "months", "or",
                                         "at",   "to",      "weekend", "left",  "out",    "if",     "read",    "only",   "page",
                                         "text", "persons", "reply",   "own",   "start",  "same"};
  for (auto const& [code, agreement] : load_agreements(data, calendars)) {
    auto const summary = render_summary(labels, "es", agreement, calendars);
    std::string plain;  // without what is quoted
    int depth = 0;
    for (std::size_t i = 0; i < summary.size(); ++i) {
      if (summary.compare(i, 2, "«") == 0) ++depth;
      if (depth == 0) plain += summary[i];
      if (summary.compare(i, 2, "»") == 0) --depth;
    }
    CHECK(depth == 0);
    std::string word;
    for (char const letter : plain + " ") {
      if (std::isalpha(static_cast<unsigned char>(letter)) != 0 || static_cast<unsigned char>(letter) >= 128) {
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        continue;
      }
      CHECK_MESSAGE(english.count(word) == 0, code << ": " << word);
      word.clear();
    }
  }
}

TEST_CASE("a file with a defect is refused with file, place and reason") {
  auto const calendars = load_calendars(data);
  auto const text = read_all(data / "agreements/ch-az.toml");
  auto const changed = [&](std::string const& from, std::string const& to) {
    auto other = text;
    auto const at = other.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return other.replace(at, from.size(), to);
  };
  std::string const twice =
      "[[rule]]\nkey = \"reply_standard\"\nvalue = 30\nunit = \"calendar_day\"\narticle = \"art. 1\"\nconfidence = \"P\"\n";
  struct Row { char const* name; std::string text; char const* says; };
  Row const rows[] = {
      {"unknown key", changed("free of charge", "free of charge\"\ndays = \"5"), "days"},
      {"unknown rule", changed("key = \"accel_submit\"", "key = \"acel_submit\""), "line 32, rule[0].key"},
      {"no TOML", changed("agreement = ", "agreement == "), "line"},
      {"two values for one day", changed("[[rule]]", twice + "[[rule]]"), "rule reply_standard stands there twice"},
      {"missing clause", changed("article = \"art. 10\"\n", ""), "rule error_window_own: no clause"},
      {"start that another rule contradicts",
       changed("value = 25\nunit = \"calendar_day\"\nstart = \"acknowledgement\"",
               "value = 25\nunit = \"calendar_day\"\nstart = \"receipt\""),
       "reply_clock_start says acknowledgement_of_receipt"},
      {"end before start", changed("in_force_from = 2017-04-01", "in_force_from = 2017-04-01\nin_force_until = 2016-01-01"),
       "in_force_until: 2016-01-01 lies before"},
      {"no such zone", changed("Asia/Baku", "Asia/Bakoo"), "the zone Asia/Bakoo is not known"},
      {"no holidays", changed("calendar = \"AZE\"", "calendar = \"AZZ\""), "no holidays for AZZ"},
      {"no such day", changed("signed = 2016-10-10", "signed = \"2016-10-32\""), "2016-10-32"},
      {"failing example", changed("due = 2026-03-27", "due = 2026-03-28"), "the file says 2026-03-28, the rule gives 2026-03-27"},
      {"both kinds of extension",
       changed("key = \"reply_clock_start\"",
               "key = \"reply_ext_total_max\"\nvalue = 60\nunit = \"calendar_day\"\n"
               "article = \"art. 8\"\nconfidence = \"P\"\n[[rule]]\nkey = \"reply_clock_start\""),
       "contradict each other"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    TemporaryFile const file(row.text);
    auto const wrong = check_file(file.path(), data, calendars);
    REQUIRE_FALSE(wrong.empty());
    CHECK_MESSAGE(wrong.front().find(row.says) != std::string::npos, wrong.front());
    CHECK(wrong.front().find(file.path().string()) != std::string::npos);
  }
  CHECK_FALSE(check_file("/nowhere/x.toml", data, calendars).empty());
}
