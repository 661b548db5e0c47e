#include "sim/invariants.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/oracle.h"

namespace ringdown::sim {
namespace {

// A request begins a moment after its claim, which is what our own records count from; two nodes' clocks
// differ.
constexpr Span claim_to_request_max = 3s;
constexpr Span second_less_jitter = 900ms;

std::string name_of(const LedgerRequest& request) {
  return fmt::format("the request for call {} at {}", to_text(request.asked.call),
                     to_text(request.node_clock));
}

// Whether something may have rung for it, or could have: everything but a plain no.
bool is_attempt(const LedgerRequest& request) {
  return !request.rejected || *request.rejected == Rejection::blocked ||
         *request.rejected == Rejection::failed;
}

std::map<std::string, std::vector<const LedgerRequest*>> attempts_by_phone(const Ledger& ledger) {
  std::map<std::string, std::vector<const LedgerRequest*>> by_phone;
  for (const LedgerRequest& request : ledger.requests) {
    if (is_attempt(request)) by_phone[request.asked.to].push_back(&request);
  }
  return by_phone;
}

bool holds_at(const Ban& ban, Span moment) {
  return ban.from < moment && (!ban.until || moment < *ban.until);
}

bool is_live_at(const LedgerCall& call, Span moment) {
  return call.created <= moment && (!call.ended || *call.ended > moment);
}

const Call* find(const std::vector<Call>& calls, CallId id) {
  const auto found = std::ranges::find(calls, id, &Call::id);
  return found == calls.end() ? nullptr : &*found;
}

// A paused campaign does not concern calls that somebody asks for.
bool is_about(const Ban& ban, const LedgerRequest& request, const Remains& is) {
  const Call* call = find(is.calls, request.asked.call);
  switch (ban.kind) {
    case BanKind::pause: return !call || call->campaign_id == is.house.campaign;
    case BanKind::number: return ban.phone == request.asked.to;
    case BanKind::call: return ban.call == request.asked.call;
  }
  return false;
}

// Several leads may share a number; whatever holds for one of them holds for the number.
std::vector<const Person*> people_of(const House& house, const std::string& phone) {
  std::vector<const Person*> found;
  for (const Person& person : house.people) {
    if (person.phone == phone) found.push_back(&person);
  }
  return found;
}

std::string calls_of(const Remains& is, LeadId lead) {
  std::string text;
  for (const Call& call : is.calls) {
    if (call.lead_id != lead) continue;
    text += fmt::format("{} {} ", to_text(call.id), call.cause ? to_text(*call.cause) : to_text(call.status));
  }
  return text;
}

// What a call for which somebody asked costs is nobody's budget.
std::int64_t spent_by_campaign(const Remains& is) {
  std::int64_t spent = 0;
  for (const LedgerCall& entry : is.ledger.calls) {
    const Call* call = find(is.calls, is.ledger.request_of(entry).asked.call);
    if (call && call->campaign_id) spent += entry.cost_micros;
  }
  return spent;
}

}  // namespace

void only_lawful_requests(const Remains& is, Broken& broken) {
  for (const LedgerRequest& request : is.ledger.requests) {
    const auto people = people_of(is.house, request.asked.to);
    if (people.empty()) broken.push_back(name_of(request) + " is for a number of nobody's");
    for (const Person* person : people) {
      if (!person->may_ever_be_called()) {
        broken.push_back(fmt::format("{} is for somebody who is never to be called ({})", name_of(request),
                                     to_text(person->standing)));
      } else if (!may_be_called_at(*person, request.node_clock)) {
        broken.push_back(fmt::format("{} is outside lawful hours in {}", name_of(request), person->state));
      }
    }
  }
}

void no_request_under_a_ban(const Remains& is, Broken& broken) {
  for (const LedgerRequest& request : is.ledger.requests) {
    for (const Ban& ban : is.house.bans) {
      if (is_about(ban, request, is) && holds_at(ban, request.begun)) {
        broken.push_back(fmt::format("{} begins {} us after a {} was in force", name_of(request),
                                     (request.begun - ban.from).count(), to_text(ban.kind)));
      }
    }
  }
}

void one_request_per_attempt(const Remains& is, Broken& broken) {
  std::map<CallId, int> requests;
  for (const LedgerRequest& request : is.ledger.requests) {
    if (request.rejected != Rejection::busy && ++requests[request.asked.call] == 2) {
      broken.push_back(name_of(request) + " is not the first one of that call");
    }
  }
}

void one_live_call_per_number(const Remains& is, Broken& broken) {
  for (std::size_t i = 0; i < is.ledger.calls.size(); ++i) {
    const LedgerCall& call = is.ledger.calls[i];
    for (std::size_t j = 0; j < i; ++j) {
      const LedgerCall& earlier = is.ledger.calls[j];
      const bool same = is.ledger.request_of(call).asked.to == is.ledger.request_of(earlier).asked.to;
      if (same && is_live_at(earlier, call.created)) {
        broken.push_back(name_of(is.ledger.request_of(call)) + " made a second live call to its number");
      }
    }
  }
}

void gaps_and_caps_are_kept(const Remains& is, Broken& broken) {
  for (const auto& [phone, attempts] : attempts_by_phone(is.ledger)) {
    const auto cap = static_cast<std::size_t>(is.house.limits.calls_a_day);
    for (std::size_t i = 1; i < attempts.size(); ++i) {
      const Span since = attempts[i]->node_clock - attempts[i - 1]->node_clock;
      if (since < is.house.limits.gap - claim_to_request_max) {
        broken.push_back(
            fmt::format("{} comes {} s after the one before it", name_of(*attempts[i]), since / 1s));
      }
      if (i < cap) continue;
      const Span within = attempts[i]->node_clock - attempts[i - cap]->node_clock;
      if (within < 24h - claim_to_request_max) {
        broken.push_back(fmt::format("{} is one more than {} in 24 hours", name_of(*attempts[i]), cap));
      }
    }
  }
}

// Nodes agree on moments, each by its own clock: where these differ, or were set, neither they nor the true
// time alone can be kept.
void pace_is_kept(const Remains& is, Broken& broken) {
  const Limits& limits = is.house.limits;
  auto requests = is.ledger.requests;
  std::ranges::sort(requests, {}, &LedgerRequest::node_clock);
  const auto many = static_cast<std::size_t>(limits.calls_per_second);
  for (std::size_t i = many; i < requests.size(); ++i) {
    const LedgerRequest& earlier = requests[i - many];
    const bool by_clocks = requests[i].node_clock - earlier.node_clock < second_less_jitter;
    if (by_clocks && std::chrono::abs(requests[i].begun - earlier.begun) < second_less_jitter) {
      broken.push_back(fmt::format("{} is one more than {} a second", name_of(requests[i]), many));
    }
  }
  for (const LedgerCall& call : is.ledger.calls) {
    const auto live = std::ranges::count_if(
        is.ledger.calls, [&](const LedgerCall& other) { return is_live_at(other, call.created); });
    if (live > limits.live_calls_max) {
      broken.push_back(fmt::format("{} makes {} calls at once of {}", name_of(is.ledger.request_of(call)),
                                   live, limits.live_calls_max));
    }
  }
  const std::int64_t spent = spent_by_campaign(is);
  if (limits.budget_micros > 0 && spent > limits.budget_micros) {
    broken.push_back(fmt::format("{} were spent of {} (millionths)", spent, limits.budget_micros));
  }
}

void every_ring_is_known(const Remains& is, Broken& broken) {
  for (const LedgerCall& entry : is.ledger.calls) {
    const std::string what = name_of(is.ledger.request_of(entry));
    const Call* call = find(is.calls, is.ledger.request_of(entry).asked.call);
    if (!call) {
      broken.push_back(what + " made a call that we do not know");
    } else if (call->call_sid != entry.sid) {
      broken.push_back(what + " made a call that we do not know by its sid");
    } else if (call->cause != entry.cause) {
      broken.push_back(fmt::format("{} ended as {} and is known as {}", what, to_text(*entry.cause),
                                   call->cause ? to_text(*call->cause) : "nothing"));
    }
  }
  std::map<std::string, int> by_sid;
  for (const Call& call : is.calls) {
    if (!call.call_sid) continue;
    if (++by_sid[*call.call_sid] > 1) broken.push_back("two calls of ours have one sid");
    if (std::ranges::find(is.ledger.calls, *call.call_sid, &LedgerCall::sid) == is.ledger.calls.end()) {
      broken.push_back(fmt::format("call {} has a sid that the carrier does not know", to_text(call.id)));
    }
  }
}

void nothing_stays_open(const Remains& is, Broken& broken) {
  for (const Call& call : is.calls) {
    if (!is_terminal(call.status) && call.status != CallStatus::queued) {
      broken.push_back(fmt::format("call {} is still {}", to_text(call.id), to_text(call.status)));
    }
  }
  for (const LinePlace& place : is.line) {
    if (place.state == LineState::out) broken.push_back("a place in the line is out, and no call is");
  }
}

void every_lead_counts_once(const Remains& is, Broken& broken) {
  if (is.leads.size() != is.house.people.size()) {
    broken.push_back(fmt::format("{} leads came and {} are there", is.house.people.size(), is.leads.size()));
  }
  for (const Lead& lead : is.leads) {
    const auto attempts = std::ranges::count_if(
        is.calls, [&](const Call& call) { return call.lead_id == lead.id && call.counts; });
    if (attempts != lead.call_attempts) {
      broken.push_back(fmt::format("lead {} counts {} attempts and had {}", to_text(lead.id),
                                   lead.call_attempts, attempts));
    }
    // Who asked to be called back is called, however often we had tried before.
    const auto ours = std::ranges::count_if(is.calls, [&](const Call& call) {
      return call.lead_id == lead.id && call.counts && !call.asked_for;
    });
    const auto callbacks = std::ranges::count_if(is.calls, [&](const Call& call) {
      return call.lead_id == lead.id && call.agreement == Agreement::callback;
    });
    if (ours - callbacks > is.house.limits.attempts_max) {
      broken.push_back(fmt::format("lead {} had {} attempts of {}: {}", to_text(lead.id), ours,
                                   is.house.limits.attempts_max, calls_of(is, lead.id)));
    }
    if (lead.status == LeadStatus::calling) {
      broken.push_back(fmt::format("lead {} is still being called", to_text(lead.id)));
    }
  }
}

void nobody_is_forgotten(const Remains& is, Broken& broken) {
  constexpr Span waits_max = std::chrono::days(3);
  if (is.campaign.state != CampaignState::running) return;
  for (const Lead& lead : is.leads) {
    if (lead.status != LeadStatus::pending && lead.status != LeadStatus::callback) continue;
    const auto place = std::ranges::find(is.line, lead.id.value, &LinePlace::subject);
    if (place == is.line.end()) {
      broken.push_back(fmt::format("lead {} stands in no line", to_text(lead.id)));
    } else if (place->state == LineState::done) {
      broken.push_back(
          fmt::format("lead {} is {}, and its place is done", to_text(lead.id), to_text(lead.status)));
    } else if (place->state == LineState::waiting && place->ready_at > is.ended_at + waits_max) {
      broken.push_back(fmt::format("lead {} waits until {}", to_text(lead.id), to_text(place->ready_at)));
    }
  }
}

// What a call cost of which the carrier never told is taken to be as much as it may have.
void money_adds_up(const Remains& is, Broken& broken) {
  const std::int64_t spent = spent_by_campaign(is);
  const bool all_told = std::ranges::all_of(is.calls, [](const Call& call) {
    return call.cost_micros.has_value() || !call.placing_at || call.cause != Cause::not_found;
  });
  if (is.campaign.reserved_micros != 0) {
    broken.push_back(fmt::format("{} stay reserved (millionths)", is.campaign.reserved_micros));
  }
  if (is.campaign.spent_micros < spent || (all_told && is.campaign.spent_micros > spent)) {
    broken.push_back(
        fmt::format("{} were spent, and {} are known (millionths)", spent, is.campaign.spent_micros));
  }
}

Broken broken_invariants(const Remains& remains) {
  Broken broken;
  for (const auto holds :
       {only_lawful_requests, no_request_under_a_ban, one_request_per_attempt, one_live_call_per_number,
        gaps_and_caps_are_kept, pace_is_kept, every_ring_is_known, nothing_stays_open, every_lead_counts_once,
        nobody_is_forgotten, money_adds_up}) {
    holds(remains, broken);
  }
  return broken;
}

int late_rings(const Remains& is) {
  int late = 0;
  for (const LedgerCall& call : is.ledger.calls) {
    if (!call.rang) continue;
    const bool banned = std::ranges::any_of(is.house.bans, [&](const Ban& ban) {
      return is_about(ban, is.ledger.request_of(call), is) && holds_at(ban, *call.rang);
    });
    late += banned ? 1 : 0;
  }
  return late;
}

}  // namespace ringdown::sim
