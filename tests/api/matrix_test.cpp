// Who may do what: every route of the product asked by everybody there is. What each may is written here once
// more, apart from the product's own decision.
#include <doctest/doctest.h>

#include <set>

#include "api/all_routes.h"
#include "store/identities.h"
#include "tests/api/house.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Operation {
  std::string request;
  Access access;
  std::optional<KeyScope> scope{};
  bool takes_secret = false;  // of the configuration, which nobody here has
};

// Signing out is last: whoever did it is nobody afterwards.
const std::vector<Operation> operations = {
    {"GET /healthz", Access::open},
    {"GET /readyz", Access::open},
    {"GET /metrics", Access::open},
    {"GET /api/cron", Access::open, {}, true},
    {"POST /api/cron", Access::open, {}, true},
    {"GET /api/openapi.json", Access::open},
    {"POST /api/webhooks/twilio/status", Access::open},
    {"POST /api/webhooks/twilio/amd", Access::open},
    {"POST /api/webhooks/twilio/recording", Access::open},
    {"POST /api/webhooks/twilio/stream", Access::open},
    {"GET /recordings/{file}", Access::open},
    {"POST /api/twiml/call/{id}", Access::open},
    {"POST /media-stream-twiml", Access::open},
    {"POST /api/auth/register", Access::open},
    {"POST /api/auth/login", Access::open},
    {"GET /api/auth/me", Access::user},
    {"POST /api/auth/password", Access::user},
    {"POST /api/auth/accept", Access::user},
    {"POST /api/auth/totp", Access::user},
    {"POST /api/auth/totp/confirm", Access::user},
    {"POST /api/auth/totp/disable", Access::user},
    {"GET /api/auth/identities", Access::user},
    {"POST /api/auth/identities", Access::user},
    {"DELETE /api/auth/identities/{id}", Access::user},
    {"GET /api/workspaces", Access::user},
    {"POST /api/workspaces", Access::owner},
    {"GET /api/events", Access::rep, KeyScope::read},
    {"GET /api/settings", Access::rep, KeyScope::read},
    {"PUT /api/settings", Access::admin},
    {"GET /api/integrations", Access::admin},
    {"PUT /api/integrations/{name}", Access::owner},
    {"DELETE /api/integrations/{name}", Access::owner},
    {"GET /api/keys", Access::admin, KeyScope::admin},
    {"POST /api/keys", Access::owner},
    {"DELETE /api/keys/{id}", Access::admin},
    {"GET /api/members", Access::admin, KeyScope::admin},
    {"PATCH /api/members/{id}", Access::admin},
    {"DELETE /api/members/{id}", Access::admin},
    {"GET /api/members/invitations", Access::admin, KeyScope::admin},
    {"POST /api/members/invitations", Access::admin},
    {"DELETE /api/members/invitations/{id}", Access::admin},
    {"GET /api/audit", Access::admin, KeyScope::admin},
    {"GET /api/leads", Access::rep, KeyScope::read},
    {"POST /api/leads", Access::rep, KeyScope::import},
    {"POST /api/leads/batch", Access::admin, KeyScope::import},
    {"POST /api/leads/import", Access::admin, KeyScope::import},
    {"GET /api/leads/imports", Access::rep, KeyScope::read},
    {"GET /api/leads/imports/{id}", Access::rep, KeyScope::read},
    {"POST /api/leads/imports/{id}/cancel", Access::admin, KeyScope::import},
    {"GET /api/leads/imports/{id}/report.csv", Access::rep, KeyScope::read},
    {"GET /api/leads/export", Access::admin, KeyScope::read},
    {"GET /api/leads/{id}", Access::rep, KeyScope::read},
    {"PATCH /api/leads/{id}", Access::rep, KeyScope::import},
    {"DELETE /api/leads/{id}", Access::admin, KeyScope::import},
    {"POST /api/leads/{id}/link-call", Access::rep, KeyScope::dial},
    {"POST /api/leads/{id}/unlink-call", Access::rep, KeyScope::dial},
    {"POST /api/leads/{id}/erase", Access::admin, KeyScope::admin},
    {"GET /api/erasures", Access::admin, KeyScope::admin},
    {"GET /api/pipelines", Access::rep, KeyScope::read},
    {"POST /api/pipelines", Access::admin, KeyScope::import},
    {"PATCH /api/pipelines/{id}", Access::admin, KeyScope::import},
    {"DELETE /api/pipelines/{id}", Access::admin, KeyScope::import},
    {"GET /api/consents", Access::rep, KeyScope::read},
    {"POST /api/consents", Access::rep, KeyScope::import},
    {"POST /api/consents/{id}/revoke", Access::rep, KeyScope::import},
    {"GET /api/dnc", Access::rep, KeyScope::read},
    {"POST /api/dnc", Access::rep, KeyScope::import},
    {"POST /api/dnc/import", Access::admin, KeyScope::import},
    {"POST /api/dnc/remove", Access::admin, KeyScope::admin},
    {"GET /api/places", Access::rep, KeyScope::read},
    {"GET /api/campaigns", Access::rep, KeyScope::read},
    {"POST /api/campaigns", Access::admin, KeyScope::admin},
    {"GET /api/campaigns/{id}", Access::rep, KeyScope::read},
    {"PATCH /api/campaigns/{id}", Access::admin, KeyScope::admin},
    {"POST /api/campaigns/{id}/start", Access::admin, KeyScope::dial},
    {"POST /api/campaigns/{id}/pause", Access::admin, KeyScope::dial},
    {"GET /api/campaigns/{id}/preview", Access::rep, KeyScope::read},
    {"GET /api/automation", Access::rep, KeyScope::read},
    {"PUT /api/automation", Access::admin, KeyScope::admin},
    {"GET /api/carrier-accounts", Access::admin, KeyScope::admin},
    {"POST /api/carrier-accounts", Access::admin, KeyScope::admin},
    {"PATCH /api/carrier-accounts/{id}", Access::admin, KeyScope::admin},
    {"POST /api/queue/schedule-call", Access::rep, KeyScope::dial},
    {"GET /api/calls", Access::rep, KeyScope::read},
    {"GET /api/calls/{id}", Access::rep, KeyScope::read},
    {"POST /api/calls/{id}/cancel", Access::rep, KeyScope::dial},
    {"POST /api/calls/{id}/hangup", Access::rep, KeyScope::dial},
    {"GET /transcripts/{sid}", Access::rep, KeyScope::read},
    {"GET /api/recordings/{sid}", Access::rep, KeyScope::read},
    {"GET /api/recordings/lead/{id}", Access::rep, KeyScope::read},
    {"GET /api/phone", Access::rep, KeyScope::read},
    {"PUT /api/phone", Access::rep},
    {"DELETE /api/phone", Access::rep},
    {"GET /api/leads/{id}/why-not", Access::rep, KeyScope::read},
    {"POST /api/auth/logout", Access::user},
};

