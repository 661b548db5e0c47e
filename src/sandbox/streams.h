// Opens streams, and tells the product and the ledger what becomes of them. On the loop of the calls.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "sandbox/chance.h"
#include "sandbox/hooks.h"
#include "sandbox/ledger.h"
#include "sandbox/media_stream.h"

namespace ringdown::sandbox {

struct StreamsSetup {
  std::string account_sid;
  std::string token;
  double speed = 1;
  std::uint64_t seed = 1;
};

class Streams {
 public:
  Streams(StreamsSetup, Hooks&, Ledger&);

  boost::asio::awaitable<std::shared_ptr<MediaStream>> open(CallPtr,
                                                            Connect);  // null: it failed, and is told

 private:
  MediaStream::Tell telling(const Call&, const Connect&, std::string sid);

  StreamsSetup setup_;
  Chance sids_;
  Hooks& hooks_;
  Ledger& ledger_;
};

}  // namespace ringdown::sandbox
