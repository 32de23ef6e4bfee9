// A PostgreSQL server of a test's own, to be stopped, crashed and started; and sessions beside the wrapper under test.
#pragma once

#include <memory>
#include <string>

#include "support/database_for_tests.hpp"

namespace rcms::tests {

/// Started by scripts/postgresql_scratch in a temporary folder (about two seconds); keeps its address over restarts.
class ScratchPostgresql {
 public:
  ScratchPostgresql();
  ~ScratchPostgresql();
  ScratchPostgresql(ScratchPostgresql const&) = delete;
  ScratchPostgresql& operator=(ScratchPostgresql const&) = delete;

  std::string const& address() const { return address_; }
  /// Of another database of the same server.
  std::string address_of(std::string const& database) const;
  void start();
  void stop();
  /// Ends it as a power cut would.
  void crash();
  void restart() { stop(); start(); }

 private:
  std::string run(std::string const& action);
  TemporaryFolder folder_;
  std::string address_;
};

/// Runs one statement in a session of its own; throws Fault.
void run_on_postgresql(std::string const& address, std::string const& text);

/// A transaction of somebody else that has run one statement and neither commits nor ends before it is destroyed.
class HeldTransaction {
 public:
  HeldTransaction(std::string const& address, std::string const& text);
  ~HeldTransaction();
  HeldTransaction(HeldTransaction const&) = delete;
  HeldTransaction& operator=(HeldTransaction const&) = delete;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace rcms::tests
