#include "domain/place_names.h"

#include <array>
#include <cstdint>
#include <utility>

namespace ringdown {
namespace {

// What each letter is without its marks: À to ß (and, but for ÿ, à to ÿ), Ā to ſ.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo ouuuuyts";
constexpr std::string_view latin_extended =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssss"
    "ttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_1.size() == 0x20 && latin_extended.size() == 0x80);

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> short_words = {
    {{"saint", "st"}, {"fort", "ft"}, {"mount", "mt"}}};

// One letter of two bytes, as letters without marks; nothing for a mark that stands by itself.
std::string plain_letters(std::uint32_t code, std::string_view as_it_is) {
  switch (code) {
    case 0xc6:
    case 0xe6: return "ae";
    case 0xdf: return "ss";
    case 0xde:
    case 0xfe: return "th";
    case 0x152:
    case 0x153: return "oe";
    case 0xff: return "y";
    case 0x218:
    case 0x219: return "s";
    case 0x21a:
    case 0x21b: return "t";
    default: break;
  }
  if (code < 0xc0) return " ";
  if (code < 0x100) return std::string(1, latin_1[(code - 0xc0) % 0x20]);
  if (code < 0x180) return std::string(1, latin_extended[code - 0x100]);
  if (code >= 0x300 && code < 0x370) return "";
  return std::string(as_it_is);
}

class Folding {
 public:
  std::string run(std::string_view name) {
    std::size_t at = 0;
    while (at < name.size()) at += take(name.substr(at));
    end_word();
    return std::move(folded_);
  }

 private:
  // How many bytes it took.
  std::size_t take(std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first < 0x80) {
      take_ascii(rest[0]);
      return 1;
    }
    const auto second = rest.size() > 1 ? static_cast<unsigned char>(rest[1]) : 0u;
    if ((first & 0xe0) == 0xc0 && (second & 0xc0) == 0x80) {
      take_letters(plain_letters((first & 0x1fu) << 6 | (second & 0x3fu), rest.substr(0, 2)));
      return 2;
    }
    if (rest.starts_with("\u2019")) return 3;  // the apostrophe of typesetters
    word_ += rest[0];
    return 1;
  }

  void take_ascii(char c) {
    if (c == '.' || c == '\'') return;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (stays)
      word_ += c;
    else
      end_word();
  }

  void take_letters(const std::string& letters) {
    if (letters == " ")
      end_word();
    else
      word_ += letters;
  }

  void end_word() {
    if (word_.empty()) return;
    for (const auto& [long_word, short_word] : short_words) {
      if (word_ == long_word) word_ = short_word;
    }
    if (!folded_.empty()) folded_ += ' ';
    folded_ += word_;
    word_.clear();
  }

  std::string folded_;
  std::string word_;
};

}  // namespace

std::string folded_name(std::string_view name) {
  return Folding().run(name);
}

}  // namespace ringdown
