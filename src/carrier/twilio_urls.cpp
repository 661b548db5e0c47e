#include "carrier/twilio_urls.h"

namespace ringdown::twilio {
namespace {

// How often and why Twilio tries again; it keeps the fragment to itself, so no signature covers it.
constexpr std::string_view persistence = "#rc=5&rp=5xx,ct,rt";

}  // namespace

std::string hook_path(Hook hook) {
  return "/api/webhooks/twilio/" + to_text(hook);
}

std::string hook_url(std::string_view public_url, Hook hook, const Subject& subject) {
  std::string url(public_url);
  url.append(hook_path(hook)).append("?call=").append(to_text(subject.call));
  url.append("&workspace=").append(to_text(subject.workspace.id()));
  return url.append(persistence);
}

std::string script_url(std::string_view public_url, const Subject& subject) {
  std::string url(public_url);
  url.append("/api/twiml/call/").append(to_text(subject.call));
  return url.append("?workspace=").append(to_text(subject.workspace.id())).append(persistence);
}

}  // namespace ringdown::twilio
