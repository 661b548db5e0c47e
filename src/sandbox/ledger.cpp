#include "sandbox/ledger.h"

#include <cerrno>
#include <cstring>

#include "base/result.h"
#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t kept_max = 200'000;

}  // namespace

Ledger::Ledger(const std::string& file) {
  if (file.empty()) return;

  file_.reset(std::fopen(file.c_str(), "ae"));
  if (!file_) {
    throw Breakage(Reason::unavailable, "cannot open the ledger " + file + ": " + std::strerror(errno));
  }
}

void Ledger::write(Entry entry) {
  entry.n = ++count_;
  entry.at = now();
  kept_.push_back(write_json(entry) + "\n");
  if (kept_.size() > kept_max) kept_.pop_front();
  if (!file_) return;

  std::fputs(kept_.back().c_str(), file_.get());
  std::fflush(file_.get());  // whoever reads along sees whole lines
}

std::string Ledger::lines_after(std::uint64_t n) const {
  const std::uint64_t first = count_ - kept_.size() + 1;
  std::string lines;
  for (std::uint64_t at = std::max(n + 1, first); at <= count_; ++at) lines += kept_[at - first];
  return lines;
}

}  // namespace ringdown::sandbox
