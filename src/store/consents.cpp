#include "store/consents.h"

#include "store/sql.h"

namespace ringdown::store {
namespace {

constexpr ConsentId last_of_all = [] {
  ConsentId last;
  last.value.bytes.fill(0xff);
  return last;
}();

}  // namespace

std::int64_t add_consents(Tx& tx, std::span<const Consent> consents) {
  std::vector<Values> rows;
  for (const Consent& one : consents) {
    rows.push_back({one.id, one.phone, one.text_shown, one.given_at, one.method, one.scope, one.written,
                    one.ai_named, one.proof, one.created_at, one.created_by});
  }
  return tx.run_set(sql::add_consents, rows, [](const Row&) {});
}

bool revoke_consent(Tx& tx, ConsentId id, Time now, std::optional<UserId> by, const std::string& reason) {
  return tx.run(sql::revoke_consent, {id, now, by, reason}) == 1;
}

std::optional<Consent> find_consent(Tx& tx, ConsentId id) {
  return tx.row<Consent>(sql::consent_by_id, {id});
}

std::vector<Consent> consents_page(Tx& tx, std::optional<ConsentId> behind,
                                   const std::optional<std::string>& phone, int limit) {
  const ConsentId start = behind.value_or(last_of_all);
  if (!phone) return tx.rows<Consent>(sql::consents_page, {start, limit});
  return tx.rows<Consent>(sql::consents_of_phone, {start, phone, limit});
}

std::int64_t forget_consents(Tx& tx, const std::string& phone) {
  return tx.run(sql::forget_consents, {phone});
}

std::int64_t block_numbers(Tx& tx, std::span<const BlockedNumber> numbers) {
  std::vector<Values> rows;
  for (const BlockedNumber& one : numbers) {
    rows.push_back({one.phone, one.source, one.reason, one.added_at, one.added_by});
  }
  std::int64_t added = 0;
  tx.run_set(sql::block_numbers, rows, [&](const Row&) { ++added; });
  return added;
}

bool unblock_number(Tx& tx, const std::string& phone, Time now, std::optional<UserId> by,
                    const std::string& reason) {
  return tx.run(sql::unblock_number, {phone, now, by, reason}) == 1;
}

std::optional<BlockedNumber> blocked_number(Tx& tx, const std::string& phone) {
  return tx.row<BlockedNumber>(sql::blocked_number, {phone});
}

std::vector<BlockedNumber> blocked_numbers_page(Tx& tx, const std::string& behind, int limit) {
  return tx.rows<BlockedNumber>(sql::blocked_numbers_page, {behind, limit});
}

}  // namespace ringdown::store
