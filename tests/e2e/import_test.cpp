// Files of leads in the real binary, on both databases: killed in the middle again and again, asked to end,
// canceled, and fed with what would fill its memory.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "base/csv.h"
#include "net/http_client.h"
#include "ports/await.h"
#include "tests/http/raw_client.h"
#include "tests/support/postgres_server.h"
#include "tests/support/ringdown_process.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int people = 20'000;
constexpr std::size_t kills = 20;

constexpr int area_codes[20] = {201, 202, 203, 205, 206, 207, 208, 209, 210, 212,
                                213, 214, 215, 216, 217, 218, 219, 301, 302, 303};

using Table = std::vector<std::vector<std::string>>;

std::string word_in(const std::string& body, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = body.find(start);
  if (at == std::string::npos) return "";
  const auto begin = at + start.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

std::int64_t number_in(const std::string& body, const std::string& name) {
  const std::string start = "\"" + name + "\":";
  const auto at = body.find(start);
  REQUIRE_MESSAGE(at != std::string::npos, name, " is not in ", body);
  return std::stoll(body.substr(at + start.size(), 20));
}

Table cells_of(const std::string& csv) {
  CsvReader reader;
  Table rows;
  const auto take = [&] {
    while (const CsvRow* row = reader.next()) rows.emplace_back(row->cells.begin(), row->cells.end());
  };
  CHECK(reader.push(csv).has_value());
  take();
  CHECK(reader.finish().has_value());
  take();
  return rows;
}

// Line n says Lead n; every tenth has no phone, every tenth but one comes a second time right behind.
struct File {
  std::string text = "phone,name,notes\r\n";
  std::int64_t rows = 0, created = 0, duplicate = 0, invalid = 0;

  explicit File(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string row =
          fmt::format("+1{}555{:04},Lead {},row of {}\r\n", area_codes[i / 100 % 20], 100 + i % 100, i, i);
      text += i % 10 == 0 ? fmt::format(",Lead {},\r\n", i) : row;
      ++(i % 10 == 0 ? invalid : created);
      if (i % 10 == 1) {
        text += row;
        ++duplicate;
      }
    }
    rows = created + duplicate + invalid;
  }
};

// The product that is started again and again over one store, and its owner.
class Office {
 public:
  explicit Office(bool on_postgres) {
    if (on_postgres) {
      PostgresServer& server = PostgresServer::shared();
      const std::string database = server.new_database();
      const Outcome migrated = run_ringdown({"migrate", "--grant-to", "app", "--data", folder_ / "data"},
                                            {"MIGRATE_DATABASE_URL=" + server.owner_url(database)});
      REQUIRE_MESSAGE(migrated.status == 0, migrated.err);
      environment_ = {"DATABASE_URL=" + server.app_url(database)};
    }
    start();
    const std::string line = product_->line();
    const std::string body =
        fmt::format(R"({{"setup_code":"{}","email":"ann@example.com","password":"orbit velvet canyon"}})",
                    line.substr(line.find(": ") + 2));
    const HttpAnswer made = send(Verb::post, "/api/auth/register", body, "application/json");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    for (const std::string_view cookie : made.headers.all("Set-Cookie")) {
      if (cookie.starts_with("ringdown_session=")) cookie_ = cookie.substr(0, cookie.find(';'));
    }
  }

  void start() {
    product_ = std::make_unique<RunningRingdown>(Words{"--data", folder_ / "data"}, environment_);
  }
  void kill() { product_.reset(); }  // with SIGKILL
  int stop() {
    const int status = product_->end(SIGTERM);
    product_.reset();
    return status;
  }
  pid_t pid() const { return product_->pid(); }
  std::string log() const { return product_->log(); }

  std::string upload(const std::string& csv) {
    const std::string form = form_head() + csv + form_end();
    const HttpAnswer answer =
        send(Verb::post, "/api/leads/import", form, "multipart/form-data; boundary=frontier");
    REQUIRE_MESSAGE(answer.status == 202, answer.body);
    return word_in(answer.body, "import_id");
  }

  // A file that is made as it is sent.
  template <class Write>
  RawAnswer stream(std::size_t bytes, const Write& write) {
    const std::string& where = product_->address();
    RawClient client(static_cast<std::uint16_t>(std::stoi(where.substr(where.rfind(':') + 1))));
    const std::string head = form_head();
    const std::string end = form_end();
    client.send(
        fmt::format("POST /api/leads/import HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n"
                    "Cookie: {}\r\nContent-Type: multipart/form-data; boundary=frontier\r\n"
                    "Content-Length: {}\r\n\r\n",
                    cookie_, head.size() + bytes + end.size()));
    client.send(head);
    write([&](std::string_view piece) { REQUIRE(client.send(piece)); });
    client.send(end);
    return client.answer().value();
  }

