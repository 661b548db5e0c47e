#include "app/read_password.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace ringdown {
namespace {

// Typing is not shown while it lives.
class Silence {
 public:
  Silence() {
    tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
};

std::string ask(std::istream& in, const char* prompt) {
  std::fputs(prompt, stderr);
  std::string line;
  {
    const Silence silence;
    std::getline(in, line);
  }
  std::fputs("\n", stderr);
  return line;
}

}  // namespace

Result<std::string> read_new_password(std::istream& in) {
  if (isatty(STDIN_FILENO) == 0) {
    std::string line;
    if (std::getline(in, line)) return line;
    return fail(Reason::invalid, "no password came on standard input; pipe one in, or use --generate");
  }
  std::string password = ask(in, "new password: ");
  if (ask(in, "once more: ") == password) return password;
  return fail(Reason::invalid, "the two passwords differ; try again");
}

}  // namespace ringdown
