// Hashing and checking passwords away from the io loops, on at most `threads` cores and behind a line of at
// most `waiting_max`: whoever floods the sign-in page waits, live speech does not.
#pragma once

#include <optional>
#include <string>

#include "crypto/password.h"
#include "net/workers.h"
#include "ports/task.h"

namespace ringdown {

struct PasswordPoolOptions {
  std::size_t threads = 1;
  std::size_t waiting_max = 32;
  crypto::PasswordCost cost{};
};

struct CheckedPassword {
  bool fits = false;
  bool outdated = false;  // the stored hash is not made as we make them now
};

class PasswordPool {
 public:
  explicit PasswordPool(PasswordPoolOptions = {});

  Result<void> judge(std::string_view password, std::string_view email) const;

  Task<Result<std::string>> hash(std::string password);

  // Without a stored hash, for an account that does not exist, it takes as long and fits nothing.
  Task<Result<CheckedPassword>> check(std::string password, std::optional<std::string> stored);

 private:
  crypto::PasswordCost cost_;
  crypto::CommonPasswords common_;
  Workers workers_;
};

}  // namespace ringdown
