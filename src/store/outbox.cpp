#include "store/outbox.h"

#include <algorithm>

#include "store/sql.h"

namespace ringdown::store {

bool put_message(Tx& tx, const Message& message, Time now) {
  const Values values{message.id, message.kind, message.dedupe, message.payload, message.ready_at, now};
  if (tx.run(sql::put_message, values) == 0) return false;

  // Asked first, so that messages put at the same time do not all write one row.
  const auto due = tx.row<Time>(sql::due_at, {outbox_work});
  if (!due || *due > message.ready_at) tx.send(sql::make_due, {outbox_work, message.ready_at});
  return true;
}

std::vector<ClaimedMessage> claim_messages(Tx& tx, const Uuid& lease, Time now, Time until, int limit) {
  auto claimed = tx.rows<ClaimedMessage>(sql::claim_messages, {now, until, lease, limit});
  std::ranges::sort(claimed, {}, &ClaimedMessage::id);  // an UPDATE hands them back in no particular order
  return claimed;
}

bool finish_message(Tx& tx, MessageId id, const Uuid& lease, Time now) {
  return tx.run(sql::finish_message, {id, lease, now}) == 1;
}

bool retry_message(Tx& tx, MessageId id, const Uuid& lease, Time ready_at, const std::string& problem) {
  return tx.run(sql::retry_message, {id, lease, ready_at, problem}) == 1;
}

bool give_up_message(Tx& tx, MessageId id, const Uuid& lease, Time now, const std::string& problem) {
  return tx.run(sql::give_up_message, {id, lease, now, problem}) == 1;
}

void reschedule_outbox(Tx& tx, Time latest) {
  const auto next = tx.row<Time>(sql::next_message_at);
  tx.run(sql::make_due, {outbox_work, next ? std::min(*next, latest) : latest});
}

std::vector<MessageRecord> messages_page(Tx& tx, MessageId after, int limit) {
  return tx.rows<MessageRecord>(sql::messages_page, {after, limit});
}

}  // namespace ringdown::store
