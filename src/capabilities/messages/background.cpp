#include "capabilities/messages/background.hpp"

#include "foundation/ledger/seal.hpp"

namespace rcms::messages {

namespace {

constexpr int notices_rest_ms = 500;
constexpr int mail_rest_ms = 2'000;
constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t kept_days = 180;

}  // namespace

void Background::Bell::ring() {
  std::lock_guard const lock(mutex);
  work = true;
  rung.notify_one();
}

void Background::Bell::ring_for_the_last_time() {
  std::lock_guard const lock(mutex);
  stop = true;
  rung.notify_one();
}

bool Background::Bell::rest(int ms) {
  std::unique_lock lock(mutex);
  rung.wait_for(lock, std::chrono::milliseconds(ms), [this] { return work || stop; });
  work = false;
  return stop;
}

Background::Background(case_files::Context const& context, std::vector<Notice> notices, BackgroundOptions options)
    : context_{context, std::move(notices), options.mail.has_value()}, options_(std::move(options)) {}

Background::~Background() { stop(); }

void Background::start() {
  auto& database = context_.files.database;
  told_ = consumed_number(database, notices_consumer);
  for (auto const channel : {ledger::sealed_channel, notifications_channel}) {
    database.listen(channel, [bell = notices_bell_] { bell->ring(); });
  }
  notices_thread_ = std::thread([this] { notify(); });
  if (!options_.mail) return;
  database.listen(notifications_channel, [bell = mail_bell_] { bell->ring(); });
  mail_thread_ = std::thread([this] { send(); });
}

void Background::stop() {
  notices_bell_->ring_for_the_last_time();
  mail_bell_->ring_for_the_last_time();
  if (notices_thread_.joinable()) notices_thread_.join();
  if (mail_thread_.joinable()) mail_thread_.join();
}

void Background::notify() {
  do {
    try {
      if (context_.files.database.is_leader("notices")) {
        while (notify_next(context_) > 0) tell_new();
        forget_old();
      }
      tell_new();
    } catch (std::exception const& fault) {
      if (options_.on_fault) options_.on_fault(fault.what());
    }
  } while (!notices_bell_->rest(notices_rest_ms));
}

void Background::tell_new() {
  auto& database = context_.files.database;
  auto const number = consumed_number(database, notices_consumer);
  if (number <= told_) return;
  auto const told = list_told_after(database, told_, number);
  if (!told.empty() && options_.tell) options_.tell(told);
  told_ = number;
}

void Background::send() {
  auto const transport = mail::make_smtp(options_.mail->smtp);
  do {
    try {
      if (context_.files.database.is_leader("mail")) send_due(context_.files, *options_.mail, *transport);
    } catch (std::exception const& fault) {
      if (options_.on_fault) options_.on_fault(fault.what());
    }
  } while (!mail_bell_->rest(mail_rest_ms));
}

void Background::forget_old() {
  if (monotonic_ms() < next_forgetting_ms_) return;
  next_forgetting_ms_ = monotonic_ms() + day_ms;
  context_.files.database.write(forget_before(context_.files.clock.now().plus_ms(-kept_days * day_ms)));
}

}  // namespace rcms::messages
