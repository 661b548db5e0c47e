#include "sandbox/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t twiml_max = 4000;

std::unexpected<Complaint> refuse(int code, std::string message) {
  return std::unexpected(Complaint{code, std::move(message)});
}

std::string text_of(const QueryPairs& fields, std::string_view name) {
  return std::string(fields.find(name).value_or(""));
}

std::optional<int> number_in(std::string_view text, int low, int high) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number >= low && number <= high ? std::optional(number) : std::nullopt;
}

bool is_address(std::string_view url) {
  const bool plain = std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7f; });
  return plain && url.size() <= 4000 && parse_url(url.substr(0, url.find('#'))).has_value();
}

bool has_underscore_in_host(std::string_view url) {
  const auto host = parse_url(url.substr(0, url.find('#')));
  return host && host->host.contains('_');
}

// The address under this name and the method under its companion's.
Checked<Target> read_target(const QueryPairs& fields, const std::string& name,
                            const std::string& method_name) {
  Target target{.url = text_of(fields, name)};
  if (!target.url.empty() && !is_address(target.url)) return refuse(21205, name + " is not a valid URL");
  const auto method = fields.find(method_name);
  if (method) target.method = *method;
  if (target.method != "GET" && target.method != "POST") return refuse(21209, method_name + " is invalid");
  return target;
}

Checked<bool> read_flag(const QueryPairs& fields, std::string_view name) {
  const std::string text = text_of(fields, name);
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return refuse(20001, std::string(name) + " must be true or false");
}

// What the magic numbers of test credentials answer; …50055CCCCC is a twin's own: the error CCCCC.
std::optional<Complaint> magic(std::string_view to) {
  struct Magic {
    std::string_view to;
    int code;
  };
  constexpr std::array numbers = {Magic{"+15005550001", 21217}, Magic{"+15005550002", 21214},
                                  Magic{"+15005550003", 21215}, Magic{"+15005550004", 21216}};
  const auto known = std::ranges::find(numbers, to, &Magic::to);
  if (known != numbers.end()) return Complaint{known->code, "a magic number"};
  if (!to.starts_with("+150055") || to.size() != 12 || to.starts_with("+15005550")) return std::nullopt;

  const int code = number_in(to.substr(7), 10'000, 99'999).value_or(0);
  if (code == 0) return std::nullopt;
  return Complaint{code, "a magic number", code == 20003 ? 401 : code == 20429 ? 429 : 400};
}

Checked<CallPlan> read_numbers(const QueryPairs& fields) {
  CallPlan plan{.to = text_of(fields, "To"), .from = text_of(fields, "From")};
  if (plan.to.empty()) return refuse(21201, "No 'To' number is specified");
  if (plan.from.empty()) return refuse(21213, "No 'From' number is specified");
  if (!is_e164(plan.to)) return refuse(21211, fmt::format("Invalid 'To' Phone Number: {}", plan.to));
  if (!is_e164(plan.from)) return refuse(21212, fmt::format("Invalid 'From' Number: {}", plan.from));
  if (plan.to == plan.from) return refuse(21211, "'To' and 'From' are the same number");
  if (auto error = magic(plan.to)) return std::unexpected(*std::move(error));
  return plan;
}

Checked<void> read_script(const QueryPairs& fields, CallPlan& plan) {
  auto script = read_target(fields, "Url", "Method");
  if (!script) return std::unexpected(script.error());
  plan.script = *std::move(script);
  plan.twiml = text_of(fields, "Twiml");
  if (plan.script.url.empty() && plan.twiml.empty()) {
    const bool application = fields.find("ApplicationSid").has_value();
    return application ? refuse(21218, "no such application") : refuse(21205, "Url parameter is required.");
  }
  if (plan.twiml.size() > twiml_max) return refuse(21605, "Twiml is longer than 4000 characters");
  return {};
}

Checked<void> read_status_callback(const QueryPairs& fields, CallPlan& plan) {
  auto target = read_target(fields, "StatusCallback", "StatusCallbackMethod");
  if (!target) return std::unexpected(target.error());
  if (has_underscore_in_host(target->url)) return refuse(21609, "StatusCallback is not a valid URL");
  plan.on_status = *std::move(target);

  const auto events = fields.all("StatusCallbackEvent");
  if (events.empty()) return {};
  plan.events.clear();
  for (const std::string_view event : events) {
    const bool known =
        event == "initiated" || event == "ringing" || event == "answered" || event == "completed";
    if (!known) return refuse(21626, "StatusCallbackEvent is invalid");
    plan.events.emplace(event);
  }
  return {};
}

