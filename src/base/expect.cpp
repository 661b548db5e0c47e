#include "base/expect.h"

#include <string>

#include "base/result.h"

namespace ringdown {

void expectation_broken(std::string_view what, std::source_location where) {
  std::string_view file = where.file_name();
  if (auto slash = file.rfind("src/"); slash != std::string_view::npos) file.remove_prefix(slash);

  throw Breakage(Reason::internal, "bug: " + std::string(what) + " (" + std::string(file) + ":" +
                                       std::to_string(where.line()) + ")");
}

}  // namespace ringdown
