#include "base/csv_writer.h"

#include <doctest/doctest.h>

#include <vector>

using namespace ringdown;

namespace {

std::string written(std::vector<std::string> cells, CsvStyle style = CsvStyle::exact) {
  std::string out;
  append_csv_row(out, cells, style);
  return out;
}

}  // namespace

TEST_CASE("quotes stand only where a reader would go wrong without") {
  CHECK(written({"+12125550123", "Ann O'Neil", "", "vip;new"}) == "+12125550123,Ann O'Neil,,vip;new\r\n");
  CHECK(written({"a,b", "say \"hi\"", "two\nlines", " blank", "tab\t"}) ==
        "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" blank\",\"tab\t\"\r\n");
  CHECK(written({""}) == "\"\"\r\n");
}

TEST_CASE("for a spreadsheet no cell is a formula") {
  CHECK(written({"=1+1", "+12125550123", "-5", "@x", "\tx", "\rx", "a=b"}, CsvStyle::spreadsheet) ==
        "'=1+1,'+12125550123,'-5,'@x,'\tx,\"'\rx\",a=b\r\n");
}
