// What is asked of Twilio's REST, as requests that nobody has sent yet.
#pragma once

#include <string_view>

#include "carrier/twilio_account.h"
#include "carrier/twilio_urls.h"
#include "net/http_client.h"

namespace ringdown::twilio {

inline constexpr Span ring_timeout_min = 15s;
inline constexpr Span ring_timeout_max = 600s;
inline constexpr int listed_max = 100;

// What a call is better with, and can do without: machine detection.
enum class Extras { wanted, left_out };

HttpCall create_call(const Account&, Workspace, const PlaceRequest&, std::string_view public_url,
                     Extras = Extras::wanted);
HttpCall list_calls(const Account&, std::string_view to, std::string_view from);
HttpCall fetch_call(const Account&, std::string_view sid);
HttpCall end_call(const Account&, std::string_view sid);

HttpCall speak_anew(const Account&, const Subject&, std::string_view sid, std::string_view public_url);
HttpCall start_recording(const Account&, const Subject&, std::string_view call_sid,
                         std::string_view public_url);
HttpCall stop_recording(const Account&, std::string_view call_sid, std::string_view sid);
HttpCall fetch_recording(const Account&, std::string_view sid);
HttpCall fetch_sound(const Account&, std::string_view sid);
HttpCall erase_recording(const Account&, std::string_view sid);

}  // namespace ringdown::twilio
