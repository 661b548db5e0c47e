// What goes into a statement and what comes out of a row. A value carries its type, so that each database can keep
// its own native columns: PostgreSQL uuid, timestamptz, jsonb; SQLite blob, integer, text.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/enums.h"
#include "base/ids.h"
#include "base/json_raw.h"
#include "base/text.h"
#include "base/time.h"

namespace ringdown {

struct Null {
  bool operator==(const Null&) const = default;
};

class Value {
 public:
  using Any = std::variant<Null, bool, std::int64_t, double, std::string, Bytes, Uuid, Time, Json>;

  Value(Null) {}
  Value(bool value) : any_(value) {}
  template <std::integral I>
    requires(!std::same_as<I, bool> && !std::same_as<I, char>)
  Value(I value) : any_(static_cast<std::int64_t>(value)) {}
  Value(double value) : any_(value) {}
  Value(const char* text) : any_(std::string(text)) {}
  Value(std::string text) : any_(std::move(text)) {}
  Value(std::string_view text) : any_(std::string(text)) {}
  Value(Bytes bytes) : any_(std::move(bytes)) {}
  Value(Uuid uuid) : any_(uuid) {}
  template <class Of>
  Value(Id<Of> id) : any_(id.value) {}
  Value(Time time) : any_(time) {}
  Value(Json json) : any_(std::move(json)) {}
  template <DescribedEnum E>
  Value(E word) : any_(to_text(word)) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  const Any& any() const { return any_; }

 private:
  Any any_;
};

using Values = std::vector<Value>;

// The row a statement is at, read by the driver on demand; texts stay valid until the next row.
class Row {
 public:
  virtual ~Row() = default;

  virtual std::size_t columns() const = 0;
  virtual std::string_view name(std::size_t column) const = 0;
  virtual bool is_null(std::size_t column) const = 0;
  virtual bool boolean(std::size_t column) const = 0;
  virtual std::int64_t integer(std::size_t column) const = 0;
  virtual double real(std::size_t column) const = 0;
  virtual std::string_view text(std::size_t column) const = 0;  // json columns too
  virtual Bytes bytes(std::size_t column) const = 0;
  virtual Uuid uuid(std::size_t column) const = 0;
  virtual Time time(std::size_t column) const = 0;
};

}  // namespace ringdown
