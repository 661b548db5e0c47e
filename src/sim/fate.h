// What befalls a node at each of its steps into the outside world, which are the only moments at which a
// fault can be told from another: units of work and requests. Seeded in a random world, counted in an
// exhaustive one.
#pragma once

#include <boost/describe/enum.hpp>

#include "sim/timeline.h"

namespace ringdown::sim {

enum class UnitFate {
  done,
  done_twice,   // taken back and run again before it was committed
  failed,       // nothing was done, and that is known
  lost_done,    // committed, and nobody learns of it
  lost_undone,  // taken back, and nobody learns of it
  died_before,  // with the node
  died_after    // committed; the node dies before it learns of it
};
BOOST_DESCRIBE_ENUM(UnitFate, done, done_twice, failed, lost_done, lost_undone, died_before, died_after)

enum class RequestFate { sent, died_before, died_after };
BOOST_DESCRIBE_ENUM(RequestFate, sent, died_before, died_after)

class Fate {
 public:
  virtual ~Fate() = default;

  virtual UnitFate of_unit(NodeId, bool writes) = 0;
  virtual RequestFate of_request(NodeId) = 0;
  virtual Span unit_delay(NodeId) = 0;  // until its turn comes
};

// Nothing goes wrong, and nothing takes time.
class KindFate : public Fate {
 public:
  UnitFate of_unit(NodeId, bool) override { return UnitFate::done; }
  RequestFate of_request(NodeId) override { return RequestFate::sent; }
  Span unit_delay(NodeId) override { return Span(0); }
};

}  // namespace ringdown::sim
