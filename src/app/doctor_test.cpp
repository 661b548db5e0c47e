#include "app/doctor.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/doctor_probes.h"
#include "base/result.h"

using namespace ringdown;
using Sync = ClockFacts::Sync;

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

Time at(const char* moment) {
  return parse_time(moment).value();
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ringdown-doctor-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path path;
};

// A socket that listens on a free port of loopback for as long as it lives.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* address = reinterpret_cast<sockaddr*>(&address_);
    socklen_t length = sizeof address_;
    REQUIRE(::bind(socket_, address, length) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    REQUIRE(::getsockname(socket_, address, &length) == 0);
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  Endpoint endpoint() const { return {"127.0.0.1", ntohs(address_.sin_port)}; }

 private:
  int socket_;
  sockaddr_in address_{};
};

Config listening_on(std::vector<Endpoint> listen) {
  Config config;
  config.listen = std::move(listen);
  return config;
}

}  // namespace

TEST_CASE("a clock is judged by its year, its direction and its synchronisation") {
  struct Row {
    std::string says;
    ClockFacts facts;
    Grade grade;
    std::string text;
  };
  for (const Row& row : {
           Row{"sound", {at("2026-11-20T10:00:00Z"), true, Sync::yes}, Grade::ok, "is synchronised"},
           Row{"an empty battery",
               {at("1970-01-01T00:00:07Z"), true, Sync::yes},
               Grade::wrong,
               "1970-01-01T00:00:07Z"},
           Row{"just too early", {at("2025-12-31T23:59:59Z"), true, Sync::yes}, Grade::wrong, "long past"},
           Row{"backwards", {at("2026-11-20T10:00:00Z"), false, Sync::yes}, Grade::wrong, "backwards"},
           Row{"alone",
               {at("2026-11-20T10:00:00Z"), true, Sync::no},
               Grade::warning,
               "the clock is not synchronised"},
           Row{"silent", {at("2026-11-20T10:00:00Z"), true, Sync::unknown}, Grade::warning, "does not tell"},
       }) {
    CAPTURE(row.says);
    const Findings findings = judge_clock(row.facts);

    REQUIRE(findings.size() == 1);
    CHECK(findings[0].grade == row.grade);
    CHECK(findings[0].text.contains(row.text));
  }
  CHECK(judge_clock({at("1970-01-01T00:00:00Z"), false, Sync::no}).size() == 3);
}

TEST_CASE("free space is wrong below 100 MiB and scarce below 1 GiB") {
  CHECK(judge_free_space(100 * mebibyte - 1, "d")[0].grade == Grade::wrong);
  CHECK(judge_free_space(100 * mebibyte, "d")[0].grade == Grade::warning);
  CHECK(judge_free_space(1024 * mebibyte, "d") ==
        Findings{{Grade::ok, "d can be written to, 1024 MiB are free"}});
}

TEST_CASE("plain HTTP that is reachable from outside is a warning, behind TLS or a proxy it is none") {
  Config config = listening_on({{"127.0.0.1", 80}, {"::1", 80}, {"0.0.0.0", 8080}});

  REQUIRE(judge_exposure(config).size() == 1);
  CHECK(judge_exposure(config)[0].text.starts_with("0.0.0.0:8080 is reachable"));
  config.trusted_proxies = {"10.0.0.1"};
  CHECK(judge_exposure(config).empty());
  config = listening_on({{"0.0.0.0", 8080}});
  config.tls_certificate = "c.pem";
  CHECK(judge_exposure(config).empty());
}

TEST_CASE("a taken port is found out, a free one is left free") {
  std::optional<Endpoint> free;
  {
    const Listener listener;
    free = listener.endpoint();
    REQUIRE(why_not_bindable(*free));
    CHECK(why_not_bindable(*free)->contains("is taken"));
  }

  CHECK_FALSE(why_not_bindable(*free));
  CHECK_FALSE(why_not_bindable(*free));
}

TEST_CASE("an address of another machine cannot be listened on") {
  CHECK(why_not_bindable({"192.0.2.1", 0}).value_or("").contains("no address of this machine"));
}

TEST_CASE("a data folder may be missing, but not be a file or lie in one") {
  const Folder folder;
  std::ofstream(folder.path / "file") << "x";

  CHECK_FALSE(why_not_writable(folder.path.string()));
  CHECK_FALSE(why_not_writable((folder.path / "new" / "deep").string()));
  CHECK(why_not_writable((folder.path / "file").string()));
  CHECK(why_not_writable((folder.path / "file" / "data").string()));
  CHECK_FALSE(fs::exists(folder.path / "new"));
  CHECK(free_bytes((folder.path / "new").string()) > 0);  // what is free there: others write to this disk too
}

TEST_CASE("the folder of a read-only file system cannot be written to") {
  CHECK(why_not_writable("/proc").value_or("").starts_with("cannot be written to: "));
}

TEST_CASE("others may read a file that says so, and none that is missing") {
  const Folder folder;
  const std::string file = (folder.path / "key.pem").string();
  std::ofstream(file) << "x";

  CHECK_FALSE(why_not_readable(file));
  CHECK(why_not_readable(file + ".gone").value_or("").contains("No such file"));
  for (const auto& [mode, readable] :
       {std::pair{0600, false}, std::pair{0640, true}, std::pair{0604, true}}) {
    REQUIRE(::chmod(file.c_str(), static_cast<mode_t>(mode)) == 0);
    CHECK(others_may_read(file) == readable);
  }
  CHECK_FALSE(others_may_read(file + ".gone"));
}

TEST_CASE("TLS files are looked at when there are some") {
  Reading reading = read_config({});
  const auto tls = [&] { return machine_checks(reading)[3].run(); };

  CHECK(tls().empty());
  reading.config.tls_certificate = "/nowhere/c.pem";
  reading.config.tls_key = "/nowhere/k.pem";
  CHECK(tls().size() == 2);
}

TEST_CASE("a check that breaks is a finding, and the others still run") {
  const std::vector<Check> checks = {
      {"first", []() -> Findings { throw Breakage(Reason::unavailable, "the database is away"); }},
      {"second", [] { return Findings{{Grade::ok, "fine"}, {Grade::warning, "hm"}}; }},
  };
  std::ostringstream out;

  CHECK_FALSE(run_checks(checks, out));
  CHECK(out.str().starts_with(
      "wrong    first: the database is away\nok       second: fine\nwarning  second: hm\n"));
  CHECK(run_checks({checks[1]}, out));
}

TEST_CASE("assets and the key file are looked at before the first start") {
  const Folder folder;
  Reading reading;
  reading.config.data = folder.path.string();
  reading.config.assets = folder.path.string();
  const auto finding_of = [&](const std::string& name) {
    std::ostringstream out;
    run_checks(machine_checks(reading), out);
    const std::string text = out.str();
    const auto at = text.find(name + ": ");
    REQUIRE(at != std::string::npos);
    const auto line = text.rfind('\n', at) + 1;
    return text.substr(line, text.find('\n', at) - line);
  };

  CHECK(finding_of("assets").starts_with("ok "));
  CHECK(finding_of("key file").contains("first start"));

  std::ofstream(folder.path / "area_codes.toml") << "nonsense = 1\n";
  std::ofstream(folder.path / "ringdown.key") << "no key\n";

  CHECK(finding_of("assets").starts_with("wrong "));
  CHECK(finding_of("assets").contains("area_codes.toml"));
  CHECK(finding_of("key file").starts_with("wrong "));
}
