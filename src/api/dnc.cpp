// Numbers that are not called.
#include <set>

#include "api/api.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "api/upload_form.h"
#include "base/csv.h"
#include "flow/laws.h"
#include "flow/line_up.h"
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

struct DncImported {
  std::int64_t added;
  std::int64_t known;
  std::int64_t invalid;
  std::vector<std::string> complaints;
};
BOOST_DESCRIBE_STRUCT(DncImported, (), (added, known, invalid, complaints))

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
inline constexpr auto json_rules<DncImported> = rules_of<DncImported>(
    field(&DncImported::known, says("how many were on the list already, or twice in the file")),
    field(&DncImported::complaints, says("about the first lines without a number")));

template <>
inline constexpr auto json_rules<DncRemoval> =
    rules_of<DncRemoval>(field(&DncRemoval::phone, length(1, 60)),
                         field(&DncRemoval::reason, Form::line, length(1, 500),
                               says("why they may be called again; the audit trail keeps it")));

namespace {

Task<Result<std::vector<store::BlockedNumber>>> list_numbers(Asked& asked, Query<DncQuery> query) {
  auto work = [here = desk_of(asked),
               query = query.value](Tx& tx) -> Result<std::vector<store::BlockedNumber>> {
    if (!query.phone) return store::blocked_numbers_page(tx, query.after, query.limit);
    auto number = flow::number_of(here(tx), *query.phone);
    if (!number) return std::unexpected(std::move(number.error()));
    const auto blocked = store::blocked_number(tx, *number);
    return blocked ? std::vector{*blocked} : std::vector<store::BlockedNumber>{};
  };
  co_return co_await asked.api.db.read(asked.workspace(), std::move(work));
}

// How many were not on the list.
std::int64_t block(Tx& tx, const flow::Act& act, std::vector<std::string> phones, const char* source,
                   const std::optional<std::string>& reason) {
  const std::int64_t added = flow::block_in(tx, act, std::move(phones), source, reason);
  if (added > 0) flow::note_here(tx, act, "numbers put on the dnc list", std::to_string(added));
  return added;
}

Task<Result<DncAdded>> block_numbers(Asked& asked, Body<DncInput> body) {
  auto work = [here = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
               in = std::move(body.value)](Tx& tx) -> Result<DncAdded> {
    const flow::NumberDesk desk = here(tx);
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < in.phones.size(); ++i) {
      auto number = flow::number_of(desk, in.phones[i]);
      if (!number) {
        return fail(Reason::invalid, number.error().text, "phones[" + std::to_string(i) + "]");
      }
      numbers.push_back(*std::move(number));
    }
    const std::set<std::string> different(numbers.begin(), numbers.end());
    const std::int64_t added = block(tx, act, std::move(numbers), "manual", in.reason);
    return DncAdded{added, std::ssize(different) - added};
  };
  const auto added = co_await asked.api.db.write(asked.workspace(), std::move(work), Urgency::urgent);
  if (!added) co_return std::unexpected(added.error());
  co_await flow::until_none_begins(asked.api.db, asked.api.clock, asked.workspace());
  co_return *added;
}

constexpr std::size_t numbers_per_unit = 1000;
constexpr std::size_t complaints_max = 100;

// A list on its way in: a number per row, wherever in the row it stands. Uploading it again does no harm, so
// what was cut off is simply sent again.
class DncList {
 public:
  DncList(Asked& asked, flow::NumberDesk desk) : asked_(asked), desk_(std::move(desk)) {}

  Task<Result<void>> add(std::string_view bytes) {
    if (auto pushed = reader_.push(bytes); !pushed) co_return pushed;
    co_return co_await take_rows();
  }

  Task<Result<DncImported>> finish() {
    if (auto whole = reader_.finish(); !whole) co_return std::unexpected(std::move(whole.error()));
    if (auto taken = co_await take_rows(); !taken) co_return std::unexpected(std::move(taken.error()));
    co_await write();
    co_await flow::until_none_begins(asked_.api.db, asked_.api.clock, asked_.workspace());
    co_return std::move(done_);
  }

 private:
  Task<Result<void>> take_rows() {
    while (const CsvRow* row = reader_.next()) {
      if (!take(*row) && !is_header(*row)) complain(*row);
      first_ = false;
      if (phones_.size() >= numbers_per_unit) co_await write();
    }
    co_return Result<void>{};
  }

  bool take(const CsvRow& row) {
    for (const std::string_view cell : row.cells) {
      auto number = flow::number_of(desk_, std::string(cell));
      if (!number) continue;
      phones_.push_back(*std::move(number));
      return true;
    }
    return false;
  }

  bool is_header(const CsvRow& row) const { return first_ && row.problem.empty(); }

  void complain(const CsvRow& row) {
    ++done_.invalid;
    if (done_.complaints.size() >= complaints_max) return;
    const std::string why = row.problem.empty() ? "there is no number that could be called" : row.problem;
    done_.complaints.push_back("line " + std::to_string(row.line) + ": " + why);
  }

  Task<void> write() {
    const auto count = std::ssize(phones_);
    auto work = [act = act_of(asked_, asked_.api.clock.now()), phones = std::exchange(phones_, {})](Tx& tx) {
      return block(tx, act, phones, "import", {});
    };
    const std::int64_t added =
        co_await asked_.api.db.write(asked_.workspace(), std::move(work), Urgency::bulk);
    done_.added += added;
    done_.known += count - added;
  }

  Asked& asked_;
  flow::NumberDesk desk_;
  CsvReader reader_;
  bool first_ = true;
  std::vector<std::string> phones_;
  DncImported done_{};
};

Task<Result<DncImported>> import_numbers(Asked& asked) {
  auto desk =
      co_await asked.api.db.read(asked.workspace(), [here = desk_of(asked)](Tx& tx) { return here(tx); });
  DncList list(asked, std::move(desk));
  const auto form =
      co_await read_form(asked.request, [&list](std::string_view bytes) { return list.add(bytes); });
  if (!form) co_return std::unexpected(form.error());
  co_return co_await list.finish();
}

Task<Result<Done>> unblock_number(Asked& asked, Body<DncRemoval> body) {
  auto work = [here = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
               in = std::move(body.value)](Tx& tx) -> Result<Done> {
    auto number = flow::number_of(here(tx), in.phone);
    if (!number) return std::unexpected(std::move(number.error()));
    if (!store::unblock_number(tx, *number, act.now, act.user, in.reason)) {
      return fail(Reason::not_found, "this number is not on the list", "phone");
    }
    flow::note_here(tx, act, "number taken off the dnc list", *number + ": " + in.reason);
    flow::judge_anew(tx, std::span(&*number, 1), act.now);
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
    route(Verb::post, "/api/dnc/import", "Puts the numbers of a file on the list", Access::admin,
          import_numbers)
        .key(KeyScope::import)
        .raw_body("multipart/form-data")
        .body(upload_plan),
    route(Verb::post, "/api/dnc/remove", "Takes a number off the list, with the reason", Access::admin,
          unblock_number)
        .key(KeyScope::admin),
};

}  // namespace ringdown
