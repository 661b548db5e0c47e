// Sessions, passwords, limits and the second factor, over the real server.
#include <doctest/doctest.h>

#include <set>

#include "api/sign_in.h"
#include "crypto/base32.h"
#include "crypto/totp.h"
#include "flow/accounts.h"
#include "flow/sessions.h"
#include "store/sign_in.h"
#include "tests/api/house.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr const char* session = "ringdown_session";
constexpr const char* device = "ringdown_device";

void note_no_more(Browser& browser) {
  browser.get("/api/auth/me", 401);
}

std::string code_at(const std::string& secret, Time now) {
  return crypto::totp_code(*crypto::from_base32(secret), now.time_since_epoch() / Span(30s));
}

// Enables the second factor; answers the secret and the first recovery code.
std::pair<std::string, std::string> enable_totp(House& house, Browser& ann) {
  const auto proposal = ann.post("/api/auth/totp", R"({"password":")" + good_password + "\"}");
  const std::string secret = text_in(proposal, "secret");
  const auto codes =
      ann.post("/api/auth/totp/confirm", R"({"code":")" + code_at(secret, house.clock().now()) + "\"}");
  const auto begin = codes.body.find("[\"") + 2;
  return {secret, codes.body.substr(begin, codes.body.find('"', begin) - begin)};
}

std::string login_with(const std::string& code) {
  return R"({"email":"ann@example.com","password":")" + good_password + R"(","totp":")" + code + "\"}";
}

}  // namespace

TEST_CASE("a stranger and a wrong password hear the same") {
  House house;
  first_owner(house);
  Browser browser(house);

  const auto wrong = browser.login("ann@example.com", "not the password", 401);
  const auto unknown = browser.login("nobody@example.com", good_password, 401);
  CHECK(text_in(wrong, "message") == text_in(unknown, "message"));
  CHECK(text_in(wrong, "code") == text_in(unknown, "code"));
  CHECK(browser.cookie(session).empty());
}

TEST_CASE("signing in makes a session of its own, and ends the one the browser came with") {
  House house;
  Browser ann = first_owner(house);
  Browser thief(house);
  thief.set_cookie(session, "a-session-that-somebody-else-has-planted");
  ann.set_cookie(session, thief.cookie(session));

  ann.login(" Ann@Example.COM ", good_password);
  const std::string first = ann.cookie(session);
  CHECK(first != thief.cookie(session));
  note_no_more(thief);

  ann.login("ann@example.com", good_password);
  CHECK(ann.cookie(session) != first);
  thief.set_cookie(session, first);
  note_no_more(thief);
}

TEST_CASE("a session ends when nobody uses it, and does not when somebody does") {
  House house;
  Browser ann = first_owner(house);

  for (int i = 0; i < 4; ++i) {
    house.clock().advance(11h);
    ann.get("/api/auth/me");
  }
  house.clock().advance(12h);
  note_no_more(ann);
}

TEST_CASE("a session ends after thirty days however much it is used") {
  House house;
  Browser ann = first_owner(house);

  for (int hours = 11; hours < 30 * 24; hours += 11) {
    house.clock().advance(11h);
    ann.get("/api/auth/me");
  }
  house.clock().advance(5h);
  note_no_more(ann);
}

TEST_CASE("the use of a session is written down once a minute") {
  House house;
  Browser ann = first_owner(house);
  const auto seen = [&] {
    return house.instance(
        [&](Tx& tx) { return store::find_session(tx, hash_of_secret(ann.cookie(session)))->seen_at; });
  };
  const Time came = seen();
  house.clock().advance(59s);
  ann.get("/api/auth/me");
  CHECK(seen() == came);
  house.clock().advance(1s);
  ann.get("/api/auth/me");
  CHECK(seen() == came + 60s);
}

TEST_CASE("signing out ends the session, not just the cookie") {
  House house;
  Browser ann = first_owner(house);
  const std::string token = ann.cookie(session);

  ann.post("/api/auth/logout", "");
  CHECK(ann.cookie(session).empty());
  ann.set_cookie(session, token);
  note_no_more(ann);
}

TEST_CASE("another password ends all other sessions and keeps a new one of its own") {
  House house;
  Browser ann = first_owner(house);
  Browser phone(house);
  phone.login("ann@example.com", good_password);
  const std::string before = ann.cookie(session);
  const std::string body =
      R"({"old_password":")" + good_password + R"(","password":"lantern pepper quartz"})";

  ann.post("/api/auth/password", R"({"old_password":"wrong","password":"lantern pepper quartz"})", 403);
  ann.post("/api/auth/password", R"({"old_password":")" + good_password + R"(","password":"12345678"})", 400);
  ann.post("/api/auth/password", body);

  CHECK(ann.cookie(session) != before);
  ann.get("/api/auth/me");
  note_no_more(phone);
  phone.login("ann@example.com", good_password, 401);
  phone.login("ann@example.com", "lantern pepper quartz");
}

