#include "domain/lead_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/timezone.h"
#include "domain/consent_cells.h"
#include "domain/email.h"
#include "domain/lead_cells.h"
#include "domain/member_rule.h"
#include "domain/phone.h"

namespace ringdown {
namespace {

constexpr std::size_t tags_max = rule_of(&LeadFields::tags).length_max;
constexpr std::size_t tag_length_max = rule_of(&LeadFields::tags, &MemberRule::each).length_max;
constexpr std::size_t interests_max = rule_of(&LeadFields::interests).length_max;

using MaybeText = std::optional<std::string> LeadFields::*;

struct TextColumn {
  LeadColumn column;
  MaybeText text;
  std::size_t length_max;
};

template <MaybeText text>
constexpr TextColumn text_column(LeadColumn column) {
  return {column, text, rule_of(text).length_max};
}

constexpr std::array text_columns = {
    text_column<&LeadFields::contact_name>(LeadColumn::contact_name),
    text_column<&LeadFields::company_name>(LeadColumn::company_name),
    text_column<&LeadFields::extension>(LeadColumn::extension),
    text_column<&LeadFields::external_id>(LeadColumn::external_id),
    text_column<&LeadFields::city>(LeadColumn::city),
    text_column<&LeadFields::state>(LeadColumn::state),
    text_column<&LeadFields::postal_code>(LeadColumn::postal_code),
    text_column<&LeadFields::notes>(LeadColumn::notes),
};

const TextColumn& text_column_of(LeadColumn column) {
  return *std::ranges::find(text_columns, column, &TextColumn::column);
}

class RowReader {
 public:
  RowReader(const LeadMapping& mapping, const RowRules& rules) : mapping_(mapping), rules_(rules) {}

  Result<LeadRow> read(std::span<const std::string_view> cells) {
    const std::size_t known = std::min(cells.size(), mapping_.columns.size());
    for (std::size_t i = 0; i < known; ++i) {
      const MappedColumn& column = mapping_.columns[i];
      if (!column.column) continue;
      if (const std::string_view cell = trimmed(cells[i]); !cell.empty()) take(column, cell);
    }
    if (auto phone = take_phone(); !phone) return std::unexpected(std::move(phone.error()));

    join_names();
    settle_place();
    settle_consent();
    count_surplus(cells.subspan(known));
    return std::move(row_);
  }

 private:
  void take(const MappedColumn& column, std::string_view cell) {
    switch (*column.column) {
      case LeadColumn::phone: phone_ = cell; break;
      case LeadColumn::other_phone: other_phones_.push_back(cell); break;
      case LeadColumn::extension:
      case LeadColumn::contact_name:
      case LeadColumn::company_name:
      case LeadColumn::external_id:
      case LeadColumn::city:
      case LeadColumn::state:
      case LeadColumn::postal_code:
      case LeadColumn::notes: take_text(*column.column, cell); break;
      case LeadColumn::first_name: first_name_ = cell; break;
      case LeadColumn::last_name: last_name_ = cell; break;
      case LeadColumn::email: take_email(cell); break;
      case LeadColumn::pipeline: row_.pipeline = cell; break;
      case LeadColumn::status: take_status(cell); break;
      case LeadColumn::tier: take_word(row_.fields.tier, read_tier(cell), "tier", cell); break;
      case LeadColumn::tags: take_tags(cell); break;
      case LeadColumn::interests: take_interests(cell); break;
      case LeadColumn::interest: take_interest(column.service.value_or(""), cell); break;
      case LeadColumn::country: take_word(row_.fields.country, read_country(cell), "country", cell); break;
      case LeadColumn::latitude: take_degrees(row_.fields.latitude, cell, "latitude", 90); break;
      case LeadColumn::longitude: take_degrees(row_.fields.longitude, cell, "longitude", 180); break;
      case LeadColumn::timezone: take_timezone(cell); break;
      case LeadColumn::consent_text:
      case LeadColumn::consent_at:
      case LeadColumn::consent_method:
      case LeadColumn::consent_scope:
      case LeadColumn::consent_written:
      case LeadColumn::consent_ai_named:
      case LeadColumn::consent_proof: consent_.take(*column.column, cell); break;
    }
  }

  void leave_out(std::string_view what, std::string_view cell, std::string_view why) {
    row_.notes.push_back(fmt::format("{}{} {}; left out", what, shown_cell(cell), why));
  }

  template <class T>
  void take_word(std::optional<T>& into, std::optional<T> read, std::string_view what,
                 std::string_view cell) {
    if (read)
      into = std::move(read);
    else
      leave_out(what, cell, "is not known");
  }

  void take_text(LeadColumn name, std::string_view cell) {
    const TextColumn& column = text_column_of(name);
    if (is_longer(cell, column.length_max))
      leave_out(to_text(name), cell, fmt::format("is longer than {} characters", column.length_max));
    else
      row_.fields.*column.text = cell;
  }

  void take_email(std::string_view cell) {
    auto email = normalised_email(cell);
    if (email)
      row_.fields.email = *std::move(email);
    else
      leave_out("email", cell, "is no address that mail can be sent to");
  }

