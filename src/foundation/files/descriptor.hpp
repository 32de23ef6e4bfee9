// An open file of the operating system, closed at the end of its scope.
#pragma once

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace rcms::files {

class Descriptor {
 public:
  Descriptor(std::filesystem::path const& path, int flags, mode_t mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

}  // namespace rcms::files
