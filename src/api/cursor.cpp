#include "api/cursor.h"

#include <algorithm>

#include "crypto/base64.h"

namespace ringdown {

std::string to_text(const Cursor& cursor) {
  Bytes bytes(cursor.id.bytes.begin(), cursor.id.bytes.end());
  bytes.insert(bytes.end(), cursor.key.begin(), cursor.key.end());
  return crypto::to_base64url(bytes);
}

Result<Cursor> parse_cursor(std::string_view text) {
  const auto bytes = crypto::from_base64url(text);
  if (bytes && bytes->size() >= 16) {
    Cursor cursor{.id = {}, .key = {bytes->begin() + 16, bytes->end()}};
    std::copy_n(bytes->begin(), 16, cursor.id.bytes.begin());
    if (is_clean_utf8(cursor.key)) return cursor;
  }
  return fail(Reason::invalid, "after is no `next` of an earlier page; leave it out to begin", "after");
}

}  // namespace ringdown