  HttpAnswer send(Verb verb, const std::string& target, const std::string& body = {},
                  const std::string& type = {}) {
    Headers headers{{"Sec-Fetch-Site", "same-origin"}};
    if (!cookie_.empty()) headers.add("Cookie", cookie_);
    if (!type.empty()) headers.add("Content-Type", type);
    const HttpClient client = HttpClient::open(product_->address(), {.answer_bytes_max = 16 << 20}).value();
    return await(client.send({.verb = verb, .target = target, .headers = headers, .body = body})).value();
  }

  std::string progress(const std::string& id) { return send(Verb::get, "/api/leads/imports/" + id).body; }

  // Looks until the import is as it should be; the product itself has the time limit.
  template <class Reached>
  std::string wait_for(const std::string& id, const Reached& reached) {
    for (int looks = 0; looks < 20'000; ++looks) {
      std::string seen = progress(id);
      if (reached(seen)) return seen;
    }
    FAIL("the import does not come to where it should: ", progress(id));
    return {};
  }
  std::string wait_for_end(const std::string& id) {
    return wait_for(id, [](const std::string& body) {
      const std::string state = word_in(body, "state");
      return state == "done" || state == "failed" || state == "canceled";
    });
  }

  Table leads() { return cells_of(send(Verb::get, "/api/leads/export").body); }
  Table report(const std::string& id) {
    return cells_of(send(Verb::get, "/api/leads/imports/" + id + "/report.csv").body);
  }

 private:
  static std::string form_head() {
    return "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n\r\n";
  }
  static std::string form_end() { return "\r\n--frontier--\r\n"; }

  TempDir folder_;
  Words environment_;
  std::unique_ptr<RunningRingdown> product_;
  std::string cookie_;
};

// Everybody once; says how many.
std::int64_t check_nobody_twice(const Table& leads) {
  std::set<std::string> names;
  for (std::size_t i = 1; i < leads.size(); ++i) names.insert(leads[i].at(2));
  CHECK(names.size() == leads.size() - 1);
  return std::ssize(names);
}

// The report has the lines of the file from the first on, each once.
void check_lines(const Table& report, std::int64_t rows) {
  REQUIRE(std::ssize(report) == rows + 1);
  for (std::size_t i = 1; i < report.size(); ++i) REQUIRE(report[i].at(0) == std::to_string(i + 1));
}

void check_counts(const std::string& body, const File& file) {
  CHECK(word_in(body, "state") == "done");
  CHECK(number_in(body, "rows") == file.rows);
  CHECK(number_in(body, "created") == file.created);
  CHECK(number_in(body, "updated") == 0);
  CHECK(number_in(body, "duplicate") == file.duplicate);
  CHECK(number_in(body, "invalid") == file.invalid);
}

// What was acknowledged is there, as the file has it: leads come in its order.
void check_consistent(Office& office, const std::string& id) {
  const std::string body = office.progress(id);
  const Table leads = office.leads();
  CHECK(check_nobody_twice(leads) == number_in(body, "created"));
  check_lines(office.report(id), number_in(body, "rows"));
  int n = 0;
  for (std::size_t i = 1; i < leads.size(); ++i, ++n) {
    if (n % 10 == 0) ++n;
    REQUIRE(leads[i].at(2) == fmt::format("Lead {}", n));
    REQUIRE(leads[i].back() == fmt::format("row of {}", n));
  }
}

// The process's own memory in KiB: pages of the database's file that it looks at are the system's to take
// back.
std::int64_t own_memory_kib(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; status >> word;) {
    if (word != "RssAnon:") continue;
    std::int64_t kib = 0;
    status >> kib;
    return kib;
  }
  FAIL("the system does not say how much memory a process has");
  return 0;
}

}  // namespace

