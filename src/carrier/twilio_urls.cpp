#include "carrier/twilio_urls.h"

#include <algorithm>

#include "net/url.h"

namespace ringdown::twilio {
namespace {

constexpr std::string_view status_path = "/api/webhooks/twilio/status";
constexpr std::string_view amd_path = "/api/webhooks/twilio/amd";
constexpr std::string_view recording_path = "/api/webhooks/twilio/recording";
constexpr std::string_view stream_path = "/api/webhooks/twilio/stream";
constexpr std::string_view script_path = "/api/twiml/call/";  // and the call: what to say when it is answered

constexpr std::string_view inbound_path = "/media-stream-twiml";

// How often and why Twilio tries again; it keeps the fragment to itself, so no signature covers it.
constexpr std::string_view persistence = "#rc=5&rp=5xx,ct,rt";

// The hook of this path, and where in it the call is named.
std::optional<std::pair<Hook, std::string_view>> hook_at(std::string_view path) {
  if (path == status_path) return std::pair(Hook::status, std::string_view());
  if (path == amd_path) return std::pair(Hook::amd, std::string_view());
  if (path == recording_path) return std::pair(Hook::recording, std::string_view());
  if (path == stream_path) return std::pair(Hook::stream, std::string_view());
  if (path == inbound_path) return std::pair(Hook::inbound, std::string_view());
  if (path.starts_with(script_path)) return std::pair(Hook::script, path.substr(script_path.size()));
  return std::nullopt;
}

}  // namespace

std::string hook_url(std::string_view public_url, Hook hook, const Subject& subject) {
  std::string url(public_url);
  const std::string call = to_text(subject.call);
  switch (hook) {
    case Hook::status: url.append(status_path).append("?call=").append(call).append("&"); break;
    case Hook::amd: url.append(amd_path).append("?call=").append(call).append("&"); break;
    case Hook::recording: url.append(recording_path).append("?call=").append(call).append("&"); break;
    case Hook::stream: url.append(stream_path).append("?call=").append(call).append("&"); break;
    case Hook::script: url.append(script_path).append(call).append("?"); break;
    case Hook::notice: url.append(script_path).append(call).append("?heard=notice&"); break;
    case Hook::message: url.append(script_path).append(call).append("?heard=message&"); break;
    case Hook::key: url.append(script_path).append(call).append("?pressed=key&"); break;
    case Hook::inbound: break;  // see number_url
  }
  return url.append("workspace=").append(to_text(subject.workspace.id())).append(persistence);
}

std::string number_url(std::string_view public_url, Hook hook, Workspace workspace) {
  std::string url(public_url);
  url.append(hook == Hook::inbound ? inbound_path : status_path);
  return url.append("?workspace=").append(to_text(workspace.id()));
}

std::optional<HookTarget> parse_hook(std::string_view target) {
  const auto question = std::min(target.find('?'), target.size());
  const auto at = hook_at(target.substr(0, question));
  const auto query = QueryPairs::parse(target.substr(std::min(question + 1, target.size())));
  if (!at || !query) return std::nullopt;

  auto [hook, named] = *at;
  if (hook != Hook::script) named = query->find("call").value_or("");
  const auto call = parse_uuid(named);
  const auto workspace = parse_uuid(query->find("workspace").value_or(""));
  const bool may_come_in = hook == Hook::status || hook == Hook::inbound;
  if (!workspace || (!call && !(named.empty() && may_come_in))) return std::nullopt;
  const auto heard = query->find("heard");
  if (hook == Hook::script && heard) hook = *heard == "message" ? Hook::message : Hook::notice;
  if (hook == Hook::script && query->find("pressed")) hook = Hook::key;
  HookTarget found{.hook = hook, .workspace = Workspace{{*workspace}}, .call = {}};
  if (call && hook != Hook::inbound) found.call = CallId{*call};
  return found;
}

}  // namespace ringdown::twilio
