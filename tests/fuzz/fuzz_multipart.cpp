// A form in one piece and in pieces of a length the input chooses: the same parts, or both refused.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "net/multipart.h"

using namespace ringdown;

namespace {

struct Transcript : MultipartSink {
  std::string text;

  void part_begins(const PartHead& head) override {
    text.append("<").append(head.name).append("|").append(head.filename.value_or("-"));
    text.append("|").append(head.content_type).append(">");
  }
  void part_data(std::string_view data) override {
    if (data.empty()) std::abort();
    text += data;
  }
  void part_ends() override { text += "</>"; }
};

std::string read(std::string_view form, std::size_t piece) {
  auto reader = *Multipart::open("multipart/form-data; boundary=b");
  Transcript transcript;
  for (; !form.empty(); form.remove_prefix(std::min(piece, form.size()))) {
    if (!reader.push(form.substr(0, piece), transcript)) return "refused";
  }
  return reader.finish() ? transcript.text : "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);

  (void)Multipart::open(input);
  const std::string_view form = input.substr(1);
  if (read(form, form.size()) != read(form, std::size_t{data[0] % 32u} + 1)) std::abort();
  return 0;
}
