// Random cases with marked secrets wherever one can be written, on a running node: no mark in any byte that the other State, the
// field verifier or a stranger receives, and nothing to be counted; what arrives is the preview byte for byte.
#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <random>
#include <regex>

#include <boost/json.hpp>
#include <fmt/format.h>
#define POINTERHOLDER_TRANSITION 4
#ifdef __clang__
#define JSON_HH
class JSON;
#endif
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/files/samples_for_tests.hpp"
#include "foundation/sheets/archive.hpp"
#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;
namespace samples = rcms::files::samples;
using case_files::text_of;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;

/// Gives every secret a word of its own; all of them begin alike.
class Marks {
 public:
  explicit Marks(std::mt19937& dice) : dice_(dice) {}
  static constexpr char const* stem = "Qzsecret";
  std::string next() { return fmt::format("{}{}x{:x}", stem, count_++, dice_() % 4096); }
  /// 1 to `most`.
  int roll(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most)) + 1; }
  int count() const { return count_; }

 private:
  std::mt19937& dice_;
  int count_ = 0;
};

Bytes marked_pdf(Marks& marks) {
  auto const secret = [&] { return "(" + marks.next() + ")"; };
  return samples::pdf(
      {"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Outlines 9 0 R /Lang " + secret() +
           " /Names << /EmbeddedFiles << /Names [" + secret() + " 7 0 R] >> >> /OCProperties << /OCGs [11 0 R] /D << >> >> >>",
       "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /LastModified " + secret() +
           " /Resources << /Font << /F 5 0 R >> /Properties << /L 11 0 R >> >> /Annots [12 0 R] >>",
       samples::stream("", "BT /F 12 Tf 50 700 Td (Acta de nacimiento) Tj ET % " + marks.next() + "\n/Span << /Alt " + secret() +
                               " >> BDC EMC\n"),
       "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
       samples::stream("/Type /Metadata /Subtype /XML", "<x>" + marks.next() + "</x>"),
       "<< /Type /Filespec /F " + secret() + " /EF << /F 8 0 R >> >>", samples::stream("/Type /EmbeddedFile", marks.next()),
       "<< /Type /Outlines /First 10 0 R /Last 10 0 R /Count 1 >>", "<< /Title " + secret() + " /Parent 9 0 R >>",
       "<< /Type /OCG /Name " + secret() + " >>",
       "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents " + secret() + " /T " + secret() + " >>",
       "<< /Author " + secret() + " /Producer " + secret() + " >>"},
      "/Info 13 0 R");
}

Bytes marked_photo(Marks& marks) {
  auto png = samples::with_chunk(samples::png(350, 450), "tEXt", std::string("Author\0", 7) + marks.next());
  auto const tail = marks.next();
  png.insert(png.end(), tail.begin(), tail.end());
  return samples::with_chunk(png, "eXIf", marks.next());
}

/// A PDF with its streams unpacked; anything else as it is.
std::string plain_bytes(std::string const& body) {
  if (body.rfind("%PDF-", 0) == 0) {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("received", body.data(), body.size());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setStreamDataMode(qpdf_s_uncompress);
    writer.write();
    auto const buffer = std::unique_ptr<Buffer>(writer.getBuffer());
    return body + std::string(reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize());
  }
  if (body.rfind("PK", 0) != 0) return body;
  std::string text = body;
  auto archive = sheets::Archive::open(body, {});
  REQUIRE(archive);
  for (auto const& name : archive->names()) {
    std::string entry;
    (void)archive->read(name, [&](std::string_view piece) { return entry += piece, true; });
    text += name + plain_bytes(entry);
  }
  return text;
}

/// One case that goes from a draft to the other State and back, with or without secrets.
class Walk {
 public:
  Walk(NodeWorld& world, int number, Marks* marks) : world_(world), number_(number), marks_(marks) {}

  void run() {
    act("ana", "XAR", "create", "form complete", "draft");
    add_secrets();
    act("ana", "XAR", "close_gates", "", "draft");
    act("ana", "XAR", "send_to_screening", "", "screening");
    act("sofia", "XAR", "return_to_draft", "reason \"" + secret("Once more") + "\"", "draft");
    act("ana", "XAR", "send_to_screening", "", "screening");
    act("sofia", "XAR", "close_gates", "", "screening");
    preview_ = node().get("rita", at() + "/envelope-preview").json();
    for (auto const& file : preview_.at("files").as_array()) {
      auto const id = text_of(file.as_object(), "id");
      previewed_[id] = node().get("ana", at() + "/envelope-preview/attachments/" + id).body;
    }
    act("rita", "XAR", "release", "", "submitted");
    act("ines", "UTO", "acknowledge", "", "completeness");
    act("diego", "UTO", "open_task", "kind field_check", "completeness");
  }

