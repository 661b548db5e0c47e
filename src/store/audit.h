// Who did what, to what, when and from where: sign-ins, keys, members, settings. Rows are only ever added.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "ports/db.h"

namespace ringdown::store {

using AuditId = Id<struct AuditTag>;

struct AuditRecord {
  AuditId id;
  std::optional<UserId> user_id;       // nobody: the machine itself, or whoever sits at its command line
  std::string via;                     // session, key, token, sign-in, command-line
  std::string what;                    // "key made", "role changed to admin"
  std::optional<std::string> target;   // the id of what it was done to; never a name, number or address
  std::optional<std::string> address;  // where the request came from
  Time at;
};
BOOST_DESCRIBE_STRUCT(AuditRecord, (), (id, user_id, via, what, target, address, at))

// In a unit of the workspace.
void add_audit(Tx&, const AuditRecord&);
std::vector<AuditRecord> audit_page(Tx&, std::optional<AuditId> before, int limit);  // newest first

// In a unit of the instance: about a workspace, which then reads it as its own, or about none.
void add_audit(Tx&, std::optional<WorkspaceId>, const AuditRecord&);
std::vector<AuditRecord> instance_audit_page(Tx&, std::optional<AuditId> before, int limit);

}  // namespace ringdown::store
