// The twin's answers: call resources, pages of them and errors, in Twilio's shapes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"
#include "sandbox/call.h"

namespace ringdown::sandbox {

struct Page {
  std::vector<std::shared_ptr<Call>> calls{};
  std::string query{};  // the filters, without page and size
  std::size_t size = 50;
  std::size_t page = 0;
  bool more = false;
};

Response call_response(int status, std::string_view account_sid, const Call&);
Response page_response(std::string_view account_sid, const Page&);
Response error_response(int status, int code, std::string_view message);

}  // namespace ringdown::sandbox
