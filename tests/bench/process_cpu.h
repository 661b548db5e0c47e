// CPU time that another process has used, from outside.
#pragma once

#include <sys/types.h>

namespace ringdown::bench {

double cpu_us_of(pid_t process);  // with the processes it has started and that still run

}  // namespace ringdown::bench
