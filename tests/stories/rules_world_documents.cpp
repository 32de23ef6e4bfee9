// Travel documents on the rules: issue, hand-over, use, return, loss, renewal, and the closing of the stock of the counter.
#include "stories/rules_world.hpp"

#include <fmt/format.h>

#include "capabilities/travel_documents/rules.hpp"

namespace rcms::stories {

using case_files::Side;
using travel_documents::LifeAct;

namespace {

std::string reason_of(Line const& line) { return line.has("reason") ? line.word("reason") : std::string(); }

applications::IssuedDocument told_of(travel_documents::TravelDocument const& document) {
  return {document.number, document.issued_on, document.expires_on};
}

}  // namespace

std::optional<RulesWorld::Done> RulesWorld::act_on_documents(Acting const& acting, SharedCase& shared) {
  auto const& act = acting.line.act;
  if (act == "issue_document") return issue(acting, shared, false);
  if (act == "hand_over" || act == "use_document" || act == "return_document" || act == "report_loss" || act == "void_document")
    return live(acting, shared);
  if (act == "request_renewal" || act == "decide_renewal" || act == "issue_renewal") return renew(acting, shared);
  if (act == "close_day" || act == "confirm_day") return count_stock(acting);
  return std::nullopt;
}

RulesWorld::Done RulesWorld::issue(Acting const& acting, SharedCase& shared, bool renews) {
  if (issued_ == 0) stock_.in_stock = 9;
  travel_documents::TravelDocument made;
  made.number = fmt::format("UE{:07}", issued_ + 1);
  made.party = shared.requested.file->party;
  made.issued_on = today_;
  made.expires_on = today_.plus_months(6);
  made.state = "issued";
  auto const& file = *shared.requested.file;
  auto decision =
      renews ? applications::decide_document_renewal(norms_.process, file, told_of(made), shared.document->number, acting.viewer,
                                                     now_, today_)
             : applications::decide_document_issue(norms_.process, file, told_of(made), acting.viewer, now_, today_);
  auto const done = apply(shared, Side::requested, std::move(decision));
  if (!done) return done;
  ++issued_;
  --stock_.in_stock;
  ++stock_.issued;
  shared.document = made;
  return {};
}

RulesWorld::Done RulesWorld::live(Acting const& acting, SharedCase& shared) {
  if (!shared.document) return refuse(Why::not_found);
  auto const& before = *shared.document;
  auto const reason = reason_of(acting.line);
  auto const& act = acting.line.act;
  auto const after =
      act == "void_document"
          ? travel_documents::decide_void(before, acting.viewer, reason, std::nullopt, now_)
          : travel_documents::decide_life(before,
                                          act == "hand_over"         ? LifeAct::hand_over
                                          : act == "use_document"    ? LifeAct::use
                                          : act == "return_document" ? LifeAct::take_back
                                                                     : LifeAct::report_loss,
                                          acting.viewer, reason, std::nullopt, today_, now_);
  if (!after) return tl::unexpected(after.error());
  bool const ends = act == "void_document" || (act == "report_loss" && before.is_live());
  if (ends && shared.requested.file->state == "document_issued") {
    auto const done = apply(shared, Side::requested,
                            applications::decide_document_void(norms_.process, *shared.requested.file, told_of(before),
                                                               acting.viewer, reason, now_, today_));
    if (!done) return done;
  }
  if (act == "void_document") ++stock_.voided;
  if (act == "return_document") ++stock_.returned;
  shared.document = *after;
  return {};
}

RulesWorld::Done RulesWorld::renew(Acting const& acting, SharedCase& shared) {
  if (!shared.document) return refuse(Why::not_found);
  if (acting.line.act == "request_renewal") {
    auto const& file = *shared.requested.file;
    auto const* agreement = law().find_agreement(file, "UTO");
    auto const rule = agreements::find_rule_for(*agreement, "td_renewal", today_, {"UTO", {}});
    auto made = travel_documents::decide_renewal_request(*shared.document, agreement, rule ? &*rule : nullptr, acting.viewer,
                                                         reason_of(acting.line), now_);
    if (!made) return tl::unexpected(made.error());
    shared.renewal = *made;
    return {};
  }
  if (!shared.renewal) return refuse(Why::not_found);
  if (acting.line.act == "decide_renewal") {
    auto decided = travel_documents::decide_renewal(*shared.renewal, acting.viewer, acting.line.word("agrees") == "yes",
                                                    reason_of(acting.line), std::nullopt, now_);
    if (!decided) return tl::unexpected(decided.error());
    shared.renewal = *decided;
    return {};
  }
  if (shared.renewal->state != "approved") return refuse(Why::wrong_step);
  auto const done = issue(acting, shared, true);
  if (done) shared.renewal->state = "issued";
  return done;
}

RulesWorld::Done RulesWorld::count_stock(Acting const& acting) {
  auto const& line = acting.line;
  if (!acting.viewer.may("document.stock")) return refuse(Why::not_permitted);
  if (line.act == "confirm_day") {
    if (!closing_) return refuse(Why::not_found);
    auto confirmed = travel_documents::decide_confirmation(*closing_, acting.viewer, std::nullopt, now_);
    if (!confirmed) return tl::unexpected(confirmed.error());
    closing_ = *confirmed;
    return {};
  }
  if (closing_ && closing_->day >= today_) return refuse(Why::already_exists);
  travel_documents::Closing closing;
  closing.day = today_;
  closing.closed_by = acting.viewer.user;
  closing.closed_at = now_;
  auto closed = travel_documents::decide_closing(std::move(closing), {stock_},
                                                 {{"", std::stoi(line.word("unused")), std::stoi(line.word("dead"))}},
                                                 reason_of(line));
  if (!closed) return tl::unexpected(closed.error());
  closing_ = *closed;
  return {};
}

}  // namespace rcms::stories