  /// What is asked for, answered and corrected afterwards, with reasons that stay at home at every step.
  void go_on() {
    act("ines", "UTO", "request_documents", "item birth", "documents_requested");
    act("ana", "XAR", "hold", "until 2031-02-05 reason \"" + secret("Waits for the parish") + "\"", "documents_requested");
    act("ana", "XAR", "end_hold", "", "documents_requested");
    act("sofia", "XAR", "suspend", "reason \"" + secret("Interim measure") + "\"", "suspended");
    act("dora", "XAR", "lift_suspension", "reason \"" + secret("The court has answered") + "\"", "documents_requested");
    act("ana", "XAR", "answer", "text \"Puerto Lagos\"", "acknowledged");
    act("ines", "UTO", "declare_complete", "", "verification");
    act("ana", "XAR", "correct", "given_names \"Ana Luz\" reason \"" + secret("Typing mistake") + "\"", "verification");
  }

  std::string id() const { return world_.id_of(number_); }
  json::value const& preview() const { return preview_; }
  std::map<std::string, std::string> const& previewed() const { return previewed_; }

 private:
  tests::NodeForTests& node() { return world_.node(); }
  std::string at() const { return "/api/cases/" + id(); }
  std::string secret(std::string const& harmless) { return marks_ == nullptr ? harmless : marks_->next(); }

  void act(std::string const& login, std::string const& party, std::string const& what, std::string const& words,
           std::string const& state) {
    tests::TemporaryFolder folder;
    auto const path = folder.file("walk.story");
    std::ofstream(path) << "# A step.\nagreement uto-xar-2019\n\n2031-01-30  " << login << "@" << party << " " << what
                        << " application " << number_ << " " << words << " -> " << state << "\n";
    for (auto const& line : read_story(path).lines) {
      auto const problem = compare(line, world_.act(line));
      if (!problem.empty()) throw std::runtime_error(problem);
    }
  }

  std::string attach(std::string const& name, std::string const& kind, Bytes const& content, std::string const& type) {
    auto const answer = node().ask("ana", {.method = "POST",
                                           .target = at() + "/attachments?name=" + name + "&kind=" + kind,
                                           .body = std::string(as_text(content)),
                                           .content_type = type});
    if (answer.status != 201) throw std::runtime_error("not attached: " + answer.body);
    return text_of(answer.json().as_object(), "id");
  }

  /// The same files and fields leave with secrets as without; what stays is only there with them.
  void add_secrets() {
    auto content = node().get("ana", at()).json().at("content").as_object();
    auto const document = attach(secret("copy") + ".pdf", "birth_certificate",
                                 marks_ == nullptr ? samples::plain_pdf() : marked_pdf(*marks_), "application/pdf");
    auto const photo =
        attach(secret("face") + ".png", "photo", marks_ == nullptr ? samples::png(350, 450) : marked_photo(*marks_), "image/png");
    content["A_person"].as_object()["photo"] = photo;
    auto& evidence = content["D_evidence"].as_object()["nationality_evidence"].as_array();
    evidence.at(0).as_object()["file"] = document;
    if (marks_ != nullptr) {
      for (auto& one : evidence) one.as_object()["note"] = marks_->next();
      for (int i = marks_->roll(3); i > 0; --i)
        attach(marks_->next() + ".txt", marks_->next(), samples::bytes_of(marks_->next()), "text/plain");
      // The agreement does not name it; health leaves with consent only, and consent stands here.
      auto& special = content["C_special"].is_object() ? content["C_special"].as_object() : content["C_special"].emplace_object();
      special["criminal_information"] = marks_->next();
      auto& internal = content["internal"].as_object();
      internal["return_decision_ref"].as_object()["number"] = marks_->next();
    }
    auto const saved = node().ask("ana", {.method = "PUT",
                                          .target = at() + "/content",
                                          .body = json::serialize(json::object{{"content", content}})});
    if (saved.status != 200) throw std::runtime_error("not saved: " + saved.body);
  }

  NodeWorld& world_;
  int number_;
  Marks* marks_;
  json::value preview_;
  std::map<std::string, std::string> previewed_;
};

/// Everything that this person can be shown: every route that reads, with every identifier there is.
std::map<std::string, std::string> list_received(tests::NodeForTests& node, std::string const& login,
                                                 std::vector<std::string> const& ids, std::vector<std::string> const& files) {
  std::map<std::string, std::string> received;
  auto const ask = [&](std::string const& target) {
    auto const answer = node.get(login, target);
    received[target] = answer.head + "\n" + plain_bytes(answer.body);
  };
  for (auto const& route : node.node().routes().all()) {
    if (route.method != http::Method::get || route.live || route.path.starts_with("/api/session")) continue;
    std::string query;
    for (auto const& parameter : route.query) {
      if (parameter.required)
        query += (query.empty() ? "?" : "&") + parameter.name + "=" +
                 (parameter.choices.empty() ? "sample" : parameter.choices.front());
    }
    if (route.path.find('{') == std::string::npos) {
      ask(route.path + query);
      continue;
    }
    for (auto const& id : ids) {
      std::vector<std::string> targets{route.path};
      targets[0].replace(targets[0].find('{'), targets[0].find('}') - targets[0].find('{') + 1, id);
      if (targets[0].find('{') != std::string::npos) {
        auto const pattern = targets[0];
        targets.clear();
        for (auto const& file : files) {
          auto target = pattern;
          target.replace(target.find('{'), target.find('}') - target.find('{') + 1, file);
          if (target.find('{') == std::string::npos) targets.push_back(std::move(target));
        }
      }
      for (auto const& target : targets) ask(target + query);
    }
  }
  return received;
}

