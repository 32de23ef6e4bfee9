#include "norms/agreements/evidence.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/lists.hpp"
#include "norms/agreements/evidence_shown.hpp"

namespace rcms::agreements {

namespace {

constexpr std::array<std::string_view, 5> effect_names = {"none", "initiates", "evidence", "prima_facie", "proof"};
constexpr std::array<std::string_view, 3> state_names = {"present", "weak", "missing"};

Effect parse_effect(std::string const& text) {
  auto const found = std::find(effect_names.begin(), effect_names.end(), text);
  return found == effect_names.end() ? Effect::none : static_cast<Effect>(found - effect_names.begin());
}

/// Types of paper that have a last day.
constexpr std::array<std::string_view, 9> types_with_last_day = {
    "passport",        "identity_card",   "emergency_travel_document", "seamans_book",    "military_identity_card",
    "driving_licence", "residence_permit", "visa",                     "company_identity_card"};

/// Whether a line of the list is one for this purpose in this case.
bool is_listed_for(EvidenceRule const& rule, std::string_view purpose, CaseFacts const& facts) {
  if (rule.purpose != purpose) return false;
  if (!rule.when.empty() && facts.conditions.count(rule.when) == 0) return false;
  return rule.requested.empty() || facts.requested.empty() || rule.requested == facts.requested;
}

/// A line on visas and residence permits together says of each what it is.
std::vector<std::string> grounds_of(EvidenceRule const& rule, std::string_view type) {
  auto grounds = rule.grounds;
  std::erase_if(grounds, [&](auto const& ground) {
    return (type == "visa" && ground == "residence") || (type == "residence_permit" && ground == "visa");
  });
  return grounds;
}

std::string_view form_of(Document const& document) {
  return document.form.empty() ? std::string_view("copy") : std::string_view(document.form);
}

struct Judged {
  Effect effect = Effect::none;
  std::string reason;
  std::optional<Date> until;
};

Judged judge_original(EvidenceRule const& rule, Document const& document, Date on) {
  auto const effect = parse_effect(rule.effect);
  if (rule.only_expired) return {effect, "expired", {}};
  if (!document.expires_on) return {effect, "original", {}};
  auto const expired = parse_effect(rule.expired_effect);
  auto const end = document.expires_on->plus_months(rule.expired_grace_months);
  if (end < on) return {expired, rule.expired_effect.empty() ? "expired_not_said" : "expired", {}};
  std::string reason = *document.expires_on >= on ? "valid" : "expired_within_grace";
  return {effect, std::move(reason), expired < effect ? std::optional(end) : std::nullopt};
}

Judged judge(EvidenceRule const& rule, Document const& document, Date on) {
  if (document.form == "original") return judge_original(rule, document, on);
  bool const authenticated = document.form == "authenticated_copy";
  auto const& of_copy = authenticated ? rule.authenticated_copy_effect : rule.copy_effect;
  std::string reason = authenticated ? "authenticated_copy" : "copy";
  if (!rule.forms.empty()) return {parse_effect(rule.effect), std::move(reason), {}};
  if (of_copy.empty()) reason += "_not_said";
  return {parse_effect(of_copy), std::move(reason), {}};
}

/// What a line says of a document; empty when it is not one of those that it names.
std::optional<Judged> judge_by(EvidenceRule const& rule, Document const& document, Date on) {
  if (!contains(rule.types, document.type)) return std::nullopt;
  auto const form = form_of(document);
  if (!rule.forms.empty() && !contains(rule.forms, form)) return std::nullopt;
  bool const expired = document.expires_on && *document.expires_on < on;
  if (rule.only_expired && (!expired || form != "original")) return std::nullopt;
  if (!rule.issued_from && !rule.issued_until) return judge(rule, document, on);
  if (!document.issued_on) return Judged{Effect::none, "issue_missing", {}};
  bool const outside = (rule.issued_from && *document.issued_on < *rule.issued_from) ||
                       (rule.issued_until && *document.issued_on > *rule.issued_until);
  return outside ? Judged{Effect::none, "issued_outside", {}} : judge(rule, document, on);
}

bool stands_on_other_ground(std::vector<std::string> const& grounds, std::string_view ground) {
  return !ground.empty() && !grounds.empty() && !contains(grounds, ground);
}

/// The effect of a form under a line; none where the line does not say.
Effect effect_of_form(EvidenceRule const& rule, std::string_view form) {
  if (!rule.forms.empty()) return contains(rule.forms, form) ? parse_effect(rule.effect) : Effect::none;
  if (form == "original") return parse_effect(rule.effect);
  return parse_effect(form == "authenticated_copy" ? rule.authenticated_copy_effect : rule.copy_effect);
}

struct Question {
  Agreement const& agreement;
  std::string_view purpose;
  Date on;
  CaseFacts const& facts;
};

/// The strongest that the lines of the list say of a document, whatever its ground.
DocumentStrength find_strongest(Question const& question, Document const& document) {
  DocumentStrength strength;
  strength.reason = "not_listed";
  for (auto const& rule : question.agreement.evidence) {
    if (!is_listed_for(rule, question.purpose, question.facts)) continue;
    auto const found = judge_by(rule, document, question.on);
    if (!found || (!strength.source.empty() && found->effect <= strength.effect)) continue;
    strength.effect = found->effect;
    strength.reason = found->reason;
    strength.until = found->until;
    strength.source = cite(question.agreement, rule.article);
    strength.confidence = rule.confidence;
    strength.together_with = rule.together_with;
    strength.listed = rule.document;
    strength.grounds = grounds_of(rule, document.type);
  }
  strength.at_least = strength.effect;
  return strength;
}

/// Whether such a paper ends on a day: by what it is, or because the list speaks of its end.
bool has_last_day(Question const& question, std::string_view type) {
  if (std::find(types_with_last_day.begin(), types_with_last_day.end(), type) != types_with_last_day.end()) return true;
  auto const& rules = question.agreement.evidence;
  return std::any_of(rules.begin(), rules.end(), [&](auto const& rule) {
    return is_listed_for(rule, question.purpose, question.facts) && contains(rule.types, type) &&
           (rule.only_expired || rule.expired_grace_months > 0 || !rule.expired_effect.empty());
  });
}

/// Whether a line that takes documents of some days only would give more, if the day of issue were known.
bool depends_on_issue(Question const& question, Document const& document, Effect effect) {
  auto const& rules = question.agreement.evidence;
  return !document.issued_on && std::any_of(rules.begin(), rules.end(), [&](auto const& rule) {
    return (rule.issued_from || rule.issued_until) && is_listed_for(rule, question.purpose, question.facts) &&
           contains(rule.types, document.type) && effect_of_form(rule, form_of(document)) > effect;
  });
}

DocumentStrength assess_document(Question const& question, Document const& document) {
  DocumentStrength strength;
  strength.reason = document.found_false ? "found_false" : "other_nationality";
  if (document.found_false) return strength;
  if (question.purpose == "nationality" && question.facts.conditions.count("third_country_national") != 0) return strength;
  strength = find_strongest(question, document);
  if (strength.source.empty()) return strength;
  if (document.form.empty()) strength.lacking.emplace_back("form");
  if (depends_on_issue(question, document, strength.effect)) strength.lacking.emplace_back("issued_on");
  if (document.form != "original" || document.expires_on || !has_last_day(question, document.type)) return strength;
  // Without its last day it may be over since long: what it counts for in that case is all that is certain.
  auto expired = document;
  expired.expires_on = Date(1900, 1, 1);
  strength.at_least = std::min(strength.effect, find_strongest(question, expired).effect);
  if (strength.at_least == strength.effect) return strength;
  strength.reason = "expiry_missing";
  strength.lacking.emplace_back("expires_on");
  return strength;
}

void add_once(std::vector<std::string>& list, std::string const& text) {
  if (!contains(list, text)) list.push_back(text);
}

EnoughWay way_by(Agreement const& agreement, EvidenceRule const& rule, std::string const& type, Effect effect) {
  EnoughWay way;
  way.type = type;
  way.effect = effect;
  way.source = cite(agreement, rule.article);
  way.confidence = rule.confidence;
  way.listed = rule.document;
  way.together_with = rule.together_with;
  way.grounds = grounds_of(rule, type);
  way.issued_from = rule.issued_from;
  way.issued_until = rule.issued_until;
  return way;
}

constexpr std::array<std::string_view, 3> forms_of_documents = {"original", "authenticated_copy", "copy"};

/// Every document of the list that is worth asking for: type and effect, with the forms in which it has that effect.
std::vector<EnoughWay> list_ways(Question const& question) {
  std::vector<EnoughWay> ways;
  for (auto const& rule : question.agreement.evidence) {
    if (rule.only_expired || !is_listed_for(rule, question.purpose, question.facts)) continue;
    for (auto const& type : rule.types) {
      for (auto const form : forms_of_documents) {
        auto const effect = effect_of_form(rule, form);
        if (effect < Effect::evidence) continue;
        auto found = std::find_if(ways.begin(), ways.end(), [&](auto const& way) {
          return way.type == type && way.effect == effect && way.issued_from == rule.issued_from &&
                 way.issued_until == rule.issued_until;
        });
        if (found == ways.end()) found = ways.insert(ways.end(), way_by(question.agreement, rule, type, effect));
        add_once(found->forms, std::string(form));
      }
    }
  }
  std::stable_sort(ways.begin(), ways.end(), [](auto const& left, auto const& right) { return left.effect > right.effect; });
  return ways;
}

/// Leaves the ways that lead further than what is there. `more`: so many presumptions are wanting; empty: it is not said how
/// many are enough, 0: they never are.
void keep_useful_ways(EvidenceResult& result, std::vector<Document> const& documents, std::string_view ground,
                      std::optional<int> more) {
  std::erase_if(result.ways, [&](EnoughWay const& way) {
    if (way.effect < result.at_least || (way.effect == result.at_least && result.surely_enough)) return true;
    if (way.effect == Effect::prima_facie && more == 0) return true;
    if (stands_on_other_ground(way.grounds, ground)) return true;
    return std::any_of(result.documents.begin(), result.documents.end(), [&](auto const& one) {
      return documents[one.index].type == way.type && one.at_least >= way.effect;
    });
  });
  for (auto& way : result.ways) {
    way.presented = std::any_of(result.documents.begin(), result.documents.end(), [&](auto const& one) {
      return documents[one.index].type == way.type && one.reason != "found_false";
    });
    if (way.effect == Effect::proof) way.count = 1;
    if (way.effect == Effect::prima_facie) way.count = more.value_or(0);
  }
}

/// How many presumptions are still wanting, by what is certain; empty when the agreement does not say how many are enough.
std::optional<int> more_presumptions(Agreement const& agreement, EvidenceResult const& result) {
  if (!result.is_number_known) return std::nullopt;
  int const needed = agreement.enough.prima_facie.value_or(0);
  auto const sure = std::count_if(result.documents.begin(), result.documents.end(),
                                  [](auto const& one) { return one.at_least >= Effect::prima_facie; });
  return needed == 0 ? 0 : std::max(1, needed - static_cast<int>(sure));
}

void add_types(Question const& question, EvidenceResult& result) {
  for (auto const& rule : question.agreement.evidence) {
    if (!is_listed_for(rule, question.purpose, question.facts)) continue;
    result.is_listed = true;
    bool const prima = rule.effect == "prima_facie" || rule.copy_effect == "prima_facie" || rule.expired_effect == "prima_facie";
    for (auto const& type : rule.types) {
      if (rule.effect == "proof") add_once(result.proof_types, type);
      if (prima) add_once(result.prima_facie_types, type);
    }
  }
}

void add_grounds(Question const& question, std::string_view ground, EvidenceResult& result) {
  if (question.purpose != "third_country") return;
  for (auto const name : {"entry", "transit", "residence", "visa"}) {
    bool const named = std::any_of(question.agreement.evidence.begin(), question.agreement.evidence.end(), [&](auto const& rule) {
      return is_listed_for(rule, question.purpose, question.facts) && contains(rule.grounds, name);
    });
    if (!named && ground != name) continue;
    GroundResult one{name, Effect::none, ground == name};
    for (auto const& document : result.documents) {
      if (contains(document.grounds, name)) one.result = std::max(one.result, document.effect);
    }
    result.grounds.push_back(std::move(one));
  }
}

}  // namespace

std::string_view name_of(Effect effect) { return effect_names[static_cast<std::size_t>(effect)]; }
std::string_view name_of(ItemState state) { return state_names[static_cast<std::size_t>(state)]; }

EvidenceResult assess_shown(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents, Date on,
                            CaseFacts const& facts, std::string_view ground) {
  Question const question{agreement, purpose, on, facts};
  EvidenceResult result;
  int prima_facie = 0;
  int surely_prima_facie = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto strength = assess_document(question, documents[i]);
    strength.index = i;
    result.documents.push_back(std::move(strength));
  }
  add_grounds(question, ground, result);
  for (auto& strength : result.documents) {
    if (stands_on_other_ground(strength.grounds, ground)) {
      strength.reason = "other_ground";
      strength.effect = strength.at_least = Effect::none;
      strength.lacking.clear();
      strength.until.reset();
    }
    result.result = std::max(result.result, strength.effect);
    result.at_least = std::max(result.at_least, strength.at_least);
    prima_facie += strength.effect == Effect::prima_facie ? 1 : 0;
    surely_prima_facie += strength.at_least >= Effect::prima_facie ? 1 : 0;
  }
  result.is_number_known = agreement.enough.prima_facie.has_value();
  int const needed = agreement.enough.prima_facie.value_or(0);
  result.enough = result.result == Effect::proof || (needed > 0 && prima_facie >= needed);
  result.surely_enough = result.at_least == Effect::proof || (needed > 0 && surely_prima_facie >= needed);
  if (!result.enough && needed > 0) result.prima_facie_missing = needed - prima_facie;
  add_types(question, result);
  if (result.is_number_known) result.source = cite(agreement, agreement.enough.article);
  return result;
}

