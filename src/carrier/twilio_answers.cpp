#include "carrier/twilio_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "carrier/twilio_words.h"

namespace ringdown::twilio {

// As Twilio spells them; what else it sends is left aside.
struct SaidCall {
  std::string sid;
  std::optional<std::string> status;
  std::optional<std::string> date_created;
  std::optional<std::string> date_updated;
  std::optional<std::string> end_time;
  std::optional<std::string> duration;
  std::optional<std::string> price;
  std::optional<std::string> price_unit;
  std::optional<std::string> answered_by;
};
BOOST_DESCRIBE_STRUCT(SaidCall, (),
                      (sid, status, date_created, date_updated, end_time, duration, price, price_unit,
                       answered_by))

struct SaidCalls {
  std::vector<SaidCall> calls;
};
BOOST_DESCRIBE_STRUCT(SaidCalls, (), (calls))

struct SaidRecording {
  std::string sid;
  std::string call_sid;
  std::string status;
  std::optional<std::string> duration;
  std::optional<int> channels;
  std::optional<std::string> start_time;
};
BOOST_DESCRIBE_STRUCT(SaidRecording, (), (sid, call_sid, status, duration, channels, start_time))

struct SaidError {
  int code = 0;
  std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(SaidError, (), (code, message))

namespace {

constexpr int already_over = 21220;
constexpr JsonLimits as_sent{.ignore_unknown = true};

bool is_success(int status) {
  return status >= 200 && status < 300;
}

int code_in(const HttpAnswer& answer) {
  const auto error = read_json<SaidError>(answer.body, as_sent);
  return error ? error->code : 0;
}

// Definite: Twilio read the request and did nothing. 408 may come from something in between that gave up.
bool is_refusal(int status) {
  return status >= 400 && status < 500 && status != 408;
}

Rejection usual_meaning(int status) {
  if (status == 429) return Rejection::busy;
  if (status == 401 || status == 403 || status == 404) return Rejection::our_fault;
  return Rejection::failed;
}

Rejected rejected(const HttpAnswer& answer, const CarrierErrors& errors) {
  const int code = code_in(answer);
  const auto known = errors.twilio.find(code);
  if (known != errors.twilio.end() && answer.status != 429) {
    return {known->second.means, fmt::format("{} (Twilio {})", known->second.text, code)};
  }
  return {usual_meaning(answer.status),
          fmt::format("Twilio refused: status {}, code {}", answer.status, code)};
}

std::optional<int> whole(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  return error == std::errc{} && end == text->data() + text->size() ? std::optional(number) : std::nullopt;
}

// "-0.0085": what the account was charged.
std::optional<std::int64_t> charged_micros(const SaidCall& call) {
  if (!call.price || call.price_unit.value_or("USD") != "USD") return std::nullopt;
  double price = 0;
  const auto [end, error] =
      std::from_chars(call.price->data(), call.price->data() + call.price->size(), price);
  if (error != std::errc{} || end != call.price->data() + call.price->size()) return std::nullopt;
  if (!(std::abs(price) < 1e6)) return std::nullopt;
  return std::llround(-price * 1e6);
}

std::optional<Time> moment_in(const std::optional<std::string>& text) {
  return text ? parse_moment(*text) : std::nullopt;
}

std::optional<CarrierCall> known(const SaidCall& said) {
  const auto created = moment_in(said.date_created);
  const auto state = state_of(said.status.value_or(""));
  if (said.sid.empty() || !created || !state) return std::nullopt;

  CarrierCall call{.sid = said.sid, .created_at = *created, .state = *state};
  if (*state != CarrierState::ended) return call;

  Ended end{.cause = cause_of(*said.status)};
  end.at = moment_in(said.end_time).value_or(moment_in(said.date_updated).value_or(*created));
  if (said.answered_by) end.answered_by = answered_by(*said.answered_by);
  end.duration_s = whole(said.duration);
  end.cost_micros = charged_micros(said);
  call.end = std::move(end);
  return call;
}

std::optional<CarrierRecording> known_recording(const HttpAnswer& answer) {
  const auto said = read_json<SaidRecording>(answer.body, as_sent);
  const auto state = said ? recording_state_of(said->status) : std::nullopt;
  if (!state || said->sid.empty()) return std::nullopt;
  return CarrierRecording{.sid = said->sid,
                          .call_sid = said->call_sid,
                          .state = *state,
                          .duration_s = whole(said->duration),
                          .channels = said->channels.value_or(1),
                          .started_at = moment_in(said->start_time)};
}

std::unexpected<Failure> strange(const HttpAnswer& answer) {
  return fail(Reason::unavailable,
              fmt::format("Twilio answered with status {}, code {}, which says nothing of "
                          "calls; look at the account",
                          answer.status, code_in(answer)));
}

}  // namespace

CallEvent placed_or_not(const Result<HttpAnswer>& answer, const CarrierErrors& errors) {
  if (!answer && answer.error().reason == Reason::unavailable) {
    return Rejected{Rejection::busy, answer.error().text};
  }
  if (!answer) return Lost{answer.error().text};
  if (is_refusal(answer->status)) return rejected(*answer, errors);
  if (!is_success(answer->status)) return Lost{fmt::format("Twilio answered with status {}", answer->status)};

  const auto call = read_json<SaidCall>(answer->body, as_sent);
  if (!call || call->sid.empty()) return Lost{"Twilio's answer names no call"};
  return Placed{call->sid};
}

bool refuses_extras(const Result<HttpAnswer>& answer) {
  if (!answer || !is_refusal(answer->status) || answer->status == 429) return false;
  const auto error = read_json<SaidError>(answer->body, as_sent);
  const std::string message = error ? lowered(error->message.value_or("")) : "";
  return std::ranges::any_of(std::array{"machinedetection", "machine detection", "asyncamd"},
                             [&](const char* extra) { return message.contains(extra); });
}

Result<std::vector<CarrierCall>> calls_listed(const Result<HttpAnswer>& answer, Time since) {
  if (!answer) return std::unexpected(answer.error());
  if (!is_success(answer->status)) return strange(*answer);
  const auto said = read_json<SaidCalls>(answer->body, as_sent);
  if (!said) return strange(*answer);

  std::vector<CarrierCall> calls;
  for (const SaidCall& one : said->calls) {
    auto call = known(one);
    if (!call) return strange(*answer);
    if (call->created_at >= since - clock_skew_max) calls.push_back(*std::move(call));
  }
  return calls;
}

Result<std::optional<CarrierCall>> call_fetched(const Result<HttpAnswer>& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 404 && code_in(*answer) != 0) return std::nullopt;
  if (!is_success(answer->status)) return strange(*answer);

