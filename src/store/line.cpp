#include "store/line.h"

#include "ports/row_writer.h"
#include "store/sql.h"

namespace ringdown::store {

std::vector<LeadToLineUp> leads_to_line_up(Tx& tx, LeadId behind, std::optional<PipelineId> pipeline,
                                           int limit) {
  return tx.rows<LeadToLineUp>(sql::leads_to_line_up, {behind, pipeline, limit});
}

void line_up(Tx& tx, LineUp whom, LaneId lane, int rank, std::span<const LeadToLineUp> leads,
             Time calling_now) {
  std::vector<Values> places;
  for (const LeadToLineUp& lead : leads) {
    places.push_back({lane, lead.id, lead.phone, rank, lead.last_called_at.value_or(Time{}), calling_now});
  }
  const Statement& statement = whom == LineUp::everybody ? sql::line_up_anew : sql::line_up;
  if (!places.empty()) tx.run_set(statement, places, [](const Row&) {});
}

void put_in_line(Tx& tx, const LinePlace& place) {
  tx.send(sql::put_in_line, values_of(place));
}

std::vector<LinePlace> due_in_line(Tx& tx, Time calling_now, int limit) {
  return tx.rows<LinePlace>(sql::due_in_line, {calling_now, limit});
}

std::vector<LinePlace> ready_in_line(Tx& tx, LaneId lane, int limit) {
  return tx.rows<LinePlace>(sql::ready_in_line, {lane, limit});
}

void move_places(Tx& tx, std::span<const LinePlace> places) {
  std::vector<Values> moved;
  for (const LinePlace& place : places) {
    moved.push_back({place.lane, place.subject, place.state, place.ready_at, place.rule});
  }
  if (!moved.empty()) tx.run_set(sql::move_places, moved, [](const Row&) {});
}

void leave_line(Tx& tx, LaneId lane, Uuid subject) {
  tx.send(sql::leave_line, {lane, subject});
}

void move_lead_in_line(Tx& tx, LeadId lead, LineState state, Time ready_at, Time turn) {
  tx.send(sql::move_lead_in_line, {lead, state, ready_at, turn, asked_lane});
}

std::int64_t wake_phones(Tx& tx, std::span<const std::string> phones, Time calling_now) {
  std::vector<Values> woken;
  for (const std::string& phone : phones) woken.push_back({phone, calling_now});
  std::int64_t count = 0;
  if (!woken.empty()) tx.run_set(sql::wake_phones, woken, [&](const Row&) { ++count; });
  return count;
}

void wake_lane(Tx& tx, LaneId lane, Time calling_now) {
  tx.send(sql::wake_lane, {lane, calling_now});
}

std::optional<Time> next_in_line(Tx& tx) {
  return tx.row<Time>(sql::next_in_line);
}

std::optional<LinePlace> place_of_call(Tx& tx, CallId call) {
  return tx.row<LinePlace>(sql::place_of_call, {call});
}

int places_ahead(Tx& tx, const LinePlace& place) {
  return tx.row<int>(sql::places_ahead, {place.lane, place.rank, place.turn, place.subject}).value_or(0);
}

std::vector<LineCount> line_counts(Tx& tx, LaneId lane) {
  return tx.rows<LineCount>(sql::line_counts, {lane});
}

std::vector<DueHour> due_by_hour(Tx& tx, LaneId lane, int limit) {
  return tx.rows<DueHour>(sql::due_by_hour, {lane, limit});
}

std::int64_t places_in(Tx& tx, LineState state, std::int64_t at_most) {
  return tx.row<std::int64_t>(sql::places_in_state, {state, at_most}).value_or(0);
}

std::int64_t count_leads_to_line_up(Tx& tx, std::optional<PipelineId> pipeline, std::int64_t at_most) {
  return tx.row<std::int64_t>(sql::count_leads_to_line_up, {pipeline, at_most}).value_or(0);
}

}  // namespace ringdown::store
