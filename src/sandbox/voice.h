// A sentence as sound. The only place that knows flite.
#pragma once

#include <string_view>

#include "base/enums.h"
#include "sandbox/samples.h"

namespace ringdown::sandbox {

enum class Voice { slt, awb, rms, kal };  // flite's names of them
BOOST_DESCRIBE_ENUM(Voice, slt, awb, rms, kal)

// The same for the same words; empty where nothing can be read out. Takes its time, a hundredth of the
// sound's, so never on a loop. Any thread: they take turns, because flite's voices are there once per
// process.
Samples speak(Voice, std::string_view sentence);

}  // namespace ringdown::sandbox
