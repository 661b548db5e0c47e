// Every store function on every database: each scenario writes down what it observed, and the histories must agree.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

#include "store/changes.h"
#include "store/coordination.h"
#include "store/identities.h"
#include "store/facts.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/schema.h"
#include "store/settings.h"
#include "tests/conformance/history.h"
#include "tests/support/stores.h"
#include "tests/support/watched_db.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using store::Lease;

store::User user(std::uint64_t n, const std::string& email) {
  return {nth<UserTag>(n), email, "User " + std::to_string(n), std::nullopt, tuesday, std::nullopt};
}

void note_user(History& history, const std::optional<store::User>& found) {
  if (!found) return history.note("nobody");
  history.note("{} {} {} password {} since {} disabled {}", to_text(found->id), found->email, found->name,
               found->password_hash.value_or("none"), to_text(found->created_at), shown(found->disabled_at));
}

void people(Db& db, History& history) {
  history.note("schema {}", await(db.instance_read([](Tx& tx) { return store::newest_migration(tx); })));
  const Workspace clinic = a_workspace(db, 1);
  a_workspace(db, 2);
  await(db.instance([&](Tx& tx) {
    history.note("users {}", store::count_users(tx));
    history.note("added {}", shown(store::add_user(tx, user(10, "ann@example.com"))));
    history.note("taken {}", shown(store::add_user(tx, user(11, "ann@example.com"))));
    history.note("added {}", shown(store::add_user(tx, user(12, "Zoe ünï@example.com"))));
    history.note("users {}", store::count_users(tx));
    note_user(history, store::find_user(tx, nth<UserTag>(10)));
    note_user(history, store::find_user(tx, "nobody@example.com"));

    store::set_password(tx, nth<UserTag>(10), "hash");
    history.note("disabled {}", shown(store::disable_user(tx, nth<UserTag>(10), tuesday + 1h)));
    history.note("again {}", shown(store::disable_user(tx, nth<UserTag>(10), tuesday + 2h)));
    note_user(history, store::find_user(tx, "ann@example.com"));

    const auto found = store::find_workspace(tx, clinic.id());
    history.note("{} is {}", found->name, to_text(found->kind));
    history.note("unknown {}", shown(store::find_workspace(tx, nth<WorkspaceTag>(9)).has_value()));
  }));
}

void memberships(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([&](Tx& tx) {
    const std::vector<std::string> names{"b", "a", "C", "é", "d", "Z", "_"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      store::add_user(tx, user(i, names[i] + "@example.com"));
      store::put_membership(tx, clinic.id(), nth<UserTag>(i), i == 0 ? Role::owner : Role::rep, tuesday);
    }
    store::put_membership(tx, agency.id(), nth<UserTag>(0), Role::admin, tuesday);
    store::put_membership(tx, clinic.id(), nth<UserTag>(1), Role::owner, tuesday);
    history.note("owners {}", store::count_owners(tx, clinic.id()));
    store::disable_user(tx, nth<UserTag>(1), tuesday);
    history.note("owners who can sign in {}", store::count_owners(tx, clinic.id()));
    history.note("role {}", shown(store::role_of(tx, agency.id(), nth<UserTag>(0))));
    history.note("stranger {}", shown(store::role_of(tx, agency.id(), nth<UserTag>(1))));
    for (const auto& one : store::workspaces_of(tx, nth<UserTag>(0))) {
      history.note("in {} ({}) as {}", one.name, to_text(one.kind), to_text(one.role));
    }
    for (const auto order : {sql::members_page_order::email, sql::members_page_order::name, sql::members_page_order::role}) {
      store::MemberPage page{.order = order, .limit = 3};
      while (true) {
        const auto members = store::members_page(tx, clinic.id(), page);
        if (members.empty()) break;
        for (const auto& member : members) history.note("{}: {} {}", to_text(order), member.email, to_text(member.role));
        page.after_key = members.back().sort_key;
        page.after_id = members.back().id;
      }
    }
    history.note("removed {}", shown(store::remove_membership(tx, clinic.id(), nth<UserTag>(2))));
    history.note("again {}", shown(store::remove_membership(tx, clinic.id(), nth<UserTag>(2))));
  }));
}

