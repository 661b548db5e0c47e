#include "tests/bench/lead_pages.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <stdexcept>

#include "tests/bench/http_load.h"

namespace ringdown::bench {
namespace {

double seconds_since(SteadyClock::time_point begun) {
  return std::chrono::duration<double>(SteadyClock::now() - begun).count();
}

// A whole answer, whose length its head says.
std::string answer_from(int socket) {
  constexpr std::string_view length_name = "content-length: ";
  std::string answer;
  std::size_t whole = std::string::npos;
  while (answer.size() < whole) {
    std::array<char, 64 * 1024> piece;
    const ssize_t got = recv(socket, piece.data(), piece.size(), 0);
    if (got <= 0) throw std::runtime_error("the server closed the connection");
    answer.append(piece.data(), static_cast<std::size_t>(got));

    const auto head_end = answer.find("\r\n\r\n");
    if (whole != std::string::npos || head_end == std::string::npos) continue;
    const std::string head = lowered(answer.substr(0, head_end));
    if (!head.starts_with("http/1.1 200 ")) throw std::runtime_error(answer);
    const auto length = head.find(length_name);
    if (length == std::string::npos) throw std::runtime_error("an answer has no length");
    whole = head_end + 4 + std::strtoull(head.c_str() + length + length_name.size(), nullptr, 10);
  }
  return answer;
}

// What stands behind the last lead; empty on the last page.
std::string cursor_in(const std::string& answer) {
  constexpr std::string_view name = R"("next":")";
  const auto at = answer.rfind(name);
  if (at == std::string::npos) return {};
  const auto begin = at + name.size();
  return answer.substr(begin, answer.find('"', begin) - begin);
}

void go_behind(store::LeadPage& page, const Lead& last) {
  page.behind = last.id;
  page.behind_word = name_key(last.contact_name.value_or(""));
  page.behind_time = last.last_called_at;
}

}  // namespace

HttpPages::HttpPages(std::uint16_t port, const std::string& key, const std::string& filter, int walkers)
    : path_(fmt::format("/api/leads?limit={}{}", leads_per_page, filter)),
      headers_(
          fmt::format(" HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\r\n", port, key)) {
  for (int i = 0; i < walkers; ++i) sockets_.push_back(connect_to(port, static_cast<std::size_t>(i)));
}

HttpPages::~HttpPages() {
  for (const int socket : sockets_) close(socket);
}

Load HttpPages::run(int pages_each) const {
  std::vector<Load> parts(sockets_.size());
  std::vector<std::future<void>> walks;
  const auto begun = SteadyClock::now();
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    walks.push_back(
        std::async(std::launch::async, [&, i] { walk(sockets_[i], pages_each, parts[i].waits_ms); }));
  }
  Load load;
  for (std::size_t i = 0; i < walks.size(); ++i) {
    walks[i].get();
    load.waits_ms.insert(load.waits_ms.end(), parts[i].waits_ms.begin(), parts[i].waits_ms.end());
  }
  load.seconds = seconds_since(begun);
  load.units = load.waits_ms.size();
  return load;
}

void HttpPages::walk(int socket, int pages, std::vector<float>& waits_ms) const {
  std::string cursor;
  for (int i = 0; i < pages; ++i) {
    const auto asked = SteadyClock::now();
    const std::string request = request_for(cursor);
    if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) != std::ssize(request))
      throw std::runtime_error("the server takes no request");
    cursor = cursor_in(answer_from(socket));
    waits_ms.push_back(ms_since(asked));
  }
}

std::string HttpPages::request_for(const std::string& cursor) const {
  return "GET " + path_ + (cursor.empty() ? "" : "&after=" + cursor) + headers_;
}

Load StorePages::run(int pages_each) const {
  boost::asio::io_context loop(1);
  Load load;
  std::exception_ptr problem;
  const auto begun = SteadyClock::now();
  for (int i = 0; i < walkers_; ++i) {
    boost::asio::co_spawn(loop, walk(pages_each, load), [&](std::exception_ptr thrown) {
      if (thrown) problem = thrown;
    });
  }
  loop.run();
  load.seconds = seconds_since(begun);
  if (problem) std::rethrow_exception(problem);
  return load;
}

Task<void> StorePages::walk(int pages, Load& load) const {
  store::LeadPage page = first_;
  for (int i = 0; i < pages; ++i) {
    const auto asked = SteadyClock::now();
    const auto leads = co_await db_.read(workspace_, [page](Tx& tx) { return store::leads_page(tx, page); });
    load.waits_ms.push_back(ms_since(asked));
    ++load.units;
    page = first_;
    if (std::ssize(leads) == leads_per_page) go_behind(page, leads.back());
  }
}

}  // namespace ringdown::bench
