#include "net/multipart.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "net/request_head.h"

namespace ringdown {
namespace {

constexpr std::size_t boundary_bytes_max = 70;
constexpr std::size_t part_headers_max = 8;

using Parameter = std::pair<std::string, std::string>;

std::unexpected<Failure> refuse(std::string text) {
  return fail(Reason::invalid, std::move(text));
}

bool is_boundary_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c != 0 && std::string_view("'()+_,-./:=?").contains(c));
}

// The text between quotes, and how far it reaches; clients escape a quote by a backslash or as %22, which
// stays.
std::optional<std::pair<std::string, std::size_t>> unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return std::pair(plain, i + 1);
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    plain += text[i];
  }
  return std::nullopt;
}

// `; name=value; name="value"`, each name once.
Result<std::vector<Parameter>> parse_parameters(std::string_view text) {
  std::vector<Parameter> parameters;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const auto equals = text.find('=');
    if (text[0] != ';' || equals == std::string_view::npos)
      return refuse("a header's parameters are not name=value");

    std::string name = lowered(trimmed(text.substr(1, equals - 1)));
    if (std::ranges::find(parameters, name, &Parameter::first) != parameters.end()) {
      return refuse("the parameter " + name + " comes more than once");
    }
    text.remove_prefix(equals + 1);
    if (text.starts_with('"')) {
      auto quoted = unquoted(text);
      if (!quoted) return refuse("a quoted parameter has no end");
      parameters.emplace_back(std::move(name), std::move(quoted->first));
      text.remove_prefix(quoted->second);
    } else {
      const auto end = std::min(text.find(';'), text.size());
      parameters.emplace_back(std::move(name), trimmed(text.substr(0, end)));
      text.remove_prefix(end);
    }
  }
  return parameters;
}

std::optional<std::string> parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameter::first);
  if (found == parameters.end()) return std::nullopt;
  return found->second;
}

// The word before the parameters, and the parameters.
Result<std::vector<Parameter>> parameters_of(std::string_view value, std::string_view word) {
  const auto end = std::min(value.find(';'), value.size());
  if (!same_word(trimmed(value.substr(0, end)), word)) return refuse("expected " + std::string(word));
  return parse_parameters(value.substr(end));
}

Result<PartHead> parse_part_head(std::string_view lines) {
  const auto headers = check_fields(lines, part_headers_max);
  if (!headers) return refuse("a part's head is malformed: " + headers.error().text);
  if (headers->find("content-transfer-encoding")) {
    return refuse("a part has a content-transfer-encoding; send its bytes as they are");
  }
  const auto dispositions = headers->all("content-disposition");
  if (dispositions.size() != 1) return refuse("a part has not exactly one content-disposition");

  const auto parameters = parameters_of(dispositions[0], "form-data");
  if (!parameters) return std::unexpected(parameters.error());
  if (parameter(*parameters, "filename*")) return refuse("a part has filename*; forms send filename");
  const auto name = parameter(*parameters, "name");
  if (!name || name->empty()) return refuse("a part has no name");

  PartHead head{.name = *name, .filename = parameter(*parameters, "filename")};
  if (const auto type = headers->find("content-type")) head.content_type = *type;
  return head;
}

}  // namespace

Result<Multipart> Multipart::open(std::string_view content_type, MultipartLimits limits) {
  const auto parameters = parameters_of(content_type, "multipart/form-data");
  if (!parameters) return std::unexpected(parameters.error());

  const std::string boundary = parameter(*parameters, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > boundary_bytes_max ||
      !std::ranges::all_of(boundary, is_boundary_char)) {
    return refuse("the content-type has no boundary of 1 to 70 plain characters");
  }
  return Multipart("\r\n--" + boundary, limits);
}

Result<void> Multipart::push(std::string_view arrived, MultipartSink& sink) {
  arrived_.append(arrived);
  while (true) {
    const auto stepped = step(sink);
    if (!stepped) return std::unexpected(stepped.error());
    if (*stepped == Step::more_needed) break;
  }
  arrived_.erase(0, std::exchange(used_, 0));
  return {};
}

Result<void> Multipart::finish() const {
  if (state_ == State::end && (arrived_.empty() || arrived_ == "\r\n")) return {};
  return refuse("the form ends before its closing boundary; it was cut off");
}

Result<Multipart::Step> Multipart::step(MultipartSink& sink) {
  switch (state_) {
    case State::delimiter: return take_delimiter();
    case State::after_delimiter: return take_after_delimiter();
    case State::head: return take_head(sink);
    case State::data: return take_data(sink);
    case State::end: return take_end();
  }
  std::unreachable();
}

Result<Multipart::Step> Multipart::take_delimiter() {
  const std::string_view text = ahead();
  if (!std::string_view(delimiter_).starts_with(text.substr(0, delimiter_.size()))) {
    return refuse("the form does not begin with its boundary");
  }
  if (text.size() < delimiter_.size()) return Step::more_needed;
  used_ += delimiter_.size();
  state_ = State::after_delimiter;
  return Step::taken;
}

Result<Multipart::Step> Multipart::take_after_delimiter() {
  const std::string_view two = ahead().substr(0, 2);
  if (two.size() < 2) return Step::more_needed;
  if (two != "\r\n" && two != "--") return refuse("a boundary is followed by something else than a line end");
  if (two == "--" && parts_ == 0) return refuse("the form has no parts");
  if (two == "\r\n" && parts_ == limits_.parts_max) {
    return fail(Reason::too_large, "the form has more than " + std::to_string(limits_.parts_max) + " parts");
  }
  used_ += 2;
  state_ = two == "--" ? State::end : State::head;
  return Step::taken;
}

Result<Multipart::Step> Multipart::take_head(MultipartSink& sink) {
  const std::string_view text = ahead();
  const auto end = text.find("\r\n\r\n");
  const std::size_t at_least =
      end != std::string_view::npos ? end : text.size() - std::min<std::size_t>(text.size(), 3);
  if (at_least > limits_.head_bytes_max) return fail(Reason::too_large, "the head of a part is too large");
  if (end == std::string_view::npos) return Step::more_needed;

  const auto head = parse_part_head(text.substr(0, end + 2));
  if (!head) return std::unexpected(head.error());
  sink.part_begins(*head);
  ++parts_;
  used_ += end + 4;
  state_ = State::data;
  return Step::taken;
}

Result<Multipart::Step> Multipart::take_data(MultipartSink& sink) {
  const std::string_view text = ahead();
  const auto end = text.find(delimiter_);
  const std::size_t kept = delimiter_.size() - 1;
  const std::size_t ready = end != std::string_view::npos ? end : text.size() - std::min(text.size(), kept);
  if (ready > 0) sink.part_data(text.substr(0, ready));
  used_ += ready;
  if (end == std::string_view::npos) return Step::more_needed;

  sink.part_ends();
  used_ += delimiter_.size();
  state_ = State::after_delimiter;
  return Step::taken;
}

Result<Multipart::Step> Multipart::take_end() const {
  if (!std::string_view("\r\n").starts_with(ahead())) return refuse("something follows the closing boundary");
  return Step::more_needed;
}

}  // namespace ringdown
