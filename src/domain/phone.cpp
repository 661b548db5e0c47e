#include "domain/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include "base/text.h"

namespace ringdown {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using VendorNumber = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t shown_max = 40;
constexpr int north_america = 1;

std::unexpected<Failure> refused(std::string_view text, const std::string& why) {
  const bool shown = text.size() <= shown_max && is_clean_utf8(text);
  return fail(Reason::invalid, (shown ? "phone '" + std::string(text) + "' " : std::string("phone ")) + why,
              "phone");
}

bool callable(const PhoneNumberUtil& util, const VendorNumber& number) {
  if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return false;
  return number.country_code() == north_america || util.IsValidNumber(number);
}

}  // namespace

Result<PhoneNumber> to_e164(std::string_view text, std::string_view region) {
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
  if (!callable(util, number))
    return refused(text, "is not a number we can call; write it like +15551234567");

  PhoneNumber phone{.e164 = {}, .extension = number.extension()};
  util.Format(number, PhoneNumberUtil::E164, &phone.e164);
  return phone;
}

bool is_region(std::string_view code) {
  return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(std::string(code)) != 0;
}

}  // namespace ringdown
