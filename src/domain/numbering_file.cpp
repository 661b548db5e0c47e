#include "domain/numbering_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ringdown {
namespace {

bool is_digits(std::string_view text, std::size_t size_min, std::size_t size_max) {
  return text.size() >= size_min && text.size() <= size_max &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_country(std::string_view text) {
  return text == "001" ||
         (text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; }));
}

}  // namespace

Result<Numbering> NumberingFile::read() {
  const TomlNode& root = reader_.root();
  made_.as_of_ = reader_.date(root, "as_of");
  for (const TomlNode& entry : reader_.tables(root, "short_numbers")) read_short_numbers(entry);
  for (const TomlNode& entry : reader_.tables(root, "ranges")) read_ranges(entry);
  for (const TomlNode& entry : reader_.tables(root, "area_codes")) read_area_codes(entry);
  read_calling_codes(reader_.table(root, "calling_codes"));
  reader_.refuse_unknown(root, {"as_of", "short_numbers", "ranges", "area_codes", "calling_codes"});

  if (auto sound = reader_.verdict(); !sound) return std::unexpected(sound.error());
  return std::move(made_);
}

void NumberingFile::read_short_numbers(const TomlNode& entry) {
  reader_.refuse_unknown(entry, {"kind", "numbers", "source"});
  need_source(entry);
  const auto kind = kind_of(entry);
  for (const TomlNode* number : texts_of(entry, "numbers")) {
    if (!is_digits(number->text, 2, 6))
      reader_.complain(*number, "must be two to six digits");
    else if (kind && !made_.short_numbers_.emplace(number->text, *kind).second)
      reader_.complain(*number, "must be given once");
  }
}

void NumberingFile::read_ranges(const TomlNode& entry) {
  reader_.refuse_unknown(entry, {"kind", "numbers", "source"});
  need_source(entry);
  const auto kind = kind_of(entry);
  for (const TomlNode* number : texts_of(entry, "numbers")) {
    const auto range = NumberRange::parse(number->text);
    if (!range)
      reader_.complain(*number, "must be a range like \"+1NXX976XXXX\" or \"+1900*\"");
    else if (kind)
      made_.ranges_.add(*range, *kind);
  }
}

void NumberingFile::read_area_codes(const TomlNode& entry) {
  reader_.refuse_unknown(entry, {"region", "codes", "source"});
  need_source(entry);
  const std::string region(reader_.text(entry, "region"));
  if (const TomlNode* value = entry.find("region")) need_region(*value);
  for (const TomlNode* code : texts_of(entry, "codes")) {
    if (!is_digits(code->text, 3, 3))
      reader_.complain(*code, "must be three digits");
    else if (!made_.area_codes_.emplace(code->text, region).second)
      reader_.complain(*code, "must be given once");
  }
}

void NumberingFile::read_calling_codes(const TomlNode& table) {
  for (const TomlNode& code : table.items) {
    if (!is_digits(code.key, 1, 3)) reader_.complain(code, "must have a key of one to three digits");
    need_region(code);
    made_.calling_codes_.emplace(code.key, code.text);
  }
  if (table.line != 0 && !table.find("1")) reader_.complain(table, "must have the code 1");
}

std::optional<NumberKind> NumberingFile::kind_of(const TomlNode& entry) {
  const std::string_view text = reader_.text(entry, "kind");
  const auto kind = parse_enum<NumberKind>(text);
  const TomlNode* value = entry.find("kind");
  if (!kind && value && value->kind == TomlKind::text)
    reader_.complain(*value, fmt::format("must be one of {}", fmt::join(words_of<NumberKind>(), ", ")));
  return kind;
}

// A list of texts, each with its line.
NumberingFile::Nodes NumberingFile::texts_of(const TomlNode& entry, std::string_view key) {
  Nodes nodes;
  reader_.texts(entry, key);  // for its complaints
  const TomlNode* list = entry.find(key);
  if (!list || list->kind != TomlKind::list) return nodes;

  for (const TomlNode& item : list->items) {
    if (item.kind == TomlKind::text) nodes.push_back(&item);
  }
  return nodes;
}

void NumberingFile::need_source(const TomlNode& entry) {
  const TomlNode* value = entry.find("source");
  if (reader_.text(entry, "source").empty() && value && value->kind == TomlKind::text)
    reader_.complain(*value, "must say in plain words where it comes from");
}

void NumberingFile::need_region(const TomlNode& value) {
  if (value.kind != TomlKind::text || !is_country(value.text))
    reader_.complain(value, "must be a country like \"US\", or \"001\" for the world");
}

}  // namespace ringdown
