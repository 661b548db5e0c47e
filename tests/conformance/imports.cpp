// The scenarios about files of leads: how they come in, who reads them on, how they end.
#include "store/imports.h"

#include <doctest/doctest.h>

#include "store/coordination.h"
#include "store/people.h"
#include "store/sql.h"
#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;
using store::Import;
using store::ImportId;
using store::ImportState;
using store::ImportStep;

const Uuid one = nth<struct RunnerTag>(1).value;
const Uuid other = nth<struct RunnerTag>(2).value;

ImportId import_id(std::uint64_t n) {
  return nth<store::ImportTag>(n);
}

Import an_import(std::uint64_t n, std::string file_name = "leads.csv") {
  return {.id = import_id(n),
          .file_name = std::move(file_name),
          .dry_run = n == 2,
          .mapping = Json{"{}"},
          .region = "US",
          .created_at = tuesday + std::chrono::hours(n)};
}

// PostgreSQL keeps what a JSON text says, not how it was written.
std::string plain(const Json& json) {
  std::string text;
  for (const char c : json.text) {
    if (c != ' ') text += c;
  }
  return text;
}

std::string shown_import(const std::optional<Import>& import) {
  if (!import) return "nothing";
  return fmt::format(
      "{} {} '{}' into {} dry {} {} {} of {} at {} {} rows {} created {} updated {} duplicate {} invalid {} "
      "problem {} "
      "runner {} until {} since {} by {} to {}",
      to_text(import->id), to_text(import->state), import->file_name, shown(import->pipeline_id),
      shown(import->dry_run), plain(import->mapping), import->region, import->bytes_total, import->bytes_read,
      plain(import->reader), import->rows_read, import->created, import->updated, import->duplicate,
      import->invalid, import->problem.value_or("none"), shown(import->runner), shown(import->runner_until),
      to_text(import->created_at), shown(import->created_by), shown(import->finished_at));
}

// What whoever asks gets to read.
std::string taken(Tx& tx, const Uuid& runner, Time now) {
  const auto import = store::take_import(tx, runner, now, now + 1min);
  return import ? to_text(import->id) + " until " + shown(import->runner_until) : "nothing";
}

std::string due(Tx& tx) {
  return shown(tx.row<Time>(sql::due_at, {store::import_work}));
}

bool whole(Tx& tx, std::uint64_t n, std::int64_t bytes) {
  Import import = an_import(n);
  import.bytes_total = bytes;
  return store::import_is_whole(tx, import, tuesday);
}

ImportStep a_step(std::int64_t from, std::int64_t to, std::string report = "") {
  return {.bytes_from = from,
          .bytes_to = to,
          .reader = Json{R"({"line":7})"},
          .mapping = Json{R"({"a":"phone"})"},
          .rows = 10,
          .created = 4,
          .updated = 3,
          .duplicate = 2,
          .invalid = 1,
          .report = std::move(report)};
}

void note_uploading(Tx& tx, History& history) {
  Import first = an_import(1, "its \"leads\".csv");
  first.pipeline_id = nth<PipelineTag>(1);
  first.created_by = nth<UserTag>(1);
  store::add_import(tx, first);
  store::add_import(tx, an_import(2));
  store::add_import_chunk(tx, first.id, 0, Bytes{0, 255, '\\', '"'});
  store::add_import_chunk(tx, first.id, 1, Bytes(store::import_chunk_bytes, 7));
  store::add_import_chunk(tx, import_id(2), 0, {});
  const auto chunk = [&](std::uint64_t n, int seq) {
    const auto bytes = store::import_chunk(tx, import_id(n), seq);
    return bytes ? to_hex(*bytes).substr(0, 10) + "… " + std::to_string(bytes->size()) : "nothing";
  };
  history.note("chunks {}, {}, {}, {}, {}", chunk(1, 0), chunk(1, 1), chunk(1, 2), chunk(2, 0), chunk(9, 0));
  history.note("{}", shown_import(store::find_import(tx, first.id)));
  history.note("{}", shown_import(store::find_import(tx, import_id(2))));
  history.note("stale {}", ids_of(store::stale_uploads(tx, tuesday + 2h)));
  history.note("nothing to do {}, due {}", taken(tx, one, tuesday), due(tx));

  first.bytes_total = 5'000'000'000;
  first.mapping = Json{R"({"Phone":"phone"})"};
  first.file_name = "renamed.csv";
  first.dry_run = true;
  first.pipeline_id = std::nullopt;
  history.note("whole {}", shown(store::import_is_whole(tx, first, tuesday + 3h)));
  history.note("again {}", shown(store::import_is_whole(tx, first, tuesday + 3h)));
  history.note("{}", shown_import(store::find_import(tx, first.id)));
  history.note("due {}, stale {}", due(tx), ids_of(store::stale_uploads(tx, tuesday + 24h)));
}

