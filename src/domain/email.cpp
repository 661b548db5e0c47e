#include "domain/email.h"

#include "base/json_rules.h"
#include "base/text.h"

namespace ringdown {

Result<std::string> normalised_email(std::string_view text) {
  std::string email = lowered(trimmed(text));
  if (!is_clean_utf8(email) || !broken_by_text({.form = Form::email}, email).empty()) {
    return fail(Reason::invalid,
                "email is no address that mail can be sent to; use one like name@example.com", "email");
  }
  return email;
}

}  // namespace ringdown
