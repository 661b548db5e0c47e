// Live events over real sockets, on every database, while others write.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "api/live.h"
#include "net/http_server.h"
#include "net/url.h"
#include "store/sql.h"
#include "tests/http/raw_client.h"
#include "tests/support/hand_clock.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr StoreKind stores_of_nodes[] = {StoreKind::sqlite, StoreKind::postgres};

// One node of the product, cut down to its live events: GET /events?WORKSPACE-ROLE.
class Node {
 public:
  explicit Node(const FreshStore& store, LiveLimits limits = {}, std::size_t loop_count = 2)
      : loops_(loop_count),
        db_(store.open(4)),
        live_(loops_, *db_, clock_, await(db_->instance_read([](Tx& tx) { return store::changes_end(tx); })),
              limits),
        server_(loops_, HttpLimits{.linger_time = 200ms, .connections_per_address_max = 5000},
                {.answer = [this](Request& request) { return answer(request); }}) {
    port_ = server_.listen("127.0.0.1:0").value();
    live_.start();
    loops_.start();
    server_.start();
  }
  ~Node() {
    server_.stop();
    loops_.stop();
  }

  Db& db() { return *db_; }
  HandClock& clock() { return clock_; }
  HttpServer& server() { return server_; }
  std::uint16_t port() const { return port_; }
  void sign_everybody_out() { signed_in_ = false; }

 private:
  boost::asio::awaitable<Response> answer(Request& request) {
    const auto dash = request.query.find('-');
    const auto last = request.headers.find("Last-Event-ID");
    co_return live_.answer({.workspace = nth<WorkspaceTag>(std::stoul(request.query.substr(0, dash))),
                            .role = *parse_enum<Role>(request.query.substr(dash + 1)),
                            .last_event_id = last ? std::optional<std::string>(*last) : std::nullopt,
                            .still_may = [this, role = request.query.substr(dash + 1)]() -> Task<bool> {
                              co_return signed_in_ || role == "owner";
                            }});
  }

  HandClock clock_{tuesday};
  Loops loops_;
  std::unique_ptr<Db> db_;
  Live live_;
  HttpServer server_;
  std::uint16_t port_ = 0;
  std::atomic<bool> signed_in_ = true;
};

struct Block {
  std::string id;
  std::string event;
  std::string data;
  bool beat = false;
};

// Reads an event stream as a browser does.
class Follower {
 public:
  Follower(std::uint16_t port, std::uint64_t workspace, Role role, std::string last_event_id = {},
           int buffer = 0)
      : client_(port, nullptr, buffer), last_id_(std::move(last_event_id)) {
    const std::string resume = last_id_.empty() ? "" : "Last-Event-ID: " + last_id_ + "\r\n";
    client_.send(get(fmt::format("/events?{}-{}", workspace, to_text(role)), resume));
    REQUIRE(client_.read_until("\r\n\r\n").contains("200 OK"));
    CHECK(next()->event.empty());
    if (last_id_.empty()) CHECK_FALSE(next()->id.empty());  // where it begins
  }

  // Nothing once the stream has ended.
  std::optional<Block> next() {
    std::string text = client_.read_until("\n\n");
    if (!text.ends_with("\n\n")) return std::nullopt;
    if (const auto framing = text.rfind("\r\n"); framing != std::string::npos) text.erase(0, framing + 2);

    Block block;
    for (const std::string_view line : split(text, '\n')) {
      if (line.starts_with("id: ")) block.id = line.substr(4);
      if (line.starts_with("event: ")) block.event = line.substr(7);
      if (line.starts_with("data: ")) block.data = line.substr(6);
      if (line.starts_with(":")) block.beat = true;
    }
    if (!block.id.empty()) last_id_ = block.id;
    return block;
  }

  std::optional<Block> next_event() {
    while (auto block = next()) {
      if (!block->event.empty()) return block;
    }
    return std::nullopt;
  }

  // The entities of all events up to and with one.
  std::vector<std::string> entities_until(const Uuid& last) {
    std::vector<std::string> entities;
    while (const auto block = next_event()) {
      entities.push_back(entity_of(*block));
      if (entities.back() == to_text(last)) break;
    }
    return entities;
  }

  static std::string entity_of(const Block& block) {
    const auto at = block.data.find("\"entity\":\"");
    return at == std::string::npos ? block.data : block.data.substr(at + 10, 36);
  }