TEST_CASE(
    "killed twenty times while a file comes in, every acknowledged row is there, none twice, and it ends") {
  const File file(people);
  for (const bool on_postgres : {false, true}) {
    CAPTURE(on_postgres);
    Office office(on_postgres);
    std::mt19937 random(4);
    const std::string id = office.upload(file.text);

    std::int64_t acknowledged = 0;
    std::size_t in_the_middle = 0;
    for (std::size_t kill = 0; kill < kills; ++kill) {
      CAPTURE(kill);
      // Somewhere in the next twentieth: right after a row count was told, or a moment later.
      const auto goal = static_cast<std::int64_t>(kill) * file.rows / static_cast<std::int64_t>(kills);
      const std::string seen = office.wait_for(id, [&](const std::string& body) {
        return number_in(body, "rows") >= goal || word_in(body, "state") == "done";
      });
      acknowledged = number_in(seen, "rows");
      const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 20'000);
      while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
      office.kill();
      office.start();

      const std::string after = office.progress(id);
      CHECK(number_in(after, "rows") >= acknowledged);
      if (word_in(after, "state") != "done") ++in_the_middle;
    }
    MESSAGE(in_the_middle, " kills before the end");
    CHECK(in_the_middle >= 10);

    check_counts(office.wait_for_end(id), file);
    check_consistent(office, id);
  }
}

TEST_CASE("asked to end while a file comes in, the product ends at once and goes on after the next start") {
  const File file(people);
  for (const bool on_postgres : {false, true}) {
    CAPTURE(on_postgres);
    Office office(on_postgres);
    const std::string id = office.upload(file.text);
    office.wait_for(id, [](const std::string& body) { return number_in(body, "rows") >= 1000; });

    CHECK(office.stop() == 0);
    office.start();

    check_counts(office.wait_for_end(id), file);
    check_consistent(office, id);
  }
}

TEST_CASE("canceled while a file comes in, what is in stays, once, and the counts say what that is") {
  const File file(people);
  for (const bool on_postgres : {false, true}) {
    CAPTURE(on_postgres);
    Office office(on_postgres);
    const std::string id = office.upload(file.text);
    office.wait_for(id, [](const std::string& body) { return number_in(body, "rows") >= 1000; });

    CHECK(office.send(Verb::post, "/api/leads/imports/" + id + "/cancel").status == 200);

    const std::string body = office.progress(id);
    CHECK(word_in(body, "state") == "canceled");
    CHECK(number_in(body, "rows") < file.rows);
    check_consistent(office, id);
    const std::string again = office.upload("phone,name\r\n+12125550199,Zoe\r\n");
    CHECK(word_in(office.wait_for_end(again), "state") == "done");
    CHECK(number_in(office.progress(id), "rows") == number_in(body, "rows"));

    const std::string rest = office.wait_for_end(office.upload(file.text));
    CHECK(number_in(rest, "created") == file.created - number_in(body, "created"));
    CHECK(number_in(rest, "duplicate") == file.duplicate + number_in(body, "created"));
  }
}

TEST_CASE("a file with a giant cell and one with a giant line cost no memory, and the rows around come in") {
  constexpr std::size_t giant = 80u << 20;
  const std::string before = "phone,name\r\n+12125550101,Ann\r\n+12125550102,";
  const std::string behind = "\r\n+12125550103,Cid\r\n";
  const std::string piece(1 << 20, 'x');
  const std::string commas(1 << 20, ',');
  for (const bool on_postgres : {false, true}) {
    CAPTURE(on_postgres);
    Office office(on_postgres);
    const std::int64_t idle = own_memory_kib(office.pid());
    std::int64_t most = idle;
    const auto look = [&] { most = std::max(most, own_memory_kib(office.pid())); };
    for (const std::string* filling : {&piece, &commas}) {
      const RawAnswer answer = office.stream(before.size() + giant + behind.size(), [&](const auto& send) {
        send(before);
        for (std::size_t sent = 0; sent < giant; sent += filling->size()) {
          send(*filling);
          look();
        }
        send(behind);
      });
      REQUIRE_MESSAGE(answer.status == 202, answer.body);

      const std::string id = word_in(answer.body, "import_id");
      const std::string body = office.wait_for(id, [&](const std::string& seen) {
        look();
        return word_in(seen, "state") != "running" && word_in(seen, "state") != "waiting";
      });
      CHECK_MESSAGE(word_in(body, "state") == "done", body);
      CHECK(number_in(body, "rows") == 3);
      CHECK(number_in(body, "invalid") == 1);
      CHECK(office.report(id).at(2).at(1) == "invalid");
    }
    CHECK(check_nobody_twice(office.leads()) == 2);
    const std::int64_t grown_mib = (most - idle) / 1024;
    MESSAGE(grown_mib, " MiB above idle");
    CHECK(grown_mib < 100);
  }
}
