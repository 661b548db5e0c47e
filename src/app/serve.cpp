// The one place where everything is put together: loops, store, server, in this order, and taken apart in
// reverse.
#include <algorithm>
#include <csignal>
#include <cstdio>

#include "api/all_routes.h"
#include "api/api.h"
#include "api/issuers.h"
#include "api/live.h"
#include "api/passwords.h"
#include "api/router.h"
#include "api/setup_code.h"
#include "api/sign_in.h"
#include "app/assets.h"
#include "app/commands.h"
#include "app/data_folder.h"
#include "app/open_atlas.h"
#include "app/open_rulebook.h"
#include "app/open_store.h"
#include "app/open_vault.h"
#include "app/system_clock.h"
#include "app/telephone.h"
#include "app/token_issuers.h"
#include "base/log.h"
#include "crypto/file_shelf.h"
#include "flow/housekeeping.h"
#include "flow/import_leads.h"
#include "flow/place_lists.h"
#include "flow/pulse.h"
#include "flow/recordings.h"
#include "flow/sample_leads.h"
#include "net/http_server.h"
#include "ports/await.h"
#include "ports/chance.h"
#include "ports/db.h"
#include "store/changes.h"

namespace ringdown {
namespace {

template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return std::move(*result);
}

// Signals are taken by the main thread alone: every other thread inherits the mask.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

std::shared_ptr<Tls> load_tls(const Config& config) {
  if (config.tls_certificate.empty()) return nullptr;
  return value_or_throw(Tls::load(config.tls_certificate, config.tls_key));
}

// The address that it printed first.
std::string listen(HttpServer& server, const Config& config, const std::shared_ptr<Tls>& tls,
                   const TrustedProxies& proxies) {
  std::string first;
  for (Endpoint endpoint : config.listen) {
    const auto allowed = may_listen(to_text(endpoint), tls != nullptr, proxies);
    if (!allowed) throw Breakage(allowed.error().reason, allowed.error().text);

    endpoint.port = value_or_throw(server.listen(to_text(endpoint), tls));
    const std::string address = (tls ? "https://" : "http://") + to_text(endpoint);
    std::printf("listening on %s\n", address.c_str());
    if (first.empty()) first = address;
  }
  std::fflush(stdout);
  return first;
}

// Unknown calls are looked up ten times while the carrier may still list them, but not every second.
flow::EnginePolicy policy_of(const Config& config) {
  flow::EnginePolicy policy{.rehearsal_speed = config.speed};
  policy.creation_delay_max = std::chrono::seconds(config.creation_delay_max);
  policy.lookup_every = std::clamp<Span>(policy.creation_delay_max / 10, 1s, 1min);
  return policy;
}

void offer_set_up(Db& db, Clock& clock) {
  const auto code = await(make_setup_code(db, clock));
  if (!code) return;
  std::printf("set-up code: %s\n", code->c_str());
  std::fflush(stdout);
}

// Comes back when the process is asked to end; a SIGHUP reloads the certificate meanwhile.
void wait_for_the_end(const sigset_t& signals, const std::shared_ptr<Tls>& tls) {
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    if (signal != SIGHUP) return;
    if (!tls) continue;

    if (const auto reloaded = tls->reload()) {
      log::info("certificate reloaded");
    } else {
      log::error("the old certificate stays", {{"reason", reloaded.error().text}});
    }
  }
}

}  // namespace

int serve(const Config& config) {
  const sigset_t signals = block_signals();
  const DataFolder folder(config.data);
  const TrustedProxies proxies = value_or_throw(TrustedProxies::parse(config.trusted_proxies));
  const std::shared_ptr<Tls> tls = load_tls(config);

  Loops loops;
  Loops engine(1);
  Loops archivist(1);
  const std::unique_ptr<Db> db = open_store(config);
  SystemClock clock;
  SystemChance chance;
  Atlas atlas = open_atlas(config);
  const Rulebook rules = open_rulebook(config);
  const auto places = await(flow::renew_places(*db, atlas.places, std::nullopt));
  const crypto::FileVault vault = open_vault(config);
  crypto::FileShelf shelf(config.data + "/recordings", key_file(config));
  const Issuers issuers(loops, clock, token_issuers(config));
  PasswordPool passwords;
  const ApiConfig api_config{.version = RINGDOWN_VERSION,
                             .public_url = config.public_url,
                             .cors_origins = config.cors_origins,
                             .cron_secret = config.cron_secret,
                             .metrics_token = config.metrics_token};
  Live live(loops, *db, clock, await(db->instance_read([](Tx& tx) { return store::changes_end(tx); })));
  Api api{.db = *db,
          .clock = clock,
          .chance = chance,
          .config = api_config,
          .passwords = &passwords,
          .vault = &vault,
          .issuers = &issuers,
          .atlas = &atlas,
          .live = &live,
          .shelf = &shelf,
          .identify = identify};
  const Router router(api, all_routes(), account_hooks());
  HttpServer server(loops, HttpLimits{},
                    {.answer = [&](Request& request) { return router.answer(request); },
                     .plan_body = [&](const RequestHead& head) { return router.plan_body(head); }},
                    proxies);
  const std::string address = listen(server, config, tls, proxies);
  Telephone telephone(config, *db, config.public_url.empty() ? address : config.public_url, clock.now());
  const Uuid node = folder.node(chance, clock.now());
  flow::Pulse pulse;
  const flow::Engine dialer{.db = *db,
                            .clock = clock,
                            .chance = chance,
                            .carrier = telephone.carrier(),
                            .atlas = atlas,
                            .rules = rules,
                            .node = node,
                            .policy = policy_of(config),
                            .pulse = &pulse};
  await(flow::begin_pulse(dialer));
  api.engine = &dialer;
  api.hooks = &telephone.hooks();
  live.start();
  for (auto& round : flow::rounds_of(dialer)) engine.spawn(0, std::move(round));
  const flow::Archive archive{.recorder = telephone.recorder(), .shelf = shelf};
  for (auto& round : flow::recording_rounds(dialer, archive)) archivist.spawn(0, std::move(round));
  engine.spawn(0, flow::keep_offering_accounts(dialer, telephone.offers()));
  engine.spawn(0, flow::keep_importing({*db, clock, chance, atlas, node}));
  engine.spawn(0, flow::keep_renewing_places(*db, clock, atlas.places, places));
  if (config.sandbox) {
    auto samples = value_or_throw(read_asset("sample_leads.csv", config.assets));
    engine.spawn(0, flow::keep_bringing_samples({*db, clock, chance, node, std::move(samples.text)}));
  }
  loops.spawn(0, keep_house(*db, clock, node));
  offer_set_up(*db, clock);
  loops.start();
  engine.start();
  archivist.start();
  server.start();

  wait_for_the_end(signals, tls);
  log::info("stopping");
  server.stop();
  archivist.stop();
  engine.stop();
  loops.stop();
  return 0;
}

}  // namespace ringdown
