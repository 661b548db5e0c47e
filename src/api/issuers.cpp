#include "api/issuers.h"

#include <algorithm>

namespace ringdown {
namespace {

using Verdict = std::expected<crypto::Claims, crypto::TokenRefusal>;
using Keys = std::shared_ptr<const crypto::KeySet>;

Result<KeptPage::Content> parse_keys(std::string_view body) {
  auto keys = crypto::parse_jwks(body);
  if (!keys) return std::unexpected(keys.error());
  return std::make_shared<const crypto::KeySet>(*std::move(keys));
}

bool lacks_key(const Verdict& verdict) {
  return !verdict && verdict.error().fault == crypto::TokenFault::unknown_key;
}

Task<Keys> read_keys(const KeptPage& page, Time now, Keys missed = nullptr) {
  co_return std::static_pointer_cast<const crypto::KeySet>(co_await page.read(now, missed));
}

}  // namespace

Issuers::Issuers(const Loops& loops, const Clock& clock, std::vector<TrustedIssuer> trusted) : clock_(clock) {
  const auto throw_if_bad = [](const auto& result) {
    if (!result) throw Breakage(result.error().reason, result.error().text);
  };
  for (TrustedIssuer& one : trusted) {
    throw_if_bad(crypto::judge_issuer(one.issuer));
    std::optional<KeptPage> page;
    if (!one.keys_url.empty()) {
      const PageRules rules{.may_ask = crypto::should_refetch, .is_old = crypto::is_stale};
      auto opened = KeptPage::open(loops, "keys of " + one.issuer.name, one.keys_url, parse_keys, rules);
      throw_if_bad(opened);
      page = *std::move(opened);
    }
    known_.push_back({std::move(one.issuer), std::move(page)});
  }
}

const Issuers::Known* Issuers::find(std::string_view iss) const {
  const auto found =
      std::ranges::find_if(known_, [&](const Known& known) { return known.issuer.iss == iss; });
  return found == known_.end() ? nullptr : &*found;
}

Task<Result<Issuers::Subject>> Issuers::verify(std::string token) const {
  const auto iss = crypto::claimed_issuer(token);
  const Known* known = iss ? find(*iss) : nullptr;
  if (known == nullptr) {
    co_return fail(Reason::unauthenticated,
                   "the token is of no issuer that is configured here; sign in with a password");
  }

  // First without any key, so that only a token that is otherwise in order makes anybody ask for keys.
  const Time now = clock_.now();
  Verdict verdict = crypto::verify(token, known->issuer, {}, now);
  if (lacks_key(verdict) && known->keys) {
    const Keys keys = co_await read_keys(*known->keys, now);
    if (!keys) {
      co_return fail(Reason::unavailable,
                     "the keys of " + known->issuer.name + " cannot be read now; try again soon");
    }
    verdict = crypto::verify(token, known->issuer, *keys, now);
    if (lacks_key(verdict)) {
      const Keys newer = co_await read_keys(*known->keys, now, keys);
      if (newer && newer != keys) verdict = crypto::verify(token, known->issuer, *newer, now);
    }
  }
  if (!verdict) co_return std::unexpected(verdict.error().failure());
  co_return Subject{known->issuer.iss, std::move(verdict->subject)};
}

}  // namespace ringdown
