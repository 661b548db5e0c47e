// Leads, pipelines, consents and numbers that are not called, as their clients see them.
#include <doctest/doctest.h>

#include "tests/api/house.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string nobodys = "00000000-0000-7000-8000-00000000beef";

// An owner at their desk: what they send and what must come back, as rows.
struct Clinic {
  House house;
  Browser ann;

  explicit Clinic(StoreKind store = StoreKind::sqlite_memory) : house(store), ann(first_owner(house)) {}

  std::string lead(const std::string& fields) {
    house.clock().advance(1ms);
    return text_in(ann.post("/api/leads", "{" + fields + "}", 201), "id");
  }

  struct Row {
    std::string says;
    std::string request;
    std::string body{};
    int status = 200;
    std::vector<std::string> has{};
    std::vector<std::string> lacks{};
  };
  std::string expect(const Row& row) {
    CAPTURE(row.says);
    house.clock().advance(1ms);
    const std::string body = ann.send(row.request, row.body, row.status).body;
    for (const std::string& one : row.has) CHECK_MESSAGE(body.contains(one), one, " is not in ", body);
    for (const std::string& one : row.lacks) CHECK_MESSAGE(!body.contains(one), one, " is in ", body);
    return body;
  }
  void expect_all(const std::vector<Row>& rows) {
    for (const Row& row : rows) expect(row);
  }
};

const std::string consent_of_ann =
    R"({"phone":"(212) 555-0101","text_shown":"You may call me","given_at":"2026-01-02T10:00:00Z",)"
    R"("method":"form","scope":"marketing","written":true})";

}  // namespace

TEST_CASE("a lead needs nothing but a phone, and is read and written by the seeds' names as well") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    clinic.expect_all({
        {.says = "a phone alone",
         .request = "POST /api/leads",
         .body = R"({"phone":"(212) 555-0101"})",
         .status = 201,
         .has = {R"("success":true)", R"("phone":"+12125550101")", R"("status":"pending")",
                 R"("lead_status":"pending")", R"("call_attempts":0)", R"("call_count":0)"},
         .lacks = {"undialable\":\""}},
        {.says = "other names",
         .request = "POST /api/leads",
         .body =
             R"({"phone_number":"2125550102 x34","name":" Bob ","company":"Roofs","lead_status":"no_answer",)"
             R"("value_tier":"high","region":"TX","zip":"75201","city":"Dallas"})",
         .status = 201,
         .has = {R"("phone":"+12125550102")", R"("extension":"34")", R"("contact_name":"Bob")",
                 R"("name":"Bob")", R"("company_name":"Roofs")", R"("status":"no_answer")",
                 R"("tier":"high")", R"("state":"TX")", R"("postal_code":"75201")"}},
        {.says = "no phone",
         .request = "POST /api/leads",
         .body = R"({"name":"Ann"})",
         .status = 400,
         .has = {"phone"}},
        {.says = "no number",
         .request = "POST /api/leads",
         .body = R"({"phone":"call me"})",
         .status = 400,
         .has = {R"("field":"phone")"}},
        {.says = "an unknown field",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","colour":"red"})",
         .status = 400,
         .has = {"colour"}},
        {.says = "both names of one thing",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","status":"pending","lead_status":"error"})",
         .status = 400},
        {.says = "calling is not for people to say",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","status":"calling"})",
         .status = 400,
         .has = {"calling"}},
        {.says = "half a place",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","latitude":3})",
         .status = 400,
         .has = {"longitude"}},
        {.says = "no address",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","email":"nowhere"})",
         .status = 400,
         .has = {R"("field":"email")"}},
        {.says = "no zone",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","timezone":"Nowhere/Else"})",
         .status = 400,
         .has = {"timezone"}},
        {.says = "no pipeline",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550103","pipeline_id":")" + nobodys + R"("})",
         .status = 400,
         .has = {"pipeline_id"}},
    });
  }
}

