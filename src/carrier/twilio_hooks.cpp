#include "carrier/twilio_hooks.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "carrier/twilio_words.h"
#include "domain/script.h"
#include "net/url.h"

namespace ringdown::twilio {
namespace {

constexpr std::size_t fields_max = 100;
constexpr std::size_t problem_max = 500;

std::unexpected<Failure> strange(const char* what) {
  return fail(Reason::invalid, std::string("this is no callback of Twilio's: ") + what);
}

std::optional<int> whole(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool sound = error == std::errc{} && end == text.data() + text.size() && number >= 0;
  return sound ? std::optional(number) : std::nullopt;
}

// Why a call failed that had been accepted: Twilio's code knows more than the far end's.
const CarrierError* reason_in(const Callback& callback, const CarrierErrors& errors) {
  for (const auto& [name, table] :
       {std::pair{"ErrorCode", &errors.twilio}, {"SipResponseCode", &errors.sip}}) {
    const auto code = whole(callback.field(name));
    const auto found = code ? table->find(*code) : table->end();
    if (found != table->end()) return &found->second;
  }
  return nullptr;
}

Ended ending(const Callback& callback, const CarrierErrors& errors, Time at) {
  Ended end{.cause = cause_of(callback.field("CallStatus")), .at = at};
  end.duration_s = whole(callback.field("CallDuration"));
  if (const auto verdict = callback.field("AnsweredBy"); !verdict.empty())
    end.answered_by = answered_by(verdict);
  if (end.cause != Cause::failed) return end;

  if (const CarrierError* reason = reason_in(callback, errors)) {
    end.cause = cause_of(reason->means);
    end.problem = reason->text;
  }
  return end;
}

// Where Twilio numbers its reports that number is the key; a status comes once anyway.
std::string key_of(const Callback& callback, std::string_view what) {
  std::string key = "twilio:";
  key.append(callback.field("CallSid")).append(":").append(what);
  return key;
}

Result<std::optional<CallEvent>> status_in(const Callback& callback, const CarrierErrors& errors, Time now) {
  const auto state = state_of(callback.field("CallStatus"));
  if (!state) return strange("its CallStatus is unknown");

  const Time at = parse_moment(callback.field("Timestamp")).value_or(now);
  switch (*state) {
    case CarrierState::queued: return std::nullopt;
    case CarrierState::ringing: return Ringing{at};
    case CarrierState::in_progress: return Answered{at};
    case CarrierState::ended: return ending(callback, errors, at);
  }
  return std::nullopt;
}

Result<Recorded> recording_in(const Callback& callback) {
  const std::string_view sid = callback.field("RecordingSid");
  const auto state = recording_state_of(callback.field("RecordingStatus"));
  if (sid.empty()) return strange("it names no RecordingSid");
  if (!state) return strange("its RecordingStatus is unknown");
  return Recorded{std::string(sid), *state, whole(callback.field("RecordingDuration"))};
}

Result<Streamed> stream_in(const Callback& callback) {
  const std::string_view sid = callback.field("StreamSid");
  const auto state = stream_state_of(callback.field("StreamEvent"));
  if (sid.empty()) return strange("it names no StreamSid");
  if (!state) return strange("its StreamEvent is unknown");
  return Streamed{std::string(sid), *state,
                  std::string(callback.field("StreamError").substr(0, problem_max))};
}

bool asks_what_to_say(Hook hook) {
  return hook == Hook::script || hook == Hook::notice || hook == Hook::message || hook == Hook::key ||
         hook == Hook::inbound;
}

// Who hides their number has a word for one, or digits that spell it: anonymous, blocked, restricted,
// unavailable, unknown.
std::string number_in(std::string_view from) {
  constexpr std::string_view hidden[] = {"+266696687", "+2562533", "+7378742833", "+86282452253", "+8656696"};
  const bool is_number = from.size() >= 8 && from.size() <= 16 && from.front() == '+' &&
                         std::ranges::all_of(from.substr(1), [](char c) { return c >= '0' && c <= '9'; });
  return is_number && std::ranges::find(hidden, from) == std::end(hidden) ? std::string(from) : "";
}

std::variant<CallId, Arrival> subject_of(const Callback& callback) {
  if (callback.target.call) return *callback.target.call;
  return Arrival{.sid = std::string(callback.field("CallSid")),
                 .from = number_in(callback.field("From")),
                 .to = number_in(callback.field("To"))};
}

void add_key(const Callback& callback, HookNews& news) {
  const std::string_view pressed = callback.field("Digits");
  auto said = meaning_of_keys(pressed);
  if (said) news.facts.push_back({key_of(callback, "key:" + std::string(pressed)), *std::move(said)});
}

}  // namespace

std::string_view Callback::field(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (known == name) return value;
  }
  return "";
}

Result<Callback> read_callback(const HookRequest& request) {
  auto target = parse_hook(request.target);
  if (!target) return strange("its address names no call");
  if (!request.media.starts_with("application/x-www-form-urlencoded")) return strange("it is no form");

  const auto form = QueryPairs::parse(request.body);
  if (!form || form->size() > fields_max) return strange("its form cannot be read");
  Callback callback{.target = *std::move(target)};
  for (const auto& [name, value] : *form) callback.fields.emplace_back(name, value);
  return callback;
}

Result<HookNews> news_in(const Callback& callback, const CarrierErrors& errors, Time now) {
  const std::string sid(callback.field("CallSid"));
  if (sid.empty()) return strange("it names no CallSid");
  if (!callback.target.call && callback.field("Direction") != "inbound")
    return strange("it names no call of ours, and is about none that came in");
  HookNews news{.workspace = callback.target.workspace, .about = subject_of(callback), .facts = {}};
  news.facts.push_back({key_of(callback, "placed"), Placed{sid}});
  const Hook hook = callback.target.hook;
  if (asks_what_to_say(hook)) {
    news.facts.push_back({key_of(callback, "script"), Answered{now}});  // Twilio asks when somebody answered
    if (hook == Hook::notice) news.facts.push_back({key_of(callback, "notice"), NoticeHeard{}});
    if (hook == Hook::message) news.facts.push_back({key_of(callback, "message"), MessageHeard{}});
    if (hook == Hook::key) add_key(callback, news);
    return news;
  }
  if (hook == Hook::recording) {
    auto told = recording_in(callback);
    if (!told) return std::unexpected(told.error());
    const std::string what = told->sid + ":" + to_text(told->state);
    news.facts.push_back({key_of(callback, what), *std::move(told)});
    return news;
  }
  if (hook == Hook::stream) {
    auto told = stream_in(callback);
    if (!told) return std::unexpected(told.error());
    const std::string what = told->sid + ":" + to_text(told->state);
    news.facts.push_back({key_of(callback, what), *std::move(told)});
    return news;
  }
  if (hook == Hook::amd) {
    news.facts.push_back(
        {key_of(callback, "amd"), AnswerClassified{answered_by(callback.field("AnsweredBy"))}});
    return news;
  }

  auto event = status_in(callback, errors, now);
  if (!event) return std::unexpected(event.error());
  if (*event) {
    const std::string_view number = callback.field("SequenceNumber");
    const std::string_view what = number.empty() ? callback.field("CallStatus") : number;
    news.facts.push_back({key_of(callback, what), **std::move(event)});
  }
  return news;
}

}  // namespace ringdown::twilio
