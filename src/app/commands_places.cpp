// `ringdown places import`: a list of places beside the built-in one, for every node of the instance.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "app/commands.h"
#include "app/open_file.h"
#include "app/open_store.h"
#include "app/system_clock.h"
#include "domain/gazetteer.h"
#include "flow/place_lists.h"
#include "ports/await.h"

namespace ringdown {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr int complaints_shown = 10;

class PlacesCommand {
 public:
  PlacesCommand(const Config& config, std::string file)
      : file_(std::move(file)), db_(open_store(config)), list_(*db_, clock_, chance_) {}

  Task<void> import(std::ifstream& file) {
    co_await list_.begin(std::filesystem::path(file_).filename());
    const auto places = co_await read(file);
    if (!places) {
      co_await list_.drop();
      throw Breakage(places.error().reason, places.error().text);
    }
    if (complaints_ > complaints_shown) std::fprintf(stderr, "…\n");
    std::printf("%lld places are known now beside the built-in ones; %d lines were left out\n",
                static_cast<long long>(*places), complaints_);
  }

 private:
  Task<Result<std::int64_t>> read(std::ifstream& file) {
    GazetteerReader reader(file_, {.place = [this](const PlaceRow& city) { list_.take(city); },
                                   .complaint = [this](const std::string& text) { complain(text); }});
    std::string piece(piece_bytes, '\0');
    while (file.read(piece.data(), std::ssize(piece)) || file.gcount() > 0) {
      reader.feed(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
      if (auto written = co_await list_.write(); !written) co_return std::unexpected(written.error());
    }
    if (file.bad()) co_return fail(Reason::unavailable, fmt::format("cannot read {}: it broke off", file_));
    reader.finish();
    co_return co_await list_.finish();
  }

  void complain(const std::string& text) {
    if (++complaints_ <= complaints_shown) std::fprintf(stderr, "%s\n", text.c_str());
  }

  const std::string file_;
  const std::unique_ptr<Db> db_;
  SystemClock clock_;
  SystemChance chance_;
  flow::PlaceListImport list_;
  int complaints_ = 0;
};

}  // namespace

int import_places(const Config& config, const std::string& name) {
  std::ifstream file = open_to_read(name);
  PlacesCommand command(config, name);
  await(command.import(file));
  return 0;
}

}  // namespace ringdown