TEST_CASE("a change says what changes: null clears, what is not named stays, what is wrong changes nothing") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string one =
        "/api/leads/" +
        clinic.lead(
            R"("phone":"2125550101","name":"Ann","notes":"calls back","tags":["vip"],"interests":{"botox":0.5})");
    clinic.expect_all({
        {.says = "one field",
         .request = "PATCH " + one,
         .body = R"({"city":"Dallas"})",
         .has = {R"("city":"Dallas")", R"("notes":"calls back")", R"("tags":["vip"])"}},
        {.says = "null clears",
         .request = "PATCH " + one,
         .body = R"({"notes":null})",
         .has = {R"("city":"Dallas")"},
         .lacks = {"calls back"}},
        {.says = "so does blank", .request = "PATCH " + one, .body = R"({"city":"  "})", .lacks = {"Dallas"}},
        {.says = "lists are whole",
         .request = "PATCH " + one,
         .body = R"({"tags":["b","a","b"],"interests":{}})",
         .has = {R"("tags":["a","b"])"},
         .lacks = {"botox"}},
        {.says = "by another name",
         .request = "PATCH " + one,
         .body = R"({"lead_status":"callback","name":"Ann B."})",
         .has = {R"("status":"callback")", R"("contact_name":"Ann B.")"}},
        {.says = "the phone stays", .request = "PATCH " + one, .body = R"({"phone":null})", .status = 400},
        {.says = "an unknown field",
         .request = "PATCH " + one,
         .body = R"({"colour":1})",
         .status = 400,
         .has = {"colour"}},
        {.says = "what is ours",
         .request = "PATCH " + one,
         .body = R"({"call_attempts":9})",
         .status = 400,
         .has = {"call_attempts"}},
        {.says = "nothing", .request = "PATCH " + one, .body = "{}", .status = 400},
        {.says = "nobody",
         .request = "PATCH /api/leads/" + nobodys,
         .body = R"({"notes":"x"})",
         .status = 404},
        {.says = "after all that",
         .request = "GET " + one,
         .has = {R"("contact_name":"Ann B.")", R"("tags":["a","b"])", R"("phone":"+12125550101")"}},
    });
  }
}

TEST_CASE("one person is one lead: the same number and name is refused, another name is told") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann = clinic.lead(R"("phone":"2125550101","name":"Ann")");
    const std::string crm = clinic.lead(R"("phone":"2125550102","name":"Bob","external_id":"crm-1")");
    clinic.expect_all({
        {.says = "same number and name",
         .request = "POST /api/leads",
         .body = R"({"phone":"+1 212 555 0101","name":" ANN "})",
         .status = 409,
         .has = {ann, R"("field":"phone")"}},
        {.says = "same external id",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550109","external_id":"crm-1"})",
         .status = 409,
         .has = {crm, R"("field":"external_id")"}},
        {.says = "another name",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550101","name":"Zoe"})",
         .status = 201,
         .has = {"this number belongs to another lead too: " + ann}},
        {.says = "becoming somebody else",
         .request = "PATCH /api/leads/" + crm,
         .body = R"({"phone":"2125550101","name":"Ann","external_id":null})",
         .status = 409,
         .has = {ann}},
        {.says = "itself is not somebody else",
         .request = "PATCH /api/leads/" + ann,
         .body = R"({"name":"ann"})",
         .has = {R"("contact_name":"ann")"}},
    });
  }
}

