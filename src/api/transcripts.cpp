// What was said in a call, in the shape that seed 003 lays down. Nobody writes down what is said yet: a call
// of the workspace has no turns, any other is not found.
#include "api/api.h"
#include "api/dialing.h"
#include "store/calls.h"

namespace ringdown {
namespace {

enum class TurnRole { user, assistant };
BOOST_DESCRIBE_ENUM(TurnRole, user, assistant)

struct TurnShown {
  Uuid id;
  std::string call_sid;
  TurnRole role;
  std::string content;
  Time timestamp;
};
BOOST_DESCRIBE_STRUCT(TurnShown, (), (id, call_sid, role, content, timestamp))

struct TranscriptShown {
  std::string callSid;
  std::vector<TurnShown> transcripts{};
  std::int64_t messageCount = 0;
  bool success = true;
};
BOOST_DESCRIBE_STRUCT(TranscriptShown, (), (callSid, transcripts, messageCount, success))

Task<Result<Plain<TranscriptShown>>> get_transcript(Asked& asked, Path<std::string> sid) {
  const auto call = co_await asked.api.db.read(
      asked.workspace(), [sid = sid.value](Tx& tx) { return store::call_by_sid(tx, sid); });
  if (!call) co_return fail(Reason::not_found, "there is no such call");
  co_return Plain<TranscriptShown>{{.callSid = sid.value}};
}

}  // namespace

const RouteTable transcript_routes = {
    route(Verb::get, "/transcripts/{sid}", "What was said in a call, by the carrier's id of it", Access::rep,
          get_transcript),
};

}  // namespace ringdown