void note_key(History& history, const std::optional<store::ApiKey>& key) {
  if (!key) return history.note("no key");
  history.note("{} '{}' of {} used {} revoked {}", key->name, key->scopes, to_text(key->workspace_id), shown(key->used_at),
               shown(key->revoked_at));
}

void keys_and_sessions(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  const Bytes hash(32, 0xab);
  const Bytes other(32, 0x00);
  await(db.instance([&](Tx& tx) {
    store::add_user(tx, user(1, "ann@example.com"));
    const store::ApiKey key{clinic.id(), nth<store::ApiKeyTag>(5), "import", "read import", nth<UserTag>(1), tuesday, {}, {}};
    store::add_api_key(tx, key, hash);
    note_key(history, store::find_api_key(tx, hash));
    note_key(history, store::find_api_key(tx, other));
    store::touch_api_key(tx, clinic.id(), key.id, tuesday + 1h);
    history.note("revoked {}", shown(store::revoke_api_key(tx, clinic.id(), key.id, tuesday + 2h)));
    history.note("again {}", shown(store::revoke_api_key(tx, clinic.id(), key.id, tuesday + 3h)));
    for (const auto& one : store::api_keys_of(tx, clinic.id())) note_key(history, one);

    for (std::uint8_t i = 0; i < 4; ++i) {
      store::add_session(tx, {Bytes(32, i), nth<UserTag>(1), tuesday, tuesday, tuesday + std::chrono::hours(i + 1)});
    }
    store::touch_session(tx, Bytes(32, 1), tuesday + 30min);
    store::touch_session(tx, Bytes(32, 1), tuesday + 10min);
    const auto session = store::find_session(tx, Bytes(32, 1));
    history.note("seen {} ends {}", to_text(session->seen_at), to_text(session->ends_at));
    history.note("stale {}", store::end_stale_sessions(tx, tuesday + 1h, tuesday - 1h));
    history.note("ended {}", shown(store::end_session(tx, Bytes(32, 2))));
    history.note("again {}", shown(store::end_session(tx, Bytes(32, 2))));
    history.note("all of hers {}", store::end_sessions_of(tx, nth<UserTag>(1)));
    history.note("found {}", shown(store::find_session(tx, Bytes(32, 1)).has_value()));
  }));
}

void leases_and_quotas(Db& db, History& history) {
  const Uuid one = nth<UserTag>(1).value;
  const Uuid two = nth<UserTag>(2).value;
  const auto take = [&](Tx& tx, const Uuid& who, Time now) { return store::take_lease(tx, "trim", who, now, now + 30s); };
  await(db.instance([&](Tx& tx) {
    const auto first = take(tx, one, tuesday);
    history.note("fence {}", first->fence);
    history.note("held {}", shown(take(tx, two, tuesday + 10s).has_value()));
    history.note("renewed fence {}", take(tx, one, tuesday + 20s)->fence);
    history.note("holds {}", shown(store::holds_lease(tx, *first, tuesday + 49s)));
    history.note("lapsed {}", shown(store::holds_lease(tx, *first, tuesday + 50s)));
    const auto second = take(tx, two, tuesday + 50s);
    history.note("next fence {}", second->fence);
    history.note("old one lets go {}", shown(store::release_lease(tx, *first, tuesday + 51s)));
    history.note("holder lets go {}", shown(store::release_lease(tx, *second, tuesday + 52s)));
    history.note("own again fence {}", take(tx, two, tuesday + 53s)->fence);

    for (int i = 0; i < 4; ++i) history.note("quota {}", shown(store::take_quota(tx, "calls", tuesday, 3)));
    history.note("next window {}", shown(store::take_quota(tx, "calls", tuesday + 1h, 3)));
    history.note("a late one of the old window {}", shown(store::take_quota(tx, "calls", tuesday, 3)));
    history.note("none allowed {}", shown(store::take_quota(tx, "nothing", tuesday, 0)));
    history.note("forgotten {}", store::forget_quotas(tx, tuesday + 2h));
  }));
}

