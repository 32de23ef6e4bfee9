#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foundation/base/clock.hpp"
#include "foundation/files/file_records.hpp"
#include "foundation/files/store.hpp"

using namespace rcms;
using namespace rcms::files;

namespace {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / fmt::format("rcms-files-{}-{}", ::getpid(), to_hex(random_bytes(4)));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

Bytes content_of(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 253);
  return bytes;
}

std::filesystem::path path_in(Folder const& folder, StoredFile const& file) {
  return folder.path / "store" / file.storage.substr(0, 2) / file.storage;
}

std::size_t files_in(std::filesystem::path const& folder) {
  std::size_t count = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file() ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("what is put is read again, at every size around the chunks") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const key = CaseKey::make();
  for (std::size_t size : {0u, 1u, 65'535u, 65'536u, 65'537u, 131'072u, 1'000'000u}) {
    CAPTURE(size);
    auto const content = content_of(size);
    auto const file = store->put(key, content);
    CHECK(file.size == size);
    CHECK(file.sha256 == to_hex(sha256(content)));
    CHECK(*store->read_all(key, file.storage) == content);
  }
  CHECK(files_in(folder.path / "store") == 7);
}

TEST_CASE("the store shows neither content nor that two cases hold the same document") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const anna = CaseKey::make();
  auto const other = CaseKey::make();
  std::string const text = "A passport that appears in two cases, with plain words in it.";
  auto const first = store->put(anna, as_bytes(text));
  auto const again = store->put(anna, as_bytes(text));
  auto const second = store->put(other, as_bytes(text));
  CHECK(first.storage == again.storage);
  CHECK(first.storage != second.storage);
  CHECK(first.storage != first.sha256);
  CHECK(files_in(folder.path / "store") == 2);
  std::ifstream in(path_in(folder, first), std::ios::binary);
  std::string const raw((std::istreambuf_iterator<char>(in)), {});
  CHECK(raw.find("passport") == std::string::npos);
  struct stat status = {};
  REQUIRE(::stat(path_in(folder, first).c_str(), &status) == 0);
  CHECK((status.st_mode & 077) == 0);
  CHECK_THROWS_AS(store->read_all(other, first.storage), std::runtime_error);
}

