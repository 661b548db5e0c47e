// News travels as Result, breakage as an exception. Every layer uses both; the HTTP face turns a Reason into a
// status in one table, so a Reason says what went wrong for the caller, never how.
#pragma once

#include <expected>
#include <stdexcept>
#include <string>
#include <utility>

namespace ringdown {

enum class Reason {
  invalid,          // the input breaks a rule; `field` names which part
  unauthenticated,  // nobody is signed in
  forbidden,        // somebody is, and may not
  not_found,        // also for what belongs to another workspace
  conflict,         // true in itself, but not beside what is stored
  too_large,
  too_many,         // a rate or a bound; try again later
  unsupported,      // a media type or method that is not served
  unavailable,      // a part we need is away; nothing was done
  commit_unknown,   // the store went away during COMMIT: done or not, nobody knows
  internal,         // a bug of ours
};

const char* to_text(Reason);

struct Failure {
  Reason reason;
  std::string text;   // what, which, and what to do; lower case, no stop, no secret
  std::string field;  // the input that is meant, where there is one

  bool operator==(const Failure&) const = default;
};

template <class T>
using Result = std::expected<T, Failure>;

inline std::unexpected<Failure> fail(Reason reason, std::string text, std::string field = {}) {
  return std::unexpected(Failure{reason, std::move(text), std::move(field)});
}

// Thrown when something broke: a lost database, a full disk, a bug. Caught at the four places that
// ARCHITECTURE.md names, and turned into a Failure there.
class Breakage : public std::runtime_error {
 public:
  Breakage(Reason reason, const std::string& text) : std::runtime_error(text), reason_(reason) {}

  Reason reason() const { return reason_; }
  Failure failure() const { return {reason_, what(), {}}; }

 private:
  Reason reason_;
};

}  // namespace ringdown
