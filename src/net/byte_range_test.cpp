#include "net/byte_range.h"

#include <doctest/doctest.h>

#include <string>

using namespace ringdown;

TEST_CASE("a part of an answer is asked for by its ends, its beginning or its length at the end") {
  struct Row {
    const char* header;
    std::optional<ByteRange> part;
  };
  for (const Row& row :
       {Row{"bytes=0-0", ByteRange{0, 1}}, Row{"bytes=0-99", ByteRange{0, 100}},
        Row{"bytes=0-100", ByteRange{0, 100}}, Row{"bytes=10-19", ByteRange{10, 10}},
        Row{"bytes=99-", ByteRange{99, 1}}, Row{"bytes=0-", ByteRange{0, 100}},
        Row{"bytes=-1", ByteRange{99, 1}}, Row{"bytes=-500", ByteRange{0, 100}},
        Row{"bytes=-0", ByteRange{100, 0}}, Row{"bytes=100-", ByteRange{100, 0}},
        Row{"bytes=18446744073709551615-", ByteRange{100, 0}}, Row{"bytes= 1-2 ", ByteRange{1, 2}}}) {
    CAPTURE(std::string(row.header));
    CHECK(parse_range(row.header, 100) == row.part);
  }
}

TEST_CASE("what is no part of bytes means the whole") {
  for (const char* header : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5", "bytes=9-3", "bytes=0-1,5-9",
                             "lines=0-1", "bytes=18446744073709551616-", "bytes=1-x", "bytes=--1", "0-1"}) {
    CAPTURE(std::string(header));
    CHECK_FALSE(parse_range(header, 100));
  }
}

TEST_CASE("of nothing there is no part") {
  CHECK(parse_range("bytes=0-", 0) == ByteRange{0, 0});
  CHECK(parse_range("bytes=-5", 0) == ByteRange{0, 0});
}