TEST_CASE("a call is linked to one lead, again to the same, and to another once it is free") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann = "/api/leads/" + clinic.lead(R"("phone":"2125550101")");
    const std::string bob = "/api/leads/" + clinic.lead(R"("phone":"2125550102")");
    const std::string call = R"({"call_sid":"CA1"})";
    clinic.expect_all({
        {.says = "linked",
         .request = "POST " + ann + "/link-call",
         .body = call,
         .has = {R"("call_sid":"CA1")"}},
        {.says = "again",
         .request = "POST " + ann + "/link-call",
         .body = call,
         .has = {R"("call_sid":"CA1")"}},
        {.says = "another's",
         .request = "POST " + bob + "/link-call",
         .body = call,
         .status = 409,
         .has = {ann.substr(11), R"("field":"call_sid")"}},
        {.says = "a later call takes its place",
         .request = "POST " + ann + "/link-call",
         .body = R"({"call_sid":"CA2"})",
         .has = {"CA2"},
         .lacks = {"CA1"}},
        {.says = "so the first is free",
         .request = "POST " + bob + "/link-call",
         .body = call,
         .has = {"CA1"}},
        {.says = "unlinked", .request = "POST " + bob + "/unlink-call", .lacks = {"CA1"}},
        {.says = "and once more", .request = "POST " + bob + "/unlink-call", .lacks = {"CA1"}},
        {.says = "no sid",
         .request = "POST " + bob + "/link-call",
         .body = R"({"call_sid":""})",
         .status = 400},
        {.says = "nobody",
         .request = "POST /api/leads/" + nobodys + "/link-call",
         .body = call,
         .status = 404},
        {.says = "the lead shows it", .request = "GET " + ann, .has = {R"("call_sid":"CA2")"}},
    });
  }
}

TEST_CASE("a lead that was deleted and comes again finds its consent and its place on the list") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann =
        "/api/leads/" + clinic.lead(R"("phone":"2125550101","name":"Ann","status":"dnc")");
    clinic.expect(
        {.says = "consent", .request = "POST /api/consents", .body = consent_of_ann, .status = 201});
    clinic.expect_all({
        {.says = "deleted", .request = "DELETE " + ann},
        {.says = "gone", .request = "GET " + ann, .status = 404},
        {.says = "not twice", .request = "DELETE " + ann, .status = 404},
        {.says = "out of the list", .request = "GET /api/leads", .has = {R"("data":[])"}},
        {.says = "made anew",
         .request = "POST /api/leads",
         .body = R"({"phone":"2125550101","name":"Ann"})",
         .status = 201},
        {.says = "still blocked",
         .request = "GET /api/dnc?phone=2125550101",
         .has = {"+12125550101", R"("source":"status")"},
         .lacks = {R"("removed_at":")"}},
        {.says = "still agreed",
         .request = "GET /api/consents?phone=%2B12125550101",
         .has = {"You may call me"}},
    });
  }
}

TEST_CASE("erasing leaves a proof without the number, takes the consents, and leaves the list as it is") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann = clinic.lead(R"("phone":"2125550101","name":"Ann","status":"dnc")");
    const std::string zoe = clinic.lead(R"("phone":"2125550101","name":"Zoe")");
    clinic.expect(
        {.says = "consent", .request = "POST /api/consents", .body = consent_of_ann, .status = 201});
    const std::string why = R"({"reason":"asked for it"})";
    clinic.expect_all({
        {.says = "no reason", .request = "POST /api/leads/" + ann + "/erase", .body = "{}", .status = 400},
        {.says = "another has the number",
         .request = "POST /api/leads/" + ann + "/erase",
         .body = why,
         .has = {R"("consents":0)", "fingerprint", ann},
         .lacks = {"5550101"}},
        {.says = "so the consent stays", .request = "GET /api/consents", .has = {"You may call me"}},
        {.says = "a deleted lead can be erased", .request = "DELETE /api/leads/" + zoe},
        {.says = "the last one",
         .request = "POST /api/leads/" + zoe + "/erase",
         .body = why,
         .has = {R"("consents":1)"}},
        {.says = "not twice", .request = "POST /api/leads/" + zoe + "/erase", .body = why, .status = 404},
        {.says = "no consent", .request = "GET /api/consents", .has = {R"("data":[])"}},
        {.says = "the proofs",
         .request = "GET /api/erasures",
         .has = {ann, zoe, "asked for it"},
         .lacks = {"5550101"}},
        {.says = "who must not be called is not called", .request = "GET /api/dnc", .has = {"+12125550101"}},
        {.says = "the trail", .request = "GET /api/audit", .has = {"lead erased", ann}},
    });
  }
}

