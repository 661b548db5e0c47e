// The form around a file: what it may say, what it may not, and clients that do not stay to its end.
#include <doctest/doctest.h>

#include "tests/http/raw_client.h"
#include "tests/import/desk.h"

using namespace ringdown;
using namespace ringdown::test;
using namespace std::string_literals;

namespace {

constexpr StoreKind stores[] = {StoreKind::sqlite_memory, StoreKind::postgres};

const std::string one_row = "Telefon,Wer\r\n+12125550101,Ann\r\n";
const Part file{"file", one_row, "leads.csv"};

struct Mistake {
  const char* says;
  std::vector<Part> parts;
  const char* message;
  int status = 400;
};

const std::vector<Mistake> mistakes = {
    {"no part at all", {}, ""},
    {"no file", {{"dry_run", "true"}}, "one part called file"},
    {"two files", {file, file}, "one part called file"},
    {"an unknown field", {file, {"color", "red"}}, "nothing else"},
    {"a field given twice", {file, {"pipeline", "A"}, {"pipeline", "B"}}, "twice"},
    {"a mapping that is no JSON", {file, {"mapping", "phone"}}, "mapping"},
    {"a mapping that is a list", {file, {"mapping", "[]"}}, "mapping"},
    {"a mapping with a NUL", {file, {"mapping", R"({"a\u0000":"phone"})"}}, "NUL"},
    {"a mapping of numbers", {file, {"mapping", R"({"Wer":1})"}}, "mapping"},
    {"a mapping of 100 KiB", {file, {"mapping", std::string(100 * 1024, ' ')}}, "64 KiB", 413},
    {"an unknown pipeline", {file, {"pipeline", "Spring"}}, "no such pipeline"},
    {"a pipeline's id that is nobody's",
     {file, {"pipeline", "00000000-0000-7000-8000-00000000beef"}},
     "no such"},
    {"a pipeline that is no text", {file, {"pipeline", "\xff\xfe"}}, "UTF-8"},
    {"a pipeline with a NUL", {file, {"pipeline", "a\0b"s}}, "UTF-8"},
    {"a word for dry_run", {file, {"dry_run", "perhaps"}}, "true or false"},
    {"another word for dry_run", {file, {"dry_run", "TRUE "}}, "true or false"},
};

// What no upload that failed may leave.
void check_nothing_left(Desk& desk) {
  CHECK(desk.owner().get("/api/leads/imports").body.contains(R"("data":[])"));
  CHECK_FALSE(await(flow::import_next(desk.importing(), desk.workspace())));
}

std::string head_of(Desk& desk, std::size_t bytes) {
  return "POST /api/leads/import HTTP/1.1\r\nHost: dialer.test\r\nSec-Fetch-Site: same-origin\r\nCookie: "
         "ringdown_session=" +
         desk.owner().cookie("ringdown_session") + "\r\nContent-Type: " + form_type +
         "\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a form that is not as it should be is refused, with the field, and leaves nothing") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    for (const auto& [says, parts, message, status] : mistakes) {
      CAPTURE(std::string(says));
      const ApiAnswer answer = desk.upload(parts, status);
      CHECK_MESSAGE(answer.body.contains(message), answer.body);
      check_nothing_left(desk);
    }
  }
}

TEST_CASE("a body that is no form is refused, and nothing is kept of it") {
  Desk desk;
  const std::string form = form_of({file});
  const auto send = [&](const std::string& type, const std::string& body, int status) {
    return desk.owner().send("POST /api/leads/import", body, status, {{"Content-Type", type}}).body;
  };

  CHECK(send("text/csv", one_row, 415).contains("multipart/form-data"));
  CHECK(send("application/json", "{}", 415).contains("multipart/form-data"));
  CHECK(send("multipart/form-data", form, 400).contains("boundary"));
  send("multipart/form-data; boundary=another", form, 400);
  send(form_type, form.substr(0, form.size() - 20), 400);
  send(form_type, form + "more", 400);
  send(form_type, "once upon a time", 400);
  check_nothing_left(desk);
}

