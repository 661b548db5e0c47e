#include "domain/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include "base/text.h"
#include "domain/phone_plain.h"

namespace ringdown {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using VendorNumber = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t shown_max = 40;

std::unexpected<Failure> refused(std::string_view text, const std::string& why) {
  const bool shown = text.size() <= shown_max && is_clean_utf8(text);
  return fail(Reason::invalid, (shown ? "phone '" + std::string(text) + "' " : std::string("phone ")) + why,
              "phone");
}

LineType to_line_type(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::TOLL_FREE: return LineType::toll_free;
    case PhoneNumberUtil::PREMIUM_RATE: return LineType::premium;
    case PhoneNumberUtil::SHARED_COST: return LineType::shared_cost;
    case PhoneNumberUtil::PERSONAL_NUMBER: return LineType::personal;
    case PhoneNumberUtil::PAGER: return LineType::pager;
    case PhoneNumberUtil::VOICEMAIL: return LineType::voicemail;
    case PhoneNumberUtil::UNKNOWN: return LineType::unknown;
    default: return LineType::ordinary;  // fixed, mobile, over the internet, a company's own
  }
}

// Of a number that no plan knows, the library takes one more leading zero away each time it reads it.
bool reads_as_itself(const PhoneNumberUtil& util, const std::string& e164) {
  VendorNumber number;
  std::string again;
  if (util.Parse(e164, {}, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
  util.Format(number, PhoneNumberUtil::E164, &again);
  return again == e164;
}

}  // namespace

Result<PhoneNumber> to_e164(std::string_view text, std::string_view region) {
  text = trimmed(text);
  if (auto plain = plain_north_american(text, region)) return PhoneNumber{*std::move(plain), {}};
  return to_e164_by_library(text, region);
}

Result<PhoneNumber> to_e164_by_library(std::string_view text, std::string_view region) {
  text = trimmed(text);
  if (text.empty()) return refused(text, "is empty; write a number like +15551234567");

  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  VendorNumber number;
  switch (util.Parse(std::string(text), std::string(region), &number)) {
    case PhoneNumberUtil::NO_PARSING_ERROR: break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return refused(text, "has no country code that we know; write it like +15551234567");
    default: return refused(text, "is not a number we can call; write it like +15551234567");
  }

  PhoneNumber phone{.e164 = {}, .extension = number.extension()};
  util.Format(number, PhoneNumberUtil::E164, &phone.e164);
  if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE ||
      !reads_as_itself(util, phone.e164))
    return refused(text, "is not a number we can call; write it like +15551234567");
  return phone;
}

LineFacts line_facts(std::string_view e164) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  VendorNumber number;
  if (util.Parse(std::string(e164), {}, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return {LineType::unknown, {}};

  LineFacts facts{to_line_type(util.GetNumberType(number)), {}};
  if (facts.type != LineType::unknown) util.GetRegionCodeForNumber(number, &facts.region);
  return facts;
}

bool is_region(std::string_view code) {
  return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(std::string(code)) != 0;
}

}  // namespace ringdown