TEST_CASE("one change for many leads says how many changed and who is missing") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann = clinic.lead(R"("phone":"2125550101","tags":["vip"])");
    const std::string bob = clinic.lead(R"("phone":"2125550102")");
    const std::string pipeline =
        text_in(clinic.ann.post("/api/pipelines", R"({"name":"Spring"})", 201), "id");
    const auto batch = [&](const std::string& action, const std::string& more = "") {
      return R"({"action":")" + action + R"(","ids":[")" + ann + R"(",")" + bob + R"(",")" + nobodys + "\"]" +
             more + "}";
    };
    const std::string request = "POST /api/leads/batch";
    const std::string missing = R"("missing":[")" + nobodys + "\"]";
    clinic.expect_all({
        {.says = "status",
         .request = request,
         .body = batch("set-status", R"(,"status":"callback")"),
         .has = {R"("changed":2)", missing}},
        {.says = "no status",
         .request = request,
         .body = batch("set-status"),
         .status = 400,
         .has = {R"("field":"status")"}},
        {.says = "calling",
         .request = request,
         .body = batch("set-status", R"(,"status":"calling")"),
         .status = 400},
        {.says = "tier",
         .request = request,
         .body = batch("set-tier", R"(,"tier":"premium")"),
         .has = {R"("changed":2)", missing}},
        {.says = "tier again",
         .request = request,
         .body = batch("set-tier", R"(,"tier":"premium")"),
         .has = {R"("changed":0)", missing}},
        {.says = "no tier", .request = request, .body = batch("set-tier"), .has = {R"("changed":2)"}},
        {.says = "pipeline",
         .request = request,
         .body = batch("set-pipeline", R"(,"pipeline_id":")" + pipeline + "\""),
         .has = {R"("changed":2)", missing}},
        {.says = "a pipeline of nobody",
         .request = request,
         .body = batch("set-pipeline", R"(,"pipeline_id":")" + nobodys + "\""),
         .status = 400,
         .has = {"pipeline_id"}},
        {.says = "tags",
         .request = request,
         .body = batch("add-tags", R"(,"tags":["vip"])"),
         .has = {R"("changed":1)", missing}},
        {.says = "no tags", .request = request, .body = batch("add-tags"), .status = 400, .has = {"tags"}},
        {.says = "less tags",
         .request = request,
         .body = batch("remove-tags", R"(,"tags":["vip"])"),
         .has = {R"("changed":2)", missing}},
        {.says = "all of that",
         .request = "GET /api/leads/" + ann,
         .has = {R"("status":"callback")", pipeline, R"("tags":[])"},
         .lacks = {"premium"}},
        {.says = "dnc",
         .request = request,
         .body = batch("set-status", R"(,"status":"dnc")"),
         .has = {R"("changed":2)"}},
        {.says = "so their numbers are blocked",
         .request = "GET /api/dnc",
         .has = {"+12125550101", "+12125550102"}},
        {.says = "an unknown action",
         .request = request,
         .body = batch("explode"),
         .status = 400,
         .has = {"action"}},
        {.says = "nobody at all",
         .request = request,
         .body = R"({"action":"remove","ids":[]})",
         .status = 400},
        {.says = "remove", .request = request, .body = batch("remove"), .has = {R"("changed":2)", missing}},
        {.says = "they are gone", .request = "GET /api/leads", .has = {R"("data":[])"}},
    });
  }
}

TEST_CASE("tags added by many hands stay within what a lead may have") {
  Clinic clinic;
  std::string tags;
  for (int i = 0; i < 50; ++i) tags += (i ? ",\"" : "\"") + std::to_string(i) + "\"";
  const std::string ann = clinic.lead(R"("phone":"2125550101","tags":[)" + tags + "]");

  clinic.expect({.says = "one more",
                 .request = "POST /api/leads/batch",
                 .body = R"({"action":"add-tags","ids":[")" + ann + R"("],"tags":["more"]})"});
  clinic.ann.upload("/api/leads/import", "phone,tags\r\n2125550101,yet another\r\n");

  clinic.expect({.says = "the answer is as it is described", .request = "GET /api/leads/" + ann});
}

