#include "domain/call_event.h"

namespace ringdown {
namespace {

const char* name(const Placed&) { return "placed"; }
const char* name(const Rejected&) { return "rejected"; }
const char* name(const Lost&) { return "lost"; }
const char* name(const NotSent&) { return "not-sent"; }
const char* name(const Ringing&) { return "ringing"; }
const char* name(const Answered&) { return "answered"; }
const char* name(const AnswerClassified&) { return "answer-classified"; }
const char* name(const CallbackAsked&) { return "callback-asked"; }
const char* name(const Booked&) { return "booked"; }
const char* name(const Declined&) { return "declined"; }
const char* name(const WrongPerson&) { return "wrong-person"; }
const char* name(const OptedOut&) { return "opted-out"; }
const char* name(const Pressed&) { return "pressed"; }
const char* name(const Ended&) { return "ended"; }
const char* name(const LeaseExpired&) { return "lease-expired"; }
const char* name(const NotFound&) { return "not-found"; }
const char* name(const EndAsked&) { return "end-asked"; }
const char* name(const NoticeHeard&) { return "notice-heard"; }
const char* name(const MessageHeard&) { return "message-heard"; }
const char* name(const Recorded&) { return "recorded"; }
const char* name(const Streamed&) { return "streamed"; }

}  // namespace

const char* name_of(const CallEvent& event) {
  return std::visit([](const auto& what) { return name(what); }, event);
}

}  // namespace ringdown
