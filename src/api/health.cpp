#include "api/health.h"

#include "base/json.h"
#include "base/log.h"
#include "store/schema.h"

namespace ringdown {
namespace {

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct Readiness {
  std::string status;
  std::string store;
  std::optional<std::string> migration;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, store, migration))

template <class T>
struct Answer {
  bool success;
  T data;
};
BOOST_DESCRIBE_STRUCT(Answer<Health>, (), (success, data))
BOOST_DESCRIBE_STRUCT(Answer<Readiness>, (), (success, data))

template <class T>
Response json_answer(int status, T data) {
  Response response{.status = status, .body = write_json(Answer<T>{status == 200, std::move(data)})};
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response answer_healthz() { return json_answer(200, Health{"ok"}); }

Task<Response> answer_readyz(Db& db) {
  try {
    auto migration = co_await db.instance_read([](Tx& tx) { return store::newest_migration(tx); });
    co_return json_answer(200, Readiness{"ready", "ok", std::move(migration)});
  } catch (const Breakage& breakage) {
    log::warn("not ready", {{"reason", breakage.what()}});
    co_return json_answer(503, Readiness{"not ready", to_text(breakage.reason()), std::nullopt});
  }
}

}  // namespace ringdown
