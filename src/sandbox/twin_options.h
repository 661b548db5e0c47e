// What a twin of Twilio is told before it starts.
#pragma once

#include <cstdint>
#include <string>

namespace ringdown::sandbox {

struct TwinOptions {
  double speed = 1;             // how much faster than life calls wait, ring and talk
  std::uint64_t seed = 1;       // what the account, the sids, the callees and the mishaps are drawn from
  double calls_per_second = 1;  // dialed at most, at that speed; the rest waits in line, as at Twilio
  std::string ledger_file;      // every entry of the ledger is appended to it; empty: kept in memory only
  std::string personas_file{};  // who is called; empty: the people of assets/personas.toml
};

}  // namespace ringdown::sandbox
