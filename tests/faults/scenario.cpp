#include "tests/faults/scenario.h"

#include "store/changes.h"
#include "store/coordination.h"
#include "store/outbox.h"
#include "store/people.h"

namespace ringdown::test {
namespace {

const Workspace clinic(nth<WorkspaceTag>(1));
const Workspace agency(nth<WorkspaceTag>(2));
const Uuid worker = nth<UserTag>(90).value;

void workspace(Tx& tx, const Workspace& one, const char* name) {
  store::add_workspace(tx, {one.id(), name, WorkspaceKind::live, tuesday});
}

void person(Tx& tx, std::uint64_t n, Role role) {
  const UserId id = nth<UserTag>(n);
  store::add_user(tx,
                  {id, std::to_string(n) + "@example.com", "Somebody", std::nullopt, tuesday, std::nullopt});
  store::put_membership(tx, clinic.id(), id, role, tuesday);
  store::add_session(tx, {Bytes(32, static_cast<std::uint8_t>(n)), id, tuesday, tuesday, tuesday + 24h});
}

void message(Tx& tx, std::uint64_t n, std::optional<std::string> dedupe = {}) {
  store::put_message(
      tx, {nth<store::MessageTag>(n), "mail", std::move(dedupe), Json{R"({"to": 1})"}, tuesday}, tuesday);
  store::add_change(tx, "message", nth<store::MessageTag>(n).value, tuesday);
}

void claim(Tx& tx, int limit) {
  store::claim_messages(tx, worker, tuesday, tuesday + 1min, limit);
}

store::Lease lease(std::int64_t fence) {
  return {"trim", worker, fence};
}

void many_messages(Tx& tx) {
  std::vector<Values> rows;
  for (std::uint64_t n = 100; n < 120; ++n) {
    rows.push_back({nth<store::MessageTag>(n), "bulk", Null{}, Json{"{}"}, tuesday, tuesday});
  }
  tx.run_each(sql::put_message, rows);
  store::add_change(tx, "import", std::nullopt, tuesday);
}

// Reads row by row what it then writes about.
void note_all(Tx& tx) {
  std::int64_t seen = 0;
  tx.scan(sql::messages_page, {Uuid{}, 1'000}, [&](const Row&) { ++seen; });
  for (int i = 0; i < std::min<std::int64_t>(seen, 3); ++i)
    store::add_change(tx, "seen", std::nullopt, tuesday);
}

}  // namespace

const std::vector<Step>& long_day() {
  static const std::vector<Step> steps{
      {"two workspaces",
       {},
       [](Tx& tx) { workspace(tx, clinic, "Clinic"), workspace(tx, agency, "Agency"); }},
      {"two people", {}, [](Tx& tx) { person(tx, 1, Role::owner), person(tx, 2, Role::rep); }},
      {"a key and a password",
       {},
       [](Tx& tx) {
         store::add_api_key(
             tx, {clinic.id(), nth<store::ApiKeyTag>(1), "import", "read", nth<UserTag>(1), tuesday, {}, {}},
             Bytes(32, 0xaa));
         store::set_password(tx, nth<UserTag>(1), "hash");
       }},
      {"three messages", clinic, [](Tx& tx) { message(tx, 1, "welcome"), message(tx, 2), message(tx, 3); }},
      {"one elsewhere", agency, [](Tx& tx) { message(tx, 1, "welcome"); }},
      {"a lease and a quota",
       {},
       [](Tx& tx) {
         store::take_lease(tx, "trim", worker, tuesday, tuesday + 30s);
         store::take_quota(tx, "calls", tuesday, 10);
       }},
      {"a round claims two", clinic,
       [](Tx& tx) { claim(tx, 2), store::add_change(tx, "round", {}, tuesday); }},
      {"one is sent", clinic,
       [](Tx& tx) {
         store::finish_message(tx, nth<store::MessageTag>(1), worker, tuesday);
         message(tx, 4);
       }},
      {"one is put off", clinic,
       [](Tx& tx) {
         store::retry_message(tx, nth<store::MessageTag>(2), worker, tuesday + 30min, "no answer");
         store::reschedule_outbox(tx, tuesday + 1h);
       }},
      {"an import", clinic, many_messages},
      {"a look at all", clinic, note_all},
      {"one is given up", clinic,
       [](Tx& tx) {
         claim(tx, 1);
         store::give_up_message(tx, nth<store::MessageTag>(3), worker, tuesday, "no such box");
         store::add_change(tx, "given up", {}, tuesday);
       }},
      {"somebody leaves",
       {},
       [](Tx& tx) {
         store::remove_membership(tx, clinic.id(), nth<UserTag>(2));
         store::disable_user(tx, nth<UserTag>(2), tuesday);
       }},
      {"the lease goes on",
       {},
       [](Tx& tx) {
         store::take_lease(tx, "trim", worker, tuesday + 1min, tuesday + 2min);
         store::take_quota(tx, "calls", tuesday + 1h, 10);
       }},
      {"the end of the day",
       {},
       [](Tx& tx) {
         store::release_lease(tx, lease(2), tuesday + 1min);
         store::forget_quotas(tx, tuesday + 2h);
         store::end_stale_sessions(tx, tuesday + 25h, tuesday);
       }},
  };
  return steps;
}

const std::vector<Step>& short_day() {
  static const std::vector<Step> steps{long_day()[0], long_day()[3], long_day()[10], long_day()[13]};
  return steps;
}

void perform(Db& db, const Step& step) {
  if (step.workspace) {
    await(db.write(*step.workspace, step.work));
  } else {
    await(db.instance(step.work));
  }
}

std::vector<std::string> undisturbed(const FreshStore& store, Db& db, const std::vector<Step>& steps) {
  empty(store);
  std::vector<std::string> states{all_rows(store)};
  for (const Step& step : steps) {
    perform(db, step);
    states.push_back(all_rows(store));
  }
  return states;
}

std::string answer_of(Db& db, const Step& step) {
  try {
    perform(db, step);
    return "";
  } catch (const Breakage& breakage) {
    return to_text(breakage.reason());
  }
}

}  // namespace ringdown::test