TEST_CASE("a disabled user is out at once, with their keys, and stays out") {
  House house;
  Browser ann = first_owner(house);
  Browser zoe = newcomer(house, ann, "zoe@example.com", "owner");
  const std::string key = text_in(zoe.post("/api/keys", R"({"name":"Hers","scopes":["admin"]})", 201), "key");
  const UserId id{*parse_uuid(text_in(zoe.get("/api/auth/me"), "id"))};
  SystemChance chance;

  REQUIRE(house.instance(
      [&](Tx& tx) { return flow::disable_user(tx, flow::act_of_command_line(tuesday, chance), id); }));

  note_no_more(zoe);
  with_bearer(house, "GET /api/keys", key, 401);
  zoe.login("zoe@example.com", good_password, 401);
}

TEST_CASE("who guesses from one address is stopped, with the time to wait") {
  House house;
  first_owner(house);
  Browser thief(house, "203.0.113.9");

  for (int i = 0; i < 10; ++i) thief.login("ann@example.com", "guess " + std::to_string(i), 401);
  const auto stopped = thief.login("ann@example.com", good_password, 429);
  CHECK(stopped.header("Retry-After") == "900");

  house.clock().advance(15min);
  thief.login("ann@example.com", good_password);
}

TEST_CASE("the addresses of one IPv6 network count as one") {
  House house;
  first_owner(house);
  Browser thief(house);

  for (int i = 0; i < 10; ++i) {
    thief.move_to("2001:db8:1:2::" + std::to_string(i + 1));
    thief.login("ann@example.com", "guess", 401);
  }
  thief.move_to("2001:db8:1:2::ffff");
  thief.login("ann@example.com", "guess", 429);
  thief.move_to("2001:db8:1:3::1");
  thief.login("ann@example.com", "guess", 401);
}

TEST_CASE("guessing at an account from everywhere does not lock its owner out") {
  House house;
  Browser ann = first_owner(house);
  Browser thief(house);
  for (int i = 0; i < 100; ++i) {
    thief.move_to("203.0.113." + std::to_string(i));
    thief.login("ann@example.com", "guess", 401);
  }
  thief.move_to("203.0.113.200");
  for (int i = 0; i < 3; ++i) thief.login("ann@example.com", "guess", 401);
  thief.login("ann@example.com", "guess", 429);

  Browser hotel(house, "192.0.2.77");
  hotel.login("ann@example.com", good_password);
  ann.move_to("203.0.113.200");
  ann.login("ann@example.com", good_password);
}

TEST_CASE("a known device has tries of its own, for its own account only") {
  House house;
  Browser ann = first_owner(house);
  Browser zoe = newcomer(house, ann, "zoe@example.com", "rep");

  for (int i = 0; i < 10; ++i) ann.login("ann@example.com", "mistyped", 401);
  ann.login("ann@example.com", good_password, 429);

  Browser elsewhere(house, "192.0.2.77");
  elsewhere.set_cookie(device, zoe.cookie(device));
  for (int i = 0; i < 10; ++i) elsewhere.login("ann@example.com", "guess", 401);
  elsewhere.login("ann@example.com", "guess", 429);
}

TEST_CASE("an account that is not there is limited just as one that is") {
  House house;
  Browser thief(house, "203.0.113.9");

  for (int i = 0; i < 10; ++i) thief.login("nobody@example.com", "guess", 401);
  thief.login("nobody@example.com", "guess", 429);
}

TEST_CASE("registering is limited per address") {
  House house;
  Browser thief(house, "203.0.113.9");
  const std::string body =
      R"({"setup_code":"guess","email":"ann@example.com","password":")" + good_password + "\"}";

  for (int i = 0; i < 20; ++i) thief.post("/api/auth/register", body, 400);
  CHECK_FALSE(thief.post("/api/auth/register", body, 429).header("Retry-After").empty());
  thief.move_to("203.0.113.10");
  thief.post("/api/auth/register", body, 400);
}

