#include "sandbox/xml.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace ringdown::sandbox {
namespace {

constexpr int depth_max = 16;
constexpr std::string_view blanks = " \t\r\n";

struct Broken {
  std::string why;
};

void append_code_point(std::string& text, std::uint32_t code) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xe0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_xml_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == ':' || c == '.';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Element document() {
    skip("\xef\xbb\xbf");
    skip_prolog();
    if (!skip("<")) throw Broken{"there is no element"};
    Element root = element(0);
    skip_prolog();
    if (!rest_.empty()) throw Broken{"something follows the root"};
    return root;
  }

 private:
  bool skip(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size())); }

  std::string_view until(std::string_view end) {
    const auto at = rest_.find(end);
    if (at == rest_.npos) throw Broken{"the text ends before " + std::string(end)};
    const std::string_view before = rest_.substr(0, at);
    rest_.remove_prefix(at + end.size());
    return before;
  }

  void skip_prolog() {
    for (skip_blanks();; skip_blanks()) {
      if (skip("<?")) {
        until("?>");
      } else if (skip("<!--")) {
        until("-->");
      } else {
        return;
      }
    }
  }

  std::string name() {
    const auto end = std::ranges::find_if_not(rest_, is_name_character);
    const std::string text(rest_.begin(), end);
    if (text.empty() || (text.front() >= '0' && text.front() <= '9')) throw Broken{"a name is missing"};
    rest_.remove_prefix(text.size());
    return text;
  }

  // After the opening bracket.
  Element element(int depth) {
    if (depth > depth_max) throw Broken{"elements lie too deep"};
    Element made{.name = name()};
    attributes(made);
    if (skip("/>")) return made;
    if (!skip(">")) throw Broken{"a tag does not end"};
    content(made, depth);
    return made;
  }

  void attributes(Element& made) {
    for (skip_blanks(); !rest_.empty() && rest_.front() != '>' && rest_.front() != '/'; skip_blanks()) {
      std::string key = name();
      skip_blanks();
      if (!skip("=")) throw Broken{"an attribute has no value"};
      skip_blanks();
      if (!rest_.starts_with('"') && !rest_.starts_with('\'')) throw Broken{"a value has no quotes"};
      const std::string quote(1, rest_.front());
      rest_.remove_prefix(1);
      if (made.attribute(key)) throw Broken{"an attribute comes twice"};
      made.attributes.emplace_back(std::move(key), plain(until(quote)));
    }
  }

  void content(Element& made, int depth) {
    while (!skip("</")) {
      if (rest_.empty()) throw Broken{"an element does not end"};
      if (skip("<!--")) {
        until("-->");
      } else if (skip("<![CDATA[")) {
        made.text += checked(until("]]>"));
      } else if (skip("<")) {
        made.children.push_back(element(depth + 1));
      } else {
        const auto size = std::min(rest_.find('<'), rest_.size());
        made.text += plain(rest_.substr(0, size));
        rest_.remove_prefix(size);
      }
    }
    if (name() != made.name) throw Broken{"an element ends under another name"};
    skip_blanks();
    if (!skip(">")) throw Broken{"a tag does not end"};
  }

  // References resolved.
  static std::string plain(std::string_view raw) {
    std::string text;
    while (!raw.empty()) {
      const auto size = std::min(raw.find('&'), raw.size());
      text += checked(raw.substr(0, size));
      raw.remove_prefix(size);
      if (raw.empty()) break;
      const auto end = raw.find(';');
      if (end == raw.npos) throw Broken{"a reference does not end"};
      append_code_point(text, referred(raw.substr(1, end - 1)));
      raw.remove_prefix(end + 1);
    }
    return text;
  }

  static std::uint32_t referred(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, char>, 5> known = {
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto& [name, character] : known) {
      if (word == name) return static_cast<unsigned char>(character);
    }
    const bool hexadecimal = word.starts_with("#x");
    if (!word.starts_with('#')) throw Broken{"an unknown reference"};
    word.remove_prefix(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(word.data(), word.data() + word.size(), code, hexadecimal ? 16 : 10);
    const bool whole = error == std::errc{} && end == word.data() + word.size();
    if (!whole || !is_xml_character(code)) throw Broken{"a reference to no character"};
    return code;
  }

  static std::string_view checked(std::string_view raw) {
    if (!is_clean_utf8(raw)) throw Broken{"this is not UTF-8"};
    const auto forbidden = [](char c) { return static_cast<unsigned char>(c) < 0x20 && !blanks.contains(c); };
    if (std::ranges::any_of(raw, forbidden) || raw.contains("\xef\xbf\xbe") || raw.contains("\xef\xbf\xbf")) {
      throw Broken{"a character that XML does not have"};
    }
    return raw;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::string_view> Element::attribute(std::string_view key) const {
  for (const auto& [known, value] : attributes) {
    if (known == key) return value;
  }
  return std::nullopt;
}

std::expected<Element, std::string> read_xml(std::string_view text) try {
  return Reader(text).document();
} catch (const Broken& broken) {
  return std::unexpected(broken.why);
}

}  // namespace ringdown::sandbox
