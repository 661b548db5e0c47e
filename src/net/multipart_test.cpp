#include "net/multipart.h"

#include <doctest/doctest.h>

#include <vector>

using namespace ringdown;

namespace {

struct Part {
  PartHead head{};
  std::string data{};
  bool ended = false;

  bool operator==(const Part&) const = default;
};

struct Parts : MultipartSink {
  std::vector<Part> parts;

  void part_begins(const PartHead& head) override { parts.push_back({.head = head}); }
  void part_data(std::string_view data) override { parts.back().data += data; }
  void part_ends() override { parts.back().ended = true; }
};

constexpr const char* type = "multipart/form-data; boundary=XX";

// The parts of `form`, pushed in pieces of so many bytes.
Result<std::vector<Part>> parts_of(std::string_view form, std::size_t piece, MultipartLimits limits = {}) {
  auto reader = Multipart::open(type, limits);
  REQUIRE(reader);
  Parts sink;
  for (; !form.empty(); form.remove_prefix(std::min(piece, form.size()))) {
    if (auto pushed = reader->push(form.substr(0, piece), sink); !pushed)
      return std::unexpected(pushed.error());
  }
  if (auto finished = reader->finish(); !finished) return std::unexpected(finished.error());
  return sink.parts;
}

Result<std::vector<Part>> parts_of(std::string_view form) {
  return parts_of(form, form.size());
}

std::string with_head(std::string_view head) {
  return "--XX\r\n" + std::string(head) + "\r\n\r\nx\r\n--XX--";
}

}  // namespace

TEST_CASE("any chunking of a form gives the same parts") {
  const std::string form =
      "--XX\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a \\\"b\\\".csv\"\r\n"
      "content-type: text/csv\r\n\r\nname,phone\r\n--X\r\n-\r\n--XX\r\n"
      "Content-Disposition: form-data; name=empty\r\n\r\n\r\n--XX\r\n"
      "Content-Disposition: form-data; name=\"two\"\r\n\r\n\r\n\r\n\r\n--XX--\r\n";
  const std::vector<Part> expected = {
      {{"list", "a \"b\".csv", "text/csv"}, "name,phone\r\n--X\r\n-", true},
      {{"empty", std::nullopt, "text/plain"}, "", true},
      {{"two", std::nullopt, "text/plain"}, "\r\n\r\n", true},
  };

  for (std::size_t piece = 1; piece <= form.size(); ++piece) {
    CAPTURE(piece);
    const auto parts = parts_of(form, piece);
    REQUIRE(parts);
    CHECK(*parts == expected);
  }
}

TEST_CASE("a boundary is quoted or plain, and must be there") {
  CHECK(Multipart::open("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"").has_value() == false);
  CHECK(Multipart::open("multipart/form-data; boundary=\"a=b\""));
  CHECK(Multipart::open("multipart/form-data;boundary=" + std::string(70, 'a')));
  for (const char* bad : {"", "multipart/form-data", "multipart/mixed; boundary=a",
                          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
                          "multipart/form-data; boundary=a; boundary=b", "multipart/form-data boundary=a"}) {
    CAPTURE(bad);
    CHECK_FALSE(Multipart::open(bad));
  }
  CHECK_FALSE(Multipart::open("multipart/form-data;boundary=" + std::string(71, 'a')));
}

TEST_CASE("a form that is not exactly so is refused") {
  const std::pair<const char*, std::string> cases[] = {
      {"something before the first boundary", "hello\r\n--XX\r\n"},
      {"a cut form", "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx"},
      {"a cut closing boundary", "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX-"},
      {"something after the end", with_head("Content-Disposition: form-data; name=a") + "\r\nmore"},
      {"no parts", "--XX--"},
      {"a boundary with padding", "--XX \r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX--"},
      {"a part without a head", "--XX\r\n\r\n\r\nx\r\n--XX--"},
      {"a part without a disposition", with_head("Content-Type: text/plain")},
      {"two dispositions",
       with_head("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b")},
      {"a part without a name", with_head("Content-Disposition: form-data; filename=a")},
      {"two names", with_head("Content-Disposition: form-data; name=a; name=b")},
      {"another disposition", with_head("Content-Disposition: attachment; name=a")},
      {"filename*", with_head("Content-Disposition: form-data; name=a; filename*=UTF-8''b")},
      {"a transfer encoding",
       with_head("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64")},
      {"a bare LF in a head", with_head("Content-Disposition: form-data; name=a\nX: y")},
  };

  for (const auto& [says, form] : cases) {
    CAPTURE(says);
    CHECK_FALSE(parts_of(form));
    CHECK_FALSE(parts_of(form, 1));
  }
}

TEST_CASE("parts and their heads have bounds") {
  const std::string part = "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
  const MultipartLimits small{.parts_max = 2, .head_bytes_max = 60};

  CHECK(parts_of(part + part + "--XX--", 7, small));
  const auto many = parts_of(part + part + part + "--XX--", 7, small);
  REQUIRE_FALSE(many);
  CHECK(many.error().reason == Reason::too_large);

  const auto large =
      parts_of(with_head("Content-Disposition: form-data; name=" + std::string(60, 'a')), 7, small);
  REQUIRE_FALSE(large);
  CHECK(large.error().reason == Reason::too_large);
}