  const std::string& last_id() const { return last_id_; }

 private:
  RawClient client_;
  std::string last_id_;
};

void change(Db& db, std::uint64_t workspace, const std::string& topic, std::uint64_t n) {
  await(db.write(Workspace(nth<WorkspaceTag>(workspace)),
                 [&](Tx& tx) { store::add_change(tx, topic, nth<UserTag>(n).value, tuesday); }));
}

// What the store says that a role of a workspace sees, in order.
std::vector<std::string> ledger(Db& db, std::uint64_t workspace, Role role) {
  std::vector<std::string> entities;
  store::ChangePosition position;
  while (true) {
    const auto page =
        await(db.instance_read([&](Tx& tx) { return store::changes_after(tx, position, 1000); }));
    if (page.empty()) return entities;
    for (const auto& one : page) {
      if (one.workspace_id != nth<WorkspaceTag>(workspace) || role < visible_from(one.topic)) continue;
      entities.push_back(to_text(*one.entity));
    }
    position = page.back().position();
  }
}

constexpr std::uint64_t workspaces = 4;
constexpr std::uint64_t end_mark = 900'000'000;

Uuid end_of(std::uint64_t workspace) {
  return nth<UserTag>(end_mark + workspace).value;
}

// Writers that commit units of several changes at the same time, some of them refused; each of their changes
// is something else. At the end every workspace gets its mark.
class Writers {
 public:
  Writers(std::vector<Db*> dbs, int threads, int units) {
    for (int t = 0; t < threads; ++t) {
      Db& db = *dbs[static_cast<std::size_t>(t) % dbs.size()];
      threads_.emplace_back([this, &db, t, units] { write(db, t, units); });
    }
  }

  std::set<std::string> finish(Db& db) {
    threads_.clear();
    std::set<std::string> all = std::move(written_);
    for (std::uint64_t w = 1; w <= workspaces; ++w) {
      change(db, w, "call", end_mark + w);
      all.insert(to_text(end_of(w)));
    }
    return all;
  }

 private:
  void write(Db& db, int thread, int units) {
    std::minstd_rand chance(static_cast<unsigned>(thread) + 1);
    for (int unit = 0; unit < units; ++unit) {
      const Workspace workspace(nth<WorkspaceTag>(1 + chance() % workspaces));
      const std::uint64_t first =
          (static_cast<std::uint64_t>(thread) * 10'000 + static_cast<std::uint64_t>(unit)) * 10;
      const std::uint64_t count = 1 + chance() % 4;
      const bool refused = chance() % 8 == 0;
      const std::string topic = chance() % 5 == 0 ? "key" : "lead";
      const auto kept = await(db.write(workspace, [=](Tx& tx) -> Result<int> {
        for (std::uint64_t n = first; n < first + count; ++n) {
          store::add_change(tx, topic, nth<UserTag>(n).value, tuesday);
        }
        if (refused) return fail(Reason::conflict, "not this one");
        return 1;
      }));
      if (!kept) continue;

      const std::lock_guard lock(mutex_);
      for (std::uint64_t n = first; n < first + count; ++n) written_.insert(to_text(nth<UserTag>(n)));
    }
  }

  std::mutex mutex_;
  std::set<std::string> written_;
  std::vector<std::jthread> threads_;
};

void add_workspaces(Db& db) {
  for (std::uint64_t w = 1; w <= workspaces; ++w) a_workspace(db, w);
}

}  // namespace

TEST_CASE(
    "200 listeners each see exactly what their workspace and role may see, in order, while others write") {
  for (const StoreKind kind : stores_of_nodes) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    Node node(store);
    add_workspaces(node.db());
    std::vector<std::unique_ptr<Follower>> followers;
    for (std::uint64_t i = 0; i < 200; ++i) {
      followers.push_back(
          std::make_unique<Follower>(node.port(), 1 + i % workspaces, i % 3 == 0 ? Role::admin : Role::rep));
    }

    Writers writers({&node.db()}, 6, 100);
    const auto written = writers.finish(node.db());

    std::map<std::pair<std::uint64_t, Role>, std::vector<std::string>> expected;
    std::set<std::string> seen_by_admins;
    for (std::uint64_t w = 1; w <= workspaces; ++w) {
      for (const Role role : {Role::rep, Role::admin}) expected[{w, role}] = ledger(node.db(), w, role);
      seen_by_admins.insert(expected[{w, Role::admin}].begin(), expected[{w, Role::admin}].end());
      CHECK(expected[{w, Role::rep}].size() < expected[{w, Role::admin}].size());
    }
    CHECK(seen_by_admins == written);
    for (std::uint64_t i = 0; i < followers.size(); ++i) {
      CAPTURE(i);
      const std::uint64_t workspace = 1 + i % workspaces;
      CHECK(followers[i]->entities_until(end_of(workspace)) ==
            expected[{workspace, i % 3 == 0 ? Role::admin : Role::rep}]);
    }
  }
}

