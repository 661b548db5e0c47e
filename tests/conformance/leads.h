// Leads as the conformance scenarios make them and write them down.
#pragma once

#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "store/leads.h"
#include "tests/support/stores.h"

namespace ringdown::test {

inline LeadId lead_id(std::uint64_t n) {
  return nth<LeadTag>(n);
}

// Numbers that are nobody's: 555-0100 to 555-0199 of each area.
inline std::string number(std::uint64_t n) {
  return fmt::format("+1{}55501{:02}", 201 + n / 100, n % 100);
}

inline Lead bare_lead(std::uint64_t n) {
  Lead lead;
  lead.id = lead_id(n);
  lead.phone = number(n);
  lead.created_at = lead.updated_at = tuesday + std::chrono::seconds(n);
  return lead;
}

inline Lead named_lead(std::uint64_t n, const std::string& name) {
  Lead lead = bare_lead(n);
  lead.contact_name = name;
  return lead;
}

// Says the same word wherever a text may stand.
inline Lead filled_lead(std::uint64_t n, const std::string& word) {
  Lead lead = named_lead(n, word);
  for (const auto text :
       {&Lead::extension, &Lead::company_name, &Lead::email, &Lead::external_id, &Lead::city, &Lead::state,
        &Lead::postal_code, &Lead::country, &Lead::timezone, &Lead::notes}) {
    lead.*text = word;
  }
  lead.undialable = word;
  lead.status = LeadStatus::no_answer;
  lead.tier = Tier::premium;
  lead.tags = {word, "second"};
  lead.interests = {{word, 1.0 / 3}, {"roof", 1e-9}};
  lead.latitude = 32.776664;
  lead.longitude = -180;
  return lead;
}

template <class Things>
std::string ids_of(Things things) {
  std::vector<std::string> ids;
  for (const auto& thing : things) {
    if constexpr (requires { thing.id; }) {
      ids.push_back(ringdown::to_text(thing.id));
    } else {
      ids.push_back(ringdown::to_text(thing));
    }
  }
  return fmt::format("{}", fmt::join(ids, " "));
}

// The answers of a set come in no particular order.
template <class Things>
std::string sorted_ids(Things things) {
  std::ranges::sort(things, {}, [](const auto& thing) {
    if constexpr (requires { thing.id; }) {
      return ringdown::to_text(thing.id);
    } else {
      return ringdown::to_text(thing);
    }
  });
  return ids_of(std::move(things));
}

}  // namespace ringdown::test
