// Set-up, registering, members and keys, over the real server.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <thread>

#include "flow/accounts.h"
#include "tests/api/house.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::string registration(const std::string& code, const std::string& email) {
  return R"({"setup_code":")" + code + R"(","email":")" + email + R"(","password":")" + good_password + "\"}";
}

std::string invitation_for(Browser& by, const std::string& email, const std::string& role = "rep") {
  return text_in(
      by.post("/api/members/invitations", R"({"email":")" + email + R"(","role":")" + role + "\"}", 201),
      "invitation");
}

std::string acceptance(const std::string& invitation, const std::string& email) {
  return R"({"invitation":")" + invitation + R"(","email":")" + email + R"(","password":")" + good_password +
         "\"}";
}

std::string id_of(Browser& browser) {
  return text_in(browser.get("/api/auth/me"), "id");
}

}  // namespace

TEST_CASE("the set-up code makes the first owner and a rehearsing workspace, once") {
  House house;
  const std::string code = house.setup_code();
  Browser ann(house);

  ann.post("/api/auth/register", registration("wrong-code", "ann@example.com"), 400);
  const auto made = ann.post("/api/auth/register", registration(code, "Ann@Example.com"), 201);
  CHECK(made.body.contains("ann@example.com"));
  CHECK(made.body.contains(R"("kind":"rehearsal","role":"owner")"));
  CHECK(ann.get("/api/auth/me").body.contains("ann@example.com"));

  Browser(house).post("/api/auth/register", registration(code, "zoe@example.com"), 400);
  CHECK(house.setup_code().empty());
}

TEST_CASE("a newer set-up code takes the place of the older") {
  House house;
  const std::string older = house.setup_code();
  const std::string newer = house.setup_code();

  Browser(house).post("/api/auth/register", registration(older, "ann@example.com"), 400);
  Browser(house).post("/api/auth/register", registration(newer, "ann@example.com"), 201);
}

TEST_CASE("a set-up code may be typed in capitals and with blanks") {
  House house;
  std::string typed = house.setup_code();
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));

  Browser(house).post("/api/auth/register", registration(typed, "ann@example.com"), 201);
}

TEST_CASE("of two who set up at once exactly one becomes the owner") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    House house(kind);
    const Bytes code(32, 7);
    house.instance([&](Tx& tx) { flow::renew_setup_code(tx, code, tuesday); });

    std::array<bool, 4> won{};
    {
      std::vector<std::jthread> racers;
      for (std::size_t i = 0; i < won.size(); ++i) {
        racers.emplace_back([&, i] {
          SystemChance chance;
          const flow::Act act{{}, Role::rep, "sign-in", {}, tuesday, chance};
          const flow::NewPerson person{std::to_string(i) + "@example.com", "One", "hash"};
          won[i] = await(house.api().db().instance([=](Tx& tx) {
                     return flow::set_up(tx, act, code, person, "Clinic");
                   })).has_value();
        });
      }
    }
    CHECK(std::ranges::count(won, true) == 1);
    CHECK(house.instance([](Tx& tx) { return store::count_users(tx); }) == 1);
  }
}

TEST_CASE("two owners who remove each other at once leave one owner") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    House house(kind);
    const WorkspaceId clinic = a_workspace(house.api().db()).id();
    const UserId owners[] = {nth<UserTag>(1), nth<UserTag>(2)};
    house.instance([&](Tx& tx) {
      for (const UserId owner : owners) {
        store::add_user(tx, {owner, to_text(owner) + "@example.com", "", "hash", tuesday, {}});
        store::put_membership(tx, clinic, owner, Role::owner, tuesday);
      }
    });
    {
      std::vector<std::jthread> racers;
      for (const int i : {0, 1}) {
        racers.emplace_back([&, i] {
          SystemChance chance;
          const flow::Act act{owners[i], Role::owner, "session", {}, tuesday, chance};
          await(house.api().db().instance(
              [=, other = owners[1 - i]](Tx& tx) { return flow::remove_member(tx, act, clinic, other); }));
        });
      }
    }
    CHECK(house.instance([&](Tx& tx) { return store::count_owners(tx, clinic); }) == 1);
  }
}

TEST_CASE("registering says which field is wrong") {
  House house;
  const std::string code = house.setup_code();
  const auto body = [&](const std::string& email, const std::string& password) {
    return R"({"setup_code":")" + code + R"(","email":")" + email + R"(","password":")" + password + "\"}";
  };
  Browser ann(house);

  CHECK(text_in(ann.post("/api/auth/register", body("ann", good_password), 400), "field") == "email");
  CHECK(text_in(ann.post("/api/auth/register", body("ann@example.com", "short"), 400), "field") ==
        "password");
  CHECK(ann.post("/api/auth/register", body("ann@example.com", "password1"), 400)
            .body.contains("attacker tries"));
  CHECK(ann.post("/api/auth/register", R"({"email":"ann@example.com","password":")" + good_password + "\"}",
                 400)
            .body.contains("setup_code or an invitation"));
}

