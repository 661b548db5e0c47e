#include "api/live_text.h"

#include <doctest/doctest.h>

using namespace ringdown;
using store::Change;

namespace {

const WorkspaceId clinic{{{1}}};
const WorkspaceId agency{{{2}}};
const Time noon = *parse_time("2026-01-06T12:00:00Z");

std::string text_for(const Batch& batch, std::size_t piece, Role role) {
  const SharedText& text = batch.pieces.at(piece).for_role[static_cast<std::size_t>(role)];
  return text ? *text : "";
}

}  // namespace

TEST_CASE("a change is one event with id, topic and data") {
  const Batch batch = batch_of({Change{12, 345, clinic, "lead", Uuid{}, noon}});

  CHECK(text_for(batch, 0, Role::rep) ==
        "id: 12-345\nevent: lead\ndata: "
        "{\"topic\":\"lead\",\"entity\":\"00000000-0000-0000-0000-000000000000\","
        "\"at\":\"2026-01-06T12:00:00Z\"}\n\n");
}

TEST_CASE("a batch holds one text per workspace, shared by the roles that see the same") {
  const Batch batch =
      batch_of({Change{0, 1, clinic, "lead", {}, noon}, Change{0, 2, agency, "key", {}, noon},
                Change{0, 3, clinic, "call", {}, noon}, Change{0, 4, agency, "unheard-of", {}, noon}});

  REQUIRE(batch.pieces.size() == 2);
  CHECK(batch.pieces[0].for_role[0] == batch.pieces[0].for_role[2]);
  CHECK(text_for(batch, 0, Role::rep) == events_between(batch.changes, clinic, Role::rep, {}, {0, 4}));
  CHECK(batch.pieces[1].for_role[0] == nullptr);
  CHECK(text_for(batch, 1, Role::admin) == events_between(batch.changes, agency, Role::admin, {}, {0, 4}));
}

TEST_CASE("events between two positions leave out the first and hold the second") {
  const std::vector<Change> changes = {
      {0, 1, clinic, "lead", {}, noon}, {0, 2, clinic, "lead", {}, noon}, {0, 3, clinic, "lead", {}, noon}};

  CHECK(events_between(changes, clinic, Role::rep, {0, 1}, {0, 2}).starts_with("id: 0-2\n"));
  CHECK(events_between(changes, clinic, Role::rep, {0, 3}, {0, 9}).empty());
}