EvidenceResult assess_evidence(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents,
                               Date on, CaseFacts const& facts, std::string_view ground) {
  auto result = assess_shown(agreement, purpose, documents, on, facts, ground);
  if (purpose == "nationality" && facts.conditions.count("third_country_national") != 0) return result;
  result.ways = list_ways({agreement, purpose, on, facts});
  keep_useful_ways(result, documents, ground, more_presumptions(agreement, result));
  return result;
}

Effect running_result(EvidenceResult const& result) { return result.surely_enough ? result.at_least : result.result; }

std::string_view sufficiency_of(EvidenceResult const& result) {
  if (result.surely_enough) return result.at_least == Effect::proof ? "yes" : "presumed";
  if (result.enough) return "if";
  return result.result >= Effect::evidence && !result.is_number_known ? "not_said" : "no";
}

std::optional<EnoughWay> find_way(Agreement const& agreement, std::string_view purpose, std::string_view type,
                                  std::string_view form, CaseFacts const& facts) {
  for (auto& way : list_ways({agreement, purpose, Date{}, facts})) {
    if (way.type == type && contains(way.forms, form)) return std::move(way);
  }
  return std::nullopt;
}

std::string_view ground_of(boost::json::value const& content) {
  auto const* section = find_member(content, "E_tcn");
  auto const basis = section == nullptr ? std::string() : text_at(*section, "tcn_basis");
  if (basis == "unlawful_entry") return "entry";
  if (basis == "residence_permit") return "residence";
  return basis == "visa" ? "visa" : "";
}

std::vector<std::string_view> list_purposes(Conditions const& conditions) {
  if (conditions.count("transit") != 0) return {};  // nobody is taken back: neither nationality nor a ground has to be shown
  if (conditions.count("third_country_national") != 0) return {"third_country"};
  if (conditions.count("own_national") != 0) return {"nationality"};
  return {"nationality", "third_country"};
}

Date day_that_counts(std::string_view submitted_on, Date today) { return Date::parse(submitted_on).value_or(today); }

std::vector<Document> list_documents(boost::json::value const& content, std::string_view purpose) {
  bool const third_country = purpose == "third_country";
  auto const* section = find_member(content, third_country ? "E_tcn" : "D_evidence");
  std::vector<Document> documents;
  if (section == nullptr) return documents;
  for (auto const& item : list_at(*section, third_country ? "tcn_evidence" : "nationality_evidence")) {
    documents.push_back({text_at(item, "type"), text_at(item, "form"), Date::parse(text_at(item, "issued_on")),
                         Date::parse(text_at(item, "expires_on"))});
  }
  return documents;
}

}  // namespace rcms::agreements
