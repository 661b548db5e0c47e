// `ringdown simulate`: one seed of the simulator, as its tests run thousands.
#include <fmt/format.h>

#include <cstdio>

#include "app/assets.h"
#include "app/commands.h"
#include "app/open_rulebook.h"
#include "base/log.h"
#include "sim/simulation.h"

namespace ringdown {
namespace {

constexpr int leads_max = 500;
constexpr int days_max = 366;

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return *std::move(result);
}

AtlasFile file_of(const Config& config, std::string_view name) {
  Asset asset = or_throw(read_asset(name, config.assets));
  return {std::move(asset.origin), std::move(asset.text)};
}

Atlas atlas_of(const Config& config) {
  AtlasFile numbering = file_of(config, "numbering.toml");
  numbering.text = sim::where_films_are_real(std::move(numbering.text));
  return or_throw(parse_atlas(numbering, file_of(config, "area_codes.toml"), file_of(config, "places.csv")));
}

void print(const char* what, const std::map<std::string, std::int64_t>& counts) {
  std::string text;
  for (const auto& [word, count] : counts)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", word, count);
  fmt::print("{:<12}{}\n", what, text.empty() ? "none" : text);
}

void print(const sim::Outlook& outlook) {
  const sim::Totals& totals = outlook.totals;
  fmt::print("{:<12}{}\n", "faults", outlook.faults);
  fmt::print("{:<12}{} requests, {} made, {} rang, {} of them late\n", "calls", totals.requests, totals.calls,
             totals.rings, totals.late_rings);
  fmt::print("{:<12}{} deaths of nodes, {} commits, {} statements\n", "behind them", totals.deaths,
             totals.commits, totals.statements);
  print("outcomes", totals.outcomes);
  print("leads", totals.leads);
  print("why not", totals.why_not);
  fmt::print("trace hash {}\n", outlook.trace_hash);
}

}  // namespace

int simulate(const Config& config, const SimulateOptions& wanted) {
  if (wanted.leads < 1 || wanted.leads > leads_max || wanted.days < 1 || wanted.days > days_max) {
    throw Breakage(Reason::invalid,
                   fmt::format("a world has 1 to {} leads and 1 to {} days", leads_max, days_max));
  }
  log::set_level(log::Level::error);
  const Atlas atlas = atlas_of(config);
  const Rulebook rules = open_rulebook(config);
  sim::SimulationOptions options{
      .seed = wanted.seed, .leads = wanted.leads, .days = wanted.days, .faults = wanted.faults};
  if (wanted.trace)
    options.reader = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };

  const sim::Outlook outlook = or_throw(sim::simulate(options, atlas, rules));
  print(outlook);
  for (const std::string& broken : outlook.broken) fmt::print("BROKEN: {}\n", broken);
  if (!outlook.broken.empty()) fmt::print("again with: {}\n", sim::replay_command(options));
  return outlook.broken.empty() ? 0 : 1;
}

}  // namespace ringdown
