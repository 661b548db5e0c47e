#include "api/common_passwords.h"

extern "C" {
extern const char ringdown_common_passwords[];      // NOLINT: made by common_passwords.S
extern const char ringdown_common_passwords_end[];  // NOLINT
}

namespace ringdown {

std::string_view common_passwords() {
  return {ringdown_common_passwords,
          static_cast<std::size_t>(ringdown_common_passwords_end - ringdown_common_passwords)};
}

}  // namespace ringdown
