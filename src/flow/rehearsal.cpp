#include "flow/rehearsal.h"

#include "base/timezone.h"
#include "store/calls.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

// The workspace's own, once it has one. Until then its leads are where its numbers are at home: at ten in
// Chicago all of the mainland may be called.
std::string zone_of(const Settings& settings) {
  const bool is_set = settings.timezone.text != Settings{}.timezone.text;
  return !is_set && settings.default_region.text == "US" ? "America/Chicago" : settings.timezone.text;
}

// When the wall shows it; ten in the morning is shown once a day everywhere.
Time moment_of(const Zone& zone, WallTime shown) {
  const Time guess(shown.time_since_epoch());
  return guess - zone.offset(guess - zone.offset(guess));
}

// The next Tuesday at ten on the workspace's own wall.
Time next_tuesday(const Zone& zone, Time now) {
  const auto today = std::chrono::floor<std::chrono::days>(zone.wall_time(now));
  const auto tuesday = today + (std::chrono::Tuesday - std::chrono::weekday(today));
  const Time begins = moment_of(zone, tuesday + 10h);
  return begins > now ? begins : moment_of(zone, tuesday + std::chrono::days(7) + 10h);
}

}  // namespace

void wind_calling_clock(Tx& tx, double speed, Time now) {
  const auto clock = store::find_calling_clock(tx);
  if (clock && clock->speed == speed) return;
  if (clock) return store::set_calling_clock(tx, {now, clock->calling(now), speed});
  const auto zone = Zone::named(zone_of(store::load_settings(tx)));
  expect(zone.has_value(), "zones of workspaces and of ours are in the zone data");
  store::set_calling_clock(tx, {now, next_tuesday(*zone, now), speed});
}

}  // namespace ringdown::flow
