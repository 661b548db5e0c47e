#include "api/shown_secret.h"

#include "base/text.h"
#include "crypto/random.h"

namespace ringdown {

bool shows(const Request& request, const std::optional<Secret>& secret) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.headers.find("Authorization");
  if (!secret || !header || !same_word(header->substr(0, scheme.size()), scheme)) return false;
  return crypto::constant_time_equal(trimmed(header->substr(scheme.size())),
                                     std::string_view(secret->reveal()));
}

}  // namespace ringdown
