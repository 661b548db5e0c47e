#include "api/passwords.h"

#include "api/common_passwords.h"

namespace ringdown {
namespace {

Failure too_busy() {
  return {Reason::unavailable, "many people sign in at this moment; try again in a few seconds", {}};
}

}  // namespace

PasswordPool::PasswordPool(PasswordPoolOptions options)
    : cost_(options.cost),
      common_(crypto::read_common_passwords(common_passwords())),
      workers_(options.threads, options.waiting_max) {}

Result<void> PasswordPool::judge(std::string_view password, std::string_view email) const {
  return crypto::judge_password(password, email, common_);
}

Task<Result<std::string>> PasswordPool::hash(std::string password) {
  auto made = co_await workers_.run(
      [cost = cost_, password = std::move(password)] { return crypto::hash_password(password, cost); });
  if (!made) co_return std::unexpected(too_busy());
  co_return std::move(*made);
}

Task<Result<CheckedPassword>> PasswordPool::check(std::string password, std::optional<std::string> stored) {
  auto checked =
      co_await workers_.run([cost = cost_, password = std::move(password), stored = std::move(stored)] {
        if (!stored) {
          crypto::verify_nobody(password, cost);
          return CheckedPassword{};
        }
        const bool fits = crypto::verify_password(password, *stored);
        return CheckedPassword{fits, fits && crypto::needs_rehash(*stored, cost)};
      });
  if (!checked) co_return std::unexpected(too_busy());
  co_return *checked;
}

}  // namespace ringdown
