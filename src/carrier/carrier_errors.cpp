#include "carrier/carrier_errors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/toml.h"

namespace ringdown {
namespace {

std::map<int, CarrierError> read_errors(TomlReader& reader, std::string_view carrier) {
  std::map<int, CarrierError> errors;
  for (const TomlNode& entry : reader.tables(reader.root(), carrier)) {
    reader.refuse_unknown(entry, {"code", "means", "text"});
    const std::int64_t code = reader.integer(entry, "code");
    const auto means = parse_enum<Rejection>(reader.text(entry, "means"));
    if (!means)
      reader.complain(entry, fmt::format("means one of {}", fmt::join(words_of<Rejection>(), ", ")));
    if (code < 1 || code > 999'999) reader.complain(entry, "has a code of one to six digits");

    CarrierError error{means.value_or(Rejection::failed), std::string(reader.text(entry, "text"))};
    const bool first = errors.emplace(static_cast<int>(code), std::move(error)).second;
    if (!first) reader.complain(entry, "has a code that was given before");
  }
  return errors;
}

}  // namespace

Result<CarrierErrors> CarrierErrors::parse(std::string_view toml, std::string file_name) {
  TomlReader reader(toml, std::move(file_name));
  CarrierErrors errors{.twilio = read_errors(reader, "twilio"), .sip = read_errors(reader, "sip")};
  reader.refuse_unknown(reader.root(), {"twilio", "sip"});

  if (auto sound = reader.verdict(); !sound) return std::unexpected(sound.error());
  return errors;
}

Cause cause_of(Rejection rejection) {
  switch (rejection) {
    case Rejection::busy: return Cause::busy;
    case Rejection::invalid_number: return Cause::invalid_number;
    case Rejection::blocked: return Cause::blocked;
    case Rejection::our_fault: return Cause::our_fault;
    case Rejection::failed: return Cause::failed;
  }
  return Cause::failed;
}

}  // namespace ringdown
