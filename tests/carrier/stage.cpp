#include "tests/carrier/stage.h"

#include <algorithm>

#include "carrier/twilio_requests.h"

namespace ringdown::test {

HttpCall Stage::to_account(const std::string& target) {
  HttpCall call = twilio::fetch_call(account(), "CA");  // for its headers
  call.target = "/2010-04-01/Accounts/" + twin.account_sid() + target;
  return call;
}

std::string Stage::call(std::string_view to, std::string_view script, const std::string& more) {
  HttpCall call = to_account("/Calls.json");
  call.verb = Verb::post;
  call.headers.add("Content-Type", "application/x-www-form-urlencoded");
  call.body = "From=%2B12125550100&To=" + percent_encoded(to) +
              "&Url=" + percent_encoded(product.url() + "/api/twiml/" + std::string(script)) + more;
  const HttpAnswer made = ask(std::move(call)).value();
  if (made.status != 201) throw std::runtime_error("the twin made no call: " + made.body);
  return made.body.substr(made.body.find("\"CA") + 1, 34);
}

void Stage::update(const std::string& sid, std::string form) {
  HttpCall call = to_account("/Calls/" + sid + ".json");
  call.verb = Verb::post;
  call.headers.add("Content-Type", "application/x-www-form-urlencoded");
  call.body = std::move(form);
  if (ask(std::move(call)).value().status != 200) throw std::runtime_error("the twin changed nothing");
}

HttpAnswer Stage::get(const std::string& target) {
  return ask(to_account(target)).value();
}

std::vector<Heard> Stage::in_order(std::size_t count, std::string_view word) {
  auto heard = product.wait_for(count, word);
  std::ranges::sort(heard, {}, [](const Heard& one) { return std::stoi(one.field("SequenceNumber")); });
  return heard;
}

std::vector<sandbox::Entry> Stage::entries(std::string_view what) const {
  auto all = ledger();
  std::erase_if(all, [&](const sandbox::Entry& entry) { return entry.what != what; });
  return all;
}

}  // namespace ringdown::test
