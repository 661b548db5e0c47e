// How often somebody may try. Counted in the store, so that the limits hold over all nodes.
//
// Guessing a password must be slow, and nobody may lock an owner out by guessing at their address. So every
// try of a sign-in takes from these, per quarter of an hour unless said otherwise:
//   a known device (a cookie from an earlier sign-in, good for this account only): 10, and from nothing else;
//   anybody else: 60 of their address block, and 10 of the pair account + address block.
// Beside the pairs runs a count of the account: after 100 strange tries within an hour each pair is left 3.
// Who guesses from many addresses gets three tries for every one of them; the owner signs in with a known
// device as before, and from a new address with one of three tries. No count ever closes an account. Codes of
// a second factor, which only who knows the password gets to try, are 30 per hour and account on strange
// devices; recovery codes are too long to be guessed and always go.
#pragma once

#include "api/route.h"
#include "ports/db.h"

namespace ringdown {

// Uses up one of `count` per `per`; how long to wait where none is left.
std::optional<Span> take_limit(Tx&, const std::string& name, std::int64_t count, Span per, Time now);

struct Knock {
  std::string account;                // the hash of an address, whether it is an account or not
  std::string address;                // the block of addresses it comes from
  std::optional<Bytes> known_device;  // the account's
};

std::string account_name(std::string_view email);
std::optional<Span> take_sign_in(Tx&, const Knock&, Time now);

// 429 with Retry-After.
Failure too_many(Asked&, Span wait);

// What Route::limit asks for: per user, per key's workspace, or per address block where nobody is signed in.
Task<Result<void>> throttle(Asked&, const RateLimit&);

}  // namespace ringdown