  void take_status(std::string_view cell) {
    const auto status = read_status(cell);
    if (!status) return leave_out("status", cell, "is not known");
    if (status == LeadStatus::calling) return leave_out("status", cell, "is for calls of our own");
    row_.fields.status = *status;
  }

  void take_timezone(std::string_view cell) {
    if (is_timezone(cell))
      row_.fields.timezone = cell;
    else
      leave_out("timezone", cell, "is no time zone such as America/Chicago");
  }

  void take_degrees(std::optional<double>& into, std::string_view cell, std::string_view what, double most) {
    const auto degrees = read_decimal(cell);
    if (degrees && *degrees >= -most && *degrees <= most)
      into = degrees;
    else
      leave_out(what, cell, fmt::format("is no number from -{0} to {0}", most));
  }

  void take_tags(std::string_view cell) {
    std::vector<std::string>& tags = row_.fields.tags;
    for (const std::string_view item : list_items(cell)) {
      std::string tag = unescaped(item);
      if (is_longer(tag, tag_length_max))
        leave_out("tag", tag, fmt::format("is longer than {} characters", tag_length_max));
      else
        tags.push_back(std::move(tag));
    }
    std::ranges::sort(tags);
    const auto repeated = std::ranges::unique(tags);
    tags.erase(repeated.begin(), repeated.end());
    if (tags.size() <= tags_max) return;

    row_.notes.push_back(fmt::format("more than {} tags; the others are left out", tags_max));
    tags.resize(tags_max);
  }

  void take_interests(std::string_view cell) {
    for (const std::string_view item : list_items(cell)) {
      const InterestItem interest = read_interest_item(item);
      take_interest(interest.service, interest.value.empty() ? "1" : interest.value);
    }
  }

  void take_interest(const std::string& service, std::string_view value) {
    const auto interest = read_interest(value);
    if (!interest) {
      return leave_out(fmt::format("interest in {}", is_longer(service, tag_length_max) ? "…" : service),
                       value, "is no number from 0 to 1");
    }
    auto& interests = row_.fields.interests;
    if (interests.size() == interests_max && !interests.contains(service))
      return leave_out("interest in", service, fmt::format("is one more than {}", interests_max));
    interests[service] = *interest;
  }

  void settle_consent() {
    row_.consent = std::move(consent_).settled(row_.fields.phone);
    if (!consent_.doubt().empty()) row_.notes.push_back(consent_.doubt() + "; the consent is left out");
  }

  Result<void> take_phone() {
    const std::string& region = row_.fields.country ? *row_.fields.country : rules_.region;
    std::optional<Failure> first_failure;
    if (!phone_.empty()) other_phones_.insert(other_phones_.begin(), phone_);
    for (const std::string_view cell : other_phones_) {
      auto phone = to_e164(cell, region);
      if (phone) {
        if (first_failure) row_.notes.push_back(first_failure->text + "; the next one is taken");
        set_phone(*std::move(phone));
        return {};
      }
      if (!first_failure) first_failure = std::move(phone.error());
    }
    if (first_failure) return std::unexpected(*std::move(first_failure));
    return fail(Reason::invalid, "the phone is missing; every lead needs one", "phone");
  }

  void set_phone(PhoneNumber phone) {
    LeadFields& fields = row_.fields;
    fields.phone = std::move(phone.e164);
    if (!fields.extension && !phone.extension.empty()) fields.extension = std::move(phone.extension);
  }

  void join_names() {
    if (row_.fields.contact_name || (first_name_.empty() && last_name_.empty())) return;

    std::string name(first_name_);
    if (!first_name_.empty() && !last_name_.empty()) name += ' ';
    name += last_name_;
    take_text(LeadColumn::contact_name, name);
  }

  void settle_place() {
    LeadFields& fields = row_.fields;
    if (fields.latitude.has_value() == fields.longitude.has_value()) return;

    row_.notes.emplace_back("latitude and longitude come together; left out");
    fields.latitude.reset();
    fields.longitude.reset();
  }

  void count_surplus(std::span<const std::string_view> cells) {
    const auto said =
        std::ranges::count_if(cells, [](std::string_view cell) { return !trimmed(cell).empty(); });
    if (said == 0) return;
    row_.notes.push_back(fmt::format("{} cell{} more than headers; left out", said, said == 1 ? "" : "s"));
  }

  const LeadMapping& mapping_;
  const RowRules& rules_;
  LeadRow row_;
  std::string_view phone_;
  std::vector<std::string_view> other_phones_;
  std::string_view first_name_;
  std::string_view last_name_;
  ConsentCells consent_;
};

}  // namespace

bool is_blank_row(std::span<const std::string_view> cells) {
  return std::ranges::all_of(cells, [](std::string_view cell) { return trimmed(cell).empty(); });
}

Result<LeadRow> read_lead_row(std::span<const std::string_view> cells, const LeadMapping& mapping,
                              const RowRules& rules) {
  return RowReader(mapping, rules).read(cells);
}

}  // namespace ringdown