TEST_CASE("a listener that reconnects at random points, to any node, misses nothing and gets nothing twice") {
  for (const StoreKind kind : stores_of_nodes) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    std::vector<std::unique_ptr<Node>> nodes;
    nodes.push_back(std::make_unique<Node>(store, LiveLimits{.page = 7}));
    if (kind == StoreKind::postgres) nodes.push_back(std::make_unique<Node>(store, LiveLimits{.page = 11}));
    std::vector<Db*> dbs;
    for (const auto& node : nodes) dbs.push_back(&node->db());
    add_workspaces(*dbs[0]);
    Writers writers(dbs, 4, 250);

    std::vector<std::vector<std::string>> seen(8);
    std::atomic<int> visits = 0;
    std::vector<std::jthread> readers;
    for (std::size_t r = 0; r < seen.size(); ++r) {
      readers.emplace_back([&, r] {
        std::minstd_rand chance(static_cast<unsigned>(r) + 1);
        const std::uint64_t workspace = 1 + r % workspaces;
        std::string last_id = "0-0";
        while (seen[r].empty() || seen[r].back() != to_text(end_of(workspace))) {
          Follower follower(nodes[chance() % nodes.size()]->port(), workspace, Role::admin, last_id);
          for (auto left = chance() % 40; left > 0; --left) {
            const auto block = follower.next_event();
            CHECK(block.has_value());
            if (!block) return;
            CHECK(block->event != "reset");
            seen[r].push_back(Follower::entity_of(*block));
            if (seen[r].back() == to_text(end_of(workspace))) break;
          }
          last_id = follower.last_id();
          ++visits;
        }
      });
    }
    writers.finish(*dbs[0]);
    readers.clear();

    CHECK(visits > 40);
    for (std::size_t r = 0; r < seen.size(); ++r) {
      CAPTURE(r);
      CHECK(seen[r] == ledger(*dbs[0], 1 + r % workspaces, Role::admin));
    }
  }
}

TEST_CASE("a change on one node is seen on another at once") {
  const FreshStore store(StoreKind::postgres);
  Node here(store);
  Node there(store);
  a_workspace(here.db());
  Follower follower(here.port(), 1, Role::rep);

  change(there.db(), 1, "lead", 1);
  change(here.db(), 1, "lead", 2);

  CHECK(follower.entities_until(nth<UserTag>(2).value).size() == 2);
}

TEST_CASE("a change that nobody announced is found by the next look") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store);
  const Workspace clinic = a_workspace(node.db());
  Follower follower(node.port(), 1, Role::rep);

  await(node.db().write(clinic, [](Tx& tx) { tx.run(sql::add_change, {"lead", nth<UserTag>(5), tuesday}); }));
  node.clock().advance(1s);

  CHECK(Follower::entity_of(*follower.next_event()) == to_text(nth<UserTag>(5)));
}

TEST_CASE("a listener that reads too slowly is dropped, others are not, and it resumes where it stopped") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store, {.backlog_max = 16 * 1024}, 1);
  const Workspace clinic = a_workspace(node.db());
  Follower slow(node.port(), 1, Role::owner, {}, 4096);
  Follower quick(node.port(), 1, Role::owner);

  const std::string topic(2000, 't');  // some 4 KB an event: more in all than the system's buffers take
  constexpr std::uint64_t units = 250;
  constexpr std::uint64_t changes = 16;
  for (std::uint64_t unit = 0; unit < units; ++unit) {
    await(node.db().write(clinic, [&](Tx& tx) {
      for (std::uint64_t n = unit * changes; n < (unit + 1) * changes; ++n) {
        store::add_change(tx, topic, nth<UserTag>(n).value, tuesday);
      }
    }));
    REQUIRE(quick.entities_until(nth<UserTag>((unit + 1) * changes - 1).value).size() == changes);
  }
  std::vector<std::string> entities = slow.entities_until(Uuid{});
  const std::size_t before = entities.size();
  Follower resumed(node.port(), 1, Role::owner, slow.last_id());
  std::ranges::copy(resumed.entities_until(nth<UserTag>(units * changes - 1).value),
                    std::back_inserter(entities));

  CHECK(before < units * changes);
  CHECK(entities == ledger(node.db(), 1, Role::owner));
}