TEST_CASE("an invitation is good once, for its address, until it ends") {
  House house;
  Browser ann = first_owner(house);
  const std::string invitation = invitation_for(ann, "zoe@example.com", "admin");

  Browser stranger(house);
  stranger.post("/api/auth/register", acceptance(invitation, "max@example.com"), 400);
  Browser zoe(house);
  CHECK(zoe.post("/api/auth/register", acceptance(invitation, "ZOE@example.com"), 201)
            .body.contains(R"("role":"admin")"));
  CHECK(stranger.post("/api/auth/register", acceptance(invitation, "zoe@example.com"), 400)
            .body.contains("ask for a new one"));

  const std::string late = invitation_for(ann, "max@example.com");
  house.clock().advance(std::chrono::days(8));
  stranger.post("/api/auth/register", acceptance(late, "max@example.com"), 400);
}

TEST_CASE("a withdrawn invitation, and one that a newer took the place of, are good for nothing") {
  House house;
  Browser ann = first_owner(house);
  const std::string replaced = invitation_for(ann, "zoe@example.com");
  const std::string withdrawn = invitation_for(ann, "zoe@example.com");
  const std::string id = text_in(ann.get("/api/members/invitations"), "id");

  ann.send("DELETE /api/members/invitations/" + id, "", 200);
  ann.send("DELETE /api/members/invitations/" + id, "", 404);
  for (const std::string& invitation : {replaced, withdrawn}) {
    Browser(house).post("/api/auth/register", acceptance(invitation, "zoe@example.com"), 400);
  }
}

TEST_CASE("who has an account accepts an invitation signed in, and only their own") {
  House house;
  Browser ann = first_owner(house);
  Browser zoe = newcomer(house, ann, "zoe@example.com", "rep");
  Browser max = newcomer(house, ann, "max@example.com", "rep");
  const std::string second =
      text_in(ann.post("/api/workspaces", R"({"name":"Live one","kind":"live"})", 201), "id");
  ann.choose(second);
  const std::string invitation = invitation_for(ann, "zoe@example.com");

  max.post("/api/auth/accept", R"({"invitation":")" + invitation + "\"}", 400);
  CHECK(Browser(house)
            .post("/api/auth/register", acceptance(invitation, "zoe@example.com"), 409)
            .body.contains("sign in"));
  zoe.post("/api/auth/accept", R"({"invitation":")" + invitation + "\"}");
  zoe.choose(second);
  CHECK(text_in(zoe.get("/api/auth/me"), "workspace") == second);
}

TEST_CASE("a foreign workspace, an unknown one and nonsense are answered with the same words") {
  House house;
  Browser ann = first_owner(house);
  Browser zoe = newcomer(house, ann, "zoe@example.com", "rep");
  const std::string foreign =
      text_in(ann.post("/api/workspaces", R"({"name":"Hers","kind":"live"})", 201), "id");

  std::set<std::string> messages;
  for (const std::string& name :
       {foreign, std::string("01890000-0000-7000-8000-000000000000"), std::string("Clinic")}) {
    zoe.choose(name);
    messages.insert(text_in(zoe.get("/api/auth/me", 404), "message"));
  }
  CHECK(messages.size() == 1);
}

TEST_CASE("the last owner is neither demoted nor removed nor disabled") {
  House house;
  Browser ann = first_owner(house);
  const std::string id = id_of(ann);

  ann.send("PATCH /api/members/" + id, R"({"role":"admin"})", 409);
  ann.send("DELETE /api/members/" + id, "", 409);
  SystemChance chance;
  const auto disabled = house.instance([&](Tx& tx) {
    return flow::disable_user(tx, flow::act_of_command_line(tuesday, chance), {*parse_uuid(id)});
  });
  CHECK_FALSE(disabled);

  Browser zoe = newcomer(house, ann, "zoe@example.com", "owner");
  ann.send("PATCH /api/members/" + id, R"({"role":"admin"})", 200);
  zoe.send("DELETE /api/members/" + id_of(zoe), "", 409);
}

TEST_CASE("an admin handles reps and admins but never owners") {
  House house;
  Browser ann = first_owner(house);
  Browser zoe = newcomer(house, ann, "zoe@example.com", "admin");
  Browser max = newcomer(house, ann, "max@example.com", "rep");
  const std::string rep = id_of(max);

  zoe.send("PATCH /api/members/" + id_of(ann), R"({"role":"rep"})", 403);
  zoe.send("DELETE /api/members/" + id_of(ann), "", 403);
  zoe.send("PATCH /api/members/" + rep, R"({"role":"owner"})", 403);
  zoe.post("/api/members/invitations", R"({"email":"ida@example.com","role":"owner"})", 403);
  zoe.send("PATCH /api/members/" + rep, R"({"role":"admin"})", 200);
  zoe.send("DELETE /api/members/" + rep, "", 200);
  zoe.send("DELETE /api/members/" + rep, "", 404);
  max.get("/api/members", 403);
  CHECK(max.get("/api/auth/me").body.contains(R"("workspaces":[])"));
}

