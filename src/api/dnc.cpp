// Numbers that are not called.
#include "api/api.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "ports/clock.h"
#include "store/changes.h"
#include "store/consents.h"

namespace ringdown {
namespace {

struct DncQuery {
  int limit = 50;
  std::string after;
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(DncQuery, (), (limit, after, phone))

struct DncInput {
  std::vector<std::string> phones;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DncInput, (), (phones, reason))

struct DncAdded {
  std::int64_t added;
  std::int64_t known;
};
BOOST_DESCRIBE_STRUCT(DncAdded, (), (added, known))

struct DncRemoval {
  std::string phone;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DncRemoval, (), (phone, reason))

}  // namespace

template <>
inline constexpr auto json_rules<DncQuery> = rules_of<DncQuery>(
    field(&DncQuery::limit, range(1, 1000), may_be_missing),
    field(&DncQuery::after, length(0, 60), may_be_missing, says("the last number of the page before")),
    field(&DncQuery::phone, length(1, 60), says("only this number")));

template <>
inline constexpr auto json_rules<DncInput> =
    rules_of<DncInput>(field(&DncInput::phones, length(1, 5000), each(length(1, 60))),
                       field(&DncInput::reason, Form::line, length(1, 500)));

template <>
inline constexpr auto json_rules<DncAdded> =
    rules_of<DncAdded>(field(&DncAdded::known, says("how many were on the list already")));

template <>
inline constexpr auto json_rules<DncRemoval> =
    rules_of<DncRemoval>(field(&DncRemoval::phone, length(1, 60)),
                         field(&DncRemoval::reason, Form::line, length(1, 500),
                               says("why they may be called again; the audit trail keeps it")));

namespace {

Task<Result<std::vector<store::BlockedNumber>>> list_numbers(Asked& asked, Query<DncQuery> query) {
  auto work = [&asked, query = query.value](Tx& tx) -> Result<std::vector<store::BlockedNumber>> {
    if (!query.phone) return store::blocked_numbers_page(tx, query.after, query.limit);
    auto number = flow::number_of(desk_of(asked, tx), *query.phone);
    if (!number) return std::unexpected(std::move(number.error()));
    const auto blocked = store::blocked_number(tx, *number);
    return blocked ? std::vector{*blocked} : std::vector<store::BlockedNumber>{};
  };
  co_return co_await asked.api.db.read(asked.workspace(), std::move(work));
}

Task<Result<DncAdded>> block_numbers(Asked& asked, Body<DncInput> body) {
  auto work = [&asked, act = act_of(asked, asked.api.clock.now()),
               in = std::move(body.value)](Tx& tx) -> Result<DncAdded> {
    const flow::NumberDesk desk = desk_of(asked, tx);
    std::vector<store::BlockedNumber> numbers;
    for (std::size_t i = 0; i < in.phones.size(); ++i) {
      auto number = flow::number_of(desk, in.phones[i]);
      if (!number) {
        return fail(Reason::invalid, number.error().text, "phones[" + std::to_string(i) + "]");
      }
      numbers.push_back({.phone = *std::move(number),
                         .source = "manual",
                         .reason = in.reason,
                         .added_at = act.now,
                         .added_by = act.user});
    }
    std::ranges::sort(numbers, {}, &store::BlockedNumber::phone);
    const auto repeated = std::ranges::unique(numbers, {}, &store::BlockedNumber::phone);
    numbers.erase(repeated.begin(), repeated.end());

    const std::int64_t added = store::block_numbers(tx, numbers);
    flow::note_here(tx, act, "numbers put on the dnc list", std::to_string(added));
    if (added > 0) store::add_change(tx, "dnc", std::nullopt, act.now);
    return DncAdded{added, std::ssize(numbers) - added};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

Task<Result<Done>> unblock_number(Asked& asked, Body<DncRemoval> body) {
  auto work = [&asked, act = act_of(asked, asked.api.clock.now()),
               in = std::move(body.value)](Tx& tx) -> Result<Done> {
    auto number = flow::number_of(desk_of(asked, tx), in.phone);
    if (!number) return std::unexpected(std::move(number.error()));
    if (!store::unblock_number(tx, *number, act.now, act.user, in.reason)) {
      return fail(Reason::not_found, "this number is not on the list", "phone");
    }
    flow::note_here(tx, act, "number taken off the dnc list", *number + ": " + in.reason);
    store::add_change(tx, "dnc", std::nullopt, act.now);
    return Done{};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace

const RouteTable dnc_routes = {
    route(Verb::get, "/api/dnc", "Numbers that are not called, and those that may be again", Access::rep,
          list_numbers),
    route(Verb::post, "/api/dnc", "Puts numbers on the list", Access::rep, block_numbers)
        .key(KeyScope::import),
    route(Verb::post, "/api/dnc/remove", "Takes a number off the list, with the reason", Access::admin,
          unblock_number)
        .key(KeyScope::admin),
};

}  // namespace ringdown
