// `ringdown user`: accounts by whoever sits at the machine, beside a product that serves or without one.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "api/common_passwords.h"
#include "app/commands.h"
#include "app/meant_workspace.h"
#include "app/open_store.h"
#include "app/read_password.h"
#include "app/system_clock.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "domain/email.h"
#include "flow/accounts.h"
#include "flow/sessions.h"
#include "ports/await.h"
#include "store/sign_in.h"

namespace ringdown {
namespace {

constexpr int page_size = 500;
constexpr std::size_t generated_bytes = 16;

template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Result<store::User> meant_user(Tx& tx, const std::string& email) {
  if (const auto user = store::find_user(tx, email)) return *user;
  return fail(Reason::not_found, "nobody has this address; `ringdown user list` names everybody");
}

// One command with what it works on.
class UserCommand {
 public:
  UserCommand(const Config& config, const UserOptions& options) : db_(open_store(config)), options_(options) {
    if (options.action != UserAction::list) email_ = value_or_throw(normalised_email(options.email));
  }

  void list() {
    std::string after;
    while (true) {
      const auto users =
          await(db_->instance_read([&](Tx& tx) { return store::users_page(tx, after, page_size); }));
      if (users.empty()) return;
      for (const store::User& user : users) print(user);
      after = users.back().email;
    }
  }

  void add() {
    const bool known =
        await(db_->instance_read([&](Tx& tx) { return store::find_user(tx, email_).has_value(); }));
    const flow::NewPerson person{
        .email = email_,
        .name = options_.name.empty() ? email_.substr(0, email_.find('@')) : options_.name,
        .password_hash = known ? "" : new_password_hash()};
    value_or_throw(change([&](Tx& tx, const flow::Act& act) -> Result<flow::Joined> {
      const auto workspace = workspace_or_first(tx, act);
      if (!workspace) return std::unexpected(workspace.error());
      return flow::add_user(tx, act, person, *workspace, options_.role);
    }));
    std::printf("%s is %s\n", email_.c_str(), to_text(options_.role).c_str());
  }

  void disable() {
    change_user([](Tx& tx, const flow::Act& act, UserId id) { return flow::disable_user(tx, act, id); });
    std::printf("%s is disabled\n", email_.c_str());
  }

  void role() {
    change_user([&](Tx& tx, const flow::Act& act, UserId id) -> Result<void> {
      const auto workspace = meant_workspace(tx, options_.workspace);
      if (!workspace) return std::unexpected(workspace.error());
      return flow::change_role(tx, act, workspace->id, id, options_.role);
    });
    std::printf("%s is %s\n", email_.c_str(), to_text(options_.role).c_str());
  }

  void password() {
    value_or_throw(await(db_->instance_read([&](Tx& tx) { return meant_user(tx, email_); })));
    const std::string hash = new_password_hash();
    change_user([&](Tx& tx, const flow::Act& act, UserId id) -> Result<void> {
      flow::reset_password(tx, act, id, hash);
      const bool has_totp = store::find_user(tx, id)->totp_secret.has_value();
      return options_.reset_totp && has_totp ? flow::drop_totp(tx, act, id) : Result<void>{};
    });
    std::printf("%s has another password; every session has ended\n", email_.c_str());
  }

 private:
  template <class Work>
  std::invoke_result_t<Work&, Tx&, const flow::Act&> change(Work work) {
    return await(
        db_->instance([&](Tx& tx) { return work(tx, flow::act_of_command_line(clock_.now(), chance_)); }));
  }

  template <class Work>
  void change_user(Work work) {
    value_or_throw(change([&](Tx& tx, const flow::Act& act) -> Result<void> {
      const auto user = meant_user(tx, email_);
      if (!user) return std::unexpected(user.error());
      return work(tx, act, user->id);
    }));
  }

  // On an instance that has none, the first workspace is a rehearsing one, as a set-up code makes it.
  Result<WorkspaceId> workspace_or_first(Tx& tx, const flow::Act& act) {
    const std::string name = options_.workspace.empty() ? "Rehearsal" : options_.workspace;
    const auto meant = every_workspace(tx).empty()
                           ? flow::create_workspace(tx, act, name, WorkspaceKind::rehearsal)
                           : meant_workspace(tx, options_.workspace);
    if (!meant) return std::unexpected(meant.error());
    return meant->id;
  }

  std::string new_password_hash() {
    if (options_.generate) {
      const std::string password = crypto::random_token(generated_bytes);
      std::printf("password: %s\n", password.c_str());
      return crypto::hash_password(password);
    }
    const std::string password = value_or_throw(read_new_password(std::cin));
    value_or_throw(
        crypto::judge_password(password, email_, crypto::read_common_passwords(common_passwords())));
    return crypto::hash_password(password);
  }

  void print(const store::User& user) {
    std::string line = user.email;
    if (user.disabled_at) line += "  disabled";
    const auto workspaces =
        await(db_->instance_read([&](Tx& tx) { return store::workspaces_of(tx, user.id); }));
    for (const auto& workspace : workspaces) {
      line += fmt::format("  {} of {} ({}, {})", to_text(workspace.role), workspace.name,
                          to_text(workspace.kind), to_text(workspace.id));
    }
    std::puts(line.c_str());
  }

  std::unique_ptr<Db> db_;
  const UserOptions& options_;
  std::string email_;
  SystemClock clock_;
  SystemChance chance_;
};

}  // namespace

int user(const Config& config, const UserOptions& options) {
  UserCommand command(config, options);
  switch (options.action) {
    case UserAction::add: command.add(); break;
    case UserAction::list: command.list(); break;
    case UserAction::disable: command.disable(); break;
    case UserAction::password: command.password(); break;
    case UserAction::role: command.role(); break;
  }
  return 0;
}

}  // namespace ringdown
