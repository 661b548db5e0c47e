// What was agreed to and what must not be called, by number: units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/consent.h"
#include "ports/db.h"

namespace ringdown::store {

struct Consent : ConsentFields {
  ConsentId id;
  Time created_at;
  std::optional<UserId> created_by;
  std::optional<Time> revoked_at;
  std::optional<UserId> revoked_by;
  std::optional<std::string> revoked_reason;
};
BOOST_DESCRIBE_STRUCT(Consent, (ConsentFields),
                      (id, created_at, created_by, revoked_at, revoked_by, revoked_reason))

std::int64_t add_consents(Tx&, std::span<const Consent>);  // how many were not known before
bool revoke_consent(Tx&, ConsentId, Time now, std::optional<UserId> by, const std::string& reason);
std::optional<Consent> find_consent(Tx&, ConsentId);
std::vector<Consent> consents_page(Tx&, std::optional<ConsentId> behind,
                                   const std::optional<std::string>& phone,
                                   int limit);  // newest first
std::int64_t forget_consents(Tx&, const std::string& phone);

// A number on the list of those that are not called; removed_at is set where it was taken off.
struct BlockedNumber {
  std::string phone;
  std::string source;  // manual, import, status, opt-out
  std::optional<std::string> reason;
  Time added_at;
  std::optional<UserId> added_by;
  std::optional<Time> removed_at{};
  std::optional<UserId> removed_by{};
  std::optional<std::string> removed_reason{};
};
BOOST_DESCRIBE_STRUCT(BlockedNumber, (),
                      (phone, source, reason, added_at, added_by, removed_at, removed_by, removed_reason))

std::int64_t block_numbers(Tx&, std::span<const BlockedNumber>);  // how many were not on it
bool unblock_number(Tx&, const std::string& phone, Time now, std::optional<UserId> by,
                    const std::string& reason);
std::optional<BlockedNumber> blocked_number(Tx&, const std::string& phone);
std::vector<BlockedNumber> blocked_numbers_page(Tx&, const std::string& behind, int limit);

}  // namespace ringdown::store
