#include "sandbox/calls.h"

#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t calls_max = 100'000;

}  // namespace

Calls::Calls(boost::asio::any_io_executor loop, std::uint64_t seed, Ledger& ledger)
    : loop_(std::move(loop)), sids_(chance_of(seed, "sids")), ledger_(ledger) {}

CallPtr Calls::enter(CallPlan plan) {
  const auto made = std::make_shared<Call>(loop_, std::move(plan));
  made->sid = "CA" + hex_digits(sids_, 32);
  made->created = made->updated = now();
  calls_.push_back(made);
  by_sid_[made->sid] = made;
  forget_the_oldest();
  ledger_.write({.what = "created",
                 .sid = made->sid,
                 .to = made->plan.to,
                 .from = made->plan.from,
                 .url = made->plan.on_status.url});
  return made;
}

void Calls::forget_the_oldest() {
  if (calls_.size() <= calls_max) return;
  by_sid_.erase(calls_.front()->sid);
  calls_.pop_front();
}

CallPtr Calls::find(const std::string& sid) const {
  const auto found = by_sid_.find(sid);
  return found == by_sid_.end() ? nullptr : found->second;
}

void Calls::erase(const std::string& sid) {
  std::erase(calls_, find(sid));
  by_sid_.erase(sid);
}

}  // namespace ringdown::sandbox
