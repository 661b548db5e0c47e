#include "carrier/twilio_signature.h"

#include <algorithm>
#include <optional>

#include "crypto/base64.h"
#include "crypto/hash.h"
#include "net/url.h"

namespace ringdown::twilio {
namespace {

// Names are compared by UTF-16 code units, which sort astral characters before U+E000 to U+FFFF; bytes do
// not.
std::u16string code_units(std::string_view utf8) {
  std::u16string units;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t code = lead < 0x80 ? lead : lead & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i)
      code = code << 6 | (utf8[at + i] & 0x3fu);
    at += length;
    if (code < 0x10000) {
      units += static_cast<char16_t>(code);
    } else {
      units += static_cast<char16_t>(0xd7c0 + (code >> 10));
      units += static_cast<char16_t>(0xdc00 + (code & 0x3ff));
    }
  }
  return units;
}

bool comes_before(const std::pair<std::string, std::string>& a,
                  const std::pair<std::string, std::string>& b) {
  if (a.first != b.first) return code_units(a.first) < code_units(b.first);
  return code_units(a.second) < code_units(b.second);
}

bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

// The digest that Twilio put into the address of a body that is no form.
std::optional<std::string> announced_digest(std::string_view url) {
  const auto question = url.find('?');
  if (question == url.npos) return std::nullopt;
  const auto query = QueryPairs::parse(url.substr(question + 1));
  if (!query || !query->find("bodySHA256")) return std::nullopt;
  return std::string(*query->find("bodySHA256"));
}

}  // namespace

std::string signature_of(std::string_view token, std::string_view url, Fields fields) {
  std::ranges::sort(fields, comes_before);
  const auto [surplus, end] = std::ranges::unique(fields);
  fields.erase(surplus, end);

  std::string text(url);
  for (const auto& [name, value] : fields) text.append(name).append(value);
  return crypto::to_base64(crypto::hmac_sha1(crypto::bytes_of(token), crypto::bytes_of(text)));
}

std::vector<std::string> spellings(std::string_view url) {
  std::vector<std::string> all{std::string(url)};
  const auto scheme = url.find("://");
  if (scheme == url.npos) return all;

  const auto begin = scheme + 3;
  const auto path = std::min(url.find_first_of("/?", begin), url.size());
  const std::string_view authority = url.substr(begin, path - begin);
  const auto colon = authority.rfind(':');
  const bool has_port = colon != authority.npos && authority.find(']', colon) == authority.npos;
  const bool secure = url.starts_with("https") || url.starts_with("wss");
  std::string other(url);
  if (has_port) {
    other.erase(begin + colon, authority.size() - colon);
  } else {
    other.insert(path, secure ? ":443" : ":80");
  }
  all.push_back(std::move(other));
  return all;
}

bool is_signed(const SignedRequest& request, std::span<const Secret> tokens) {
  if (const auto digest = announced_digest(request.url)) {
    const std::string actual = to_hex(crypto::sha256(crypto::bytes_of(request.json)));
    if (!same_text(lowered(*digest), actual)) return false;
  } else if (!request.json.empty()) {
    return false;  // a body that no signature covers
  }

  bool found = false;
  for (const std::string& url : spellings(request.url)) {
    for (const Secret& token : tokens) {
      found |= same_text(signature_of(token.reveal(), url, request.fields), request.signature);
    }
  }
  return found;
}

}  // namespace ringdown::twilio
