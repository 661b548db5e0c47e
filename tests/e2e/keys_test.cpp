// The real binary rotating keys: beside a database that others write to, killed midway, and where it must
// refuse.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "crypto/file_vault.h"
#include "crypto/key_file.h"
#include "flow/secrets.h"
#include "store/people.h"
#include "store/settings.h"
#include "tests/support/paths.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::vector<char*> pointers_to(Words& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The product as a process, with both its streams in one pipe.
class Product {
 public:
  Product(Words words, Words environment) {
    words.insert(words.begin(), RINGDOWN_BUILD "/ringdown");
    int pipe[2];
    REQUIRE(::pipe2(pipe, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_adddup2(&streams, pipe[1], stream);
    REQUIRE(posix_spawn(&process_, words.front().c_str(), &streams, nullptr, pointers_to(words).data(),
                        pointers_to(environment).data()) == 0);
    posix_spawn_file_actions_destroy(&streams);
    ::close(pipe[1]);
    out_ = pipe[0];
  }
  ~Product() {
    if (process_ > 0) finish(SIGKILL);
    ::close(out_);
  }
  Product(const Product&) = delete;
  Product& operator=(const Product&) = delete;

  // Everything said up to the mark, or to the end.
  std::string read_until(std::string_view mark) {
    char byte = 0;
    while (!said_.contains(mark) && ::read(out_, &byte, 1) == 1) said_ += byte;
    return said_;
  }
  std::string read_to_end() { return read_until("\x01"); }

  // The exit status; -1 where a signal ended it.
  int finish(int signal = 0) {
    if (signal != 0) ::kill(process_, signal);
    int status = 0;
    REQUIRE(::waitpid(process_, &status, 0) == process_);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = 0;
  int out_ = -1;
  std::string said_;
};

struct Outcome {
  int status;
  std::string said;
};

constexpr std::uint64_t workspaces = 300;
const std::vector<std::string> names = {"openai.api_key", "twilio.auth_token", "vapi.api_key"};

// A store with sealed secrets in many workspaces, as a serving product has it open.
class Sealed {
 public:
  explicit Sealed(StoreKind kind) : store_(kind) {
    if (kind == StoreKind::postgres) {
      environment_ = {"DATABASE_URL=" + PostgresServer::shared().app_url(store_.database())};
      data_ = own_ / "data";
      fs::create_directories(data_);
    } else {
      data_ = fs::path(store_.database()).parent_path().string();
    }
    vault_.emplace(crypto::FileVault::open_or_make(key_file()).value());
    db_ = store_.open();
    for (std::uint64_t n = 1; n <= workspaces; ++n) {
      const Workspace workspace = a_workspace(*db_, n);
      await(db_->write(workspace, [&](Tx& tx) {
        for (const std::string& name : names) keep(tx, workspace, name);
      }));
    }
  }

  Product start(const std::string& action) const {
    return Product({"keys", action, "--data", data_}, environment_);
  }
  Outcome run(const std::string& action) const {
    Product product = start(action);
    const std::string said = product.read_to_end();
    return {product.finish(), said};
  }

  void keep(Tx& tx, Workspace workspace, const std::string& name) {
    flow::keep_secret(tx, *vault_, workspace, name, Secret(name + " of " + to_text(workspace.id())), tuesday,
                      {});
  }

  struct Count {
    int opening = 0;
    int outdated = 0;

    bool operator==(const Count&) const = default;
  };
  Count count() {
    Count count;
    for (std::uint64_t n = 1; n <= workspaces; ++n) {
      const Workspace workspace(nth<WorkspaceTag>(n));
      await(db_->read(workspace, [&](Tx& tx) {
        for (const auto& [name, sealed] : store::sealed_secrets(tx, "", 10)) {
          const auto secret = vault_->open(sealed, workspace.id(), name);
          count.opening += secret && secret->reveal() == name + " of " + to_text(workspace.id());
          count.outdated += vault_->is_outdated(sealed);
        }
      }));
    }
    return count;
  }

  Db& db() { return *db_; }
  std::string key_file() const { return data_ + "/ringdown.key"; }
  std::size_t keys() const { return crypto::read_key_file(key_file())->size(); }

 private:
  TempDir own_;
  FreshStore store_;
  std::string data_;
  Words environment_;
  std::optional<crypto::FileVault> vault_;
  std::unique_ptr<Db> db_;
};

// A unit of work that goes on while this lives, so that no rotation gets past its workspace.
class Held {
 public:
  Held(Sealed& sealed, Workspace workspace)
      : unit_([this, &sealed, workspace] {
          await(sealed.db().write(workspace, [&](Tx& tx) {
            sealed.keep(tx, workspace, names.front());
            begun_ = true;
            begun_.notify_all();
            ended_.wait(false);
          }));
        }) {
    begun_.wait(false);
  }
  ~Held() {
    ended_ = true;
    ended_.notify_all();
  }

 private:
  std::atomic<bool> begun_ = false;
  std::atomic<bool> ended_ = false;
  std::jthread unit_;
};

constexpr int all = static_cast<int>(workspaces) * 3;

}  // namespace

TEST_CASE("a rotation seals every secret anew while others go on writing") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    Sealed sealed(kind);
    std::atomic<bool> done = false;
    std::atomic<int> written = 0;
    std::jthread writer([&] {
      for (std::uint64_t n = 1; !done; n = n % workspaces + 1) {
        const Workspace workspace(nth<WorkspaceTag>(n));
        await(sealed.db().write(workspace,
                                [&](Tx& tx) { sealed.keep(tx, workspace, names[n % names.size()]); }));
        ++written;
      }
    });

    const Outcome outcome = sealed.run("rotate");
    done = true;
    writer.join();

    CAPTURE(outcome.said);
    CHECK(outcome.status == 0);
    CHECK(outcome.said.contains("added key "));
    CHECK(written > 0);
    CHECK(sealed.keys() == 2);
    CHECK(sealed.count().opening == all);
    CHECK(sealed.run("reseal").status == 0);
    CHECK(sealed.count() == Sealed::Count{all, 0});
  }
}

