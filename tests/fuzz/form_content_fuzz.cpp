// Any JSON as the content of an application: tidied once is tidied, defects are named within their limit, and what leaves holds
// nothing of the fields that never leave.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <boost/json.hpp>

#include "norms/forms/content.hpp"
#include "norms/forms/presentation.hpp"
#include "norms/forms/sharing.hpp"

using namespace rcms;

namespace {

struct Law {
  std::filesystem::path const data = RCMS_SOURCE_DIR "/data";
  forms::Codes const codes = forms::load_codes(data);
  forms::Form const form = forms::load_form(data, "application", codes);
};

bool holds_what_never_leaves(forms::Form const& form, boost::json::object const& shared) {
  for (auto const& section : form.sections) {
    auto const* content = shared.if_contains(section.code);
    if (content == nullptr || !content->is_object()) continue;
    for (auto const& field : section.fields) {
      if (field.share == forms::Share::never && content->get_object().contains(field.code)) return true;
    }
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Law const law;
  boost::system::error_code error;
  auto const given = boost::json::parse(std::string_view(reinterpret_cast<char const*>(data), size), error);
  if (error) return 0;
  auto const content = forms::normalise_content(law.form, given);
  if (forms::normalise_content(law.form, content) != content) std::abort();
  Date const today(2031, 3, 1);
  auto conditions = forms::derive_conditions(content, "UTO", today);
  auto const defects = forms::check_content(law.form, law.codes, content, conditions, forms::Demand::complete, today);
  if (defects.size() > 200) std::abort();
  forms::list_files(law.form, content);
  forms::list_expected_absent(law.form, content, conditions);
  conditions.insert("health_consent");
  if (holds_what_never_leaves(law.form, forms::pick_shared(law.form, {}, conditions, content))) std::abort();
  return 0;
}
