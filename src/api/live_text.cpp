#include "api/live_text.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/json.h"

namespace ringdown {
namespace {

using store::Change;
using store::ChangePosition;

struct EventData {
  std::string topic;
  std::optional<Uuid> entity;
  Time at;
};
BOOST_DESCRIBE_STRUCT(EventData, (), (topic, entity, at))

struct ResetData {
  std::string position;
};
BOOST_DESCRIBE_STRUCT(ResetData, (), (position))

constexpr std::array<std::string_view, 19> topics_of_reps = {
    "appointment", "call",    "campaign", "consent",  "dnc",      "email",      "import",
    "lead",        "match",   "notice",   "pipeline", "queue",    "queue-item", "recording",
    "rep-phone",   "session", "template", "turn",     "workspace"};
static_assert(std::ranges::is_sorted(topics_of_reps));

std::string event_text(const Change& change) {
  std::string text = "id: " + to_text(change.position()) + "\nevent: " + change.topic + "\ndata: ";
  JsonWriter out(text);
  write_json(out, EventData{change.topic, change.entity, change.at});
  return text += "\n\n";
}

Piece piece_of(WorkspaceId workspace, std::array<std::string, 3>&& texts) {
  Piece piece{workspace, {}};
  for (std::size_t role = 0; role < texts.size(); ++role) {
    if (texts[role].empty()) continue;
    // A higher role sees all that a lower one does, so the same length is the same text.
    const bool same =
        role > 0 && piece.for_role[role - 1] && piece.for_role[role - 1]->size() == texts[role].size();
    piece.for_role[role] =
        same ? piece.for_role[role - 1] : std::make_shared<const std::string>(std::move(texts[role]));
  }
  return piece;
}

}  // namespace

Role visible_from(std::string_view topic) {
  return std::ranges::binary_search(topics_of_reps, topic) ? Role::rep : Role::admin;
}

Batch batch_of(std::vector<Change> changes) {
  std::map<WorkspaceId, std::array<std::string, 3>> texts;
  for (const Change& change : changes) {
    const std::string text = event_text(change);
    auto& of_workspace = texts[change.workspace_id];
    for (auto role = std::to_underlying(visible_from(change.topic)); role <= std::to_underlying(Role::owner);
         ++role) {
      of_workspace[static_cast<std::size_t>(role)] += text;
    }
  }
  Batch batch{std::move(changes), {}};
  for (auto& [workspace, of_workspace] : texts)
    batch.pieces.push_back(piece_of(workspace, std::move(of_workspace)));
  return batch;
}

std::string events_between(std::span<const Change> changes, WorkspaceId workspace, Role role,
                           ChangePosition after, ChangePosition up_to) {
  std::string text;
  for (const Change& change : changes) {
    const bool in_between = change.position() > after && change.position() <= up_to;
    if (in_between && change.workspace_id == workspace && role >= visible_from(change.topic))
      text += event_text(change);
  }
  return text;
}

std::string position_text(ChangePosition position) {
  return "id: " + to_text(position) + "\n\n";
}

std::string retry_text(std::chrono::milliseconds retry) {
  return "retry: " + std::to_string(retry.count()) + "\n\n";
}

std::string beat_text(ChangePosition position) {
  return ": still here\n" + position_text(position);
}

std::string reset_text(ChangePosition position) {
  const std::string id = to_text(position);
  return "id: " + id + "\nevent: reset\ndata: " + write_json(ResetData{id}) + "\n\n";
}

}  // namespace ringdown
