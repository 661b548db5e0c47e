#include "store/call_counts.h"

#include "store/sql.h"

namespace ringdown::store {
namespace {

constexpr int shards = 16;

int shard_of(CallId id) {
  return id.value.bytes.back() % shards;
}

}  // namespace

void count_ended(Tx& tx, const Call& call) {
  tx.send(sql::count_call,
          {to_text(call.status), call.outcome ? to_text(*call.outcome) : "", shard_of(call.id)});
}

void count_rang_late(Tx& tx, CallId id) {
  tx.send(sql::count_call, {rang_late, "", shard_of(id)});
}

std::vector<CallCount> call_counts(Tx& tx) {
  return tx.rows<CallCount>(sql::call_counts);
}

}  // namespace ringdown::store
