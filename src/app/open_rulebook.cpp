#include "app/open_rulebook.h"

#include <array>

#include "app/assets.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace ringdown {
namespace {

constexpr std::array packs = {"rules/ca.toml", "rules/generic.toml", "rules/uk.toml", "rules/us-states.toml",
                              "rules/us.toml"};
constexpr std::size_t digest_bytes = 6;  // enough to tell one text of the law from another

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return *std::move(result);
}

std::string digest_of(const std::string& text) {
  const auto digest = crypto::sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return to_hex(Bytes(digest.begin(), digest.begin() + digest_bytes));
}

}  // namespace

Rulebook open_rulebook(const Config& config) {
  std::vector<RuleText> texts;
  std::string whole;
  for (const char* pack : packs) {
    Asset asset = or_throw(read_asset(pack, config.assets));
    whole += asset.text;
    texts.push_back({std::move(asset.origin), std::move(asset.text)});
  }
  return or_throw(Rulebook::parse(texts, digest_of(whole)));
}

}  // namespace ringdown