TEST_CASE("members come page by page") {
  House house;
  Browser ann = first_owner(house);
  for (const char* name : {"bea", "cem", "dan", "eva"})
    newcomer(house, ann, std::string(name) + "@example.com", "rep");

  std::string seen;
  std::string path = "/api/members?limit=2";
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = ann.get(path);
    for (const char* name : {"ann", "bea", "cem", "dan", "eva"}) {
      if (page.body.contains(std::string(name) + "@")) seen += name + std::string(" ");
    }
    if (!page.body.contains("\"next\"")) break;
    path = "/api/members?limit=2&after=" + text_in(page, "next");
  }
  CHECK(seen == "ann bea cem dan eva ");
  ann.get("/api/members?after=nonsense", 400);
}

TEST_CASE("a key works until it is revoked, and is shown once") {
  House house;
  Browser ann = first_owner(house);
  const auto made = ann.post("/api/keys", R"({"name":"Import","scopes":["admin"]})", 201);
  const std::string key = text_in(made, "key");

  CHECK(key.starts_with("rd_"));
  CHECK(with_bearer(house, "GET /api/keys", key, 200).contains("Import"));
  CHECK_FALSE(ann.get("/api/keys").body.contains(key.substr(3)));
  with_bearer(house, "GET /api/keys", key + "x", 401);
  with_bearer(house, "POST /api/keys", key, 403);
  with_bearer(house, "GET /api/auth/me", key, 403);

  ann.send("DELETE /api/keys/" + text_in(made, "id"), "", 200);
  ann.send("DELETE /api/keys/" + text_in(made, "id"), "", 404);
  with_bearer(house, "GET /api/keys", key, 401);
}

TEST_CASE("a key has its scopes only, and its workspace only") {
  House house;
  Browser ann = first_owner(house);
  const std::string key =
      text_in(ann.post("/api/keys", R"({"name":"Read","scopes":["read","read"]})", 201), "key");
  const std::string other =
      text_in(ann.post("/api/workspaces", R"({"name":"Other","kind":"live"})", 201), "id");

  CHECK(with_bearer(house, "GET /api/members", key, 403).contains("scope admin"));
  house.api().expect({.says = "a key does not go where its maker may",
                      .request = "GET /api/keys",
                      .headers = {{"Authorization", "Bearer " + key}, {"X-Workspace", other}},
                      .status = 404});
}

TEST_CASE("a key ends when its maker is no owner any more, or is gone") {
  for (const std::string& how : {std::string("PATCH"), std::string("DELETE")}) {
    CAPTURE(how);
    House house;
    Browser ann = first_owner(house);
    Browser zoe = newcomer(house, ann, "zoe@example.com", "owner");
    const std::string key =
        text_in(zoe.post("/api/keys", R"({"name":"Hers","scopes":["admin"]})", 201), "key");
    with_bearer(house, "GET /api/keys", key, 200);

    ann.send(how + " /api/members/" + id_of(zoe), how == "PATCH" ? R"({"role":"rep"})" : "", 200);
    with_bearer(house, "GET /api/keys", key, 401);
  }
}

TEST_CASE("who did what can be read by admins of the workspace it was done in, and holds no secret") {
  House house;
  Browser ann = first_owner(house);
  Browser max = newcomer(house, ann, "max@example.com", "rep");
  const std::string key =
      text_in(ann.post("/api/keys", R"({"name":"Import","scopes":["read"]})", 201), "key");
  Browser(house).login("ann@example.com", "wrong password", 401);
  ann.send("PUT /api/settings", R"({"company_name":"Clinic"})", 200);
  ann.send("PUT /api/integrations/vapi.api_key", R"({"secret":"kept from everybody"})", 200);
  ann.send("DELETE /api/integrations/vapi.api_key", "", 200);

  const std::string trail = ann.get("/api/audit").body;
  for (const char* what : {"instance set up", "invited as rep", "joined as rep", "key made",
                           "sign-in refused", "settings changed", "secret set", "secret forgotten"}) {
    CAPTURE(what);
    CHECK(trail.contains(what));
  }
  CHECK(trail.contains("198.51.100.1"));
  for (const std::string& secret :
       {key.substr(3), std::string("@example.com"), good_password, std::string("kept from everybody")}) {
    CHECK_FALSE(trail.contains(secret));
  }
  max.get("/api/audit", 403);

  ann.choose(text_in(ann.post("/api/workspaces", R"({"name":"Other","kind":"live"})", 201), "id"));
  CHECK_FALSE(ann.get("/api/audit").body.contains("key made"));
}
