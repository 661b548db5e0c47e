// A form with one file in it, as browsers and curl -F send it. The file is handed on while it arrives;
// everything beside it is short and kept.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "net/http.h"
#include "ports/task.h"

namespace ringdown {

inline constexpr std::uint64_t upload_bytes_max = 1ull << 30;
inline constexpr BodyPlan upload_plan{.bytes_max = upload_bytes_max, .streamed = true, .time_max = 30min};

struct UploadForm {
  std::string file_name;  // as the client calls it
  std::map<std::string, std::string> fields;
};

using TakeBytes = std::function<Task<Result<void>>(std::string_view)>;

// Refused: a form that is none, or has not exactly one part called file.
Task<Result<UploadForm>> read_form(Request&, TakeBytes take_file);

}  // namespace ringdown
