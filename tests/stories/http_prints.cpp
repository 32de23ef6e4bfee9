#include "stories/http_prints.hpp"

#include <fstream>

#include <boost/json.hpp>

#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/prints.hpp"
#include "stories/prints.hpp"

namespace rcms::stories {

namespace json = boost::json;
using tests::HttpAnswer;

void connect_registry(tests::NodeForTests& node) {
  auto& population = node.node().population();
  auto const party = node.party("UTO");
  registry::connect_folder(population, party);
  auto const folder = population.folder_of(party);
  std::ofstream(folder / "drop/registry.tsv")
      << "U-1\tAna María\tQuispe\tLuna\t1987-03-14\tF\tPuerto Lagos\tJosé\tQuispe Paz\tMarta\tLuna Sol\tU10000001\n"
         "U-2\tMaría Ana\tQuispe\tLuna\t1989-11-02\tF\tPuerto Lagos\tJosé\tQuispe Paz\tMarta\tLuna Sol\tU10000002\n"
         "U-3\tIván\tMora\tPaz\t1985-07-30\tM\tCumbres\t\t\t\t\tU10000003\n";
  {
    std::ofstream table(folder / "prints/prints.tsv");
    for (auto const& [citizen, prints] : prints_of_registry()) registry::write_prints_line(table, citizen, prints);
  }
  population.look(party);
}

std::optional<HttpAnswer> ask_prints(tests::NodeForTests& node, Line const& line, std::string const& at) {
  if (line.act == "add_prints") {
    auto const bytes = prints_file(line.word("file"));
    auto target = at + "/prints?basis=" + line.word("basis");
    if (line.has("reference")) target += "&reference=" + line.word("reference");
    if (line.has("given_on")) target += "&given_on=" + line.word("given_on");
    return node.ask(line.login, {.method = "POST",
                                 .target = target,
                                 .body = std::string(bytes.begin(), bytes.end()),
                                 .content_type = "application/octet-stream"});
  }
  if (line.act == "remove_prints") return node.ask(line.login, {.method = "DELETE", .target = at + "/prints"});
  if (line.act != "prints_are") return std::nullopt;
  auto answer = node.get(line.login, at + "/prints");
  if (answer.status != 200 || answer.json().at("state").as_string() == line.word("state")) return answer;
  answer.status = 409;
  answer.body = R"({"why": "wrong_step"})";
  return answer;
}

std::optional<json::object> search_seen(tests::NodeForTests& node, Line const& line, std::string const& task) {
  bool const with_prints = line.word("prints") == "yes";
  auto const found =
      node.get(line.login, std::string(with_prints ? "/api/tasks/" + task + "/candidates" : "/api/registry/citizens") +
                               "?given=Ana+Maria&surname=Quispe+Luna&birth=1987-03-14");
  if (found.status != 200) return std::nullopt;
  json::object seen{{"question", json::object{{"given", "Ana Maria"}, {"surname", "Quispe Luna"}, {"birth", "1987-03-14"}}},
                    {"fingerprint", found.json().at("fingerprint")}};
  if (with_prints) seen["prints"] = true;
  return seen;
}

}  // namespace rcms::stories
