// A client that sends exactly the bytes it is told to, over a blocking socket; a read gives up after a
// minute, so that a hanging server fails a test instead of hanging it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ringdown::test {

struct RawAnswer {
  int status = 0;
  std::string head{};
  std::string body{};

  bool has(std::string_view text) const { return head.contains(text) || body.contains(text); }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, const char* from = nullptr, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;

  bool send(std::string_view bytes);
  void end_sending();

  // One answer with a content-length or in chunks (or no body where `head_only`); nothing when the server
  // closed before its end.
  std::optional<RawAnswer> answer(bool head_only = false);

  std::string read_until(std::string_view mark);  // everything up to and with the mark, or to the end
  std::string read_to_end();
  bool closed() { return read_to_end().empty(); }

 private:
  bool read_more();
  bool read_chunks(std::string& body);

  int socket_;
  std::string arrived_;
};

std::string get(std::string_view target, std::string_view more_headers = {});

}  // namespace ringdown::test
