// What is to be done in the world outside. A unit of work puts a message in the same transaction as its
// reason; a round claims it under a lease, does it, and says how it went. Units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/enums.h"
#include "ports/db.h"

namespace ringdown::store {

using MessageId = Id<struct MessageTag>;

enum class MessageState { waiting, leased, done, given_up };
BOOST_DESCRIBE_ENUM(MessageState, waiting, leased, done, given_up)

struct Message {
  MessageId id;
  std::string kind;
  std::optional<std::string> dedupe;  // of all messages of a kind with the same one, only the first is taken
  Json payload;
  Time ready_at;
};

struct ClaimedMessage {
  MessageId id;
  std::string kind;
  Json payload;
  int tries;  // this one included
};
BOOST_DESCRIBE_STRUCT(ClaimedMessage, (), (id, kind, payload, tries))

struct MessageRecord {
  MessageId id;
  std::string kind;
  MessageState state;
  int tries;
  Time ready_at;
  std::optional<std::string> problem;
  Time created_at;
  std::optional<Time> closed_at;
};
BOOST_DESCRIBE_STRUCT(MessageRecord, (), (id, kind, state, tries, ready_at, problem, created_at, closed_at))

inline constexpr const char* outbox_work = "outbox";  // the kind of work that `due` knows it by

bool put_message(Tx&, const Message&, Time now);  // false when its dedupe was used before

// Up to `limit` messages that are ready, oldest first, each under the lease until `until`; a lapsed lease is
// ready too.
std::vector<ClaimedMessage> claim_messages(Tx&, const Uuid& lease, Time now, Time until, int limit);

// How a claimed message went; false when the lease has passed on to somebody else.
bool finish_message(Tx&, MessageId, const Uuid& lease, Time now);
bool retry_message(Tx&, MessageId, const Uuid& lease, Time ready_at, const std::string& problem);
bool give_up_message(Tx&, MessageId, const Uuid& lease, Time now, const std::string& problem);

// Tells `due` when this workspace's outbox wants the next look: when its next message is ready, or at
// `latest`, which heals what two units that did not see each other may have missed.
void reschedule_outbox(Tx&, Time latest);

std::vector<MessageRecord> messages_page(Tx&, MessageId after, int limit);

}  // namespace ringdown::store