TEST_CASE("a number is put on the list and taken off it for a reason, and the trail says so") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string ann = clinic.lead(R"("phone":"2125550101")");
    clinic.expect_all({
        {.says = "two, one of them twice",
         .request = "POST /api/dnc",
         .body = R"({"phones":["2125550101","+12125550102","(212) 555-0101"],"reason":"asked"})",
         .has = {R"("added":2)", R"("known":0)"}},
        {.says = "again",
         .request = "POST /api/dnc",
         .body = R"({"phones":["2125550101","2125550103"]})",
         .has = {R"("added":1)", R"("known":1)"}},
        {.says = "no number",
         .request = "POST /api/dnc",
         .body = R"({"phones":["2125550101","x"]})",
         .status = 400,
         .has = {"phones[1]"}},
        {.says = "none", .request = "POST /api/dnc", .body = R"({"phones":[]})", .status = 400},
        {.says = "the list",
         .request = "GET /api/dnc",
         .has = {"+12125550101", "+12125550102", "+12125550103", "asked", "manual"}},
        {.says = "no reason",
         .request = "POST /api/dnc/remove",
         .body = R"({"phone":"2125550101"})",
         .status = 400},
        {.says = "off",
         .request = "POST /api/dnc/remove",
         .body = R"({"phone":"2125550101","reason":"wrote to us"})"},
        {.says = "not twice",
         .request = "POST /api/dnc/remove",
         .body = R"({"phone":"2125550101","reason":"x"})",
         .status = 404},
        {.says = "it stays, with the reason",
         .request = "GET /api/dnc?phone=2125550101",
         .has = {"wrote to us", R"("removed_at":")"}},
        {.says = "the trail",
         .request = "GET /api/audit",
         .has = {"number taken off the dnc list", "wrote to us", "numbers put on the dnc list"}},
        {.says = "a status puts it back",
         .request = "PATCH /api/leads/" + ann,
         .body = R"({"status":"dnc"})"},
        {.says = "on it again",
         .request = "GET /api/dnc?phone=2125550101",
         .has = {R"("source":"status")"},
         .lacks = {R"("removed_at":")"}},
        {.says = "a page",
         .request = "GET /api/dnc?limit=1&after=%2B12125550101",
         .has = {"+12125550102"},
         .lacks = {"+12125550103", "+12125550101"}},
    });
  }
}

