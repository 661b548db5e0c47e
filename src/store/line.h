// Who waits to be called: units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/line.h"
#include "ports/db.h"

namespace ringdown::store {

inline constexpr const char* dial_work = "dial";            // `due`: places get due, or calls may go out
inline constexpr const char* plan_work = "plan";            // leads may have come
inline constexpr const char* reconcile_work = "reconcile";  // a lease ends

struct LeadToLineUp {
  LeadId id;
  std::string phone;
  std::optional<Time> last_called_at;
};
BOOST_DESCRIBE_STRUCT(LeadToLineUp, (), (id, phone, last_called_at))
std::vector<LeadToLineUp> leads_to_line_up(Tx&, LeadId behind, std::optional<PipelineId>, int limit);

// As newcomers alone, or so that those who stand there are judged anew.
enum class LineUp { newcomers, everybody };
void line_up(Tx&, LineUp, LaneId, int rank, std::span<const LeadToLineUp>, Time calling_now);
void put_in_line(Tx&, const LinePlace&);
std::vector<LinePlace> due_in_line(Tx&, Time calling_now, int limit);
std::vector<LinePlace> ready_in_line(Tx&, LaneId, int limit);
void move_places(Tx&, std::span<const LinePlace>);  // their state, ready_at and rule
void leave_line(Tx&, LaneId, Uuid subject);
void move_lead_in_line(Tx&, LeadId, LineState, Time ready_at, Time turn);
// Whom a rule put off or refused; how many there were.
std::int64_t wake_phones(Tx&, std::span<const std::string> phones, Time calling_now);
void wake_lane(Tx&, LaneId, Time calling_now);  // whom a rule put off
std::optional<Time> next_in_line(Tx&);
std::optional<LinePlace> place_of_call(Tx&, CallId);
int places_ahead(Tx&, const LinePlace&);

struct LineCount {
  LineState state = LineState::waiting;
  std::string rule;
  std::int64_t places = 0;
  Time first_ready_at;
};
BOOST_DESCRIBE_STRUCT(LineCount, (), (state, rule, places, first_ready_at))
std::vector<LineCount> line_counts(Tx&, LaneId);

struct DueHour {
  Time at;  // the first of them, of the calling clock
  std::int64_t leads = 0;
};
BOOST_DESCRIBE_STRUCT(DueHour, (), (at, leads))
std::vector<DueHour> due_by_hour(Tx&, LaneId, int limit);

// Counted no further than to `at_most`.
std::int64_t places_in(Tx&, LineState, std::int64_t at_most);
std::int64_t count_leads_to_line_up(Tx&, std::optional<PipelineId>, std::int64_t at_most);

}  // namespace ringdown::store
