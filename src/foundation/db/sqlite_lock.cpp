#include "foundation/db/sqlite_lock.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "foundation/db/database.hpp"

namespace rcms::db::sqlite {

FileLock::FileLock(std::string const& database_file) {
  auto const name = database_file + ".lock";
  descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0)
    throw Fault(fmt::format("cannot make {}: {}; check that the folder exists and may be written by this user", name,
                            std::strerror(errno)));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    auto const size = ::pread(descriptor_, holder, sizeof holder - 1, 0);
    ::close(descriptor_);
    throw Fault(fmt::format("{} is open for writing in process {}; stop that process first, or use PostgreSQL for several "
                            "processes", database_file, size > 0 ? std::string_view(holder) : "(unknown)"));
  }
  auto const own = std::to_string(::getpid());
  // The number is for the message above only: the lock holds without it, even on a full disk.
  bool const written = ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, own.data(), own.size(), 0) > 0;
  static_cast<void>(written);
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace rcms::db::sqlite
