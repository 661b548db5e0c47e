// The head and the chunked body of a request, as a stranger may send them. Accepted heads must hold what the
// rest of the product relies on; a chunked body must read the same in one piece and byte by byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "net/chunked.h"
#include "net/request_head.h"

using namespace ringdown;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void read_head(std::string_view input) {
  const auto length = head_length(input, 0, {});
  if (!length || *length == 0) return;

  const auto head = check_head(input.substr(0, *length), {});
  if (!head) return;
  const RequestHead& request = head->request;
  must(is_clean_utf8(request.path) && !request.path.contains("//") && !request.path.contains("/../"));
  must(request.path == "*" || request.path.starts_with('/'));
  must(request.headers.size() <= HeadLimits{}.headers_max && request.headers.all("host").size() <= 1);
  must(!(request.headers.find("content-length") && request.headers.find("transfer-encoding")));
  for (const Header& header : request.headers) must(header.value.find_first_of("\r\n") == std::string::npos);
}

struct Body {
  std::string payload{};
  std::size_t used = 0;
  bool refused = false;
};

Body read_body(std::string_view coded, std::size_t piece) {
  ChunkedBody chunks;
  Body body;
  while (body.used < coded.size() && !chunks.done()) {
    const auto used = chunks.push(coded.substr(body.used, piece), body.payload);
    if (!used) return {.refused = true};
    body.used += *used;
  }
  return body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  read_head(input);

  const Body whole = read_body(input, input.size());
  const Body single = read_body(input, 1);
  must(whole.refused == single.refused && whole.used == single.used && whole.payload == single.payload);
  return 0;
}