  const auto said = read_json<SaidCall>(answer->body, as_sent);
  auto call = said ? known(*said) : std::nullopt;
  if (!call) return strange(*answer);
  return call;
}

Result<void> call_updated(const Result<HttpAnswer>& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (is_success(answer->status)) return {};
  if (answer->status == 400 && code_in(*answer) == already_over) return {};
  return strange(*answer);
}

Result<CarrierRecording> recording_started(const Result<HttpAnswer>& answer) {
  if (!answer) return std::unexpected(answer.error());
  auto recording = is_success(answer->status) ? known_recording(*answer) : std::nullopt;
  if (!recording) return strange(*answer);
  return *std::move(recording);
}

Result<std::optional<CarrierRecording>> recording_fetched(const Result<HttpAnswer>& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 404 && code_in(*answer) != 0) return std::nullopt;
  auto recording = is_success(answer->status) ? known_recording(*answer) : std::nullopt;
  if (!recording) return strange(*answer);
  return recording;
}

Result<void> recording_stopped(const Result<HttpAnswer>& answer) {
  return call_updated(answer);
}

Result<void> recording_erased(const Result<HttpAnswer>& answer) {
  if (answer && answer->status == 404 && code_in(*answer) != 0) return {};
  return sound_fetched(answer);
}

Result<void> sound_fetched(const Result<HttpAnswer>& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (!is_success(answer->status)) return strange(*answer);
  return {};
}

}  // namespace ringdown::twilio