enum class Standing { unknown, foreign, person, program };

struct Asker {
  std::string name;
  Standing standing;
  Headers headers{};
  Role role = Role::rep;
  KeyScope scope = KeyScope::read;
};

constexpr int let_in = 0;

int expected_of_person(Access access, Role role) {
  const bool enough = access == Access::user || access == Access::rep ||
                      (access == Access::admin && role != Role::rep) || role == Role::owner;
  return enough ? let_in : 403;
}

int expected_of_program(const Operation& operation, KeyScope scope) {
  const bool enough = operation.scope && (scope == KeyScope::admin || scope == *operation.scope);
  return enough ? let_in : 403;
}

int expected(const Operation& operation, const Asker& asker) {
  if (operation.takes_secret) return 401;
  if (operation.access == Access::open) return let_in;
  switch (asker.standing) {
    case Standing::unknown: return 401;
    case Standing::foreign: return 404;
    case Standing::person: return expected_of_person(operation.access, asker.role);
    case Standing::program: return expected_of_program(operation, asker.scope);
  }
  return 500;
}

Headers of_session(const Browser& browser) {
  return {{"Cookie", "ringdown_session=" + browser.cookie("ringdown_session")},
          {"Sec-Fetch-Site", "same-origin"}};
}

Headers of_key(const std::string& key) {
  return {{"Authorization", "Bearer " + key}};
}

Headers in_workspace(Headers headers, const std::string& id) {
  headers.add("X-Workspace", id);
  return headers;
}

ApiAnswer new_key(Browser& owner, const std::string& scope) {
  return owner.post("/api/keys", R"({"name":"k","scopes":[")" + scope + R"("]})", 201);
}

// The clinic with its people, and the agency next door, whose owner is zoe.
struct Street {
  House house;
  Browser lapsed = first_owner(house);
  Browser ann{house};
  Browser bob{house};
  Browser cid{house};
  Browser zoe{house};
  std::string clinic;
  std::string agency;

