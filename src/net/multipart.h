// multipart/form-data as it streams in: push bytes, get parts. Bounded in parts and in the size of their
// heads; data is handed on as it comes. Strict at boundaries: nothing before the first, nothing after the
// last.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ringdown {

struct PartHead {
  std::string name{};
  std::optional<std::string> filename{};  // as the client calls it; never a path to use
  std::string content_type = "text/plain";

  bool operator==(const PartHead&) const = default;
};

class MultipartSink {
 public:
  virtual ~MultipartSink() = default;

  virtual void part_begins(const PartHead&) = 0;
  virtual void part_data(std::string_view) = 0;  // any number of times, never empty
  virtual void part_ends() = 0;
};

struct MultipartLimits {
  std::size_t parts_max = 32;
  std::size_t head_bytes_max = 4 * 1024;
};

class Multipart {
 public:
  static Result<Multipart> open(std::string_view content_type, MultipartLimits = {});

  Result<void> push(std::string_view arrived, MultipartSink&);
  Result<void> finish() const;  // after the last byte: was it all there?

 private:
  enum class State { delimiter, after_delimiter, head, data, end };
  enum class Step { taken, more_needed };

  Multipart(std::string delimiter, MultipartLimits limits)
      : delimiter_(std::move(delimiter)), limits_(limits) {}

  Result<Step> step(MultipartSink&);
  Result<Step> take_delimiter();
  Result<Step> take_after_delimiter();
  Result<Step> take_head(MultipartSink&);
  Result<Step> take_data(MultipartSink&);
  Result<Step> take_end() const;
  std::string_view ahead() const { return std::string_view(arrived_).substr(used_); }

  std::string delimiter_;  // the CR LF before it included
  MultipartLimits limits_;
  State state_ = State::delimiter;
  std::string arrived_ = "\r\n";  // so that the first delimiter is like the others
  std::size_t used_ = 0;
  std::size_t parts_ = 0;
};

}  // namespace ringdown