TEST_CASE("numbers for films ring in rehearsal and never in a live workspace") {
  Clinic clinic;
  clinic.expect({.says = "rehearsal",
                 .request = "POST /api/leads",
                 .body = R"({"phone":"2125550101"})",
                 .status = 201,
                 .lacks = {R"("undialable":")"}});
  const std::string live =
      text_in(clinic.ann.post("/api/workspaces", R"({"name":"Agency","kind":"live"})", 201), "id");
  clinic.ann.choose(live);
  clinic.expect_all({
      {.says = "live",
       .request = "POST /api/leads",
       .body = R"({"phone":"2125550101"})",
       .status = 201,
       .has = {R"("undialable":"fictional")"}},
      {.says = "premium",
       .request = "POST /api/leads",
       .body = R"({"phone":"+19005550123"})",
       .status = 201,
       .has = {R"("undialable":")"}},
  });
}

TEST_CASE("a lead's zones are all that may be, each with its reason") {
  Clinic clinic;
  clinic.expect_all({
      {.says = "given",
       .request = "POST /api/leads",
       .body = R"({"phone":"2125550101","timezone":"Europe/Paris"})",
       .status = 201,
       .has = {R"("zone":"Europe/Paris","source":"stored")"}},
      {.says = "by address",
       .request = "POST /api/leads",
       .body = R"({"phone":"2125550102","city":"Dallas","state":"TX"})",
       .status = 201,
       .has = {R"("zone":"America/Chicago","source":"address")"}},
      {.says = "by number",
       .request = "POST /api/leads",
       .body = R"({"phone":"2125550103"})",
       .status = 201,
       .has = {R"("zone":"America/New_York","source":"area-code")"}},
      {.says = "a list has none", .request = "GET /api/leads", .lacks = {"zones"}},
  });
}

TEST_CASE("a list is filtered by what is asked, and found by the digits of a number") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string pipeline =
        text_in(clinic.ann.post("/api/pipelines", R"({"name":"Spring"})", 201), "id");
    const std::string ann = clinic.lead(
        R"("phone":"2125550101","name":"Ann","city":"Dallas","state":"TX","tags":["vip"],"tier":"high")");
    const std::string bob = clinic.lead(
        R"("phone":"3105550102","name":"Bob","status":"callback","country":"US","pipeline_id":")" + pipeline +
        "\"");
    const std::pair<std::string, bool> filters[] = {// and whether Ann passes; Bob never does when she does
                                                    {"q=ann", true},
                                                    {"q=212-555", true},
                                                    {"q=%28212%29+5550101", true},
                                                    {"q=310", false},
                                                    {"status=callback", false},
                                                    {"lead_status=callback", false},
                                                    {"pipeline=" + pipeline, false},
                                                    {"tier=high", true},
                                                    {"tag=vip", true},
                                                    {"city=dallas", true},
                                                    {"state=tx", true},
                                                    {"country=US", false}};
    for (const auto& [filter, is_ann] : filters) {
      if (filter.starts_with("lead_status")) continue;
      clinic.expect({.says = filter,
                     .request = "GET /api/leads?" + filter,
                     .has = {is_ann ? ann : bob},
                     .lacks = {is_ann ? bob : ann}});
    }
    clinic.expect_all({
        {.says = "both",
         .request = "GET /api/leads",
         .has = {ann, bob, R"("success":true,"data":[)"},
         .lacks = {R"("next":")"}},
        {.says = "one by one",
         .request = "GET /api/leads?limit=1&sort=oldest",
         .has = {ann, R"("next":")"},
         .lacks = {bob}},
        {.says = "offset",
         .request = "GET /api/leads?limit=1&offset=1&sort=oldest",
         .has = {bob},
         .lacks = {ann}},
        {.says = "none", .request = "GET /api/leads?q=nobody", .has = {R"("data":[])"}},
        {.says = "no limit", .request = "GET /api/leads?limit=0", .status = 400, .has = {"limit"}},
        {.says = "no order", .request = "GET /api/leads?sort=luck", .status = 400, .has = {"sort"}},
        {.says = "no cursor", .request = "GET /api/leads?after=x", .status = 400, .has = {"after"}},
        {.says = "a NUL", .request = "GET /api/leads?q=%00", .status = 400},
    });
  }
}

TEST_CASE("a list goes on behind a name of four-byte letters as well") {
  Clinic clinic;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "\xf0\x9f\x99\x82";
  clinic.lead(R"("phone":"2125550101","name":")" + name + "\"");
  clinic.lead(R"("phone":"2125550102","name":")" + name + "\"");

  const std::string next = text_in(clinic.ann.get("/api/leads?limit=1&sort=contact-name"), "next");
  clinic.expect({.says = "the second",
                 .request = "GET /api/leads?limit=1&sort=contact-name&after=" + next,
                 .has = {"+12125550102"}});
}

TEST_CASE("pipelines have names of their own, and their leads outlive them") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string spring = text_in(clinic.ann.post("/api/pipelines", R"({"name":"Spring"})", 201), "id");
    const std::string autumn = text_in(clinic.ann.post("/api/pipelines", R"({"name":"Autumn"})", 201), "id");
    const std::string ann = clinic.lead(R"("phone":"2125550101","pipeline_id":")" + spring + "\"");
    clinic.expect_all({
        {.says = "the same name",
         .request = "POST /api/pipelines",
         .body = R"({"name":" SPRING"})",
         .status = 409,
         .has = {R"("field":"name")"}},
        {.says = "no name", .request = "POST /api/pipelines", .body = R"({"name":""})", .status = 400},
        {.says = "another's name",
         .request = "PATCH /api/pipelines/" + autumn,
         .body = R"({"name":"spring"})",
         .status = 409},
        {.says = "its own name",
         .request = "PATCH /api/pipelines/" + spring,
         .body = R"({"name":"SPRING"})",
         .has = {"SPRING"}},
        {.says = "both", .request = "GET /api/pipelines", .has = {spring, autumn}},
        {.says = "away", .request = "DELETE /api/pipelines/" + spring},
        {.says = "not twice", .request = "DELETE /api/pipelines/" + spring, .status = 404},
        {.says = "the lead stays", .request = "GET /api/leads/" + ann, .lacks = {spring}},
    });
  }
}

