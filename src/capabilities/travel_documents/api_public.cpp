// What anybody may call, without a session: the check of a presented document and the trust bundle. Nothing of a document is
// told that was not on what was presented.
#include <atomic>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/view.hpp"

namespace rcms::travel_documents {

using http::Request;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

constexpr std::size_t lines_at_most = 4'096;
/// Looking for a barcode costs a worker thread up to seconds; the others stay free for those who are signed in.
constexpr int checks_at_once = 2;

class Place {
 public:
  explicit Place(std::atomic<int>& taken) : taken_(taken), is_free_(taken_.fetch_add(1) < checks_at_once) {}
  ~Place() { taken_.fetch_sub(1); }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  bool is_free() const { return is_free_; }

 private:
  std::atomic<int>& taken_;
  bool is_free_;
};

std::string read_upload(Request const& request) {
  std::ifstream in(request.upload_file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_file(std::string const& content) {
  return content.starts_with("%PDF-") || content.starts_with("\x89PNG") || content.starts_with("\xFF\xD8");
}

/// The typed lines: the body as text, or `mrz` of a JSON body.
Result<std::string> typed_lines(Request const& request, std::string const& content) {
  if (content.size() > lines_at_most) return refuse(Why::unsupported_type, "file", "a PDF, PNG or JPEG, or the lines as text");
  if (!request.content_type.starts_with("application/json")) return content;
  boost::system::error_code error;
  auto const value = boost::json::parse(content, error);
  auto const* lines = !error && value.is_object() ? value.get_object().if_contains("mrz") : nullptr;
  if (lines == nullptr || !lines->is_string()) return refuse(Why::field_missing, "mrz", "the lines at the foot of the document");
  return std::string(lines->get_string());
}

Result<VerdictView> verify(Desk& desk, Request const& request, std::atomic<int>& taken) {
  Place const place(taken);
  if (!place.is_free()) return refuse(Why::unavailable, {}, "many documents are being checked; try again in a few seconds");
  auto const today = today_for_public(desk);
  auto const content = read_upload(request);
  if (content.empty()) return refuse(Why::field_missing, "file", "send a PDF, PNG or JPEG, or the lines as text");
  auto const trust_in = [&](std::optional<Claim> const& claim, std::string_view zone) {
    return trust_for(desk, claim ? claim->state : std::string(), claim ? claim->number : std::string(), zone, today);
  };
  VerifyAnswer answer;
  if (is_file(content)) {
    auto const read = read_presented(as_bytes(content));
    answer = verify_read(read, request.text("mrz").value_or(""), trust_in(claim_of(read), {}), today);
  } else if (auto barcode = find_barcode_content(content)) {
    ReadFile const read{{std::move(*barcode)}, {}, {}};
    answer = verify_read(read, request.text("mrz").value_or(""), trust_in(claim_of(read), {}), today);
  } else {
    auto const lines = typed_lines(request, content);
    if (!lines) return tl::unexpected(lines.error());
    answer = verify_lines(*lines, trust_in(claim_of(*lines), tidy_lines(*lines)), today);
  }
  return present_verdict(answer, desk.context.labels, request.language, today);
}

}  // namespace

void add_public_routes(http::Routes& routes, DeskPointer desk) {
  auto const taken = std::make_shared<std::atomic<int>>(0);
  routes.add(
      http::post("/api/verifications")
          .named("verify_travel_document")
          .saying(
              "Check a presented travel document: PDF, PNG, JPEG, the content of its code, or its lines as text or as JSON {mrz}")
          .public_()
          .limited({"verifications", 20, 20})
          .query(http::text_parameter("mrz", "The lines as read from the paper, to compare with the seal in the picture.", 200))
          .refuses({Why::unsupported_type, Why::field_missing, Why::unavailable})
          .upload(presented_at_most,
                  {"application/pdf", "image/png", "image/jpeg", "text/plain", "application/json", "application/octet-stream"})
          .output<VerdictView>()
          .handler([desk, taken](Request const& request) { return verify(*desk, request, *taken); }));
  routes.add(http::get("/api/trust-bundle")
                 .named("read_trust_bundle")
                 .saying("What a verifier without this node needs: authorities, signers and revoked documents, signed")
                 .public_()
                 .limited({"trust_bundle", 10, 10})
                 .file("application/json")
                 .handler([desk](Request const&) -> Result<http::Response> {
                   http::Response response;
                   response.body = trust_bundle_of(*desk, today_for_public(*desk));
                   return response;
                 }));
}

}  // namespace rcms::travel_documents
