// The part of the twin's REST that is about recordings: of a call, of the account, and their sound.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "net/http.h"
#include "sandbox/recordings.h"

namespace ringdown::sandbox {

class RecordingRest {
 public:
  RecordingRest(std::string account_sid, Recordings& recordings, Speakers& speakers)
      : account_sid_(std::move(account_sid)), recordings_(recordings), speakers_(speakers) {}

  // Nothing where the request is about something else, or about what is not there.
  std::optional<Response> answer(const Request&, const std::function<const Call*(const std::string&)>& call);

 private:
  std::optional<Response> answer_of_call(const Request&, const Call&, std::string_view rest);
  std::optional<Response> answer_one(const Request&, Recording&);
  Response begin(const Request&, const Call&);
  Response update(const Request&, Recording&);
  Response shown(int status, const Recording&) const;
  Response list(const Call&) const;

  std::string account_sid_;
  Recordings& recordings_;
  Speakers& speakers_;
};

}  // namespace ringdown::sandbox
