// Leads and files of leads: whoever comes at the same time is one lead, one link and one reader, and units
// that could not see each other are run again.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "store/imports.h"
#include "store/leads.h"
#include "tests/contention/cluster.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

Lead a_lead(std::uint64_t id, std::uint64_t of_number, const std::string& name) {
  Lead lead;
  lead.id = nth<LeadTag>(id);
  lead.phone = fmt::format("+1{}55501{:02}", 201 + of_number / 100, of_number % 100);
  lead.contact_name = name;
  lead.created_at = lead.updated_at = tuesday;
  return lead;
}

std::vector<Lead> all_leads(Db& db, Workspace clinic) {
  return await(db.read(clinic, [](Tx& tx) { return store::leads_page(tx, {.limit = 1000}); }));
}

}  // namespace

TEST_CASE("leads that eight add at once are there once, and nobody gets an error") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    std::atomic<std::int64_t> added = 0;

    side_by_side([&](int n) {
      for (int part = 0; part < 4; ++part) {
        std::vector<Lead> leads;
        for (int i = 0; i < 50; ++i) {
          const auto who = static_cast<std::uint64_t>((part + n) % 4 * 50 + i);
          leads.push_back(
              a_lead(static_cast<std::uint64_t>(n) * 1000 + who, who, "Lead " + std::to_string(who)));
        }
        added += await(cluster.node(n).write(clinic, [&](Tx& tx) { return store::add_leads(tx, leads); }));
      }
    });

    const auto there = all_leads(cluster.node(0), clinic);
    CHECK(there.size() == 200);
    CHECK(added == 200);
  }
}

namespace {

constexpr std::int64_t file_bytes = 400;
constexpr std::int64_t step_bytes = 10;

struct Readers {
  Cluster& cluster;
  Workspace clinic;
  Ticks ticks{};
  Siding siding{};
  std::atomic<int> too_late = 0;
};

// One lead for every byte, under a name that nobody else gives it: a row that is written twice is two leads.
bool read_on(Db& db, Readers& readers, const store::Import& import, const Uuid& me, std::uint64_t first_id) {
  store::ImportStep step{.bytes_from = import.bytes_read,
                         .bytes_to = import.bytes_read + step_bytes,
                         .reader = Json{"{}"},
                         .mapping = Json{"{}"},
                         .rows = step_bytes,
                         .report = "a part"};
  std::vector<Lead> leads;
  for (std::int64_t i = 0; i < step_bytes; ++i) {
    const auto id = first_id + static_cast<std::uint64_t>(i);
    leads.push_back(a_lead(id, 1, std::to_string(id)));
  }
  const auto done = await(db.write(readers.clinic, [&](Tx& tx) -> Result<void> {
    step.created = store::add_leads(tx, leads);
    if (store::advance_import(tx, import.id, step, me, readers.ticks.next() + Span(8))) return {};
    return fail(Reason::conflict, "somebody else has it");
  }));
  return done.has_value();
}

void be_a_reader(int n, Readers& readers) {
  Db& db = readers.cluster.node(n);
  const Uuid me = nth<struct RunnerTag>(static_cast<std::uint64_t>(n)).value;
  for (std::uint64_t turn = 0;; ++turn) {
    const auto import = await(db.write(readers.clinic, [&](Tx& tx) {
      const Time now = readers.ticks.next();
      return store::take_import(tx, me, now, now + Span(8));
    }));
    if (!import) {
      const auto left = await(db.read(readers.clinic, [](Tx& tx) { return store::imports_page(tx, {}, 1); }));
      if (left.front().bytes_read >= file_bytes) return;
      continue;
    }
    readers.siding.come(me);
    if (import->bytes_read >= file_bytes) {
      await(db.write(readers.clinic, [&](Tx& tx) {
        return store::end_import(tx, import->id, store::ImportState::done, {}, tuesday);
      }));
    } else if (!read_on(db, readers, *import, me, static_cast<std::uint64_t>(n) * 1'000'000 + turn * 100)) {
      ++readers.too_late;
    }
  }
}

}  // namespace

