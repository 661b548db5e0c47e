#include "tests/support/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace ringdown::test {
namespace {

std::string newest_postgres() {
  std::vector<std::filesystem::path> versions;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql")) versions.push_back(entry.path());
  if (versions.empty()) throw std::runtime_error("no PostgreSQL is installed; ./dev test installs it");
  return std::ranges::max(versions).string() + "/bin/";
}

// PostgreSQL refuses to run as root.
const passwd* unprivileged() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  return user ? user : getpwnam("nobody");
}

pid_t spawn(const std::vector<std::string>& words, const std::string& output) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const passwd* user = unprivileged();
  const pid_t parent = getpid();

  const pid_t child = fork();
  if (child != 0) return child;
  if (user && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != parent) _exit(125);
  const int log = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (chdir("/") != 0) _exit(124);
  execv(argv[0], argv.data());
  _exit(127);
}

void run(const std::vector<std::string>& words, const std::string& output) {
  int status = 0;
  waitpid(spawn(words, output), &status, 0);
  if (status != 0) throw std::runtime_error(words[0] + " failed");
}

}  // namespace

int free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  socklen_t length = sizeof address;
  if (bind(probe, reinterpret_cast<sockaddr*>(&address), length) != 0) throw std::runtime_error("no free port");
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
  close(probe);
  return ntohs(address.sin_port);
}

PostgresServer::PostgresServer(Durability durability) : durability_(durability) {
  if (const passwd* user = unprivileged()) {
    if (chown(dir_.path().c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  run({newest_postgres() + "initdb", "-D", dir_ / "data", "-U", "boss", "--auth=trust", "-E", "UTF8",
       "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
      dir_ / "initdb.log");
  start();
  as_boss("postgres",
          "CREATE ROLE owner LOGIN CREATEROLE CREATEDB BYPASSRLS NOSUPERUSER; CREATE ROLE app LOGIN NOINHERIT; "
          "CREATE ROLE anon NOLOGIN; CREATE ROLE authenticated NOLOGIN");
}

PostgresServer::~PostgresServer() { stop(); }

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

void PostgresServer::start() {
  if (port_ == 0) port_ = free_port();
  std::vector<std::string> words{newest_postgres() + "postgres", "-D", dir_ / "data", "-p", std::to_string(port_), "-c",
                                 "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
                                 "max_connections=200", "-c", "max_wal_size=4GB"};
  if (durability_ == Durability::pretended) {
    words.insert(words.end(), {"-c", "fsync=off", "-c", "full_page_writes=off"});
  }
  pid_ = spawn(words, dir_ / "server.log");
  // Asked again and again until it answers, or until its end makes the descriptor readable.
  const std::string url = boss_url("postgres");
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{process, POLLIN, 0};
  while (PQping(url.c_str()) != PQPING_OK && poll(&ended, 1, 10) == 0) {
  }
  close(process);
  if (ended.revents == 0) return;

  waitpid(pid_, nullptr, 0);
  pid_ = 0;
  throw std::runtime_error("PostgreSQL did not start; see " + (dir_ / "server.log"));
}

void PostgresServer::stop() {
  if (pid_ == 0) return;
  kill(pid_, SIGQUIT);  // at once, like a crash: nothing here needs a clean shutdown
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PostgresServer::crash_and_restart() {
  stop();
  start();
}

std::string PostgresServer::new_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  as_boss("postgres", "CREATE DATABASE " + name + " OWNER owner");
  return name;
}

std::string PostgresServer::url(const std::string& login, const std::string& database) const {
  return "postgres://" + login + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

std::string PostgresServer::boss_url(const std::string& database) const { return url("boss", database); }
std::string PostgresServer::owner_url(const std::string& database) const { return url("owner", database); }
std::string PostgresServer::app_url(const std::string& database) const { return url("app", database); }

std::string PostgresServer::as_boss(const std::string& database, const std::string& sql) const {
  PGconn* connection = PQconnectdb(boss_url(database).c_str());
  PGresult* result = PQexec(connection, sql.c_str());
  const auto status = PQresultStatus(result);
  std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  const std::string problem = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(problem + ": " + sql);
  return answer;
}

}  // namespace ringdown::test
