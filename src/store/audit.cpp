#include "store/audit.h"

#include "store/sql.h"

namespace ringdown::store {
namespace {

Uuid beyond_all() {
  Uuid last;
  last.bytes.fill(0xff);
  return last;
}

Uuid before_or_last(std::optional<AuditId> before) {
  return before ? before->value : beyond_all();
}

}  // namespace

void add_audit(Tx& tx, const AuditRecord& entry) {
  tx.run(sql::add_audit,
         {entry.id, entry.user_id, entry.via, entry.what, entry.target, entry.address, entry.at});
}

std::vector<AuditRecord> audit_page(Tx& tx, std::optional<AuditId> before, int limit) {
  return tx.rows<AuditRecord>(sql::audit_page, {before_or_last(before), limit});
}

void add_audit(Tx& tx, std::optional<WorkspaceId> workspace, const AuditRecord& entry) {
  if (workspace) {
    tx.run(sql::add_audit_of_workspace, {*workspace, entry.id, entry.user_id, entry.via, entry.what, entry.target,
                                         entry.address, entry.at});
  } else {
    tx.run(sql::add_instance_audit,
           {entry.id, entry.user_id, entry.via, entry.what, entry.target, entry.address, entry.at});
  }
}

std::vector<AuditRecord> instance_audit_page(Tx& tx, std::optional<AuditId> before, int limit) {
  return tx.rows<AuditRecord>(sql::instance_audit_page, {before_or_last(before), limit});
}

}  // namespace ringdown::store
