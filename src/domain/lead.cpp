#include "domain/lead.h"

#include <algorithm>

#include "base/text.h"
#include "base/timezone.h"
#include "domain/email.h"
#include "domain/phone.h"

namespace ringdown {
namespace {

using MaybeText = std::optional<std::string> LeadFields::*;

constexpr std::size_t lead_interests_max = 50;

constexpr MaybeText texts[] = {&LeadFields::extension, &LeadFields::contact_name, &LeadFields::company_name,
                               &LeadFields::email,     &LeadFields::external_id,  &LeadFields::city,
                               &LeadFields::state,     &LeadFields::postal_code,  &LeadFields::country,
                               &LeadFields::timezone,  &LeadFields::notes};

void tidy(std::optional<std::string>& text) {
  if (!text) return;
  text = std::string(trimmed(*text));
  if (text->empty()) text.reset();
}

void tidy(std::vector<std::string>& tags) {
  for (std::string& tag : tags) tag = std::string(trimmed(tag));
  std::erase(tags, "");
  std::ranges::sort(tags);
  const auto repeated = std::ranges::unique(tags);
  tags.erase(repeated.begin(), repeated.end());
}

}  // namespace

Result<LeadFields> tidied(LeadFields fields) {
  for (const MaybeText text : texts) tidy(fields.*text);
  tidy(fields.tags);

  if (fields.email) {
    auto email = normalised_email(*fields.email);
    if (!email) return std::unexpected(std::move(email.error()));
    fields.email = std::move(*email);
  }
  if (fields.country && !is_region(*fields.country)) {
    return fail(Reason::invalid, "country is two capital letters, such as US", "country");
  }
  if (fields.timezone && !is_timezone(*fields.timezone)) {
    return fail(Reason::invalid, "timezone is no time zone; use one such as America/Chicago", "timezone");
  }
  if (fields.latitude.has_value() != fields.longitude.has_value()) {
    return fail(Reason::invalid, "latitude and longitude come together", "latitude");
  }
  return fields;
}

std::string name_key(std::string_view contact_name) {
  std::string key;
  for (const std::string_view word : split(folded(contact_name), ' ')) {
    const std::string_view bare = trimmed(word);
    if (bare.empty()) continue;
    if (!key.empty()) key += ' ';
    key += bare;
  }
  return key;
}

void add_tags(std::vector<std::string>& known, const std::vector<std::string>& said) {
  tidy(known);
  for (const std::string& text : said) {
    const std::string tag(trimmed(text));
    const auto place = std::ranges::lower_bound(known, tag);
    const bool is_there = place != known.end() && *place == tag;
    if (!tag.empty() && !is_there && known.size() < lead_tags_max) known.insert(place, tag);
  }
}

void add_note(Lead& lead, const std::string& line) {
  std::string notes = lead.notes.value_or("");
  if (!notes.empty()) notes += '\n';
  notes += line;
  if (notes.size() <= lead_notes_max) lead.notes = std::move(notes);
}

void merge(LeadFields& known, const LeadFields& said) {
  for (const MaybeText text : texts) {
    if (said.*text) known.*text = said.*text;
  }
  if (said.pipeline_id) known.pipeline_id = said.pipeline_id;
  if (said.tier) known.tier = said.tier;
  if (said.latitude) known.latitude = said.latitude;
  if (said.longitude) known.longitude = said.longitude;
  add_tags(known.tags, said.tags);
  for (const auto& [service, interest] : said.interests) {
    if (known.interests.contains(service) || known.interests.size() < lead_interests_max) {
      known.interests[service] = interest;
    }
  }
}

}  // namespace ringdown
