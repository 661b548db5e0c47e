// Tokens of Supabase and Clerk at the real server: signed by npm's jose, keys published by a server of the
// test.
#include <doctest/doctest.h>

#include "api/identities.h"
#include "api/issuers.h"
#include "api/settings.h"
#include "store/identities.h"
#include "store/people.h"
#include "tests/api/settings_cast.h"
#include "tests/jwt/vectors.h"
#include "tests/support/log_capture.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

// Publishes a key set and counts who asks for it.
class KeyServer {
 public:
  explicit KeyServer(std::string keys)
      : keys_(std::move(keys)),
        server_(HttpLimits{.linger_time = 200ms},
                {.answer = [this](Request& request) { return answer(request); }}) {
    port_ = server_.listen("127.0.0.1:0").value();
    server_.start();
  }
  ~KeyServer() { server_.stop(); }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/auth/v1/.well-known/jwks.json";
  }
  int asked() const { return asked_; }

  // Between requests only.
  void publish(std::string keys, int status = 200) {
    keys_ = std::move(keys);
    status_ = status;
  }

 private:
  Task<Response> answer(Request& request) {
    ++asked_;
    co_return Response{.status = request.path == "/auth/v1/.well-known/jwks.json" ? status_.load() : 404,
                       .body = keys_};
  }

  std::atomic<int> asked_ = 0;
  std::atomic<int> status_ = 200;
  std::string keys_;
  HttpServer server_;
  std::uint16_t port_ = 0;
};

// The API with both issuers, at the moment at which the vectors are good, and the owner linked to both
// subjects.
class Server : public ApiServer {
 public:
  explicit Server(const Vectors& given)
      : ApiServer({.tables = {settings_routes, identity_routes}, .hooks = cast_hooks()}),
        given_(given),
        keys(given.key_set("today")),
        issuers_(loops_, clock(), {{supabase(given), keys.url()}, {clerk(given), keys.url()}}) {
    loops_.start();
    clock().advance(vectors_now - tuesday);
    add_cast(db());
    api().issuers = &issuers_;
  }

  void link(const char* token) {
    expect({.says = "links",
            .request = "POST /api/auth/identities",
            .as = owner,
            .body = body_of(token),
            .status = 201});
  }
  std::string body_of(const char* token) const { return R"({"token":")" + given_.token(token) + "\"}"; }

  // The status with which a token may read settings.
  int reads(const char* token) { return ask("GET /api/settings", with_token(given_.token(token))).status; }
  ApiAnswer ask(const std::string& request, const Person& as) { return send({.request = request, .as = as}); }

 private:
  const Vectors& given_;

 public:
  KeyServer keys;

 private:
  Loops loops_{2};
  Issuers issuers_;
};

}  // namespace

TEST_CASE("a token signs in whom its subject was linked to, in each algorithm that is configured") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);

  CHECK(api.reads("good_rs256") == 401);
  api.link("good_rs256");
  api.link("good_es256");

  for (const char* token :
       {"good_rs256", "good_es256", "good_hs256", "good_hs256_with_kid", "audience_list"}) {
    CAPTURE(token);
    CHECK(api.reads(token) == 200);
  }
  CHECK(api.keys.asked() == 2);  // once per issuer
}

TEST_CASE("an unlinked subject is nobody, whatever address its token carries") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  await(api.db().instance([](Tx& tx) {
    return store::add_user(tx, {nth<UserTag>(9), "ann@example.com", "Ann", {}, tuesday, {}});
  }));

  const auto answer = api.expect({.request = "GET /api/settings",
                                  .as = with_token(given->token("good_es256")),
                                  .status = 401,
                                  .body_has = "/api/auth/identities",
                                  .body_lacks = "ann@"});
  CHECK_FALSE(answer.body.contains("0b6c7a52"));
}

TEST_CASE("a token that breaks one rule opens nothing, and its answer shows nothing of it") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  LogCapture log(log::Level::debug);
  api.link("good_rs256");
  api.link("good_es256");

  for (const auto& entry : given->all.at("tokens").as_object()) {
    const std::string name = entry.key();
    const bool good = name.starts_with("good_") || name == "audience_list" || name == "fractional_expiry" ||
                      name.ends_with("_within_skew") || name == "large";
    if (good) continue;
    CAPTURE(name);
    const std::string token = given->token(name.c_str());
    if (token.contains('\n')) continue;  // no header can carry it
    const auto answer = api.ask("GET /api/settings", with_token(token));
    CHECK(answer.status == (name == "huge" ? 431 : 401));
    if (token.size() > 40) CHECK_FALSE(answer.body.contains(token.substr(token.size() - 40)));
  }
  CHECK_FALSE(log.text().contains("eyJ"));
}

