// `next` of a page, as clients hand it back: the last thing's id and what the page was sorted by. It is not
// secret, only nobody's business.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"

namespace ringdown {

struct Cursor {
  Uuid id;
  std::string key;

  bool operator==(const Cursor&) const = default;
};

std::string to_text(const Cursor&);
Result<Cursor> parse_cursor(std::string_view);  // the failure names `after`

}  // namespace ringdown
