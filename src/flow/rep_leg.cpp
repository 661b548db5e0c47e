#include "flow/rep_leg.h"

#include "store/calls.h"
#include "store/rep_phones.h"

namespace ringdown::flow {
namespace {

constexpr Span phone_again = 15s;  // until it is seen whether the phone is free
constexpr Span ring_time = 30s;

Verdict refusal(Verdict verdict, std::string why) {
  verdict.decision = Decision::refuse;
  verdict.rule = rep_rule;
  verdict.says = std::move(why);
  return verdict;
}

}  // namespace

Verdict wait_for_rep(Verdict allowed, Time until, std::string why) {
  allowed.decision = Decision::defer;
  allowed.until = until;
  allowed.rule = rep_rule;
  allowed.says = std::move(why);
  return allowed;
}

std::variant<std::string, Verdict> phone_to_ring(Tx& tx, const Gate& gate, const Candidate& candidate,
                                                 const Account& account, Verdict allowed, Time now) {
  if (account.live_calls_max < lines_with_rep) {
    return refusal(std::move(allowed),
                   "the carrier account allows one call at a time, and this one takes two lines");
  }
  const auto phone = store::find_rep_phone(tx, *candidate.call->rep_id);
  if (!phone || !phone->confirmed_at) {
    return refusal(std::move(allowed), "whoever is to talk on it has no confirmed phone any more");
  }
  if (phone->phone == candidate.place.phone) {
    return refusal(std::move(allowed), "whoever is to talk on it has that number");
  }
  if (!store::blocked(tx, std::span(&phone->phone, 1)).empty()) {
    return refusal(std::move(allowed), "the phone of whoever is to talk on it is not to be called");
  }
  if (!store::live_calls_of(tx, std::span(&phone->phone, 1)).empty()) {
    return wait_for_rep(std::move(allowed), gate.calling(now + phone_again),
                        "the phone of whoever is to talk on it is in another call");
  }
  return phone->phone;
}

Call leg_to(const std::string& phone, const Call& call, std::optional<std::string> caller_id, Chance& chance,
            Time now) {
  Call leg;
  leg.id = chance.id<CallTag>(now);
  leg.kind = CallKind::rep_leg;
  leg.leg_of = call.id;
  leg.rep_id = call.rep_id;
  leg.phone = phone;
  leg.caller_id = std::move(caller_id);
  leg.purpose = Purpose::information;
  leg.voice = Voice::human;
  leg.created_at = now;
  leg.created_by = call.created_by;
  return leg;
}

PlaceRequest request_of_leg(const Call& leg, const CampaignRules& rules) {
  return {.call = leg.id,
          .to = leg.phone,
          .from = leg.caller_id.value_or(""),
          .message = {},
          .ring_timeout = ring_time,
          .talk_limit = std::chrono::seconds(rules.talk_limit_seconds) + leg_outlasts_call,
          .detection = Detection::none};
}

}  // namespace ringdown::flow