TEST_CASE("a file that eight read on is read once") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    Readers readers{cluster, a_workspace(cluster.node(0))};
    const auto id = nth<store::ImportTag>(1);
    await(cluster.node(0).write(readers.clinic, [&](Tx& tx) {
      store::Import import{.id = id, .file_name = "a.csv", .bytes_total = file_bytes, .created_at = tuesday};
      import.mapping = Json{"{}"};
      store::add_import(tx, import);
      store::import_is_whole(tx, import, tuesday);
    }));

    side_by_side([&](int n) { be_a_reader(n, readers); });

    CHECK(readers.too_late > 0);
    CHECK(all_leads(cluster.node(0), readers.clinic).size() == file_bytes);
    await(cluster.node(0).read(readers.clinic, [&](Tx& tx) {
      const auto import = store::find_import(tx, id);
      CHECK(import->state == store::ImportState::done);
      CHECK(import->rows_read == file_bytes);
      CHECK(import->created == file_bytes);
      CHECK(store::import_report(tx, id, file_bytes / step_bytes - 1)->rows == "a part");
      CHECK_FALSE(store::import_report(tx, id, file_bytes / step_bytes).has_value());
    }));
  }
}

namespace {

// Links as the product does: by whoever finds the call linked to nobody.
Result<void> link(Tx& tx, std::uint64_t lead, const std::string& call, const std::function<void()>& looked) {
  const auto mine = store::lead_to_change(tx, nth<LeadTag>(lead));
  if (const auto other = store::lead_by_call(tx, call)) return fail(Reason::conflict, *other->contact_name);

  looked();
  store::set_call(tx, mine->id, call, tuesday);
  return {};
}

Cluster two_leads(StoreKind kind) {
  Cluster cluster(kind);
  await(cluster.node(0).write(a_workspace(cluster.node(0)), [](Tx& tx) {
    store::add_leads(tx, std::vector{a_lead(0, 0, "Ann"), a_lead(1, 1, "Bob")});
  }));
  return cluster;
}

const Workspace the_clinic(nth<WorkspaceTag>(1));

}  // namespace

TEST_CASE("of two that link one call, one is told whose it is") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster = two_leads(kind);
    for (int round = 0; round < 10; ++round) {
      const std::string call = "CA" + std::to_string(round);
      std::barrier both_looked(2);
      std::atomic<int> runs = 0;
      std::array<Result<void>, 2> linked;

      side_by_side(
          [&](int n) {
            bool first = kind == StoreKind::postgres;  // SQLite's units are one behind the other
            linked[static_cast<std::size_t>(n)] = await(cluster.node(n).write(the_clinic, [&](Tx& tx) {
              ++runs;
              return link(tx, static_cast<std::uint64_t>(n), call, [&] {
                if (std::exchange(first, false)) both_looked.arrive_and_wait();
              });
            }));
          },
          2);

      CHECK(linked[0].has_value() != linked[1].has_value());
      CHECK((linked[0] ? linked[1] : linked[0]).error().text == (linked[0] ? "Ann" : "Bob"));
      CHECK(runs == (kind == StoreKind::postgres ? 3 : 2));
    }
  }
}

TEST_CASE("a row that stands in the way every time is a bug, and said to be one") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster = two_leads(kind);
    int runs = 0;
    std::optional<Reason> reason;

    try {
      await(cluster.node(0).write(the_clinic, [&](Tx& tx) {
        ++runs;
        for (const std::uint64_t n : {0, 1}) store::set_call(tx, nth<LeadTag>(n), "CA1", tuesday);
      }));
    } catch (const Breakage& breakage) {
      reason = breakage.reason();
    }

    CHECK(reason == Reason::internal);
    CHECK(runs == (kind == StoreKind::postgres ? 3 : 1));
    const auto caller =
        await(cluster.node(0).read(the_clinic, [](Tx& tx) { return store::lead_by_call(tx, "CA1"); }));
    CHECK_FALSE(caller.has_value());
  }
}

TEST_CASE("a lead that comes into a pipeline while it is removed stands in none") {
  Cluster cluster(StoreKind::postgres);
  Db& db = cluster.node(0);
  const Workspace clinic = a_workspace(db);
  const auto spring = nth<PipelineTag>(1);
  await(db.write(clinic, [&](Tx& tx) { store::add_pipeline(tx, {spring, "Spring", tuesday}); }));
  LongWrite adding(db, clinic, [&](Tx& tx) {
    Lead lead = a_lead(1, 1, "Ann");
    lead.pipeline_id = spring;
    store::add_leads(tx, std::vector{lead});
  });

  int runs = 0;
  const bool removed = await(cluster.node(1).write(clinic, [&](Tx& tx) {
    CHECK(store::find_pipeline(tx, spring).has_value());
    if (++runs == 1) adding.end();  // after this unit began to look
    return store::remove_pipeline(tx, spring, tuesday);
  }));

  CHECK(removed);
  CHECK(runs == 2);
  CHECK(all_leads(db, clinic).front().pipeline_id == std::nullopt);
}