TEST_CASE(
    "an id that is too old, unheard of or no id at all is answered by a reset, and then by what comes") {
  for (const StoreKind kind : stores_of_nodes) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    Node node(store);
    a_workspace(node.db());
    Follower first(node.port(), 1, Role::rep);
    change(node.db(), 1, "lead", 1);
    change(node.db(), 1, "lead", 2);
    const std::string old_id = first.next_event()->id;
    const std::string newest = first.next_event()->id;
    await(node.db().instance([](Tx& tx) { return store::trim_changes(tx, tuesday + 1h); }));

    std::vector<std::unique_ptr<Follower>> followers;
    for (const std::string& id : {old_id, std::string("9000000000000-1"), std::string("rubbish")}) {
      CAPTURE(id);
      followers.push_back(std::make_unique<Follower>(node.port(), 1, Role::rep, id));
      const auto block = followers.back()->next();
      CHECK(block->event == "reset");
      CHECK(block->id == newest);
    }
    followers.push_back(std::make_unique<Follower>(node.port(), 1, Role::rep, newest));

    change(node.db(), 1, "lead", 3);
    for (const auto& follower : followers) {
      CHECK(follower->entities_until(nth<UserTag>(3).value) == std::vector{to_text(nth<UserTag>(3))});
    }
  }
}

TEST_CASE(
    "when the store's past is replaced under a node, its listeners are sent away and told to begin anew") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store);
  a_workspace(node.db());
  Follower follower(node.port(), 1, Role::rep);
  change(node.db(), 1, "lead", 1);
  const std::string seen = follower.next_event()->id;

  await(node.db().instance([](Tx& tx) { tx.run(sql::note_trimmed_changes, {0, 1000}); }));
  node.clock().advance(1s);

  CHECK_FALSE(follower.next_event().has_value());
  CHECK(Follower(node.port(), 1, Role::rep, seen).next()->event == "reset");
}

TEST_CASE("who is caught up from the store sees no more than who listens") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store);
  add_workspaces(node.db());
  change(node.db(), 1, "key", 1);
  change(node.db(), 2, "lead", 2);
  change(node.db(), 1, "lead", 3);

  Follower rep(node.port(), 1, Role::rep, "0-0");
  Follower owner(node.port(), 1, Role::owner, "0-0");

  CHECK(rep.entities_until(nth<UserTag>(3).value) == std::vector{to_text(nth<UserTag>(3))});
  CHECK(owner.entities_until(nth<UserTag>(3).value).size() == 2);
}

TEST_CASE("a quiet stream says every 15 seconds that it is there, and how far its reader got") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store);
  add_workspaces(node.db());
  Follower quiet(node.port(), 1, Role::rep);
  Follower other(node.port(), 2, Role::rep);
  change(node.db(), 2, "lead", 1);
  const std::string newest = other.next_event()->id;

  node.clock().advance(15s);

  const auto block = quiet.next();
  CHECK(block->beat);
  CHECK(block->event.empty());
  CHECK(block->id == newest);
}

TEST_CASE("a stream ends within a minute when its listener may not listen any more") {
  const FreshStore store(StoreKind::sqlite);
  Node node(store);
  a_workspace(node.db());
  Follower rep(node.port(), 1, Role::rep);
  Follower owner(node.port(), 1, Role::owner);  // who is let in for ever by this node

  node.sign_everybody_out();
  node.clock().advance(15s);

  CHECK_FALSE(rep.next_event().has_value());
  change(node.db(), 1, "lead", 1);
  CHECK(owner.next_event()->event == "lead");
}

TEST_CASE("a server that stops ends its streams in good order") {
  const FreshStore store(StoreKind::sqlite);
  auto node = std::make_unique<Node>(store);
  a_workspace(node->db());
  Follower follower(node->port(), 1, Role::rep);

  node->server().stop(1h);

  CHECK_FALSE(follower.next_event().has_value());
}
