#include "base/log.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("free text in a log hides phone numbers and addresses, however they are written") {
  CHECK(log::scrubbed("call +15555550123 now") == "call <number> now");
  CHECK(log::scrubbed("(555) 555-0123") == "<number>");
  CHECK(log::scrubbed("555.555.0123 ext 4") == "<number> ext 4");
  CHECK(log::scrubbed("to=ann.lee+x@example.com, cc") == "to=<address>, cc");
  CHECK(log::scrubbed("a@b@c d") == "<address> d");
}

TEST_CASE("ids, moments and small numbers stay readable, and a line stays one line") {
  CHECK(log::scrubbed("01a1f8db-7700-7fff-bfff-ffffffffffff") == "01a1f8db-7700-7fff-bfff-ffffffffffff");
  CHECK(log::scrubbed("since 2026-11-20T10:00:00Z") == "since 2026-11-20T10:00:00Z");
  CHECK(log::scrubbed("port 54321 of 10") == "port 54321 of 10");
  CHECK(log::scrubbed("two\nlines") == "two lines");
}
