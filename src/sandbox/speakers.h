// Who reads out the sentences of recordings: one thread beside the loop, which remembers what it read out
// last, because most calls say the same.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <list>
#include <map>
#include <optional>
#include <string>

#include "net/workers.h"
#include "sandbox/voice.h"

namespace ringdown::sandbox {

class Speakers {
 public:
  Speakers();
  ~Speakers() { closing_ = true; }

  // Nothing where too many wait.
  boost::asio::awaitable<std::optional<SamplesPtr>> say(Voice, std::string sentence);

 private:
  using Key = std::pair<Voice, std::string>;
  struct Kept {
    SamplesPtr samples;
    std::list<Key>::iterator use;
  };

  SamplesPtr kept_or_read(const Key&);
  SamplesPtr keep(const Key&, Samples);

  // Of the thread.
  std::map<Key, Kept> kept_;
  std::list<Key> uses_;  // the latest first
  std::size_t samples_kept_ = 0;

  std::atomic<bool> closing_ = false;
  Workers thread_;  // the last: it ends before what it uses
};

}  // namespace ringdown::sandbox
