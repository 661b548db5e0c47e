// Two workspaces with people in them, who say in a header who they are; and whoever shows a token of another
// service.
#pragma once

#include "tests/support/api_client.h"

namespace ringdown::test {

extern const Person rep, admin, owner;  // of the clinic
extern const Person stranger;           // owner of the agency
extern const Person reading_key;        // of the clinic, with the scope read
extern const Person admin_key;          // … admin

Person with_token(const std::string& token);

RouterHooks cast_hooks();
void add_cast(Db&);

UserId user_of(const Person&);
Workspace clinic();
Workspace agency();

}  // namespace ringdown::test
