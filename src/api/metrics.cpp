// What a Prometheus reads. For this machine, and for whoever shows the configured token.
#include "api/api.h"
#include "api/health.h"
#include "api/shown_secret.h"
#include "flow/vitals.h"
#include "ports/clock.h"

namespace ringdown {
namespace {

constexpr std::string_view media = "text/plain; version=0.0.4; charset=utf-8";

// A proxy on this machine that nobody told us about hands on what strangers send: it says so in a header.
bool comes_from_here(const Request& request) {
  const bool was_handed_on = request.headers.find("X-Forwarded-For") || request.headers.find("Forwarded");
  return !was_handed_on && (request.peer == "127.0.0.1" || request.peer == "::1");
}

class Exposition {
 public:
  void begin(std::string_view name, std::string_view kind, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(kind).append("\n");
  }
  void sample(const std::string& labels, std::int64_t value) { sample_text(labels, std::to_string(value)); }
  void sample(const std::string& labels, Span value) {
    sample_text(labels, std::to_string(std::chrono::duration<double>(value).count()));
  }
  std::string take() { return std::move(text_); }

 private:
  void sample_text(const std::string& labels, const std::string& value) {
    text_.append(name_)
        .append(labels.empty() ? "" : "{" + labels + "}")
        .append(" ")
        .append(value)
        .append("\n");
  }

  std::string_view name_;
  std::string text_;
};

// Words of ours and ids only, so nothing needs escaping.
std::string label(std::string_view name, const std::string& value) {
  return std::string(name) + "=\"" + value + "\"";
}

std::string exposed(const flow::Vitals& vitals, Time now) {
  Exposition out;
  out.begin("ringdown_calls_total", "counter", "Calls that are over, by status and outcome.");
  for (const auto& count : vitals.ended) {
    out.sample(label("status", count.what) + "," + label("outcome", count.outcome), count.times);
  }
  out.begin("ringdown_late_rings_total", "counter", "Calls that rang after they were given up or forbidden.");
  out.sample("", vitals.late_rings);
  out.begin("ringdown_live_calls", "gauge", "Calls that may ring or talk, as far as anybody knows.");
  out.sample("", vitals.live_calls);
  out.begin("ringdown_places", "gauge", "Places in the line, counted up to a bound in each workspace.");
  out.sample(label("state", "ready"), vitals.ready);
  out.sample(label("state", "waiting"), vitals.waiting);
  out.begin("ringdown_engine_heartbeat_age_seconds", "gauge", "Since when nothing was heard of a round.");
  for (const auto& round : vitals.rounds) {
    out.sample(label("node", to_text(round.node)) + "," + label("round", round.kind), now - round.heard_at);
  }
  out.begin("ringdown_workspaces_left_out", "gauge",
            "Whether there are more workspaces than these figures cover.");
  out.sample("", std::int64_t{vitals.has_more ? 1 : 0});
  return out.take();
}

Task<Result<Response>> metrics(Asked& asked) {
  if (!comes_from_here(asked.request) && !shows(asked.request, asked.api.config.metrics_token)) {
    co_return fail(Reason::unauthenticated, "send the configured metrics_token as Authorization: Bearer");
  }
  const flow::Vitals vitals = co_await flow::vitals(asked.api.db);
  co_return Response{.headers = {{"Content-Type", std::string(media)}},
                     .body = exposed(vitals, asked.api.clock.now())};
}

}  // namespace

const RouteTable metrics_routes = {
    route(Verb::get, "/metrics", "Figures for Prometheus; from this machine, or with the metrics token",
          Access::open, metrics)
        .answers("text/plain"),
};

}  // namespace ringdown
