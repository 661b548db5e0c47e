// The sounds that nobody says.
#pragma once

#include "sandbox/samples.h"

namespace ringdown::sandbox {

inline constexpr Span beep_time = 600ms;
inline constexpr Span key_time = 200ms;

Samples beep();          // after a mailbox's greeting
Samples key(char key);   // of a telephone: 0 to 9, * and #
Samples hum(Span time);  // in place of what a script plays

}  // namespace ringdown::sandbox
