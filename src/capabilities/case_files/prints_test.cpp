// Who may add fingerprints, on which basis, under which agreement, and that nothing stays of them. All prints are invented.
#include "capabilities/case_files/prints.hpp"

#include <doctest/doctest.h>

#include "engines/fingerprints/invented.hpp"
#include "engines/fingerprints/writing.hpp"
#include "foundation/files/erasing.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::case_files {

namespace {

Date const today(2031, 2, 3);

case_files::Norms const& norms() {
  static Norms const read = load_norms(RCMS_SOURCE_DIR "/data");
  return read;
}

Bytes some_prints(std::size_t fingers) {
  fingerprints::Template made{1450, 1950, {}};
  for (std::size_t at = 0; at < fingers; ++at) made.views.push_back(fingerprints::invent_finger(at + 1));
  return fingerprints::write_template(made);
}

/// What is refused: "field: sentence", or nothing.
template <class T>
std::string said(Result<T> const& result) {
  return result ? std::string() : result.error().field + ": " + result.error().detail;
}

}  // namespace

TEST_CASE("prints may be used only where the agreement names them, whatever its list of evidence says") {
  for (auto const* code : {"uto-xar-2019", "uto-xar-protocol-2022"}) CHECK(check_print_clause(norms().find_agreement(code)));
  // EU-PK lists fingerprints as evidence; no clause that we have read lets them be exchanged.
  std::size_t without = 0;
  for (auto const* agreement : norms().list_agreements()) {
    if (agreement->fictional) continue;
    ++without;
    auto const clause = check_print_clause(agreement);
    CAPTURE(agreement->code);
    REQUIRE_FALSE(clause.has_value());
    CHECK(clause.error().why == Why::must_not_leave);
    CHECK(clause.error().field == "agreement");
  }
  CHECK(without > 30);
  CHECK_FALSE(check_print_clause(nullptr));
}

TEST_CASE("the basis is said with its paper, and a consent with its day") {
  struct Row {
    PrintBasis basis;
    char const* field;
  };
  Row const rows[] = {{{"consent", "Form 7", "2031-02-03"}, ""},      {{"law", "Act 12", ""}, ""},
                      {{"", "Form 7", ""}, "basis"},                  {{"habit", "Form 7", ""}, "basis"},
                      {{"law", "", ""}, "reference"},                 {{"consent", "", "2031-02-03"}, "reference"},
                      {{"consent", "Form 7", ""}, "given_on"},        {{"consent", "Form 7", "2031-02-04"}, "given_on"},
                      {{"consent", "Form 7", "yesterday"}, "given_on"}};
  for (auto const& row : rows) {
    auto const checked = check_print_basis(row.basis, today);
    CAPTURE(row.basis.basis + " " + row.basis.reference + " " + row.basis.given_on);
    CHECK((checked ? std::string() : checked.error().field) == row.field);
  }
}

TEST_CASE("a template is read whole or refused with what is wrong; one that is cut at any byte is refused") {
  CHECK(read_prints(some_prints(2)).has_value());
  CHECK(read_prints(some_prints(10)).has_value());
  CHECK(said(read_prints(some_prints(11))).starts_with("file: a template has at most 10 prints"));
  CHECK(said(read_prints(some_prints(0))).starts_with("file: "));
  CHECK(said(read_prints(Bytes(most_print_bytes + 1, 'F'))).starts_with("file: a template of the fingers of one person"));
  auto const whole = some_prints(1);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    auto const cut = read_prints(std::span(whole).first(length));
    REQUIRE_FALSE(cut.has_value());
    REQUIRE(cut.error().field == "file");
  }
  CHECK(looks_like_prints(whole));
  CHECK(looks_like_prints(std::span(whole).first(5)));
  CHECK_FALSE(looks_like_prints(Bytes{'%', 'P', 'D', 'F'}));
}

TEST_CASE("one file of a store is taken out at once, and nothing else") {
  tests::TemporaryFolder folder;
  auto const store = files::open_folder_store(folder.path());
  auto const key = files::CaseKey::make();
  auto const one = store->put(key, some_prints(1));
  auto const other = store->put(key, some_prints(2));
  files::erase_from_folder(folder.path(), one.storage);
  files::erase_from_folder(folder.path(), one.storage);
  files::erase_from_folder(folder.path(), "../" + other.storage);
  CHECK_FALSE(store->open(key, one.storage).has_value());
  CHECK(store->open(key, other.storage).has_value());
}

}  // namespace rcms::case_files
