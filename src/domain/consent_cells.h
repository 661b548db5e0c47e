// The cells of a row that speak of consent. Half a consent would be taken for one, so it is whole and sure,
// or none; part of domain/lead_rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/consent.h"
#include "domain/lead_columns.h"

namespace ringdown {

class ConsentCells {
 public:
  void take(LeadColumn, std::string_view cell);  // trimmed, not blank

  // What was agreed to, for this number; or nothing, with the reason where anything was said.
  std::optional<ConsentFields> settled(const std::string& phone) &&;
  const std::string& doubt() const { return doubt_; }

 private:
  template <class T, class Read>
  void take_read(T& into, const Read& read, LeadColumn, std::string_view cell);
  void take_text(std::string& into, const ValueRule&, LeadColumn, std::string_view cell);
  void doubt(LeadColumn, std::string_view cell);

  ConsentFields consent_;
  bool said_ = false;
  bool dated_ = false;
  std::string doubt_;
};

}  // namespace ringdown
