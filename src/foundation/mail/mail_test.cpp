#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "foundation/mail/catcher.hpp"
#include "foundation/mail/transport.hpp"

using namespace rcms;
using namespace rcms::mail;

namespace {

Message notice() {
  Message message;
  message.from = {"RCMS Arcadia", "rcms@arcadia.example"};
  message.to = {{"Dora Núñez", "dora@utopia.example"}};
  message.subject = "Respuesta a la solicitud UTO-2031-0007: más información";
  message.text = "Estimada señora:\n\nLa respuesta llegó.\n.una línea que empieza con un punto\n" + std::string(200, 'x') + "\n";
  message.id = "0190-abc";
  message.written_at = *Instant::parse("2031-03-03T10:00:00Z");
  return message;
}

Settings settings_for(MailCatcher const& catcher) {
  Settings settings;
  settings.port = catcher.port();
  settings.timeout_ms = 5'000;
  return settings;
}

}  // namespace

TEST_CASE("a message arrives with its words, parts and receivers") {
  MailCatcher catcher;
  auto message = notice();
  message.to.push_back({"", "desk@utopia.example"});
  message.html = "<p>La respuesta llegó.</p>";
  message.attachments = {{"informe año.pdf", "application/pdf", std::string("%PDF\0\x01", 6)}};
  REQUIRE(send(message, settings_for(catcher)));
  REQUIRE(catcher.wait_for(1, 5'000));
  auto const caught = catcher.list_messages().at(0);
  CHECK(caught.from == "rcms@arcadia.example");
  CHECK(caught.to == std::vector<std::string>{"dora@utopia.example", "desk@utopia.example"});
  CHECK(subject_of(caught) == message.subject);
  CHECK(text_of(caught) == message.text);
  CHECK(caught.content.find("From: \"RCMS Arcadia\" <rcms@arcadia.example>\r\n") == 0);
  CHECK(caught.content.find("Date: Mon, 03 Mar 2031 10:00:00 +0000\r\n") != std::string::npos);
  CHECK(caught.content.find("multipart/alternative") != std::string::npos);
  CHECK(caught.content.find("filename*=UTF-8''informe%20a%C3%B1o.pdf") != std::string::npos);
  CHECK(caught.content.find("JVBERgAB") != std::string::npos);
  for (std::size_t start = 0; start < caught.content.size();) {
    auto const end = caught.content.find("\r\n", start);
    REQUIRE(end != std::string::npos);
    CHECK(end - start <= 200);
    start = end + 2;
  }
}

TEST_CASE("several messages over time, signing in, and files in a folder") {
  auto const folder = std::filesystem::temp_directory_path() / fmt::format("rcms-mail-{}", ::getpid());
  CatcherOptions options;
  options.folder = folder;
  options.keep = 2;
  {
    MailCatcher catcher(options);
    std::ofstream(folder / "password") << "secret\n";
    auto settings = settings_for(catcher);
    settings.user = "arcadia";
    settings.password_file = folder / "password";
    auto const transport = make_smtp(settings);
    for (int i = 0; i < 3; ++i) REQUIRE(transport->send(notice()));
    CHECK(catcher.list_messages().size() == 2);
    CHECK(catcher.list_messages().back().number == 3);
    CHECK(catcher.list_messages().back().user == "arcadia");
    CHECK(std::filesystem::exists(folder / "000003.eml"));
    settings.password_file = folder / "absent";
    CHECK(send(notice(), settings).error().why == Why::unavailable);
    settings.host = "mail.example";
    settings.password_file = folder / "password";
    CHECK(send(notice(), settings).error().field == "mail.security");
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("what may be tried again is told apart from what is final") {
  CatcherOptions options;
  options.refuse_domain = "gone.example";
  MailCatcher strict(options);
  auto message = notice();
  message.to = {{"", "a@gone.example"}};
  CHECK(send(message, settings_for(strict)).error().why == Why::field_invalid);

  options.busy = true;
  MailCatcher busy(options);
  CHECK(send(notice(), settings_for(busy)).error().why == Why::unavailable);

  Settings nobody;
  {
    MailCatcher closed;
    nobody = settings_for(closed);
  }
  CHECK(send(notice(), nobody).error().why == Why::unavailable);

  MailCatcher open;
  auto settings = settings_for(open);
  settings.security = Security::starttls;
  CHECK(send(notice(), settings).error().why == Why::unavailable);
  CHECK(open.list_messages().empty());
}

TEST_CASE("addresses are told from what only looks like one") {
  for (auto address : {"a@b.example", "first.last+tag@sub.arcadia.example", "x@localhost", "o'hara@b.example"}) {
    CAPTURE(address);
    CHECK(is_address(address));
  }
  for (auto address : {"", "a", "@b", "a@", "a@b@c", "a b@c.example", "a@b..c", "a@-b.example", "a\r\nBcc: x@y",
                       "a@b.example\r\n", "<a@b>", ".a@b.example", "a@b_c.example", "ñ@b.example"}) {
    CAPTURE(address);
    CHECK_FALSE(is_address(address));
  }
}

TEST_CASE("a message that would carry foreign headers is not sent") {
  struct Example {
    char const* name;
    void (*spoil)(Message&);
    char const* field;
  };
  std::vector<Example> const examples = {
      {"line end in the subject", [](Message& m) { m.subject = "Hello\r\nBcc: x@y.example"; }, "subject"},
      {"line end in a name", [](Message& m) { m.to[0].name = "Dora\nX: y"; }, "to[0]"},
      {"line end in an address", [](Message& m) { m.to[0].address = "a@b.example\r\nRCPT TO:<x@y>"; }, "to[0]"},
      {"line end in the sender", [](Message& m) { m.from.name = "a\r\nb"; }, "from"},
      {"line end in the name of an attachment",
       [](Message& m) {
         m.attachments = {{"a\r\nb", "text/plain", ""}};
       },
       "attachments[0]"},
      {"media type with a header",
       [](Message& m) {
         m.attachments = {{"a", "text/plain\r\nX: y", ""}};
       },
       "attachments[0]"},
      {"identifier with a header", [](Message& m) { m.id = "x>\r\nX: y"; }, "id"},
      {"no receiver", [](Message& m) { m.to.clear(); }, "to"},
      {"no subject", [](Message& m) { m.subject.clear(); }, "subject"},
      {"text that is not UTF-8", [](Message& m) { m.text = "\xFF"; }, "text"},
      {"30 MB", [](Message& m) { m.text = std::string(30 << 20, 'x'); }, "attachments"},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto message = notice();
    example.spoil(message);
    auto const findings = check_message(message);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].field == example.field);
  }
  CHECK(check_message(notice()).empty());
}

TEST_CASE("white space at the end of a line is encoded: on its way it could be cut off") {
  auto message = notice();
  message.text = "first \nsecond\t\nthird ";
  auto const content = render_message(message);
  for (auto const* line : {"first=20\r\n", "second=09\r\n", "third=20"}) {
    CAPTURE(line);
    CHECK(content.find(line) != std::string::npos);
  }
}

TEST_CASE("any text survives the way through a message") {
  CHECK(rc::check([] {
    auto const text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab =.\n\tz")));
    auto message = notice();
    message.text = text + "ñ€" + text;
    message.subject = "s" + std::string(*rc::gen::inRange<std::size_t>(0, 100), 'x') + "ñ";
    CaughtMessage caught;
    caught.content = render_message(message);
    RC_ASSERT(text_of(caught) == message.text);
    RC_ASSERT(subject_of(caught) == message.subject);
  }));
}