  Street() {
    house.clock().advance(13h);
    ann.login("ann@example.com", good_password);
    clinic = text_in(ann.get("/api/auth/me"), "workspace");
    agency = text_in(ann.post("/api/workspaces", R"({"name":"Agency","kind":"live"})", 201), "id");
    ann.choose(agency);
    zoe = newcomer(house, ann, "zoe@example.com", "owner");
    ann.choose(clinic);
    bob = newcomer(house, ann, "bob@example.com", "admin");
    cid = newcomer(house, ann, "cid@example.com", "rep");
  }

  std::vector<Asker> askers();
};

std::vector<Asker> Street::askers() {
  std::vector<Asker> all = {
      {"nobody", Standing::unknown},
      {"an expired session", Standing::unknown, of_session(lapsed)},
      {"a rep", Standing::person, of_session(cid), Role::rep},
      {"an admin", Standing::person, of_session(bob), Role::admin},
      {"the owner", Standing::person, in_workspace(of_session(ann), clinic), Role::owner},
      {"the owner next door", Standing::foreign, in_workspace(of_session(zoe), clinic)},
      {"a key from next door", Standing::foreign,
       in_workspace(of_key(text_in(new_key(zoe, "admin"), "key")), clinic)},
  };
  for (const KeyScope scope : {KeyScope::read, KeyScope::dial, KeyScope::import, KeyScope::admin}) {
    const std::string word(to_text(scope));
    all.push_back({"a key with " + word, Standing::program, of_key(text_in(new_key(ann, word), "key")),
                   Role::rep, scope});
  }
  const ApiAnswer revoked = new_key(ann, "admin");
  ann.send("DELETE /api/keys/" + text_in(revoked, "id"), "", 200);
  all.push_back({"a revoked key", Standing::unknown, of_key(text_in(revoked, "key"))});
  return all;
}

std::string filled(std::string request, const std::string& id) {
  const std::pair<std::string, std::string> values[] = {
      {"{id}", id}, {"{sid}", "CA0"}, {"{name}", "vapi.api_key"}};
  for (const auto& [name, value] : values) {
    if (const auto at = request.find(name); at != std::string::npos) request.replace(at, name.size(), value);
  }
  return request;
}

const std::string unknown_id = "00000000-0000-7000-8000-00000000beef";

// Whoever is let in changes nothing: the body lacks what the route needs.
ApiAnswer ask(House& house, const std::string& request, const Headers& headers,
              const std::string& body = "{}") {
  const bool bare = request.starts_with("GET") || request.starts_with("DELETE");
  return house.api().send({.request = request, .headers = headers, .body = bare ? "" : body});
}

bool is_as_expected(int expected, int status, const std::string& request) {
  if (expected != let_in) return status == expected;
  return status < 500 && status != 401 && status != 403 && (status != 404 || request.contains('{'));
}

// A request's id there, by the beginning of its path.
using Ids = std::vector<std::pair<std::string, std::string>>;

Ids ids_next_door(Street& street) {
  const store::Identity identity{nth<store::IdentityTag>(9), "https://sign-in.example", "zoe",
                                 UserId{*parse_uuid(text_in(street.zoe.get("/api/auth/me"), "id"))}, tuesday};
  street.house.instance([&](Tx& tx) { return store::link_identity(tx, identity); });
  const auto invited =
      street.zoe.post("/api/members/invitations", R"({"email":"eve@example.com","role":"rep"})", 201);
  const auto lead = street.zoe.post("/api/leads", R"({"phone":"+12125550123"})", 201);
  const auto imported = street.zoe.upload("/api/leads/import", "Phone\r\n+12125550124\r\n");
  const auto pipeline = street.zoe.post("/api/pipelines", R"({"name":"Spring"})", 201);
  const auto consent =
      street.zoe.post("/api/consents",
                      R"({"phone":"+12125550123","text_shown":"Call me","scope":"information",)"
                      R"("given_at":"2025-01-01T00:00:00Z","method":"form","written":true})",
                      201);
  const auto account = street.zoe.post("/api/carrier-accounts", R"({"name":"Desk"})", 201);
  const auto campaign =
      street.zoe.post("/api/campaigns", R"({"name":"Recall","purpose":"information"})", 201);
  const auto call = street.zoe.post("/api/queue/schedule-call", R"({"to":"+12125550123"})", 202);
  return {{"/api/auth/identities/", to_text(identity.id)},
          {"/api/carrier-accounts/", text_in(account, "id")},
          {"/api/campaigns/", text_in(campaign, "id")},
          {"/api/calls/", text_in(call, "id")},
          {"/api/keys/", text_in(new_key(street.zoe, "admin"), "id")},
          {"/api/members/invitations/", text_in(invited, "id")},
          {"/api/leads/imports/", text_in(imported, "import_id")},
          {"/api/leads/", text_in(lead, "id")},
          {"/api/recordings/lead/", text_in(lead, "id")},
          {"/api/pipelines/", text_in(pipeline, "id")},
          {"/api/consents/", text_in(consent, "id")},
          {"/api/members/", to_text(identity.user_id)}};
}

