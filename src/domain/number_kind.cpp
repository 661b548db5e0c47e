#include "domain/number_kind.h"

namespace ringdown {

bool is_dialable(NumberKind kind, WorkspaceKind where) {
  switch (kind) {
    case NumberKind::ordinary:
    case NumberKind::toll_free: return true;
    case NumberKind::fictional: return where == WorkspaceKind::rehearsal;
    default: return false;
  }
}

const char* plain_words(NumberKind kind) {
  switch (kind) {
    case NumberKind::ordinary: return "an ordinary number";
    case NumberKind::toll_free: return "a toll-free number";
    case NumberKind::fictional: return "a number reserved for films, dialable only in rehearsal";
    case NumberKind::emergency: return "an emergency number";
    case NumberKind::premium: return "a premium-rate number";
    case NumberKind::shared_cost: return "a number with a service charge";
    case NumberKind::satellite: return "a satellite or ship's number";
    case NumberKind::personal: return "a follow-me number, which costs the caller more";
    case NumberKind::service: return "a service of the telephone network, not a person's telephone";
    case NumberKind::unassigned: break;
  }
  return "in no range of numbers that is in use";
}

}  // namespace ringdown
