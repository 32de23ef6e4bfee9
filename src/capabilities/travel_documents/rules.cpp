#include "capabilities/travel_documents/rules.hpp"

#include <fmt/format.h>

#include "engines/mrz/writing.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {

namespace {

constexpr int days_at_most = 366;

/// The last day that the rule allows.
Result<Date> last_day(agreements::Rule const& rule, Date today, std::string const& source) {
  switch (rule.unit) {
    case agreements::Unit::calendar_day: return today.plus_days(*rule.value);
    case agreements::Unit::month: return today.plus_months(*rule.value);
    case agreements::Unit::year: return today.plus_months(12 * *rule.value);
    default:
      return refuse(Why::agreement_does_not_apply, "valid_days", "the agreement counts the validity in a unit without a calendar",
                    source);
  }
}

std::string text_in(boost::json::object const& object, std::string_view key) {
  auto const* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

Result<Date> decide_expiry(agreements::Agreement const* agreement, agreements::Rule const* rule, std::optional<int> valid_days,
                           Date today) {
  bool const ruled = agreement != nullptr && rule != nullptr && rule->value.has_value();
  std::string const source = ruled ? agreements::cite(*agreement, rule->article) : std::string("Doc 9303-8 section 6.3.1");
  if (!ruled && !valid_days) {
    return refuse(Why::field_missing, "valid_days", "the agreement says nothing of the validity: say how many days it lasts");
  }
  if (valid_days && *valid_days < 1) return refuse(Why::field_invalid, "valid_days", "at least one day");
  if (valid_days && *valid_days > days_at_most) return refuse(Why::limit_reached, "valid_days", "at most 366 days", source);
  if (!ruled) return today.plus_days(*valid_days);
  auto const last = last_day(*rule, today, source);
  if (!last) return last;
  auto const latest = std::min(*last, today.plus_days(days_at_most));
  if (!valid_days) return latest;
  if (today.plus_days(*valid_days) > latest) {
    return refuse(Why::limit_reached, "valid_days", fmt::format("the agreement lets it last until {}", latest.text()), source);
  }
  return today.plus_days(*valid_days);
}

Result<Holder> read_holder(case_files::CaseFile const& application, std::string_view issuing_state, Date today) {
  Holder holder;
  auto const* section = application.content.if_contains("A_person");
  if (section == nullptr || !section->is_object()) return refuse(Why::field_missing, "A_person.surname");
  auto const& person = section->get_object();
  holder.surname = tidy_text(text_in(person, "surname"));
  holder.given_names = tidy_text(text_in(person, "given_names"));
  if (holder.surname.empty()) return refuse(Why::field_missing, "A_person.surname", "a document needs the name in Latin letters");
  for (auto const* name : {&holder.surname, &holder.given_names}) {
    if (!is_latin(*name)) {
      return refuse(Why::field_invalid, name == &holder.surname ? "A_person.surname" : "A_person.given_names",
                    "a document needs the name in Latin letters; the original script is printed beside it",
                    "Doc 9303-3 section 3.4");
    }
  }
  holder.name_original = application.person.original;
  holder.original_language = text_in(person, "language");
  auto const birth = text_in(person, "dob");
  if (birth.empty()) return refuse(Why::field_missing, "A_person.dob", "a document needs at least the year of birth");
  auto const born = PartialDate::parse(birth);
  if (!born || born->first() > today)
    return refuse(Why::field_invalid, "A_person.dob", "a day of birth that is not in the future");
  holder.birth = *born;
  holder.place_of_birth = text_in(person, "pob");
  auto const sex = text_in(person, "sex");
  holder.sex = sex == "M" || sex == "F" ? sex : "X";
  auto const nationality = text_in(person, "nationality");
  if (!nationality.empty() && nationality != issuing_state) {
    return refuse(Why::field_invalid, "A_person.nationality", "a State issues this document to its own nationals only",
                  "Doc 9303-8");
  }
  bool const presumed = text_in(application.reply, "kind") == "deemed" || nationality.empty();
  holder.nationality = presumed ? "XXX" : std::string(issuing_state);
  return holder;
}

std::string holder_key(Holder const& holder) {
  return search_form(holder.surname + " " + holder.given_names) + " / " + holder.birth.text();
}

Result<Zone> make_zone(Holder const& holder, std::string_view issuing_state, std::string_view number, Date expires_on,
                       mrz::Transliteration const& tables, mrz::LatinOptions const& options) {
  auto const surname = tables.name(holder.surname, {options, {}});
  if (!surname) return tl::unexpected(surname.error());
  mrz::Document document;
  document.document_code = "PU";
  document.issuing_state = issuing_state;
  document.document_number = number;
  document.nationality = holder.nationality;
  document.date_of_birth = mrz::mrz_date(holder.birth);
  document.sex = mrz::mrz_sex(holder.sex);
  document.date_of_expiry = mrz::mrz_date(expires_on);
  document.primary_identifier = surname->name;
  if (!holder.given_names.empty()) {
    auto const given = tables.name(holder.given_names, {options, {}});
    if (!given) return tl::unexpected(given.error());
    document.secondary_identifier = given->name;
  }
  auto const lines = mrz::build_mrz(document);
  if (!lines) return tl::unexpected(lines.error());
  return Zone{lines->at(0), lines->at(1)};
}

Result<void> check_no_second(std::optional<TravelDocument> const& held, IssueInput const& input) {
  if (!held || input.not_the_holder_of == held->number) return {};
  return refuse(
      Why::already_exists, "not_the_holder_of",
      fmt::format("{} is valid until {} and belongs to a person of this name and birth: make it void first, or say that its"
                  " holder is somebody else",
                  held->number, held->expires_on.text()),
      "Doc 9303-8");
}

Result<TravelDocument> decide_void(TravelDocument const& before, access::Viewer const& viewer, std::string_view reason,
                                   std::optional<std::int64_t> if_match, Instant now) {
  if (!viewer.may("document.void")) return refuse(Why::not_permitted, {}, "needs document.void");
  if (if_match && *if_match != before.revision) return refuse(Why::stale_revision, "revision", "load it again and compare");
  if (!before.is_live()) return refuse(Why::wrong_step, {}, "the document is void, lost, used or returned already");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = "void";
  after.voided_by = viewer.user;
  after.voided_at = now;
  after.void_reason = reason;
  after.holder.clear();
  after.revision = before.revision + 1;
  return after;
}

std::string text_of(mrz::LatinOptions const& options) {
  return join({options.a_diaeresis, options.a_ring, options.n_tilde, options.o_diaeresis, options.u_diaeresis}, " ");
}

mrz::LatinOptions latin_options_of(std::string_view text) {
  auto const parts = split(text, ' ');
  if (parts.size() != 5) return {};
  return {parts[0], parts[1], parts[2], parts[3], parts[4]};
}

}  // namespace rcms::travel_documents
