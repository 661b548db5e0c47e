// Files that the command line names. What cannot be opened throws Breakage with its name and the reason.
#pragma once

#include <fstream>
#include <string>

namespace ringdown {

std::ifstream open_to_read(const std::string& name);
std::ofstream open_to_write(const std::string& name);

[[noreturn]] void cannot(const char* what, const std::string& file, const char* why);

}  // namespace ringdown
