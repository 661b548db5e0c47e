// What came of a row of an imported file; a line of report.csv.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/enums.h"
#include "base/result.h"

namespace ringdown {

enum class RowResult { created, updated, duplicate, invalid };
BOOST_DESCRIBE_ENUM(RowResult, created, updated, duplicate, invalid)

struct RowOutcome {
  std::int64_t line = 0;
  RowResult result = RowResult::created;
  std::string reason;  // also what was left out of a good row

  bool operator==(const RowOutcome&) const = default;
};

std::string_view report_head();  // with its line end
void append_report_line(std::string& out, const RowOutcome&);
Result<RowOutcome> read_report_line(std::span<const std::string_view> cells);

}  // namespace ringdown
