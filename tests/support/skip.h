// A test that cannot run here says why and returns: `return test::skip("…");`. It counts as skipped, not as passed.
#pragma once

namespace ringdown::test {

void skip(const char* why);

}  // namespace ringdown::test