void note_reading(Tx& tx, History& history) {
  const auto advance = [&](const ImportStep& step, const Uuid& runner) {
    return shown(store::advance_import(tx, import_id(1), step, runner, tuesday + 1h));
  };
  history.note("before it is taken {}", advance(a_step(0, 100), one));
  history.note("taken {}", taken(tx, one, tuesday));
  history.note("read on {}", advance(a_step(0, 100, "1,\"created\"\n"), one));
  history.note("twice {}", advance(a_step(0, 100, "twice"), one));
  history.note("from beyond {}", advance(a_step(200, 300, "beyond"), one));
  history.note("by another {}", advance(a_step(100, 200, "theirs"), other));
  history.note("on {}", advance(a_step(100, 4'500'000'000, "2,updated\n"), one));
  history.note("without a report {}", advance(a_step(4'500'000'000, 4'500'000'001), one));
  history.note("{}", shown_import(store::find_import(tx, import_id(1))));
  for (const int behind : {0, 1, 2}) {
    const auto part = store::import_report(tx, import_id(1), behind);
    history.note("report behind {}: {}", behind,
                 part ? std::to_string(part->seq) + " " + part->rows : "nothing");
  }
}

void note_ending(Tx& tx, History& history) {
  const auto end = [&](std::uint64_t n, ImportState state, std::optional<std::string> problem = {}) {
    return shown(store::end_import(tx, import_id(n), state, problem, tuesday + 5h));
  };
  history.note("canceled {}", end(1, ImportState::canceled));
  history.note("read on {}",
               shown(store::advance_import(tx, import_id(1), a_step(4'500'000'001, 4'500'000'002, "late"),
                                           one, tuesday)));
  history.note("done {}", end(1, ImportState::done));
  history.note("chunk {}", shown(store::import_chunk(tx, import_id(1), 0).has_value()));
  history.note("another's chunk {}", shown(store::import_chunk(tx, import_id(2), 0).has_value()));
  history.note("{}", shown_import(store::find_import(tx, import_id(1))));
  history.note("report {}", store::import_report(tx, import_id(1), 1)->rows);
  history.note("an upload failed {}", end(2, ImportState::failed, "the sender went away"));
  history.note("unknown {}", end(9, ImportState::failed));
  history.note("whole afterwards {}", shown(whole(tx, 2, 10)));
  history.note("{}", shown_import(store::find_import(tx, import_id(2))));
  history.note("newest first {}", ids_of(store::imports_page(tx, {}, 10)));
  history.note("a page {}", ids_of(store::imports_page(tx, import_id(2), 1)));
}

void note_beginning_anew(Tx& tx, History& history) {
  store::add_import(tx, an_import(4));
  store::add_import_chunk(tx, import_id(4), 0, Bytes(3, 1));
  store::drop_upload(tx, import_id(4));
  store::drop_upload(tx, import_id(1));
  const auto there = [&](std::uint64_t n) {
    return shown(store::find_import(tx, import_id(n)).has_value()) + " " +
           shown(store::import_chunk(tx, import_id(n), 0).has_value());
  };
  history.note("a dropped upload {}, a whole file {}", there(4), there(1));

  store::add_import(tx, an_import(5));
  whole(tx, 5, 200);
  history.note("taken {}", taken(tx, one, tuesday));
  store::advance_import(tx, import_id(5), a_step(0, 100, "of before"), one, tuesday + 1h);
  store::restart_import(tx, import_id(5));
  history.note("{}", shown_import(store::find_import(tx, import_id(5))));
  history.note("report {}", shown(store::import_report(tx, import_id(5), 0).has_value()));
  history.note("read on {}",
               shown(store::advance_import(tx, import_id(5), a_step(0, 100, "anew"), one, tuesday + 1h)));
  history.note("report {}", store::import_report(tx, import_id(5), 0)->rows);
}

void note_mappings(Tx& tx, History& history) {
  const auto mapping = [&](const std::string& headers) {
    const auto found = store::remembered_mapping(tx, headers);
    return found ? plain(*found) : "nothing";
  };
  store::remember_mapping(tx, "name,phone", Json{R"({"a":1})"}, tuesday);
  store::remember_mapping(tx, "\"té\\l\"", Json{R"(["b","\"c\""])"}, tuesday);
  store::remember_mapping(tx, "name,phone", Json{R"({"a":"2"})"}, tuesday + 1h);
  history.note("mappings {} {} {}", mapping("name,phone"), mapping("\"té\\l\""), mapping("NAME,phone"));
}

}  // namespace

void imports(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([](Tx& tx) {
    store::add_user(tx, {nth<UserTag>(1), "ann@example.com", "Ann", std::nullopt, tuesday, std::nullopt});
  }));
  await(db.write(clinic, [&](Tx& tx) {
    store::add_pipeline(tx, {nth<PipelineTag>(1), "Spring", tuesday});
    note_uploading(tx, history);
    note_reading(tx, history);
    note_ending(tx, history);
    note_beginning_anew(tx, history);
    note_mappings(tx, history);
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {} {}", store::imports_page(tx, {}, 10).size(),
                 shown(store::remembered_mapping(tx, "name,phone").has_value()));
    history.note("others end {}",
                 shown(store::end_import(tx, import_id(2), ImportState::failed, {}, tuesday)));
  }));
}