void changes(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  const auto topics_after = [&](store::ChangePosition position) {
    return await(db.instance_read([=](Tx& tx) {
      std::string topics;
      for (const auto& change : store::changes_after(tx, position, 10)) topics += change.topic + " ";
      return topics;
    }));
  };
  const auto end = [&] { return await(db.instance_read([](Tx& tx) { return store::changes_end(tx); })); };
  const auto known = [&](store::ChangePosition position) {
    return await(db.instance_read([=](Tx& tx) { return store::changes_known(tx, position); }));
  };

  history.note("at first '{}'", topics_after({}));
  await(db.write(clinic, [&](Tx& tx) { store::add_change(tx, "lead", nth<UserTag>(7).value, tuesday); }));
  const auto middle = end();
  await(db.write(agency, [&](Tx& tx) {
    store::add_change(tx, "call", std::nullopt, tuesday + 1h);
    store::add_change(tx, "queue", std::nullopt, tuesday + 1h);
  }));
  history.note("all '{}', later '{}', from the end '{}'", topics_after({}), topics_after(middle), topics_after(end()));
  const auto first = await(db.instance_read([&](Tx& tx) { return store::changes_after(tx, {}, 1); })).front();
  history.note("{} of {} at {}", shown(first.entity), to_text(first.workspace_id), to_text(first.at));
  const auto held_back = [](Tx& tx) { return store::changes_held_back(tx); };
  history.note("held back {}", shown(await(db.instance_read(held_back))));
  history.note("trimmed {}", await(db.instance([&](Tx& tx) { return store::trim_changes(tx, tuesday + 1h); })));
  history.note("trimmed again {}", await(db.instance([&](Tx& tx) { return store::trim_changes(tx, tuesday + 1h); })));
  history.note("left '{}'", topics_after(middle));
  history.note("start known {}, middle known {}, beyond known {}", shown(known({})), shown(known(middle)),
               shown(known({end().tx, end().id + 1})));
}

void facts(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  const auto pause = [&] {
    return await(db.instance_read([](Tx& tx) {
      const auto paused = store::dialing_pause(tx);
      return paused ? paused->says + " since " + to_text(paused->since) : "not paused";
    }));
  };
  history.note("{}", pause());
  await(db.instance([](Tx& tx) { store::pause_dialing(tx, "restored", tuesday); }));
  await(db.instance([](Tx& tx) { store::pause_dialing(tx, "restored again", tuesday + 1h); }));
  history.note("{}", pause());
  history.note("resumed {}", shown(await(db.instance([](Tx& tx) { return store::resume_dialing(tx); }))));
  history.note("again {}", shown(await(db.instance([](Tx& tx) { return store::resume_dialing(tx); }))));

  await(db.instance([](Tx& tx) { store::forget_past_changes(tx, tuesday); }));
  await(db.write(clinic, [](Tx& tx) { store::add_change(tx, "lead", {}, tuesday); }));
  await(db.instance_read([&](Tx& tx) {
    const auto change = store::changes_after(tx, {}, 10).front();
    history.note("start known {}, a position of before known {}, the new one known {}",
                 shown(store::changes_known(tx, {})), shown(store::changes_known(tx, {0, 1'000'000})),
                 shown(store::changes_known(tx, change.position())));
  }));
}

store::Message message(std::uint64_t n, std::optional<std::string> dedupe, Time ready_at) {
  return {nth<store::MessageTag>(n), "mail", std::move(dedupe), Json{R"({"to": 1})"}, ready_at};
}

