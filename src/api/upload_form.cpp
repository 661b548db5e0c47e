#include "api/upload_form.h"

#include "net/multipart.h"

namespace ringdown {
namespace {

constexpr std::size_t field_bytes_max = 64 * 1024;

class Parts : public MultipartSink {
 public:
  void part_begins(const PartHead& head) override {
    name_ = head.name;
    if (name_ != "file" && !form.fields.try_emplace(name_).second) repeated = true;
    if (name_ != "file") return;
    ++files;
    if (head.filename) form.file_name = *head.filename;
  }
  void part_data(std::string_view data) override {
    if (name_ == "file") {
      arrived += data;
    } else if (std::string& field = form.fields[name_]; field.size() + data.size() <= field_bytes_max) {
      field += data;
    } else {
      too_long = name_;
    }
  }
  void part_ends() override {}

  UploadForm form;
  std::string arrived;  // of the file, not handed on yet
  int files = 0;
  bool repeated = false;
  std::string too_long;

 private:
  std::string name_;
};

}  // namespace

Task<Result<UploadForm>> read_form(Request& request, TakeBytes take_file) {
  auto reader = Multipart::open(request.headers.find("Content-Type").value_or(""));
  if (!reader) co_return std::unexpected(std::move(reader.error()));
  Parts parts;
  while (true) {
    const auto piece = co_await request.upload->next();
    if (!piece) co_return std::unexpected(piece.error());
    if (piece->empty()) break;
    if (auto pushed = reader->push(*piece, parts); !pushed)
      co_return std::unexpected(std::move(pushed.error()));
    if (!parts.too_long.empty()) co_return fail(Reason::too_large, "is longer than 64 KiB", parts.too_long);
    if (parts.arrived.empty()) continue;
    if (auto taken = co_await take_file(parts.arrived); !taken)
      co_return std::unexpected(std::move(taken.error()));
    parts.arrived.clear();
  }
  if (auto whole = reader->finish(); !whole) co_return std::unexpected(std::move(whole.error()));
  if (parts.files != 1) co_return fail(Reason::invalid, "one part called file is expected", "file");
  if (parts.repeated) co_return fail(Reason::invalid, "a field of the form is given twice", "form");
  co_return std::move(parts.form);
}

}  // namespace ringdown
