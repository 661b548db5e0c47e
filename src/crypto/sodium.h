// For the .cpp files of this folder only: every use of libsodium goes through here first.
#pragma once

#include <sodium.h>

#include "base/expect.h"

namespace ringdown::crypto {

inline void ready_sodium() {
  static const bool ready = sodium_init() >= 0;
  expect(ready, "libsodium starts; the system's random source must be readable");
}

}  // namespace ringdown::crypto