TEST_CASE("a consent is kept once, by number, and withdrawn with a reason") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string id = text_in(clinic.ann.post("/api/consents", consent_of_ann, 201), "id");
    clinic.expect_all({
        {.says = "kept",
         .request = "GET /api/consents?phone=2125550101",
         .has = {id, R"("scope":"marketing")", R"("ai_named":false)"}},
        {.says = "the same again", .request = "POST /api/consents", .body = consent_of_ann, .status = 409},
        {.says = "of another number",
         .request = "GET /api/consents?phone=2125550102",
         .has = {R"("data":[])"}},
        {.says = "from tomorrow",
         .request = "POST /api/consents",
         .body =
             R"({"phone":"2125550101","text_shown":"x","given_at":"2031-01-01T00:00:00Z","method":"form","scope":"marketing","written":true})",
         .status = 400,
         .has = {"given_at"}},
        {.says = "without words",
         .request = "POST /api/consents",
         .body =
             R"({"phone":"2125550101","given_at":"2025-01-01T00:00:00Z","method":"form","scope":"marketing","written":true})",
         .status = 400,
         .has = {"text_shown"}},
        {.says = "withdrawn",
         .request = "POST /api/consents/" + id + "/revoke",
         .body = R"({"reason":"said so"})"},
        {.says = "it stays, with the reason",
         .request = "GET /api/consents",
         .has = {"said so", R"("revoked_at":")"}},
        {.says = "nobody's",
         .request = "POST /api/consents/" + nobodys + "/revoke",
         .body = R"({"reason":"x"})",
         .status = 404},
    });
  }
}

TEST_CASE("where a city lies is learned from leads, for their workspace alone and for nobody's hours") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    Clinic clinic(store);
    const std::string marfa =
        clinic.lead(R"("phone":"8005550101","city":"Marfa","latitude":30.3094,"longitude":-104.0206)");
    const std::string nearby = clinic.lead(R"("phone":"8005550102","city":"Marfa")");
    clinic.expect_all({
        {.says = "learned",
         .request = "GET /api/places?name=marfa",
         .has = {R"("name":"Marfa")", R"("latitude":30.31,"longitude":-104.02,"leads":1,"timezones":[])"}},
        {.says = "of the list",
         .request = "GET /api/places?name=dallas",
         .has = {R"("region":"TX")", R"("timezones":["America/Chicago"])"},
         .lacks = {"leads"}},
        {.says = "nowhere", .request = "GET /api/places?name=Nowhere", .has = {R"("data":[])"}},
        {.says = "no name", .request = "GET /api/places", .status = 400, .has = {"name"}},
        {.says = "nobody else's hours", .request = "GET /api/leads/" + nearby, .has = {R"("zones":[])"}},
        {.says = "erased with its lead",
         .request = "POST /api/leads/" + marfa + "/erase",
         .body = R"({"reason":"asked for it"})"},
        {.says = "forgotten", .request = "GET /api/places?name=Marfa", .has = {R"("data":[])"}},
    });

    clinic.lead(R"("phone":"8005550103","city":"Marfa","latitude":30.3094,"longitude":-104.0206)");
    clinic.ann.choose(
        text_in(clinic.ann.post("/api/workspaces", R"({"name":"Other","kind":"live"})", 201), "id"));
    clinic.expect(
        {.says = "not next door", .request = "GET /api/places?name=Marfa", .has = {R"("data":[])"}});
  }
}
