#include "flow/account_changes.h"

#include <algorithm>

#include "store/campaigns.h"
#include "store/changes.h"
#include "store/due.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr std::size_t accounts_max = 100;

// By which credentials are found: those of the accounts that the configuration gave the workspace.
std::string kind_of(const NumberDesk& desk, const std::vector<Account>& known) {
  if (!known.empty()) return known.front().kind;
  return desk.kind == WorkspaceKind::live ? "twilio" : "sandbox";
}

Result<std::vector<std::string>> numbers_of(const NumberDesk& desk, const std::vector<std::string>& written) {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < written.size(); ++i) {
    auto number = number_of(desk, written[i]);
    if (!number) return fail(Reason::invalid, number.error().text, "caller_ids[" + std::to_string(i) + "]");
    numbers.push_back(*std::move(number));
  }
  return numbers;
}

Result<void> put(const NumberDesk& desk, const AccountFields& said, Account& into) {
  auto numbers = numbers_of(desk, said.caller_ids);
  if (!numbers) return std::unexpected(std::move(numbers.error()));
  into.name = said.name;
  into.caller_ids = *std::move(numbers);
  into.calls_per_second = said.calls_per_second;
  into.live_calls_max = said.live_calls_max;
  into.number_calls_an_hour = said.number_calls_an_hour;
  return {};
}

// Who waited for room may find some now.
void tell(Tx& tx, const Act& act, const Account& account, const char* what) {
  note_here(tx, act, what, to_text(account.id));
  store::add_change(tx, "carrier-account", account.id.value, act.now);
  store::make_due_by(tx, store::dial_work, act.now);
}

}  // namespace

Result<Account> add_account(Tx& tx, const Act& act, const NumberDesk& desk, const AccountFields& said) {
  const auto known = store::accounts(tx);
  if (known.size() >= accounts_max) {
    return fail(Reason::conflict, "there are 100 carrier accounts already; change one of them");
  }
  Account account{.id = act.chance.id<AccountTag>(act.now),
                  .kind = kind_of(desk, known),
                  .next_send_at = act.now,
                  .created_at = act.now};
  if (auto done = put(desk, said, account); !done) return std::unexpected(std::move(done.error()));
  store::add_account(tx, account);
  tell(tx, act, account, "carrier account added");
  return account;
}

Result<Account> change_account(Tx& tx, const Act& act, const NumberDesk& desk, AccountId id,
                               const JsonPatch<AccountFields>& patch) {
  auto accounts = store::accounts(tx);
  const auto account = std::ranges::find(accounts, id, &Account::id);
  if (account == accounts.end()) return fail(Reason::not_found, "there is no such carrier account");
  AccountFields said{account->name, account->caller_ids, account->calls_per_second, account->live_calls_max,
                     account->number_calls_an_hour};
  patch.put_over(said);
  if (auto done = put(desk, said, *account); !done) return std::unexpected(std::move(done.error()));
  store::save_account(tx, *account);
  tell(tx, act, *account, "carrier account changed");
  return *account;
}

}  // namespace ringdown::flow
