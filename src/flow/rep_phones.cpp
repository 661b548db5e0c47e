#include "flow/rep_phones.h"

#include <fmt/format.h>

#include "flow/campaigns.h"
#include "flow/record.h"
#include "store/calls.h"
#include "store/changes.h"
#include "store/rep_phones.h"

namespace ringdown::flow {
namespace {

constexpr std::uint64_t codes = 10'000;

std::unexpected<Failure> nobodys() {
  return fail(Reason::conflict, "only who is signed in has a phone; a key has none");
}

bool is_being_rung(Tx& tx, UserId user) {
  const auto known = store::find_rep_phone(tx, user);
  const auto call = known ? store::find_call(tx, known->call_id) : std::nullopt;
  return call && !is_terminal(call->status);
}

Call check_of(const Act& act, std::string phone) {
  Call call;
  call.id = act.chance.id<CallTag>(act.now);
  call.kind = CallKind::phone_check;
  call.phone = std::move(phone);
  call.priority = Priority::high;
  call.purpose = Purpose::information;
  call.rep_id = act.user;
  call.code = fmt::format("{:04}", act.chance.number() % codes);
  call.asked_for = true;
  call.created_at = call.updated_at = act.now;
  call.created_by = act.user;
  return call;
}

}  // namespace

Result<Call> ask_for_phone(Tx& tx, const Act& act, const NumberDesk& desk, const std::string& phone) {
  if (!act.user) return nobodys();
  auto number = number_of(desk, phone);
  if (!number) return fail(Reason::invalid, number.error().text, "phone");
  if (is_being_rung(tx, *act.user)) {
    return fail(Reason::conflict, "your phone is being rung; wait for that call to end, or cancel it");
  }
  const Call call = check_of(act, *std::move(number));
  store::save_rep_phone(tx, {.user_id = *act.user,
                             .phone = call.phone,
                             .call_id = call.id,
                             .asked_at = act.now,
                             .confirmed_at = {}});
  put_in_line(tx, call, act.now);
  store::add_change(tx, "rep-phone", act.user->value, act.now);
  note_here(tx, act, "phone asked for", to_text(call.id));
  return call;
}

Result<void> forget_phone(Tx& tx, const Act& act) {
  if (!act.user) return nobodys();
  forget_phone_of(tx, act, *act.user);
  note_here(tx, act, "phone forgotten");
  return {};
}

void forget_phone_of(Tx& tx, const Act& act, UserId user) {
  const auto known = store::find_rep_phone(tx, user);
  if (!known) return;
  store::forget_rep_phone(tx, user);
  store::add_change(tx, "rep-phone", user.value, act.now);
  if (const auto check = store::find_call(tx, known->call_id); check && !is_terminal(check->status))
    record_in(tx, act.chance, EnginePolicy{}, check->id, {}, EndAsked{}, act.now).value();
}

}  // namespace ringdown::flow
