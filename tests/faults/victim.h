// A store_victim process: started, listened to, killed.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace ringdown::test {

class Victim {
 public:
  enum class User { same, nobody };  // root reads and writes whatever it likes

  explicit Victim(const std::vector<std::string>& words, User user = User::same);
  ~Victim();

  std::optional<std::string> line();  // what it says next; nothing once it is gone
  void kill();                        // at once; what it said before can still be read

 private:
  pid_t pid_;
  int output_;
  std::string read_;
};

// Who runs this test, when it must not be root.
bool is_root();

// Hands a folder or file to nobody.
void give_to_nobody(const std::string& path);

}  // namespace ringdown::test