TEST_CASE("a file that was changed, cut off or exchanged is not read") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const key = CaseKey::make();
  auto const content = content_of(200'000);
  auto const file = store->put(key, content);
  auto const path = path_in(folder, file);
  auto const whole = std::filesystem::file_size(path);
  SUBCASE("one bit") {
    std::fstream change(path, std::ios::in | std::ios::out | std::ios::binary);
    change.seekp(100'000);
    change.put('\x7E');
  }
  SUBCASE("cut at a chunk") { std::filesystem::resize_file(path, 8 + 24 + 65'536 + 17); }
  SUBCASE("cut in a chunk") { std::filesystem::resize_file(path, whole - 1); }
  SUBCASE("only the beginning") { std::filesystem::resize_file(path, 10); }
  SUBCASE("another file of the case under its name") {
    auto const other = store->put(key, content_of(10));
    std::filesystem::copy_file(path_in(folder, other), path, std::filesystem::copy_options::overwrite_existing);
  }
  CHECK_THROWS_AS(store->read_all(key, file.storage), std::runtime_error);
}

TEST_CASE("names that are not of the store find nothing") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const key = CaseKey::make();
  for (auto name : {"", "../../../etc/passwd", "0123", "ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789"}) {
    CAPTURE(name);
    CHECK(store->open(key, name).error().why == Why::not_found);
  }
  CHECK(store->open(key, std::string(64, 'a')).error().why == Why::not_found);
}

TEST_CASE("orphans are swept, known and new files stay") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const key = CaseKey::make();
  auto const known = store->put(key, content_of(10));
  auto const orphan = store->put(key, content_of(20));
  std::ofstream(folder.path / "store" / "incoming" / "half") << "left by a crash";
  auto const is_known = [&](std::string const& name) { return name == known.storage; };
  auto const now = SystemClock().now();
  CHECK(store->sweep(now.plus_ms(-3'600'000), is_known) == 0);
  CHECK(store->sweep(now.plus_ms(60'000), is_known) == 2);
  CHECK(store->read_all(key, known.storage));
  CHECK_FALSE(store->read_all(key, orphan.storage));
}

TEST_CASE("many threads put the same and different files at once") {
  Folder folder;
  auto store = open_folder_store(folder.path / "store");
  auto const key = CaseKey::make();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 10; ++i) {
        store->put(key, content_of(i * 1'000));
        store->put(key, content_of(100'000 + i + static_cast<std::size_t>(t) * 100));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(files_in(folder.path / "store") == 50);
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(store->read_all(key, store->put(key, content_of(i * 1'000)).storage) == content_of(i * 1'000));
}

TEST_CASE("the node key is made once, kept from others, and opens only what it wrapped") {
  Folder folder;
  auto const file = folder.path / "node.key";
  auto const node = NodeKey::load_or_make(file);
  struct stat status = {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  auto const key = CaseKey::make();
  auto const wrapped = node.wrap(key, "case:1");
  CHECK(
      std::equal(key.bytes().begin(), key.bytes().end(), NodeKey::load_or_make(file).unwrap(wrapped, "case:1").bytes().begin()));
  CHECK_THROWS_AS(node.unwrap(wrapped, "case:2"), std::runtime_error);
  CHECK_THROWS_AS(NodeKey(SecretKey::make()).unwrap(wrapped, "case:1"), std::runtime_error);
  CHECK_THROWS_AS(node.unwrap(Bytes{}, "case:1"), std::runtime_error);
  ::chmod(file.c_str(), 0644);
  CHECK_THROWS_AS(NodeKey::load_or_make(file), std::runtime_error);
  ::chmod(file.c_str(), 0600);
  std::filesystem::resize_file(file, 31);
  CHECK_THROWS_AS(NodeKey::load_or_make(file), std::runtime_error);
}

TEST_CASE("the register keeps attachments by subject, and destroying a key erases them") {
  Folder folder;
  auto database = db::open("sqlite:" + (folder.path / "test.db").string());
  db::migrate(*database, RCMS_SOURCE_DIR "/db/migrations");
  auto store = open_folder_store(folder.path / "store");
  auto const node = NodeKey(SecretKey::make());
  Instant const now{1'900'000'000'000};
  auto const key = get_or_make_case_key(*database, node, "case:1", now);
  REQUIRE(key);
  CHECK(get_or_make_case_key(*database, node, "case:1", now)->bytes()[0] == key->bytes()[0]);
  CHECK(find_case_key(*database, node, "case:2").error().why == Why::not_found);

  auto const stored = store->put(*key, content_of(100));
  FileRecord const record{FileId::make(now), "case:1", "passport.pdf", "evidence", FileType::pdf, 100, stored.sha256,
                          stored.storage,    now,      "user-1"};
  db::Command adding;
  add_file(adding, record);
  REQUIRE(database->write(adding).outcome == db::Outcome::written);
  CHECK(list_files(*database, "case:1") == std::vector<FileRecord>{record});
  CHECK(find_file(*database, "case:1", record.id) == record);
  CHECK_FALSE(find_file(*database, "application:1", record.id));
  CHECK(sweep_orphans(*database, *store, SystemClock().now().plus_ms(60'000)) == 0);
  auto reader = open_file(*database, *store, node, record);
  REQUIRE(reader);
  Bytes buffer(200);
  CHECK((*reader)->read(buffer) == 100);

  SUBCASE("a removed file is gone from the list and at the next sweep from the store") {
    db::Command removing;
    remove_file(removing, "case:1", record.id, now);
    REQUIRE(database->write(removing).outcome == db::Outcome::written);
    CHECK(database->write(removing).outcome == db::Outcome::superseded);
    CHECK(list_files(*database, "case:1").empty());
    CHECK_FALSE(find_file(*database, "case:1", record.id));
    CHECK(sweep_orphans(*database, *store, SystemClock().now().plus_ms(60'000)) == 1);
  }
  SUBCASE("a destroyed key opens nothing and is never made anew") {
    db::Command destroying;
    destroy_case_key(destroying, "case:1", now);
    REQUIRE(database->write(destroying).outcome == db::Outcome::written);
    CHECK(open_file(*database, *store, node, record).error().why == Why::not_found);
    CHECK(get_or_make_case_key(*database, node, "case:1", now).error().why == Why::not_found);
    CHECK(list_files(*database, "case:1").empty());
    CHECK(database->write(destroying).outcome == db::Outcome::superseded);
  }
}
