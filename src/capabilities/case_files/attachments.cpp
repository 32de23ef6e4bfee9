#include "capabilities/case_files/attachments.hpp"

#include <algorithm>
#include <tuple>

#include "capabilities/case_files/references.hpp"

namespace rcms::case_files {

namespace {

constexpr std::size_t attachments_limit = 200;

}  // namespace

Attachments::Attachments(db::Database& database, files::FileStore& store, files::NodeKey key, Clock const& clock)
    : database_(database), store_(store), key_(std::move(key)), clock_(clock) {}

std::vector<files::FileRecord> Attachments::list(std::string const& subject) const {
  auto records = files::list_files(database_, subject);
  std::sort(records.begin(), records.end(), [](auto const& a, auto const& b) {
    return std::tie(a.added_at, a.name, a.id) < std::tie(b.added_at, b.name, b.id);
  });
  return records;
}

Result<files::FileRecord> Attachments::take_in(std::string const& subject, std::string_view name, std::string_view kind,
                                               std::span<std::uint8_t const> content, std::string_view by) {
  auto const checked = files::check_file(name, content);
  if (!checked) return tl::unexpected(checked.error());
  if (list(subject).size() >= attachments_limit) return refuse(Why::limit_reached, "attachments", "at most 200 in one file");
  return keep(subject, *checked, kind, content, by);
}

Result<files::FileRecord> Attachments::keep_table(std::string const& subject, std::string_view name,
                                                  std::span<std::uint8_t const> content, std::string_view by) {
  files::CheckedFile table;
  table.name = name;
  return keep(subject, table, "import", content, by);
}

Result<files::FileRecord> Attachments::keep(std::string const& subject, files::CheckedFile const& file, std::string_view kind,
                                            std::span<std::uint8_t const> content, std::string_view by) {
  auto const now = clock_.now();
  auto const case_key = files::get_or_make_case_key(database_, key_, subject, now);
  if (!case_key) return tl::unexpected(case_key.error());
  auto const stored = store_.put(*case_key, content);
  files::FileRecord record;
  record.id = FileId{make_shared_uuid(now)};
  record.subject = subject;
  record.name = file.name;
  record.kind = kind;
  record.type = file.type;
  record.size = static_cast<std::int64_t>(stored.size);
  record.sha256 = stored.sha256;
  record.storage = stored.storage;
  record.added_at = now;
  record.added_by = by;
  return record;
}

Result<Bytes> Attachments::read(files::FileRecord const& record) const {
  auto const case_key = files::find_case_key(database_, key_, record.subject);
  if (!case_key) return tl::unexpected(case_key.error());
  return store_.read_all(*case_key, record.storage);
}

}  // namespace rcms::case_files
