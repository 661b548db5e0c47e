#include "sandbox/rest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr std::size_t presses_max = 10;
constexpr Span slow = 30s;

std::string base64(std::string_view text) {
  std::string letters((text.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(letters.data()),
                  reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  letters.pop_back();
  return letters;
}

Response refused(const Complaint& complaint) {
  return error_response(complaint.status, complaint.code, complaint.message);
}

Response no_such_thing(const Request& request) {
  return error_response(404, 20404, "The requested resource " + request.path + " was not found");
}

// Announces more than it sends, so the connection ends in the middle of the answer.
Response cut_off() {
  return {.status = 201,
          .headers = {{"Content-Type", "application/json"}},
          .stream = [](Stream&) -> asio::awaitable<void> { co_return; },
          .stream_bytes = 1000};
}

std::optional<std::size_t> number_of(const QueryPairs& query, std::string_view name) {
  const auto text = query.find(name);
  std::size_t number = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc{}) {
    return std::nullopt;
  }
  return number;
}

bool same_day(Time a, Time b) {
  return std::chrono::floor<std::chrono::days>(a) == std::chrono::floor<std::chrono::days>(b);
}

// StartTime, StartTime<, StartTime>: on that day, before it, on it or later.
bool fits_time(const QueryPairs& query, const std::string& name, const std::optional<Time>& time) {
  const auto limit = [&](const char* sign) {
    const auto text = query.find(name + sign);
    return text ? parse_day(*text) : std::nullopt;
  };
  if (const auto day = limit(""); day && (!time || !same_day(*time, *day))) return false;
  if (const auto before = limit("<"); before && (!time || *time >= *before)) return false;
  const auto after = limit(">");
  return !after || (time && *time >= *after);
}

bool fits(const QueryPairs& query, const Call& call) {
  const auto is = [&](const char* name, std::string_view value) {
    const auto wanted = query.find(name);
    return !wanted || *wanted == value;
  };
  return is("To", call.plan.to) && is("From", call.plan.from) && is("Status", to_text(call.status)) &&
         is("ParentCallSid", call.plan.parent_sid) && fits_time(query, "StartTime", call.started) &&
         fits_time(query, "EndTime", call.ended);
}

std::string filters_of(const QueryPairs& query) {
  Pairs filters;
  for (const auto& [name, value] : query) {
    if (name != "Page" && name != "PageSize" && name != "PageToken") filters.emplace_back(name, value);
  }
  return form_text(filters);
}

}  // namespace

Rest::Rest(asio::any_io_executor loop, Credentials credentials, double speed, Calls& calls,
           Exchange& exchange, Recordings& recordings, Speakers& speakers, Callees& callees, Mishaps& mishaps,
           Ledger& ledger)
    : loop_(std::move(loop)),
      credentials_(std::move(credentials)),
      speed_(speed),
      calls_(calls),
      exchange_(exchange),
      recordings_(credentials_.account_sid, recordings, speakers),
      callees_(callees),
      mishaps_(mishaps),
      ledger_(ledger) {}

asio::awaitable<Response> Rest::answer(Request& request) {
  Response response =
      is_signed_in(request) ? co_await answer_signed_in(request) : error_response(401, 20003, "Authenticate");
  if (!request.path.starts_with("/twin/")) {
    ledger_.write({.what = "request",
                   .url = std::string(to_text(request.verb)) + " " + request.target,
                   .detail = request.body,
                   .status = response.stream ? 0 : response.status});
  }
  co_return response;
}

bool Rest::is_signed_in(const Request& request) const {
  const std::string pair = credentials_.account_sid + ":" + credentials_.token;
  return request.headers.find("Authorization") == "Basic " + base64(pair);
}

asio::awaitable<Response> Rest::answer_signed_in(const Request& request) {
  if (request.path.starts_with("/twin/")) co_return twin(request);

  const std::string calls = "/2010-04-01/Accounts/" + credentials_.account_sid + "/Calls";
  if (request.path == calls + ".json") {
    if (request.verb == Verb::post) co_return co_await create(request);
    if (request.verb == Verb::get) co_return list(request);
  }
  const auto call_of = [this](const std::string& sid) { return calls_.find(sid).get(); };
  if (auto answer = recordings_.answer(request, call_of)) co_return *std::move(answer);
  if (request.path.starts_with(calls + "/") && request.path.ends_with(".json")) {
    const std::string sid = request.path.substr(calls.size() + 1, request.path.size() - calls.size() - 6);
    const CallPtr known = calls_.find(sid);
    if (known && request.verb == Verb::get) co_return call_response(200, credentials_.account_sid, *known);
    if (known && request.verb == Verb::post) co_return update(request, sid);
    if (known && request.verb == Verb::del) co_return erase(sid);
  }
  co_return no_such_thing(request);
}