/// What this person is told when they try to write: every route that does, with an empty body and every identifier. Some of it is
/// theirs to do and succeeds.
std::map<std::string, std::string> list_refusals(tests::NodeForTests& node, std::string const& login,
                                                 std::vector<std::string> const& ids) {
  std::map<std::string, std::string> received;
  for (auto const& route : node.node().routes().all()) {
    // Who signs out or changes a password is nobody afterwards.
    if (route.method == http::Method::get || route.path.starts_with("/api/session")) continue;
    for (auto const& id : ids) {
      auto target = route.path;
      for (auto open = target.find('{'); open != std::string::npos; open = target.find('{'))
        target.replace(open, target.find('}') - open + 1, id);
      auto const answer = node.ask(login, {.method = std::string(name_of(route.method)), .target = target, .body = "{}"});
      received[std::string(name_of(route.method)) + " " + target] = answer.head + "\n" + plain_bytes(answer.body);
      if (route.path.find('{') == std::string::npos) break;
    }
  }
  return received;
}

void check_unmarked(std::string const& login, std::map<std::string, std::string> const& received) {
  for (auto const& [target, bytes] : received) {
    auto const found = bytes.find(Marks::stem);
    if (found == std::string::npos) continue;
    CAPTURE(login);
    CAPTURE(target);
    auto const around = bytes.substr(found > 200 ? found - 200 : 0, 400);
    CHECK_MESSAGE(found == std::string::npos, around);
  }
}

/// What is left of an answer when identifiers, hashes, signatures, references and moments are made alike.
std::string shape_of(std::string text) {
  static std::regex const varying(
      R"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|[A-Za-z0-9_-]{80,})"
      R"(|\b[0-9a-f]{16}\b)"
      R"(|(XAR|UTO)-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|\d{4}-\d\d-\d\dT[0-9:.]+Z| [0-9a-f]{4}\.)");
  text = std::regex_replace(text, varying, "*");
  static std::regex const sizes(R"re("(size|revision)":\d+)re");
  return std::regex_replace(text, sizes, "*");
}

/// Nothing can be counted: the other State cannot tell a case with secrets from one without.
void check_alike(tests::NodeForTests& node, std::string const& one, std::string const& other) {
  for (std::string const part : {"", "/timeline"}) {
    CAPTURE(part);
    auto const with = shape_of(node.get("ines", "/api/applications/" + one + part).body);
    auto const without = shape_of(node.get("ines", "/api/applications/" + other + part).body);
    CHECK(with == without);
  }
}

}  // namespace

TEST_CASE("no secret reaches a byte that another State, a verifier or a stranger receives") {
  auto const seed = std::random_device{}();
  CAPTURE(seed);
  for (auto const& engine : story_engines()) {
    CAPTURE(engine);
    auto const world = make_http_world(engine, read_people(source / "tests/stories/people.txt"), "uto-xar-2019");
    auto& node = world->node();
    std::mt19937 dice(seed);
    for (int run = 0; run < 2; ++run) {
      Marks marks(dice);
      Walk secretive(*world, 2 * run + 1, &marks);
      secretive.run();
      Walk plain(*world, 2 * run + 2, nullptr);
      plain.run();
      CHECK(marks.count() > 25);
      auto const own = node.get("ana", "/api/cases/" + secretive.id());
      CHECK(own.body.find(Marks::stem) != std::string::npos);  // the marks are really there

      auto const at = "/api/applications/" + secretive.id();
      auto const application = node.get("ines", at).json().as_object();
      std::vector<std::string> ids{secretive.id()};
      for (auto const& task : application.at("tasks").as_array()) ids.push_back(text_of(task.as_object(), "id"));
      std::vector<std::string> files;
      auto const own_view = own.json();
      for (auto const& file : own_view.at("attachments").as_array()) files.push_back(text_of(file.as_object(), "id"));
      CHECK(files.size() > secretive.previewed().size());

      std::vector<std::string> strangers{""};
      for (auto const& person : node.people()) {
        if (person.party != "XAR") strangers.push_back(person.login);
      }
      for (auto const& login : strangers) check_unmarked(login, list_received(node, login, ids, files));

      // What arrives is what was previewed, byte for byte.
      CHECK(secretive.previewed().size() == 2);
      CHECK(application.at("attachments").as_array().size() == secretive.previewed().size());
      for (auto const& [file, bytes] : secretive.previewed()) {
        auto const arrived = node.get("ines", at + "/attachments/" + file);
        CHECK(arrived.status == 200);
        CHECK(arrived.body == bytes);
      }
      CHECK(application.at("content") == secretive.preview().at("form"));

      check_alike(node, secretive.id(), plain.id());

      secretive.go_on();
      plain.go_on();
      for (auto const& login : strangers) check_unmarked(login, list_received(node, login, ids, files));
      check_alike(node, secretive.id(), plain.id());
      for (auto const& login : strangers) check_unmarked(login, list_refusals(node, login, ids));
    }
  }
}
