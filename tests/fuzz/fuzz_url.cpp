// Paths, queries, hosts and URLs. Whatever is accepted is clean, and what is written out again reads the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "net/url.h"

using namespace ringdown;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);

  if (const auto query = QueryPairs::parse(input)) {
    for (const auto& [name, value] : *query) must(is_clean_utf8(name) && is_clean_utf8(value));
  }
  if (const auto path = decoded_path(input)) {
    must(path->starts_with('/') && is_clean_utf8(*path) && !path->contains("//") && !path->contains("/../"));
  }
  if (const auto url = parse_url(input)) {
    must(parse_url((url->secure ? "https://" : "http://") + url->authority() + url->target) == *url);
  }
  if (const auto end = parse_host_port(input)) must(is_authority(input) && !end->host.empty());
  if (is_clean_utf8(input)) must(percent_decoded(percent_encoded(input)) == input);
  return 0;
}