Checked<void> read_times(const QueryPairs& fields, CallPlan& plan) {
  if (const auto text = fields.find("Timeout")) {
    const auto seconds = number_in(*text, 0, 600);
    if (!seconds) return refuse(21208, "Invalid Timeout");
    plan.ring_time = std::chrono::seconds(*seconds);
  }
  if (const auto text = fields.find("TimeLimit")) {
    const auto seconds = number_in(*text, 1, 24 * 3600);
    if (!seconds) return refuse(20001, "Invalid TimeLimit");
    plan.time_limit = std::chrono::seconds(*seconds);
  }
  return {};
}

Checked<void> read_detection(const QueryPairs& fields, CallPlan& plan) {
  if (fields.find("SendDigits")) return {};  // with digits to send nobody listens who answers
  if (const auto word = fields.find("MachineDetection")) {
    const auto detection = parse_enum<Detection>(*word);
    if (!detection || *detection == Detection::off) return refuse(20001, "MachineDetection is invalid");
    plan.detection = *detection;
  }
  const auto later = read_flag(fields, "AsyncAmd");
  if (!later) return std::unexpected(later.error());
  plan.detects_later = *later;
  auto target = read_target(fields, "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod");
  if (!target) return std::unexpected(target.error());
  plan.on_detection = *std::move(target);
  return {};
}

}  // namespace

bool is_e164(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number[0] == '+' && number[1] != '0' &&
         number.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Several events may stand in one field, with spaces in between.
Checked<RecordingPlan> read_recording_plan(const QueryPairs& fields) {
  auto target = read_target(fields, "RecordingStatusCallback", "RecordingStatusCallbackMethod");
  if (!target) return std::unexpected(target.error());
  RecordingPlan plan{.on_change = *std::move(target)};
  const auto events = fields.all("RecordingStatusCallbackEvent");
  if (!events.empty()) plan.events.clear();
  for (const std::string_view some : events) {
    for (const std::string_view event : split(some, ' ')) {
      const bool known = event == "in-progress" || event == "completed" || event == "absent";
      if (!known) return refuse(20001, "RecordingStatusCallbackEvent is invalid");
      plan.events.emplace(event);
    }
  }
  const std::string channels = text_of(fields, "RecordingChannels");
  if (!channels.empty() && channels != "mono" && channels != "dual") {
    return refuse(20001, "RecordingChannels is invalid");
  }
  plan.dual = channels == "dual";
  return plan;
}

Checked<CallPlan> read_plan(const QueryPairs& fields) {
  auto plan = read_numbers(fields);
  if (!plan) return plan;
  for (const auto read : {read_script, read_status_callback, read_times, read_detection}) {
    if (auto done = read(fields, *plan); !done) return std::unexpected(done.error());
  }
  const auto records = read_flag(fields, "Record");
  if (!records) return std::unexpected(records.error());
  if (!*records) return plan;

  auto recording = read_recording_plan(fields);
  if (!recording) return std::unexpected(recording.error());
  plan->recording = *std::move(recording);
  return plan;
}

Checked<Update> read_update(const QueryPairs& fields) {
  CallPlan plan;
  Update update;
  if (const auto status = fields.find("Status")) {
    if (*status != "canceled" && *status != "completed") return refuse(21218, "Invalid status");
    update.status = *status;
  }
  for (const auto read : {read_status_callback, read_times}) {
    if (auto done = read(fields, plan); !done) return std::unexpected(done.error());
  }
  update.time_limit = plan.time_limit;
  if (!plan.on_status.url.empty()) update.on_status = std::move(plan.on_status);
  if (!fields.find("Url") && !fields.find("Twiml")) return update;

  if (auto done = read_script(fields, plan); !done) return std::unexpected(done.error());
  if (plan.script.url.empty()) {
    update.twiml = std::move(plan.twiml);
  } else {
    update.script = std::move(plan.script);
  }
  return update;
}

}  // namespace ringdown::sandbox