std::string id_for(const std::string& request, const Ids& ids) {
  for (const auto& [path, id] : ids) {
    if (request.contains(path)) return id;
  }
  FAIL("no id of another workspace is known for ", request);
  return {};
}

// A body that the route takes, so that only the id is left to complain about.
std::string body_for(const std::string& request) {
  const std::pair<std::string, std::string> bodies[] = {
      {"PATCH /api/members/", R"({"role":"rep"})"},
      {"PATCH /api/leads/", R"({"notes":"calls back"})"},
      {"/link-call", R"({"call_sid":"CA1"})"},
      {"/erase", R"({"reason":"asked for it"})"},
      {"PATCH /api/pipelines/", R"({"name":"Autumn"})"},
      {"/revoke", R"({"reason":"said so"})"},
      {"PATCH /api/campaigns/", R"({"name":"Autumn"})"},
      {"PATCH /api/carrier-accounts/", R"({"name":"Autumn"})"},
  };
  for (const auto& [part, body] : bodies) {
    if (request.contains(part)) return body;
  }
  return "";
}

}  // namespace

TEST_CASE("every route of the product has a row in the matrix, and every row a route") {
  std::multiset<std::string> served{"GET /api/openapi.json"};
  for (const RouteTable& table : all_routes()) {
    for (const Route& route : table)
      served.insert(std::string(to_text(route.verb)) + " " + std::string(route.path));
  }
  std::multiset<std::string> expected_here;
  for (const Operation& operation : operations) expected_here.insert(operation.request);

  CHECK(served == expected_here);
}

TEST_CASE("everybody gets what is theirs and nothing else, on every route") {
  Street street;
  const std::vector<Asker> askers = street.askers();
  int cells = 0;
  for (const Operation& operation : operations) {
    for (const Asker& asker : askers) {
      CAPTURE(operation.request);
      CAPTURE(asker.name);
      const ApiAnswer answer = ask(street.house, filled(operation.request, unknown_id), asker.headers);
      CAPTURE(answer.status);
      CAPTURE(answer.body);
      CHECK(is_as_expected(expected(operation, asker), answer.status, operation.request));
      ++cells;
    }
  }
  CHECK(cells > 300);
}

TEST_CASE("an id from next door is answered byte for byte as one that nobody has") {
  Street street;
  const Ids ids = ids_next_door(street);
  const Headers ann = in_workspace(of_session(street.ann), street.clinic);
  int asked = 0;
  for (const Operation& operation : operations) {
    const bool by_signature = operation.access == Access::open;
    if (by_signature || !operation.request.contains("{id}")) continue;
    CAPTURE(operation.request);
    const std::string body = body_for(operation.request);
    const ApiAnswer foreign =
        ask(street.house, filled(operation.request, id_for(operation.request, ids)), ann, body);
    CHECK(foreign.status == 404);
    CHECK(comparable(foreign) ==
          comparable(ask(street.house, filled(operation.request, unknown_id), ann, body)));
    ++asked;
  }
  CHECK(asked == 28);
}

TEST_CASE("a workspace next door is answered byte for byte as one that does not exist") {
  Street street;
  const std::string key = text_in(new_key(street.zoe, "admin"), "key");
  for (const Headers& zoe : {of_session(street.zoe), of_key(key)}) {
    for (const Operation& operation : operations) {
      CAPTURE(operation.request);
      const std::string request = filled(operation.request, unknown_id);
      CHECK(comparable(ask(street.house, request, in_workspace(zoe, street.clinic))) ==
            comparable(ask(street.house, request, in_workspace(zoe, unknown_id))));
    }
  }
}