asio::awaitable<Response> Rest::create(const Request& request) {
  if (mishaps_.strikes(Mishap::too_many)) co_return error_response(429, 20429, "Too Many Requests");
  if (mishaps_.strikes(Mishap::error_before)) co_return error_response(503, 20503, "Service unavailable");

  const auto fields = QueryPairs::parse(request.body);
  if (!fields) co_return error_response(400, 20001, "the body is no form");
  auto plan = read_plan(*fields);
  if (!plan) co_return refused(plan.error());
  if (plan->detection != Detection::off && mishaps_.strikes(Mishap::extras_refused))
    co_return error_response(400, 20001, "Trial accounts cannot use the parameter MachineDetection");

  const CallPtr made = exchange_.call_out(*std::move(plan));
  if (mishaps_.strikes(Mishap::answer_lost)) co_return cut_off();
  if (mishaps_.strikes(Mishap::error_after)) co_return error_response(500, 20500, "Internal Server Error");
  if (mishaps_.strikes(Mishap::answer_slow)) {
    asio::steady_timer timer(loop_, std::chrono::round<Span>(slow / speed_));
    co_await timer.async_wait(asio::use_awaitable);
  }
  co_return call_response(201, credentials_.account_sid, *made);
}

Response Rest::list(const Request& request) const {
  const auto query = QueryPairs::parse(request.query);
  if (!query) return error_response(400, 20001, "the query cannot be read");

  Page page{.query = filters_of(*query)};
  page.size = std::clamp<std::size_t>(number_of(*query, "PageSize").value_or(50), 1, 1000);
  page.page = number_of(*query, "Page").value_or(0);
  std::size_t skip = page.page * page.size;
  for (auto at = calls_.all().rbegin(); at != calls_.all().rend(); ++at) {
    if (!fits(*query, **at)) continue;
    if (skip > 0) {
      --skip;
    } else if (page.calls.size() == page.size) {
      page.more = true;
      break;
    } else {
      page.calls.push_back(*at);
    }
  }
  return page_response(credentials_.account_sid, page);
}

Response Rest::update(const Request& request, const std::string& sid) {
  const auto fields = QueryPairs::parse(request.body);
  if (!fields) return error_response(400, 20001, "the body is no form");
  auto wanted = read_update(*fields);
  if (!wanted) return refused(wanted.error());

  const CallPtr known = calls_.find(sid);
  const bool live = known->status == Status::in_progress;
  const bool changes = wanted->status || wanted->script || wanted->twiml;
  const bool too_late = known->is_over() || known->end_asked || (wanted->status == "canceled" && live);
  if (changes && (too_late || (!wanted->status && !live))) {
    return error_response(400, 21220, "Call is not in a state that allows this. Cannot update.");
  }
  if (wanted->on_status) known->plan.on_status = *wanted->on_status;
  if (wanted->script || wanted->twiml) {
    known->plan.script = wanted->script.value_or(Target{});
    known->plan.twiml = wanted->twiml.value_or("");
    known->new_script = true;
  }
  known->end_asked = wanted->status.has_value();
  if (changes) known->sleeper.cancel();
  known->updated = now();
  return call_response(200, credentials_.account_sid, *known);
}

Response Rest::erase(const std::string& sid) {
  if (!calls_.find(sid)->is_over()) return error_response(400, 20009, "a call in progress cannot be deleted");
  calls_.erase(sid);
  return {.status = 204};
}

// Somebody calls a number of the account's, whose addresses are these.
Response Rest::call_in(const QueryPairs& fields) {
  auto plan = read_plan(fields);
  if (!plan) return refused(plan.error());
  return call_response(201, credentials_.account_sid, *exchange_.call_in(*std::move(plan)));
}

// How a number answers, and what is pressed there once somebody asks.
bool Rest::set_callee(const QueryPairs& fields) {
  const std::string number(fields.find("number").value_or(""));
  const std::string presses(fields.find("presses").value_or(""));
  const bool are_keys = presses.find_first_not_of("0123456789*#") == presses.npos;
  if (!is_e164(number) || !are_keys || presses.size() > presses_max) return false;
  if (!callees_.set(number, fields.find("fate").value_or(""))) return false;

  callees_.set_presses(number, presses);
  return true;
}

// Ours alone: nothing like it is at Twilio.
Response Rest::twin(const Request& request) {
  const auto query = QueryPairs::parse(request.verb == Verb::get ? request.query : request.body);
  if (!query) return error_response(400, 20001, "this cannot be read");
  const auto mishap = parse_enum<Mishap>(query->find("mishap").value_or(""));

  if (request.path == "/twin/ledger" && request.verb == Verb::get) {
    return {.headers = {{"Content-Type", "application/x-ndjson"}},
            .body = ledger_.lines_after(number_of(*query, "after").value_or(0))};
  }
  if (request.path == "/twin/callees" && request.verb == Verb::post) {
    if (set_callee(*query)) return {.status = 204};
    return error_response(400, 20001,
                          "number must be E.164, presses up to 10 keys, and fate one of " + callees_.ids());
  }
  if (request.path == "/twin/calls" && request.verb == Verb::post) return call_in(*query);
  if (request.path == "/twin/mishaps" && request.verb == Verb::post && mishap) {
    mishaps_.set_next(*mishap, static_cast<int>(number_of(*query, "next").value_or(0)));
    mishaps_.set_rate(*mishap, static_cast<double>(number_of(*query, "percent").value_or(0)) / 100);
    return {.status = 204};
  }
  return no_such_thing(request);
}

}  // namespace ringdown::sandbox