TEST_CASE("a rotation that was killed midway lost nothing, and reseal finishes it without another key") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    Sealed sealed(kind);

    {
      // On SQLite one writer holds everybody up, the rotation's start included: there it is killed wherever
      // it is.
      std::optional<Held> held;
      if (kind == StoreKind::postgres) held.emplace(sealed, Workspace(nth<WorkspaceTag>(workspaces / 2)));
      Product rotation = sealed.start("rotate");
      CHECK(rotation.read_until("added key ").contains("added key "));
      rotation.finish(SIGKILL);
    }
    const Sealed::Count midway = sealed.count();
    CHECK(midway.opening == all);
    if (kind == StoreKind::postgres) CHECK(midway.outdated > 0);

    const Outcome outcome = sealed.run("reseal");
    CHECK(outcome.status == 0);
    CHECK(outcome.said == fmt::format("sealed {} secrets anew\n", midway.outdated));
    CHECK(sealed.count() == Sealed::Count{all, 0});
    CHECK(sealed.keys() == 2);
    CHECK(sealed.run("reseal").said == "sealed 0 secrets anew\n");
  }
}

TEST_CASE("a secret whose key is lost is named, not shown, and the others are sealed anew") {
  Sealed sealed(StoreKind::sqlite);
  const Workspace first(nth<WorkspaceTag>(1));
  await(sealed.db().write(first, [&](Tx& tx) {
    Bytes moved = store::find_sealed_secret(tx, "vapi.api_key").value();
    store::reseal_secret(tx, {"openai.api_key", moved});
  }));

  const Outcome outcome = sealed.run("rotate");

  CHECK(outcome.status == 1);
  CHECK(outcome.said.contains("workspace " + to_text(first.id()) + ": secret 'openai.api_key'"));
  CHECK(sealed.count() == Sealed::Count{all - 1, 1});
}

TEST_CASE("without a key file, or with one that others may read, no key is added") {
  const TempDir empty;
  Product rotation({"keys", "rotate", "--data", empty.path().string()}, {});
  CHECK(rotation.read_to_end().contains("key file"));
  CHECK(rotation.finish() == 1);
  CHECK(fs::is_empty(empty.path()));

  const std::string file = empty / "ringdown.key";
  REQUIRE(crypto::read_or_make_key_file(file));
  fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
  for (const Words& words : {Words{"keys", "rotate"}, Words{"serve", "--listen", "127.0.0.1:0"}}) {
    Words given = words;
    given.insert(given.end(), {"--data", empty.path().string()});
    Product product(given, {});
    CHECK(product.read_to_end().contains("chmod 600"));
    CHECK(product.finish() == 1);
  }
}

TEST_CASE("the first start makes a key file that nobody else may read") {
  const TempDir empty;
  Product product({"serve", "--listen", "127.0.0.1:0", "--data", empty.path().string()}, {});
  CHECK(product.read_until("\n").contains("listening on"));

  const fs::perms perms = fs::status(empty / "ringdown.key").permissions();
  CHECK(perms == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(product.finish(SIGTERM) == 0);
}
