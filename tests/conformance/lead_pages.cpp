// The scenario about lists of leads: every order, walked by its last lead and by offset, under every filter.
#include <doctest/doctest.h>

#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;
using store::LeadFilter;
using store::LeadOrder;
using store::LeadPage;

constexpr Statement call_at("call_at", Scope::tenant,
                            "UPDATE leads SET last_called_at = ?2 WHERE workspace_id = ?3 AND id = ?1",
                            "UPDATE leads SET last_called_at = $2 WHERE workspace_id = $3 AND id = $1", 2,
                            true);

constexpr LeadOrder orders[] = {LeadOrder::newest, LeadOrder::oldest, LeadOrder::contact_name,
                                LeadOrder::status, LeadOrder::phone,  LeadOrder::last_called_at};

const PipelineId spring = nth<PipelineTag>(1);

struct Wanted {
  const char* says;
  LeadFilter filter;
  std::size_t passing;
};
const Wanted wanted[] = {
    {"everything", {}, 12},
    {"status", {.status = LeadStatus::no_answer}, 4},
    {"pipeline", {.pipeline = spring}, 2},
    {"another pipeline", {.pipeline = nth<PipelineTag>(2)}, 0},
    {"tier", {.tier = Tier::high}, 3},
    {"tag", {.tag = "vip"}, 3},
    {"tag in other letters", {.tag = "VIP"}, 0},
    {"half a tag", {.tag = "vi"}, 0},
    {"tag with quotes", {.tag = R"(a "b" \c, {d})"}, 1},
    {"city", {.city = "dALLAS"}, 3},
    {"half a city", {.city = "Dall"}, 0},
    {"city with a sign", {.city = "50%_\\"}, 1},
    {"any sign is no wildcard", {.city = "Dalla_"}, 0},
    {"nor is many", {.city = "%"}, 0},
    {"state", {.state = "tx"}, 3},
    {"state with a sign", {.state = "T_"}, 0},
    {"country", {.country = "US"}, 2},
    {"country in other letters", {.country = "us"}, 0},
    {"words in names", {.words = "aNN"}, 2},
    {"words in a company", {.words = "roof"}, 1},
    {"words in an address", {.words = "@EXAMPLE.com"}, 2},
    {"words in an external id", {.words = "CRM-"}, 2},
    {"a percent sign", {.words = "100%"}, 1},
    {"a low line", {.words = "_"}, 2},
    {"a backslash", {.words = "\\"}, 2},
    {"a quote", {.words = "'"}, 1},
    {"letters beyond ASCII as they are", {.words = "Zoë 日本"}, 1},
    {"digits of a number", {.words = "201-555"}, 12},
    {"digits with brackets", {.words = "+1 (201) 555-0103"}, 1},
    {"few digits", {.words = "12"}, 0},
    {"digits and letters", {.words = "201x"}, 0},
    {"digits in a name", {.words = "0105"}, 2},
    {"no words at all", {.words = ""}, 12},
    {"many things",
     {.status = LeadStatus::no_answer, .tier = Tier::high, .city = "dallas", .words = "ann"},
     1},
};

Lead lead_of(std::uint64_t n, const char* name, LeadStatus status) {
  Lead lead = bare_lead(n);
  if (*name) lead.contact_name = name;
  lead.status = status;
  return lead;
}

std::vector<Lead> cast() {
  using enum LeadStatus;
  std::vector<Lead> leads{lead_of(0, "Ann", no_answer),
                          lead_of(1, "ann", pending),
                          lead_of(2, "Bob O'Neil", no_answer),
                          lead_of(3, "", wrong_number),
                          lead_of(4, "", pending),
                          lead_of(5, "100% Solar", pending),
                          lead_of(6, "a_b", dnc),
                          lead_of(7, "back\\slash", no_answer),
                          lead_of(8, "Zoë 日本", scheduled),
                          lead_of(9, "Box 0105", no_answer),
                          lead_of(10, "é", callback),
                          lead_of(11, "_", not_interested)};
  leads[0].tier = leads[2].tier = leads[5].tier = Tier::high;
  leads[0].city = leads[1].city = leads[2].city = "Dallas";
  leads[1].city = "DALLAS";
  leads[5].city = "50%_\\";
  leads[0].state = leads[1].state = "TX";
  leads[2].state = "tx";
  leads[0].country = leads[5].country = "US";
  leads[0].tags = leads[3].tags = {"vip"};
  leads[4].tags = {"old", "vip"};
  leads[6].tags = {R"(a "b" \c, {d})"};
  leads[3].company_name = "Roofs & more \\";
  leads[1].email = "a@example.com";
  leads[4].email = "b@example.com";
  leads[8].external_id = "crm-8";
  leads[9].external_id = "Crm-9";
  leads[7].pipeline_id = leads[8].pipeline_id = spring;
  return leads;
}

void fill(Tx& tx) {
  store::add_pipeline(tx, {spring, "Spring", tuesday});
  const auto leads = cast();
  CHECK(store::add_leads(tx, leads) == std::ssize(leads));
  for (const std::size_t n : {1, 4, 7, 9}) {
    tx.run(call_at, {leads[n].id, tuesday + std::chrono::hours(n % 4)});
  }
  const Lead gone = lead_of(50, "Ann", LeadStatus::no_answer);
  store::add_leads(tx, std::vector{gone});
  store::remove_leads(tx, std::vector{gone.id}, tuesday);
}

void go_behind(LeadPage& page, const Lead& last) {
  page.behind = last.id;
  page.behind_time = last.last_called_at;
  if (page.order == LeadOrder::contact_name) page.behind_word = name_key(last.contact_name.value_or(""));
  if (page.order == LeadOrder::status) page.behind_word = to_text(last.status);
  if (page.order == LeadOrder::phone) page.behind_word = last.phone;
}

std::vector<Lead> walked(Tx& tx, LeadPage page) {
  std::vector<Lead> all;
  for (page.limit = 2;;) {
    const auto leads = store::leads_page(tx, page);
    if (leads.empty()) return all;
    all.insert(all.end(), leads.begin(), leads.end());
    go_behind(page, all.back());
  }
}

std::vector<Lead> turned(Tx& tx, LeadPage page) {
  std::vector<Lead> all;
  for (page.limit = 3;; page.offset += 3) {
    const auto leads = store::leads_page(tx, page);
    if (leads.empty()) return all;
    all.insert(all.end(), leads.begin(), leads.end());
  }
}

std::string names_of(const std::vector<Lead>& leads) {
  std::string names;
  for (const Lead& lead : leads) names += lead.contact_name.value_or(lead.phone) + ", ";
  return names;
}

}  // namespace

void lead_pages(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.write(clinic, fill));
  await(db.write(agency, fill));
  await(db.read(clinic, [&](Tx& tx) {
    for (const auto& [says, filter, passing] : wanted) {
      for (const LeadOrder order : orders) {
        CAPTURE(std::string(says));
        CAPTURE(to_text(order));
        const LeadPage page{.filter = filter, .order = order};
        const auto all = store::leads_page(tx, page);
        CHECK(all.size() == passing);
        CHECK(walked(tx, page) == all);
        CHECK(turned(tx, page) == all);
        history.note("{} by {}: {}", says, to_text(order), names_of(all));
      }
    }
  }));
}

}  // namespace ringdown::test