void import_races(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  await(db.write(clinic, [&](Tx& tx) {
    for (const std::uint64_t n : {3, 1, 2}) store::add_import(tx, an_import(n));
    history.note("whole {} {}", shown(whole(tx, 3, 10)), shown(whole(tx, 2, 10)));
  }));
  await(db.write(clinic, [&](Tx& tx) {
    history.note("the oldest {}", taken(tx, one, tuesday));
    history.note("the next {}", taken(tx, other, tuesday));
    history.note("nothing for a third {}", taken(tx, Uuid{}, tuesday + 59s));
    history.note("but work is left: due {}", due(tx));
    history.note("mine again {}", taken(tx, one, tuesday + 30s));
    history.note("the other's has lapsed {}", taken(tx, one, tuesday + 1min));
  }));
  await(db.write(clinic, [&](Tx& tx) {
    const auto advance = [&](std::uint64_t n, const Uuid& runner) {
      return shown(store::advance_import(tx, import_id(n), a_step(0, 10), runner, tuesday + 2h));
    };
    history.note("{}", shown_import(store::find_import(tx, import_id(2))));
    history.note("{}", shown_import(store::find_import(tx, import_id(3))));
    history.note("read on {} {}", advance(2, one), advance(2, other));
    history.note("it is theirs until then {}", taken(tx, other, tuesday + 119min));
    for (const std::uint64_t n : {2, 3}) store::end_import(tx, import_id(n), ImportState::done, {}, tuesday);
    history.note("nothing {}, due {}", taken(tx, one, tuesday + 24h), due(tx));
    history.note("the last {}", shown(whole(tx, 1, 10)));
    history.note("due {}, taken {}", due(tx), taken(tx, other, tuesday + 24h));
  }));
}

}  // namespace ringdown::test