TEST_CASE("an unknown key is asked for once in 30 seconds, however many strangers make them up") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  api.link("good_rs256");
  CHECK(api.keys.asked() == 1);

  for (int i = 0; i < 5; ++i) CHECK(api.reads("unknown_kid") == 401);
  CHECK(api.keys.asked() == 1);
  api.clock().advance(30s);
  for (int i = 0; i < 5; ++i) CHECK(api.reads("unknown_kid") == 401);
  CHECK(api.keys.asked() == 2);
  CHECK(api.reads("good_rs256") == 200);
}

TEST_CASE("while an issuer rotates its keys nobody is signed out; afterwards the old key is nothing") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  api.link("good_rs256");
  api.clock().advance(30s);

  api.keys.publish(given->key_set("rotating"));
  CHECK(api.reads("good_rs256_next") == 200);
  CHECK(api.reads("good_rs256") == 200);
  CHECK(api.keys.asked() == 2);

  api.keys.publish(given->key_set("rotated"));
  CHECK(api.reads("good_rs256") == 200);  // until the set is old
}

TEST_CASE("an issuer that is away signs nobody out whose key is kept, and says so to the others") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  api.keys.publish("", 503);

  api.expect({.request = "GET /api/settings",
              .as = with_token(given->token("good_es256")),
              .status = 503,
              .body_has = "try again"});
  api.expect({.request = "POST /api/auth/identities",
              .as = owner,
              .body = api.body_of("good_es256"),
              .status = 503});
  api.keys.publish(given->key_set("today"));
  CHECK(api.reads("good_es256") == 503);
  api.clock().advance(30s);
  api.link("good_es256");

  api.keys.publish("no set at all");
  api.clock().advance(11min);
  CHECK(api.reads("good_es256") == 200);
  CHECK(api.reads("good_es256") == 200);
}

TEST_CASE("identities are linked in a session, listed, and unlinked by their owner") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  const std::string path = "/api/auth/identities";
  const std::string body = api.body_of("good_rs256");

  api.expect_all({
      {.says = "not by nobody", .request = "POST " + path, .body = body, .status = 401},
      {.says = "not by a key", .request = "POST " + path, .as = admin_key, .body = body, .status = 403},
      {.says = "not with a bad token",
       .request = "POST " + path,
       .as = owner,
       .body = api.body_of("wrong_party"),
       .status = 400,
       .body_has = R"("field":"token")"},
      {.says = "linked",
       .request = "POST " + path,
       .as = owner,
       .body = body,
       .status = 201,
       .body_has = "user_2abcDEF"},
      {.says = "twice is once", .request = "POST " + path, .as = owner, .body = body, .status = 201},
      {.says = "not by another",
       .request = "POST " + path,
       .as = rep,
       .body = body,
       .status = 409,
       .body_has = "another user"},
      {.says = "not by a token",
       .request = "POST " + path,
       .as = with_token(given->token("good_rs256")),
       .body = api.body_of("good_es256"),
       .status = 403},
      {.says = "listed", .request = "GET " + path, .as = owner, .body_has = "user_2abcDEF"},
      {.says = "to its owner", .request = "GET " + path, .as = rep, .body_lacks = "user_2abcDEF"},
  });
  const auto links =
      await(api.db().instance_read([](Tx& tx) { return store::identities_of(tx, user_of(owner)); }));
  REQUIRE(links.size() == 1);
  const std::string one = path + "/" + to_text(links.front().id);
  api.expect_all({
      {.says = "not by another", .request = "DELETE " + one, .as = rep, .status = 404},
      {.says = "not by a token",
       .request = "DELETE " + one,
       .as = with_token(given->token("good_rs256")),
       .status = 403},
      {.says = "unlinked", .request = "DELETE " + one, .as = owner},
      {.says = "once", .request = "DELETE " + one, .as = owner, .status = 404},
  });
  CHECK(api.reads("good_rs256") == 401);
}

TEST_CASE("a user who is disabled is nobody by token, too") {
  const Vectors* given = vectors();
  if (!given) return;
  Server api(*given);
  api.link("good_rs256");
  CHECK(api.reads("good_rs256") == 200);

  await(api.db().instance([](Tx& tx) { return store::disable_user(tx, user_of(owner), vectors_now); }));

  CHECK(api.reads("good_rs256") == 401);
}
