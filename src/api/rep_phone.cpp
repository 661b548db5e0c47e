// The phone at which whoever is signed in takes calls in this workspace.
#include "domain/rep_phone.h"

#include <fmt/format.h>

#include "api/api.h"
#include "api/dialing.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "flow/rep_phones.h"
#include "ports/clock.h"
#include "store/calls.h"
#include "store/coordination.h"
#include "store/rep_phones.h"

namespace ringdown {
namespace {

constexpr std::int64_t checks_a_day = 10;

struct PhoneInput {
  std::string phone;
};
BOOST_DESCRIBE_STRUCT(PhoneInput, (), (phone))

struct PhoneShown {
  std::optional<std::string> phone;
  std::optional<Time> asked_at;
  std::optional<Time> confirmed_at;
  std::optional<std::string> code;
  std::optional<CallId> call_id;
  std::optional<CallStatus> call_status;
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(PhoneShown, (), (phone, asked_at, confirmed_at, code, call_id, call_status, problem))

}  // namespace

template <>
inline constexpr auto json_rules<PhoneInput> =
    rules_of<PhoneInput>(field(&PhoneInput::phone, length(1, 60), says("yours, which will be rung")));

template <>
inline constexpr auto json_rules<PhoneShown> = rules_of<PhoneShown>(
    named("Phone"), field(&PhoneShown::phone, says("missing where you have none")),
    field(&PhoneShown::confirmed_at, says("nobody is connected to it before")),
    field(&PhoneShown::code, says("to be entered at the phone when it rings, until it is confirmed")),
    field(&PhoneShown::call_id, says("the call that rings it for that")),
    field(&PhoneShown::problem, says("why that call did not come about")));

namespace {

PhoneShown shown(Tx& tx, const RepPhone& phone) {
  PhoneShown answer{.phone = phone.phone,
                    .asked_at = phone.asked_at,
                    .confirmed_at = phone.confirmed_at,
                    .code = {},
                    .call_id = phone.call_id,
                    .call_status = {},
                    .problem = {}};
  const auto call = store::find_call(tx, phone.call_id);
  if (!call || phone.confirmed_at) return answer;
  answer.call_status = call->status;
  answer.problem = call->problem;
  if (!is_terminal(call->status)) answer.code = call->code;
  return answer;
}

PhoneShown phone_of(Tx& tx, const flow::Act& act) {
  const auto phone = act.user ? store::find_rep_phone(tx, *act.user) : std::nullopt;
  return phone ? shown(tx, *phone) : PhoneShown{};
}

Task<Result<PhoneShown>> get_phone(Asked& asked) {
  const auto act = act_of(asked, asked.api.clock.now());
  co_return co_await asked.api.db.read(asked.workspace(), [act](Tx& tx) { return phone_of(tx, act); });
}

// However many numbers somebody may try.
Task<bool> may_ask_again(const Asked& asked, UserId user) {
  const Time today = std::chrono::floor<std::chrono::days>(asked.api.clock.now());
  co_return co_await asked.api.db.instance(
      [user, today](Tx& tx) { return store::take_quota(tx, "phone/" + to_text(user), today, checks_a_day); });
}

Task<Result<Accepted<PhoneShown>>> put_phone(Asked& asked, Body<PhoneInput> body) {
  const auto who = act_of(asked, asked.api.clock.now()).user;
  if (who && !co_await may_ask_again(asked, *who)) {
    co_return fail(Reason::too_many, fmt::format("a phone may be asked for {} times a day", checks_a_day));
  }
  auto work = [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
               phone = std::move(body.value.phone)](Tx& tx) -> Result<PhoneShown> {
    const auto call = flow::ask_for_phone(tx, act, desk(tx), phone);
    if (!call) return std::unexpected(call.error());
    return phone_of(tx, act);
  };
  auto rung = co_await asked.api.db.write(asked.workspace(), std::move(work), Urgency::urgent);
  if (!rung) co_return std::unexpected(rung.error());
  co_return Accepted<PhoneShown>{*std::move(rung)};
}

Task<Result<Done>> delete_phone(Asked& asked) {
  const auto act = act_of(asked, asked.api.clock.now());
  auto work = [act](Tx& tx) -> Result<Done> {
    if (auto forgotten = flow::forget_phone(tx, act); !forgotten) return std::unexpected(forgotten.error());
    return Done{};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace

const RouteTable rep_phone_routes = {
    route(Verb::get, "/api/phone", "The phone at which you take calls", Access::rep, get_phone),
    route(Verb::put, "/api/phone", "Has it rung, so that you enter a code there", Access::rep, put_phone),
    route(Verb::del, "/api/phone", "You take no calls any more", Access::rep, delete_phone),
};

}  // namespace ringdown
