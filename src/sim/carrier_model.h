// A carrier as bad as they come, and what it did on paper. Shares nothing with the engine but the port: it
// makes calls of requests, lets people answer them, reports what it likes of that, and keeps its ledger.
#pragma once

#include <functional>

#include "sim/callee.h"
#include "sim/faults.h"
#include "sim/ledger.h"
#include "sim/trace.h"

namespace ringdown::sim {

// What is told about a call: by the carrier, or by the conversation.
struct Report {
  Workspace workspace;
  CallId call;
  std::string key;
  std::vector<CallEvent> events;
  int tries = 0;
};

struct CarrierManners {
  Span creation_delay_max = 9min;  // of calls whose answer is lost
  Span answer_deadline = 10s;      // the edge waits no longer
  Span queueing_max = 5h;
  int our_fault_per_mille = 0;  // configuration, funds, permission
};

class CarrierModel {
 public:
  using Deliver = std::function<void(Report)>;

  CarrierModel(Timeline&, Trace&, const Faults&, Dice, CarrierManners, Deliver);

  struct Reply {
    Span after;
    CallEvent says;
  };
  Reply take(NodeId, Time node_clock, CarrierAccount, const PlaceRequest&);
  std::vector<CarrierCall> find(CarrierAccount, const std::string& to, const std::string& from,
                                Time since) const;
  std::optional<CarrierCall> fetch(CarrierAccount, const std::string& sid) const;
  void end(CarrierAccount, const std::string& sid);

  bool fails_to_answer();  // a question other than to place

  const Ledger& ledger() const { return ledger_; }

 private:
  using Index = std::size_t;  // of a call in the ledger
  struct Going {              // what the ledger does not say
    Callee callee;
    CarrierState state = CarrierState::queued;
    Span ring_timeout;
    Span talk_limit;
  };

  Reply reply_to(std::size_t request);
  Reply refuse(const Callee&);
  void create_after(Span, std::size_t request, const Callee&);
  void create(std::size_t request, const Callee&);
  void ring(Index);
  void answer(Index);
  void talk(Index);
  void finish(Index, Cause);
  void at_phase(Span after, CarrierState, Index, void (CarrierModel::*)(Index));

  void report(Index, const char* what, CallEvent);
  void send(Report);
  void forge(const Report&);
  bool belongs(const LedgerCall&, const CarrierAccount&) const;
  CarrierCall shown(Index) const;
  Time moment(Span elapsed) const { return timeline_.now() - (timeline_.elapsed() - elapsed); }

  Timeline& timeline_;
  Trace& trace_;
  const Faults& faults_;
  Dice dice_;
  const CarrierManners manners_;
  Deliver deliver_;
  Ledger ledger_;
  std::vector<Going> going_;  // beside ledger_.calls
};

}  // namespace ringdown::sim