TEST_CASE("the fields of the form may stand before the file or behind it") {
  for (const bool before : {true, false}) {
    Desk desk;
    desk.owner().post("/api/pipelines", R"({"name":"Spring"})", 201);
    const std::vector<Part> fields = {{"mapping", R"({"Wer":"company_name"})"}, {"pipeline", " spring"}};
    std::vector<Part> parts = fields;
    parts.insert(before ? parts.end() : parts.begin(), file);

    const std::string id = desk.upload(parts);
    desk.run();

    CHECK(desk.progress(id).counts == Counts{.rows = 1, .created = 1});
    const std::string lead = desk.leads();
    CHECK(lead.contains(R"("company_name":"Ann")"));
    CHECK(lead.contains(R"("pipeline_id":")"));
  }
}

TEST_CASE("a mapping that the file cannot have fails the import, and says what the file has") {
  Desk desk;
  const std::pair<const char*, const char*> mappings[] = {
      {R"({"Wer":"name of it"})", "no column 'name of it'"},
      {R"({"Wen":"contact_name"})", "no header 'Wen'; did you mean 'Wer'?"},
      {R"({"Wer":"phone","Telefon":"phone"})", "are to be phone"},
      {R"({"Telefon":null})", "no column for the phone"},
  };
  for (const auto& [mapping, problem] : mappings) {
    const Progress done = desk.import(one_row, {{"mapping", mapping}});
    CHECK(done.state == "failed");
    CHECK_MESSAGE(done.problem.contains(problem), done.problem);
  }
}

TEST_CASE("a mapping is remembered for files with the same headers, until another takes its place") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    desk.import("Telefon,Wer\r\n+12125550101,Ann\r\n", {{"mapping", R"({"Wer":"company_name"})"}});
    desk.import(" telefon ,WER\r\n+12125550102,Bob\r\n");
    desk.import("Telefon,Wer,Name\r\n+12125550103,Cid,Cid\r\n");
    desk.import("Telefon,Wer\r\n+12125550104,Dan\r\n", {{"mapping", R"({"Wer":"notes"})"}});
    desk.import("Telefon,Wer\r\n+12125550105,Eve\r\n");

    const std::string body = desk.leads();
    CHECK(body.contains(R"("company_name":"Ann")"));
    CHECK(body.contains(R"("company_name":"Bob")"));
    CHECK_FALSE(body.contains(R"("company_name":"Cid")"));
    CHECK(body.contains(R"("notes":"Dan")"));
    CHECK(body.contains(R"("notes":"Eve")"));
  }
}

TEST_CASE("a client that leaves in the middle of a file leaves nothing behind") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    const std::string form = form_of({{"file", "phone\r\n" + std::string(3 << 20, '1'), "leads.csv"}});
    {
      RawClient client(desk.house().api().port());
      client.send(head_of(desk, form.size()));
      client.send(std::string_view(form).substr(0, form.size() / 2));
      client.end_sending();
      client.read_to_end();  // until the server has done with it
    }
    check_nothing_left(desk);
  }
}

TEST_CASE("what an upload is called is for people to see, and no path") {
  Desk desk;
  const std::pair<std::string, std::string> names[] = {
      {"C:\\Users\\ann\\my leads.csv", "my leads.csv"},
      {"../../etc/passwd", "passwd"},
      {"folder/", "leads.csv"},
      {std::string(300, 'a'), "leads.csv"},
      {"Zo\xc3\xab.csv", "Zo\xc3\xab.csv"},
  };
  for (const auto& [given, shown] : names) {
    const std::string id = desk.upload({{"file", one_row, given}});
    CHECK(text_in(desk.owner().get("/api/leads/imports/" + id), "file_name") == shown);
    desk.run();
  }
}
