// Who records calls, and keeps the sound until it is fetched. Knows nothing of consent: whoever asks has
// asked when a recording may begin. Like a carrier, called on the loop of whoever awaits it; nothing is
// repeated.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/call_event.h"
#include "ports/carrier.h"

namespace ringdown {

// As the carrier tells it.
struct CarrierRecording {
  std::string sid;
  std::string call_sid;
  RecordingState state = RecordingState::running;
  std::optional<int> duration_s{};
  int channels = 1;
  std::optional<Time> started_at{};

  bool operator==(const CarrierRecording&) const = default;
};

class Recorder {
 public:
  virtual ~Recorder() = default;

  // Of a call in which somebody talks; what came of it is reported under our id of the call.
  virtual Task<Result<CarrierRecording>> start_recording(CarrierAccount, CallId, std::string call_sid) = 0;

  // Fine where it is over already.
  virtual Task<Result<void>> stop_recording(CarrierAccount, std::string call_sid, std::string sid) = 0;

  // Nothing where it knows no such recording.
  virtual Task<Result<std::optional<CarrierRecording>>> find_recording(CarrierAccount, std::string sid) = 0;

  // Its sound as a WAV, piece by piece; what was taken before a failure is not the whole.
  virtual Task<Result<void>> fetch_sound(CarrierAccount, std::string sid,
                                         std::function<Result<void>(std::string_view)> take) = 0;

  // For good; fine where it is gone.
  virtual Task<Result<void>> erase_recording(CarrierAccount, std::string sid) = 0;
};

}  // namespace ringdown
