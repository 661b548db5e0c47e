#include "domain/dial_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "domain/dial_hearing.h"

namespace ringdown {
namespace {

// Only rules that begin in between make more than two rounds necessary.
constexpr int rounds_max = 16;

const RuleAnswer* refusal_in(const std::vector<RuleAnswer>& answers) {
  const auto found = std::ranges::find(answers, Decision::refuse, &RuleAnswer::decision);
  return found == answers.end() ? nullptr : &*found;
}

const RuleAnswer* longest_wait_in(const std::vector<RuleAnswer>& answers) {
  const auto longest = std::ranges::max_element(answers, {}, &RuleAnswer::until);
  return longest == answers.end() || !longest->until ? nullptr : &*longest;
}

class Decider {
 public:
  Decider(const DialFacts& facts, const Rulebook& book, Time now)
      : hearing_(facts, book), now_(now), at_(now) {}

  Verdict run() {
    for (int round = 0; round < rounds_max; ++round) {
      std::vector<RuleAnswer> answers = hearing_.ask(at_);
      if (round == 0) keep(answers);
      if (const RuleAnswer* refusal = refusal_in(answers)) return refuse(*refusal);
      if (!wait(answers)) return settle();
      if (!verdict_.until) return refuse_for_ever();
    }
    return refuse_for_ever();
  }

 private:
  void keep(const std::vector<RuleAnswer>& answers) {
    verdict_.asked = answers;
    std::ranges::move(hearing_.ask_windows(now_), std::back_inserter(verdict_.asked));
  }

  // Goes to the next moment that may do; false where this one does.
  bool wait(const std::vector<RuleAnswer>& answers) {
    if (const RuleAnswer* longest = longest_wait_in(answers)) {
      wait_until(longest->until, longest->rule, longest->says);
      return true;
    }
    const LawfulMoment moment = next_lawful_moment(hearing_.windows(), at_);
    if (!moment.decided) return false;
    wait_until(moment.at, std::string(moment.decided->rule), why_closed(*moment.decided, at_));
    return true;
  }

  void wait_until(std::optional<Time> until, std::string rule, std::string says) {
    verdict_.until = until;
    verdict_.rule = std::move(rule);
    verdict_.says = std::move(says);
    at_ = until.value_or(at_);
  }

  Verdict settle() {
    verdict_.decision = at_ == now_ ? Decision::allow : Decision::defer;
    return std::move(verdict_);
  }

  Verdict refuse(const RuleAnswer& refusal) {
    verdict_.decision = Decision::refuse;
    verdict_.until.reset();
    verdict_.rule = refusal.rule;
    verdict_.says =
        at_ == now_ ? refusal.says : fmt::format("not before {}, and then: {}", to_text(at_), refusal.says);
    return std::move(verdict_);
  }

  Verdict refuse_for_ever() {
    verdict_.decision = Decision::refuse;
    verdict_.until.reset();
    verdict_.says += "; within 14 days no moment suits every rule and every clock";
    return std::move(verdict_);
  }

  DialHearing hearing_;
  Time now_;
  Time at_;
  Verdict verdict_;
};

}  // namespace

Verdict may_dial(const DialFacts& facts, const Rulebook& book, Time now) {
  return Decider(facts, book, now).run();
}

}  // namespace ringdown
