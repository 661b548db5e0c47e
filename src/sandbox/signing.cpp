#include "sandbox/signing.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

#include "net/url.h"

namespace ringdown::sandbox {

std::string form_text(const Pairs& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    text += (text.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  }
  return text;
}

std::string signature(std::string_view token, std::string_view url, Pairs fields) {
  std::string text(url.substr(0, url.find('#')));
  std::ranges::sort(fields);
  const auto [surplus, end] = std::ranges::unique(fields);
  fields.erase(surplus, end);
  for (const auto& [name, value] : fields) text += name + value;

  std::array<unsigned char, 20> code{};
  unsigned size = 0;
  HMAC(EVP_sha1(), token.data(), static_cast<int>(token.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(), &size);
  std::array<unsigned char, 29> letters{};  // 28 and the terminating zero
  const int length = EVP_EncodeBlock(letters.data(), code.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(letters.data()), static_cast<std::size_t>(length)};
}

}  // namespace ringdown::sandbox
