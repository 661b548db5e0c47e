// What one workspace gets to see is the same whether the one next door is empty or full of look-alikes.
// The stream of events is left out here: live_test listens to two workspaces at once.
#include <doctest/doctest.h>

#include <map>
#include <regex>

#include "api/all_routes.h"
#include "flow/accounts.h"
#include "tests/api/house.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string clinic_mail = "example.com";
const std::string agency_mail = "agency.example.com";

// What happens in a workspace; its people have the same names everywhere, and addresses at `mail`.
using Step = void (*)(House&, Browser& owner, const std::string& mail);

const Step steps[] = {
    [](House&, Browser& owner, const std::string&) {
      owner.send("PUT /api/settings", R"({"company_name":"Smile","timezone":"Europe/Paris"})", 200);
    },
    [](House&, Browser& owner, const std::string&) {
      owner.send("PUT /api/integrations/vapi.api_key", R"({"secret":"a-long-secret-of-a-provider"})", 200);
    },
    [](House&, Browser& owner, const std::string&) {
      owner.post("/api/keys", R"({"name":"import","scopes":["import"]})", 201);
    },
    [](House&, Browser& owner, const std::string&) {
      owner.post("/api/members/invitations", R"({"email":"eve@example.com","role":"rep"})", 201);
    },
    [](House& house, Browser& owner, const std::string& mail) {
      newcomer(house, owner, "bob@" + mail, "admin");
    },
    [](House& house, Browser& owner, const std::string& mail) {
      newcomer(house, owner, "cid@" + mail, "rep");
    },
    [](House& house, Browser&, const std::string& mail) {
      Browser(house).login("bob@" + mail, "not the password", 401);
    },
    [](House& house, Browser& owner, const std::string&) {
      const auto key = owner.post("/api/keys", R"({"name":"old","scopes":["read"]})", 201);
      house.clock().advance(1s);
      owner.send("DELETE /api/keys/" + text_in(key, "id"), "", 200);
    },
};

// Signs in with the password of the first owner, and is called as they are.
Browser owner_next_door(House& house) {
  const Workspace agency = a_workspace(house.api().db(), 7);
  house.instance([&](Tx& tx) {
    const auto ann = *store::find_user(tx, "ann@example.com");
    store::add_user(tx, {nth<UserTag>(7), "ann@" + agency_mail, ann.name, ann.password_hash, tuesday, {}});
    store::put_membership(tx, agency.id(), nth<UserTag>(7), Role::owner, tuesday);
  });
  Browser owner(house);
  owner.login("ann@" + agency_mail, good_password);
  return owner;
}

// Ids are random, and so are the cursors of pages, which hold one; what counts is which ids are the same.
std::string numbered_ids(const std::string& original) {
  static const std::regex cursor(R"re("next":"[^"]*")re");
  static const std::regex id("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  const std::string text = std::regex_replace(original, cursor, R"("next":"CURSOR")");
  std::map<std::string, std::size_t> numbers;
  std::string result;
  auto rest = text.cbegin();
  for (std::sregex_iterator found(text.begin(), text.end(), id), none; found != none; ++found) {
    const auto number = numbers.try_emplace(found->str(), numbers.size()).first->second;
    result.append(rest, (*found)[0].first).append("id " + std::to_string(number));
    rest = (*found)[0].second;
  }
  return result.append(rest, text.cend());
}

std::string seen_by(House& house, const Headers& headers) {
  std::string seen;
  for (const RouteTable& table : all_routes()) {
    for (const Route& route : table) {
      if (route.verb != Verb::get) continue;
      for (const char* query : {"", "?limit=2"}) {
        const std::string request = "GET " + std::string(route.path) + query;
        seen +=
            request + "\n" + comparable(house.api().send({.request = request, .headers = headers})) + "\n";
      }
    }
  }
  return seen;
}

std::string seen_by_all_at(House& house, const std::string& mail) {
  std::string seen;
  for (const char* name : {"ann", "bob", "cid"}) {
    Browser browser(house);
    browser.login(name + ("@" + mail), good_password);
    house.clock().advance(1s);
    seen += std::string("as ") + name + "\n";
    seen += seen_by(house, {{"Cookie", "ringdown_session=" + browser.cookie("ringdown_session")}});
    if (name != std::string("ann")) continue;

    for (const char* scope : {"read", "admin"}) {
      const auto key =
          browser.post("/api/keys", R"({"name":"k","scopes":[")" + std::string(scope) + R"("]})", 201);
      house.clock().advance(1s);
      seen += "with a key\n" + seen_by(house, {{"Authorization", "Bearer " + text_in(key, "key")}});
    }
  }
  return numbered_ids(seen);
}

enum class Agency { empty, full };

std::string seen_in_the_clinic(StoreKind store, Agency agency) {
  House house(store);
  Browser ann = first_owner(house);
  Browser twin = owner_next_door(house);
  house.clock().advance(1s);  // lines of the audit trail that share a moment have no order
  for (const Step step : steps) {
    const Time began = house.clock().now();
    if (agency == Agency::full) step(house, twin, agency_mail);
    house.clock().advance(began - house.clock().now());
    step(house, ann, clinic_mail);
    house.clock().advance(1s);
  }
  return seen_by_all_at(house, clinic_mail);
}

}  // namespace

TEST_CASE("a workspace sees the same whether the one next door is empty or full of look-alikes") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    const std::string beside_nothing = seen_in_the_clinic(store, Agency::empty);
    const std::string beside_a_twin = seen_in_the_clinic(store, Agency::full);

    for (const char* there :
         {"Smile", "eve@example.com", "cid@example.com", R"("name":"old")", "vapi.api_key"}) {
      CHECK_MESSAGE(beside_nothing.contains(there), there);
    }
    CHECK_FALSE(beside_a_twin.contains(agency_mail));
    CHECK(beside_a_twin == beside_nothing);
  }
}
