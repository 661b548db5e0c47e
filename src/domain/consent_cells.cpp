#include "domain/consent_cells.h"

#include "domain/lead_cells.h"
#include "domain/member_rule.h"

namespace ringdown {

template <class T, class Read>
void ConsentCells::take_read(T& into, const Read& read, LeadColumn column, std::string_view cell) {
  if (read)
    into = *read;
  else
    doubt(column, cell);
}

void ConsentCells::take_text(std::string& into, const ValueRule& rule, LeadColumn column,
                             std::string_view cell) {
  if (broken_by_text(rule, cell).empty())
    into = cell;
  else
    doubt(column, cell);
}

void ConsentCells::doubt(LeadColumn column, std::string_view cell) {
  if (doubt_.empty()) doubt_ = to_text(column) + shown_cell(cell) + " cannot be read for sure";
}

void ConsentCells::take(LeadColumn column, std::string_view cell) {
  said_ = true;
  switch (column) {
    case LeadColumn::consent_text:
      return take_text(consent_.text_shown, rule_of(&ConsentFields::text_shown), column, cell);
    case LeadColumn::consent_method:
      return take_text(consent_.method, rule_of(&ConsentFields::method), column, cell);
    case LeadColumn::consent_proof:
      return take_text(consent_.proof.emplace(), rule_of(&ConsentFields::proof), column, cell);
    case LeadColumn::consent_at:
      dated_ = true;
      return take_read(consent_.given_at, read_moment(cell), column, cell);
    case LeadColumn::consent_scope: return take_read(consent_.scope, read_scope(cell), column, cell);
    case LeadColumn::consent_written: return take_read(consent_.written, read_yes_no(cell), column, cell);
    default: return take_read(consent_.ai_named, read_yes_no(cell), column, cell);
  }
}

std::optional<ConsentFields> ConsentCells::settled(const std::string& phone) && {
  if (!said_) return std::nullopt;

  const bool whole = !consent_.text_shown.empty() && !consent_.method.empty() && dated_;
  if (doubt_.empty() && !whole) doubt_ = "consent_text, consent_at and consent_method belong together";
  if (!doubt_.empty()) return std::nullopt;

  consent_.phone = phone;
  return std::move(consent_);
}

}  // namespace ringdown
