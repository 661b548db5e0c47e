#include "app/doctor_probes.h"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/expect.h"
#include "base/result.h"

namespace ringdown {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

fs::path nearest_existing(const std::string& folder) {
  std::error_code error;
  fs::path path = fs::absolute(folder, error).lexically_normal();
  while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  return path;
}

std::optional<std::string> write_one_byte(const fs::path& folder) {
  std::string name = (folder / "doctor-XXXXXX").string();
  const Descriptor file(::mkstemp(name.data()));
  if (!file) return std::string("cannot be written to: ") + std::strerror(errno);

  const bool written = ::write(file.number(), "x", 1) == 1;
  const int error = errno;
  ::unlink(name.c_str());
  if (!written) return std::string("cannot be written to: ") + std::strerror(error);
  return std::nullopt;
}

std::string bind_problem(int error, const Endpoint& endpoint) {
  switch (error) {
    case EADDRINUSE:
      return "is taken, by a running Ringdown or another program; stop it or choose another with --listen";
    case EACCES: return "is reserved for root; choose a port from 1024 up, or grant CAP_NET_BIND_SERVICE";
    case EADDRNOTAVAIL: return "is no address of this machine; `ip address` lists those that are";
    default:
      return std::string("cannot be listened on: ") + std::strerror(error) +
             (endpoint.host.contains(':') ? "; is IPv6 on?" : "");
  }
}

}  // namespace

std::optional<std::string> why_not_writable(const std::string& folder) {
  const fs::path existing = nearest_existing(folder);
  std::error_code error;
  if (!fs::is_directory(existing, error)) return "is a file, or lies in one; name a folder";
  if (existing == fs::absolute(folder).lexically_normal()) return write_one_byte(existing);
  if (::access(existing.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return "is missing and cannot be created in " + existing.string() + ": " + std::strerror(errno);
}

std::uint64_t free_bytes(const std::string& folder) {
  struct statvfs disk{};
  const fs::path path = nearest_existing(folder);
  if (::statvfs(path.c_str(), &disk) != 0) {
    throw Breakage(Reason::unavailable,
                   "cannot ask for the free space of " + path.string() + ": " + std::strerror(errno));
  }
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

std::optional<std::string> why_not_readable(const std::string& file) {
  if (::access(file.c_str(), R_OK) == 0) return std::nullopt;
  return std::string("cannot be read: ") + std::strerror(errno);
}

bool others_may_read(const std::string& file) {
  struct stat facts{};
  return ::stat(file.c_str(), &facts) == 0 && (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

std::optional<std::string> why_not_bindable(const Endpoint& endpoint) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int status =
      ::getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &found);
  expect(status == 0, "a listen address was checked when the configuration was read");
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, ::freeaddrinfo);

  const Descriptor socket(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return bind_problem(errno, endpoint);
  // As the server does: a port whose last connections still linger is free.
  const int yes = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket.number(), address->ai_addr, address->ai_addrlen) != 0)
    return bind_problem(errno, endpoint);
  return std::nullopt;
}

ClockFacts read_clocks() {
  const auto before = std::chrono::steady_clock::now();
  timex state{};
  const int status = ::adjtimex(&state);
  const bool synchronised = status != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  const auto sync = status < 0     ? ClockFacts::Sync::unknown
                    : synchronised ? ClockFacts::Sync::yes
                                   : ClockFacts::Sync::no;
  const auto now = std::chrono::floor<Span>(std::chrono::system_clock::now());
  return {now, std::chrono::steady_clock::now() >= before, sync};
}

}  // namespace ringdown