void outbox(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  a_workspace(db, 2);
  const Uuid mine = nth<UserTag>(1).value;
  const Uuid theirs = nth<UserTag>(2).value;
  const auto due = [&](Time now) {
    return await(db.instance_read([=](Tx& tx) {
      return fmt::format("{} due, next {}", store::due_now(tx, store::outbox_work, now, 10).size(),
                         shown(store::next_due(tx, store::outbox_work)));
    }));
  };

  history.note("{}", due(tuesday));
  await(db.write(clinic, [&](Tx& tx) {
    history.note("put {}", shown(store::put_message(tx, message(1, "welcome", tuesday), tuesday)));
    history.note("put twice {}", shown(store::put_message(tx, message(2, "welcome", tuesday), tuesday)));
    history.note("put {}", shown(store::put_message(tx, message(3, {}, tuesday + 1h), tuesday)));
    history.note("put {}", shown(store::put_message(tx, message(4, {}, tuesday), tuesday)));
  }));
  history.note("{}", due(tuesday));
  await(db.write(clinic, [&](Tx& tx) {
    for (const auto& claimed : store::claim_messages(tx, mine, tuesday, tuesday + 1min, 10)) {
      history.note("claimed {} {} try {}", to_text(claimed.id), claimed.payload.text, claimed.tries);
    }
    history.note("nothing twice {}", store::claim_messages(tx, theirs, tuesday, tuesday + 1min, 10).size());
    history.note("lapsed are ready {}", store::claim_messages(tx, theirs, tuesday + 1min, tuesday + 2min, 1).size());
    history.note("mine passed on {}", shown(store::finish_message(tx, nth<store::MessageTag>(1), mine, tuesday)));
    history.note("theirs {}", shown(store::finish_message(tx, nth<store::MessageTag>(1), theirs, tuesday)));
    history.note("twice {}", shown(store::finish_message(tx, nth<store::MessageTag>(1), theirs, tuesday)));
    history.note("retry {}", shown(store::retry_message(tx, nth<store::MessageTag>(4), mine, tuesday + 30min, "no answer")));
    store::claim_messages(tx, mine, tuesday + 2h, tuesday + 3h, 1);
    history.note("given up {}", shown(store::give_up_message(tx, nth<store::MessageTag>(4), mine, tuesday, "no such box")));
    store::reschedule_outbox(tx, tuesday + 30s);
  }));
  history.note("{}", due(tuesday + 29s));
  history.note("{}", due(tuesday + 30s));
  await(db.read(clinic, [&](Tx& tx) {
    for (const auto& one : store::messages_page(tx, {}, 10)) {
      history.note("{} {} tries {} ready {} problem {} closed {}", to_text(one.id), to_text(one.state), one.tries,
                   to_text(one.ready_at), one.problem.value_or("none"), shown(one.closed_at));
    }
  }));
}

void refusals_and_throws(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  const auto put = [&](Tx& tx, std::uint64_t n) { store::put_message(tx, message(n, {}, tuesday), tuesday); };
  const auto count = [&] {
    return await(db.read(clinic, [](Tx& tx) { return store::messages_page(tx, {}, 100).size(); }));
  };

  const auto refused = await(db.write(clinic, [&](Tx& tx) -> Result<int> {
    put(tx, 1);
    return fail(Reason::conflict, "not today");
  }));
  history.note("refused: {}, left {}", refused.error().text, count());
  try {
    await(db.write(clinic, [&](Tx& tx) {
      put(tx, 2);
      throw Breakage(Reason::internal, "a bug");
    }));
  } catch (const Breakage& breakage) {
    history.note("thrown: {}, left {}", breakage.what(), count());
  }
  for (const auto& misuse : std::vector<std::function<void(Tx&)>>{
           [&](Tx& tx) { store::count_users(tx); },                                           // an instance statement
           [&](Tx& tx) { tx.run(sql::make_due, {"x"}); },                                    // a value is missing
           [&](Tx& tx) { tx.run(sql::make_due, {std::string("a\0b", 3), tuesday}); },        // no text of ours
           [&](Tx& tx) { tx.scan(sql::messages_page, {Uuid{}, 5}, [&](const Row&) { put(tx, 9); }); },
       }) {
    try {
      await(db.write(clinic, [&](Tx& tx) {
        put(tx, 3);
        misuse(tx);
      }));
      history.note("not noticed");
    } catch (const Breakage& breakage) {
      history.note("misuse is {}, left {}", to_text(breakage.reason()), count());
    }
  }
  const auto kept = await(db.write(clinic, [&](Tx& tx) -> Result<int> {
    put(tx, 4);
    return 4;
  }));
  history.note("kept {}, left {}", *kept, count());
}

