// SQLite's files, with faults: a VFS of the test program's own stands before the system's and lets a chosen
// write, sync, truncation or opening fail. Without a plan everything passes.
#pragma once

#include <cstdint>

namespace ringdown::test {

enum class FileCall { write, sync, truncate, open, any };

struct FilePlan {
  FileCall call = FileCall::any;
  int code = 0;          // what SQLite is told
  int nth = 1;           // the first call of this kind to fail
  bool lasting = false;  // and all after it, until the plan is taken back
};

void plan_faults(FilePlan);
void no_more_faults();

int faults_met();  // since the plan was made

}  // namespace ringdown::test
