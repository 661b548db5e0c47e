#include "sandbox/detection.h"

#include "sandbox/sentences.h"
#include "sandbox/tones.h"

namespace ringdown::sandbox {
namespace {

constexpr Span verdict_time = 3s;
constexpr Span silence_time = 1200ms;  // after a greeting, until it counts as over

}  // namespace

// A screening talks for longer than people do who answer (MachineDetectionSpeechThreshold, 2.4 s), so it is
// taken for a machine; it has no beep, so its greeting ends in silence.
Detected detected(const Callee& callee, Detection detection) {
  const Persona& persona = *callee.persona;
  if (persona.who == AnswererKind::person) return {"human", verdict_time};
  if (detection == Detection::Enable) return {"machine_start", verdict_time};

  const Span greeted = speaking_time(persona.greeting);
  if (persona.who == AnswererKind::screening) return {"machine_end_silence", greeted + silence_time};
  return {"machine_end_beep", greeted + beep_time};
}

}  // namespace ringdown::sandbox