void many_rows(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  std::vector<Values> rows;
  for (std::uint64_t n = 0; n < 12'000; ++n) {
    rows.push_back({nth<store::MessageTag>(n), "mail", Null{}, Json{"{}"}, tuesday, tuesday});
  }
  history.note("put {}", await(db.write(clinic, [&](Tx& tx) { return tx.run_each(sql::put_message, rows); })));
  await(db.read(clinic, [&](Tx& tx) {
    std::size_t seen = 0;
    tx.scan(sql::messages_page, {Uuid{}, 20'000}, [&](const Row& row) { seen += row.text(1) == "mail" ? 1 : 0; });
    history.note("scanned {}", seen);
    history.note("and the unit goes on: {}", store::messages_page(tx, {}, 5).size());
  }));
  CHECK_THROWS_AS(await(db.read(clinic, [&](Tx& tx) { return store::messages_page(tx, {}, 20'000).size(); })), Breakage);
}

SettingsChange change(std::vector<SettingValue> given) { return {std::move(given)}; }

void note_settings(History& history, const Settings& settings) {
  history.note("company '{}' zone {} region {} recording {}", settings.company_name, settings.timezone.text,
               settings.default_region.text, shown(settings.recording_enabled));
}

void settings(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([&](Tx& tx) { store::add_user(tx, user(1, "ann@example.com")); }));
  await(db.write(clinic, [&](Tx& tx) {
    note_settings(history, store::load_settings(tx));
    store::save_settings(tx, change({{"company_name", {"\"Clínica \\\"Ana\\\"\""}}, {"recording_enabled", {"true"}}}), tuesday,
                         nth<UserTag>(1));
    store::save_settings(tx, change({{"recording_enabled", {"false"}}, {"timezone", {"\"Europe/Paris\""}}}), tuesday + 1h, {});
    store::save_settings(tx, change({{"of_a_newer_version", {"[1, {\"a\": null}]"}}}), tuesday + 1h, {});
    note_settings(history, store::load_settings(tx));
  }));
  await(db.read(agency, [&](Tx& tx) { note_settings(history, store::load_settings(tx)); }));

  await(db.write(agency, [&](Tx& tx) { store::save_settings(tx, change({{"timezone", {"7"}}}), tuesday, {}); }));
  try {
    await(db.read(agency, [&](Tx& tx) { return store::load_settings(tx).company_name; }));
  } catch (const Breakage& broken) {
    history.note("broken: {}", broken.what());
  }
}

void note_secrets(History& history, Tx& tx) {
  for (const auto& note : store::secret_notes(tx)) {
    history.note("{} ends {} since {} by {}", note.name, note.hint.value_or("nothing"), to_text(note.changed_at),
                 shown(note.changed_by));
  }
  for (const auto& [name, sealed] : store::sealed_secrets(tx, "", 10)) history.note("{} is {}", name, to_hex(sealed));
}

void secrets(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([&](Tx& tx) { store::add_user(tx, user(1, "ann@example.com")); }));
  await(db.write(clinic, [&](Tx& tx) {
    store::put_secret(tx, {"vapi.api_key", "wxyz", tuesday, nth<UserTag>(1)}, Bytes{0, 255, 1});
    store::put_secret(tx, {"openai.api_key", {}, tuesday, {}}, Bytes{7});
    store::put_secret(tx, {"openai.api_key", "last", tuesday + 1h, nth<UserTag>(1)}, Bytes{8});
    store::reseal_secret(tx, {"openai.api_key", Bytes{9}});
    note_secrets(history, tx);
    for (const auto& page : {store::sealed_secrets(tx, "", 1), store::sealed_secrets(tx, "openai.api_key", 1)}) {
      history.note("page of {} with {}", page.size(), page.front().name);
    }
    history.note("one {}", to_hex(store::find_sealed_secret(tx, "vapi.api_key").value()));
    history.note("none {}", shown(store::find_sealed_secret(tx, "smtp.password").has_value()));
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {}", store::secret_notes(tx).size());
    history.note("others remove {}", shown(store::remove_secret(tx, "vapi.api_key")));
  }));
  await(db.write(clinic, [&](Tx& tx) {
    history.note("removed {}", shown(store::remove_secret(tx, "vapi.api_key")));
    history.note("again {}", shown(store::remove_secret(tx, "vapi.api_key")));
    note_secrets(history, tx);
  }));
}

void identities(Db& db, History& history) {
  a_workspace(db, 1);
  a_workspace(db, 2);
  await(db.instance([&](Tx& tx) {
    for (const std::uint64_t n : {1, 2}) store::add_user(tx, user(n, std::to_string(n) + "@example.com"));
    const auto link = [&](std::uint64_t n, const std::string& issuer, const std::string& subject, std::uint64_t owner) {
      return store::link_identity(tx, {nth<store::IdentityTag>(n), issuer, subject, nth<UserTag>(owner), tuesday});
    };
    history.note("linked {}", shown(link(1, "https://a.example.com", "user_2abc", 1)));
    history.note("taken {}", shown(link(2, "https://a.example.com", "user_2abc", 2)));
    history.note("another service {}", shown(link(3, "https://b.example.com", "user_2abc", 2)));
    history.note("another case {}", shown(link(4, "https://a.example.com", "user_2ABC", 2)));
    history.note("is {}", shown(store::user_of_identity(tx, "https://a.example.com", "user_2abc")));
    history.note("stranger {}", shown(store::user_of_identity(tx, "https://c.example.com", "user_2abc")));
    store::disable_user(tx, nth<UserTag>(1), tuesday);
    history.note("disabled {}", shown(store::user_of_identity(tx, "https://a.example.com", "user_2abc")));
    const auto found = store::find_identity(tx, "https://a.example.com", "user_2abc");
    history.note("{} is {} since {}", to_text(found->id), to_text(found->user_id), to_text(found->created_at));
    for (const auto& one : store::identities_of(tx, nth<UserTag>(2))) history.note("{} {}", one.issuer, one.subject);
    history.note("not theirs {}", shown(store::unlink_identity(tx, nth<UserTag>(2), nth<store::IdentityTag>(1))));
    history.note("unlinked {}", shown(store::unlink_identity(tx, nth<UserTag>(2), nth<store::IdentityTag>(3))));
    history.note("again {}", shown(store::unlink_identity(tx, nth<UserTag>(2), nth<store::IdentityTag>(3))));
    for (const auto& id : store::workspaces_after(tx, {}, 1)) history.note("first workspace {}", to_text(id));
    for (const auto& id : store::workspaces_after(tx, nth<WorkspaceTag>(1), 5)) history.note("then {}", to_text(id));
  }));
}

using Scenario = void (*)(Db&, History&);
const std::pair<const char*, Scenario> scenarios[] = {
    {"sign-in", sign_in},     {"invitations", invitations}, {"audit", audit},
    {"people", people},       {"memberships", memberships}, {"keys and sessions", keys_and_sessions},
    {"leases", leases_and_quotas}, {"changes", changes},    {"outbox", outbox},
    {"facts", facts},
    {"refusals and throws", refusals_and_throws},           {"many rows", many_rows},
    {"settings", settings},   {"secrets", secrets},         {"identities", identities},
    {"leads", leads},         {"many leads", many_leads},   {"lead pages", lead_pages},
    {"pipelines", pipelines}, {"consents", consents},       {"blocked numbers", blocked_numbers},
    {"imports", imports},     {"import races", import_races},
    {"place lists", place_lists}, {"cities of leads", cities_of_leads},
    {"calls", calls},         {"call records", call_records}, {"line", line},
    {"legs", legs},
    {"campaigns", campaigns}, {"engine rounds", engine_rounds}, {"hurried work", hurried_work},
    {"counted calls", counted_calls}, {"line figures", line_figures},
    {"recordings", recordings},
};

std::string history_of(Scenario scenario, StoreKind kind, std::set<std::string_view>* used = nullptr) {
  const FreshStore store(kind);
  const auto db = store.open();
  WatchedDb watched(*db, [&](const Statement& statement) {
    if (used) used->insert(statement.name);
  });
  History history;
  scenario(watched, history);
  return history.text();
}

}  // namespace

TEST_CASE("every store function does the same on every database") {
  for (const auto& [name, scenario] : scenarios) {
    CAPTURE(name);
    const std::string expected = history_of(scenario, StoreKind::sqlite);
    INFO(expected);
    CHECK(expected.size() > 20);
    CHECK(history_of(scenario, StoreKind::sqlite_memory) == expected);
    CHECK(history_of(scenario, StoreKind::postgres) == expected);
  }
}

TEST_CASE("no statement is left out of the conformance suite") {
  std::set<std::string_view> used;
  for (const auto& [name, scenario] : scenarios) history_of(scenario, StoreKind::sqlite_memory, &used);

  for (const Statement* statement : sql::every_statement) {
    CAPTURE(statement->name);
    CHECK(used.contains(statement->name));
  }
}
