#include "store/changes.h"

#include <algorithm>
#include <charconv>

#include "store/sql.h"

namespace ringdown::store {
namespace {

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::string to_text(const ChangePosition& position) {
  return std::to_string(position.tx) + '-' + std::to_string(position.id);
}

std::optional<ChangePosition> parse_position(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;

  const auto tx = parse_number(text.substr(0, dash));
  const auto id = parse_number(text.substr(dash + 1));
  if (!tx || !id) return std::nullopt;
  return ChangePosition{*tx, *id};
}

void add_change(Tx& tx, const std::string& topic, std::optional<Uuid> entity, Time now) {
  tx.send(sql::add_change, {topic, entity, now});
  tx.announce();
}

std::vector<Change> changes_after(Tx& tx, ChangePosition position, int limit) {
  return tx.rows<Change>(sql::changes_after, {position.tx, position.id, limit});
}

bool changes_held_back(Tx& tx) {
  return *tx.row<bool>(sql::changes_held_back);
}

ChangePosition changes_end(Tx& tx) {
  const auto newest = tx.row<ChangePosition>(sql::changes_end);
  const auto trimmed = *tx.row<ChangePosition>(sql::changes_trimmed);
  return newest ? std::max(*newest, trimmed) : trimmed;
}

bool changes_known(Tx& tx, ChangePosition position) {
  return position >= *tx.row<ChangePosition>(sql::changes_trimmed) && position <= changes_end(tx);
}

std::int64_t trim_changes(Tx& tx, Time before) {
  const auto last = tx.row<ChangePosition>(sql::last_change_before, {before});
  if (!last) return 0;

  tx.run(sql::note_trimmed_changes, {last->tx, last->id});
  return tx.run(sql::trim_changes, {last->tx, last->id});
}

}  // namespace ringdown::store
