#include "sandbox/resource.h"

#include <fmt/format.h>

#include <map>

#include "base/json.h"
#include "base/text.h"
#include "sandbox/moments.h"

namespace ringdown::sandbox {

using Text = std::optional<std::string>;

struct CallShown {
  std::string sid;
  Text date_created, date_updated, parent_call_sid;
  std::string account_sid, to, to_formatted, from, from_formatted;
  Text phone_number_sid;
  std::string status;
  Text start_time, end_time, duration, price;
  std::string price_unit = "USD", direction = "outbound-api";
  Text answered_by;
  std::string api_version = "2010-04-01";
  Text forwarded_from, group_sid, caller_name;
  std::string queue_time;
  Text trunk_sid;
  std::string uri;
  std::map<std::string, std::string> subresource_uris;
};
BOOST_DESCRIBE_STRUCT(CallShown, (),
                      (sid, date_created, date_updated, parent_call_sid, account_sid, to, to_formatted, from,
                       from_formatted, phone_number_sid, status, start_time, end_time, duration, price,
                       price_unit, direction, answered_by, api_version, forwarded_from, group_sid,
                       caller_name, queue_time, trunk_sid, uri, subresource_uris))

struct PageShown {
  std::string first_page_uri;
  std::size_t end;
  std::vector<CallShown> calls;
  Text previous_page_uri;
  std::string uri;
  std::size_t page_size;
  std::size_t start;
  Text next_page_uri;
  std::size_t page;
};
BOOST_DESCRIBE_STRUCT(PageShown, (),
                      (first_page_uri, end, calls, previous_page_uri, uri, page_size, start, next_page_uri,
                       page))

struct ErrorShown {
  int code;
  std::string message;
  std::string more_info;
  int status;
};
BOOST_DESCRIBE_STRUCT(ErrorShown, (), (code, message, more_info, status))

namespace {

constexpr double dollars_per_minute = 0.014;

Text moment(const std::optional<Time>& time) {
  return time ? Text(mail_moment(*time)) : std::nullopt;
}

// (212) 555-0123 where it is such a number
std::string for_people(const std::string& number) {
  if (!number.starts_with("+1") || number.size() != 12) return number;
  return fmt::format("({}) {}-{}", number.substr(2, 3), number.substr(5, 3), number.substr(8));
}

Text price_of(const Call& call) {
  if (call.status != Status::completed) return std::nullopt;
  const int minutes = (call.duration_s + 59) / 60;
  return fmt::format("-{:.5f}", minutes * dollars_per_minute);
}

std::map<std::string, std::string> below(const std::string& uri) {
  const std::string stem = uri.substr(0, uri.rfind('.'));
  std::map<std::string, std::string> uris;
  for (const char* name : {"events", "notifications", "payments", "recordings", "siprec", "streams",
                           "transcriptions", "user_defined_message_subscriptions", "user_defined_messages"}) {
    std::string path;
    for (const std::string_view word : split(name, '_')) {
      path += static_cast<char>(word.front() - 'a' + 'A');
      path += word.substr(1);
    }
    uris[name] = stem + "/" + path + ".json";
  }
  return uris;
}

CallShown shown(std::string_view account_sid, const Call& call) {
  CallShown one{.sid = call.sid,
                .date_created = moment(call.created),
                .date_updated = moment(call.updated),
                .account_sid = std::string(account_sid),
                .to = call.plan.to,
                .to_formatted = for_people(call.plan.to),
                .from = call.plan.from,
                .from_formatted = for_people(call.plan.from),
                .status = to_text(call.status),
                .start_time = moment(call.started),
                .end_time = moment(call.ended),
                .price = price_of(call),
                .direction = to_text(call.plan.direction),
                .answered_by = call.answered_by};
  if (!call.plan.parent_sid.empty()) one.parent_call_sid = call.plan.parent_sid;
  if (call.is_over()) one.duration = std::to_string(call.duration_s);
  one.queue_time = std::to_string(std::chrono::floor<std::chrono::milliseconds>(call.queue_time).count());
  one.uri = fmt::format("/2010-04-01/Accounts/{}/Calls/{}.json", account_sid, call.sid);
  one.subresource_uris = below(one.uri);
  return one;
}

Response json(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

std::string page_uri(std::string_view account_sid, const Page& page, std::size_t number) {
  return fmt::format("/2010-04-01/Accounts/{}/Calls.json?{}{}PageSize={}&Page={}", account_sid, page.query,
                     page.query.empty() ? "" : "&", page.size, number);
}

}  // namespace

Response call_response(int status, std::string_view account_sid, const Call& call) {
  return json(status, write_json(shown(account_sid, call)));
}

Response page_response(std::string_view account_sid, const Page& page) {
  const std::size_t start = page.page * page.size;
  PageShown all{.first_page_uri = page_uri(account_sid, page, 0),
                .end = page.calls.empty() ? start : start + page.calls.size() - 1,
                .uri = page_uri(account_sid, page, page.page),
                .page_size = page.size,
                .start = start,
                .page = page.page};
  if (page.page > 0) all.previous_page_uri = page_uri(account_sid, page, page.page - 1);
  if (page.more) all.next_page_uri = page_uri(account_sid, page, page.page + 1);
  for (const auto& call : page.calls) all.calls.push_back(shown(account_sid, *call));
  return json(200, write_json(all));
}

Response error_response(int status, int code, std::string_view message) {
  return json(status,
              write_json(ErrorShown{code, std::string(message),
                                    fmt::format("https://www.twilio.com/docs/errors/{}", code), status}));
}

}  // namespace ringdown::sandbox