TEST_CASE("with a second factor the password alone is not enough, and a code is good once") {
  House house;
  Browser ann = first_owner(house);
  const auto [secret, recovery] = enable_totp(house, ann);
  Browser phone(house);

  CHECK(text_in(phone.login("ann@example.com", good_password, 401), "field") == "totp");
  house.clock().advance(30s);
  const std::string code = code_at(secret, house.clock().now());
  phone.post("/api/auth/login", login_with("000000"), 401);
  phone.post("/api/auth/login", login_with(code), 200);
  Browser(house).post("/api/auth/login", login_with(code), 401);
  CHECK(phone.get("/api/auth/me").body.contains(R"("second_factor":true)"));
}

TEST_CASE("the code that enabled the second factor does not sign in as well") {
  House house;
  Browser ann = first_owner(house);
  const auto [secret, recovery] = enable_totp(house, ann);

  Browser(house).post("/api/auth/login", login_with(code_at(secret, house.clock().now())), 401);
}

TEST_CASE("a recovery code signs in once, however it is typed") {
  House house;
  Browser ann = first_owner(house);
  auto recovery = enable_totp(house, ann).second;
  for (char& c : recovery) c = static_cast<char>(std::toupper(c));

  Browser(house).post("/api/auth/login", login_with(recovery), 200);
  Browser(house).post("/api/auth/login", login_with(recovery), 401);
}

TEST_CASE("the second factor is proposed, confirmed and disabled with what a thief of a session lacks") {
  House house;
  Browser ann = first_owner(house);

  ann.post("/api/auth/totp", R"({"password":"wrong"})", 403);
  ann.post("/api/auth/totp/confirm", R"({"code":"123456"})", 409);
  ann.post("/api/auth/totp", R"({"password":")" + good_password + "\"}");
  ann.post("/api/auth/totp/confirm", R"({"code":"abcdef"})", 400);
  Browser(house).login("ann@example.com", good_password);

  enable_totp(house, ann);
  ann.post("/api/auth/totp", R"({"password":")" + good_password + "\"}", 409);
  ann.post("/api/auth/totp/disable", R"({"password":"wrong"})", 403);
  ann.post("/api/auth/totp/disable", R"({"password":")" + good_password + "\"}");
  Browser(house).login("ann@example.com", good_password);
}

TEST_CASE("guessing codes of a second factor is stopped on strange devices, recovery codes still go") {
  House house;
  Browser ann = first_owner(house);
  const auto [secret, recovery] = enable_totp(house, ann);
  Browser thief(house);

  for (int i = 0; i < 30; ++i) {
    thief.move_to("203.0.113." + std::to_string(i));
    thief.post("/api/auth/login", login_with("000000"), 401);
  }
  house.clock().advance(1min);
  thief.move_to("203.0.113.200");
  thief.post("/api/auth/login", login_with(code_at(secret, house.clock().now())), 429);
  ann.post("/api/auth/login", login_with(code_at(secret, house.clock().now())), 200);
  thief.post("/api/auth/login", login_with(recovery), 200);
}

TEST_CASE("the secret of the second factor is sealed in the store") {
  House house;
  Browser ann = first_owner(house);
  const auto [secret, recovery] = enable_totp(house, ann);

  const auto user = house.instance([](Tx& tx) { return store::find_user(tx, "ann@example.com"); });
  const Bytes clear = *crypto::from_base32(secret);
  CHECK_FALSE(user->totp_secret->contains(secret));
  CHECK_FALSE(user->totp_secret->contains(std::string(clear.begin(), clear.end())));
}

TEST_CASE("a password is hashed anew at the next sign-in when we hash better by then") {
  House house;
  Browser ann = first_owner(house);
  const std::string weak = crypto::hash_password(good_password, {.memory_bytes = 16384, .passes = 2});
  house.instance([&](Tx& tx) { store::set_password(tx, store::find_user(tx, "ann@example.com")->id, weak); });

  Browser(house).login("ann@example.com", good_password);
  CHECK(house.instance([](Tx& tx) { return store::find_user(tx, "ann@example.com"); })->password_hash !=
        weak);
  Browser(house).login("ann@example.com", good_password);
}

TEST_CASE("a password that changes between the check and the session does not sign in") {
  House house;
  Browser ann = first_owner(house);
  SystemChance chance;
  const auto signed_in = house.instance([&](Tx& tx) {
    const UserId id = store::find_user(tx, "ann@example.com")->id;
    const flow::Act act{id, Role::owner, "sign-in", {}, tuesday, chance};
    const flow::NewSession fresh{
        .hash = Bytes(32, 1), .replaces = {}, .known_device = {}, .device = Bytes(32, 2)};
    return flow::sign_in(tx, act, id, {.password_hash = "an older hash"}, fresh);
  });

  REQUIRE_FALSE(signed_in);
  CHECK(signed_in.error() == flow::bad_sign_in());
}
