#include "sandbox/recording_rest.h"

#include <fmt/format.h>

#include "base/json.h"
#include "sandbox/fields.h"
#include "sandbox/moments.h"
#include "sandbox/resource.h"

namespace ringdown::sandbox {

// Twilio's shape: what is not known is null, and numbers are texts, but for some.
struct RecordingShown {
  std::string account_sid;
  std::string api_version = "2010-04-01";
  std::string call_sid;
  std::optional<std::string> conference_sid;
  std::string date_created, date_updated, start_time;
  std::optional<std::string> duration;
  std::string sid;
  std::optional<std::string> price;
  std::string price_unit = "USD";
  std::string status;
  int channels = 1;
  std::string source;
  std::optional<std::string> error_code;
  std::string uri;
  std::optional<std::string> encryption_details;
};
BOOST_DESCRIBE_STRUCT(RecordingShown, (),
                      (account_sid, api_version, call_sid, conference_sid, date_created, date_updated,
                       start_time, duration, sid, price, price_unit, status, channels, source, error_code,
                       uri, encryption_details))

}  // namespace ringdown::sandbox

template <>
inline constexpr auto ringdown::json_rules<ringdown::sandbox::RecordingShown> =
    ringdown::rules_of<ringdown::sandbox::RecordingShown>(ringdown::writes_nulls);

namespace ringdown::sandbox {

struct RecordingPageShown {
  std::string first_page_uri;
  std::size_t end;
  std::vector<RecordingShown> recordings;
  std::optional<std::string> previous_page_uri;
  std::string uri;
  std::size_t page_size = 1000;
  std::size_t start = 0;
  std::optional<std::string> next_page_uri;
  std::size_t page = 0;
};
BOOST_DESCRIBE_STRUCT(RecordingPageShown, (),
                      (first_page_uri, end, recordings, previous_page_uri, uri, page_size, start,
                       next_page_uri, page))

namespace {

Response json(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

Response wrong_state() {
  return error_response(400, 21220, "Recording is not in a state that allows this. Cannot update.");
}

RecordingShown shown_of(std::string_view account_sid, const Recording& recording, int seconds) {
  RecordingShown one{.account_sid = std::string(account_sid),
                     .call_sid = recording.call_sid,
                     .date_created = mail_moment(recording.created),
                     .date_updated = mail_moment(recording.updated),
                     .start_time = mail_moment(recording.created),
                     .sid = recording.sid,
                     .status = to_text(recording.state),
                     .channels = recording.channels(),
                     .source = recording.source};
  if (recording.is_over()) one.duration = std::to_string(seconds);
  one.uri = fmt::format("/2010-04-01/Accounts/{}/Recordings/{}.json", account_sid, recording.sid);
  return one;
}

}  // namespace

std::optional<Response> RecordingRest::answer(const Request& request,
                                              const std::function<const Call*(const std::string&)>& call) {
  const std::string account = "/2010-04-01/Accounts/" + account_sid_;
  std::string_view path = request.path;
  if (!path.starts_with(account)) return std::nullopt;
  path.remove_prefix(account.size());
  if (path.starts_with("/Recordings/")) {
    const std::string_view name = path.substr(std::string_view("/Recordings/").size());
    const auto dot = std::min(name.find('.'), name.size());
    Recording* known = recordings_.find(std::string(name.substr(0, dot)));
    const std::string_view ending = name.substr(dot);
    if (!known) return std::nullopt;
    if (ending == ".json") return answer_one(request, *known);
    if ((ending.empty() || ending == ".wav") && request.verb == Verb::get && known->is_over()) {
      return wav_response(*known, recordings_.seconds_of(*known), speakers_);
    }
    return std::nullopt;
  }
  const auto below = path.find("/Recordings");
  if (!path.starts_with("/Calls/") || below == path.npos) return std::nullopt;
  const Call* known = call(std::string(path.substr(7, below - 7)));
  if (!known) return std::nullopt;
  return answer_of_call(request, *known, path.substr(below + std::string_view("/Recordings").size()));
}

// Twilio.CURRENT is the one that runs.
std::optional<Response> RecordingRest::answer_of_call(const Request& request, const Call& call,
                                                      std::string_view rest) {
  if (rest == ".json" && request.verb == Verb::post) return begin(request, call);
  if (rest == ".json" && request.verb == Verb::get) return list(call);
  if (!rest.starts_with('/') || !rest.ends_with(".json")) return std::nullopt;

  const std::string sid(rest.substr(1, rest.size() - 6));
  for (const Recording* one : recordings_.of_call(call.sid)) {
    const bool is_meant = sid == one->sid || (sid == "Twilio.CURRENT" && !one->is_over());
    if (is_meant) return answer_one(request, *recordings_.find(one->sid));
  }
  return std::nullopt;
}

std::optional<Response> RecordingRest::answer_one(const Request& request, Recording& recording) {
  if (request.verb == Verb::get) return shown(200, recording);
  if (request.verb == Verb::post) return update(request, recording);
  if (request.verb != Verb::del) return std::nullopt;
  if (!recording.is_over()) return wrong_state();
  recordings_.erase(recording.sid);
  return Response{.status = 204};
}

Response RecordingRest::begin(const Request& request, const Call& call) {
  const auto fields = QueryPairs::parse(request.body);
  if (!fields) return error_response(400, 20001, "the body is no form");
  auto plan = read_recording_plan(*fields);
  if (!plan) return error_response(plan.error().status, plan.error().code, plan.error().message);
  if (call.status != Status::in_progress) return wrong_state();
  return shown(201, recordings_.begin(call, *std::move(plan), "StartCallRecordingAPI"));
}

Response RecordingRest::update(const Request& request, Recording& recording) {
  const auto fields = QueryPairs::parse(request.body);
  const std::string_view status = fields ? fields->find("Status").value_or("") : "";
  if (recording.is_over()) return wrong_state();
  if (status == "stopped") {
    recordings_.stop(recording);
  } else if (status == "paused" && recording.state == RecordingState::in_progress) {
    recordings_.pause(recording);
  } else if (status == "in-progress" && recording.state == RecordingState::paused) {
    recordings_.go_on(recording);
  } else {
    return error_response(400, 20001, "Status is invalid");
  }
  return shown(200, recording);
}

Response RecordingRest::shown(int status, const Recording& recording) const {
  return json(status, write_json(shown_of(account_sid_, recording, recordings_.seconds_of(recording))));
}

Response RecordingRest::list(const Call& call) const {
  const std::string uri =
      fmt::format("/2010-04-01/Accounts/{}/Calls/{}/Recordings.json", account_sid_, call.sid);
  RecordingPageShown all{.first_page_uri = uri + "?PageSize=1000&Page=0", .uri = uri};
  for (const Recording* one : recordings_.of_call(call.sid)) {
    all.recordings.push_back(shown_of(account_sid_, *one, recordings_.seconds_of(*one)));
  }
  all.end = all.recordings.empty() ? 0 : all.recordings.size() - 1;
  return json(200, write_json(all));
}

}  // namespace ringdown::sandbox
