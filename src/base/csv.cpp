#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/csv_sniff.h"
#include "base/text.h"

namespace ringdown {
namespace {

bool is_line_break(char c) {
  return c == '\n' || c == '\r';
}

std::int64_t line_breaks_in(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool first_of_two = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    count += is_line_break(text[i]) && !first_of_two;
  }
  return count;
}

std::size_t find_line_break(std::string_view text, std::size_t from) {
  const std::size_t feed = text.find('\n', from);
  const std::size_t carriage = text.substr(0, feed).find('\r', from);
  return std::min(feed, carriage);
}

bool is_ascii(std::string_view text) {
  std::uint64_t all = 0, eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    all |= eight;
  }
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return (all & 0x8080'8080'8080'8080) == 0;
}

}  // namespace

CsvReader::CsvReader(CsvLimits limits)
    : limits_(limits), decoder_(Charset::utf_8), marks_(','), delimiter_(',') {}

CsvReader::CsvReader(const CsvPosition& position, CsvLimits limits)
    : limits_(limits),
      given_(position),
      at_(position),
      source_end_(position.byte),
      begun_(true),
      decoder_(position.charset),
      marks_(to_char(position.delimiter)),
      delimiter_(to_char(position.delimiter)) {}

Result<void> CsvReader::push(std::string_view bytes) {
  source_end_ += static_cast<std::int64_t>(bytes.size());
  if (begun_) {
    take(bytes);
    return {};
  }

  // The guess rests on exactly this many bytes, however the file is cut into pieces.
  const std::size_t missing = charset_piece_bytes - first_piece_.size();
  first_piece_ += bytes.substr(0, missing);
  if (bytes.size() < missing) return {};

  if (auto begun = begin(false); !begun) return begun;
  take(bytes.substr(missing));
  return {};
}

Result<void> CsvReader::finish() {
  if (!begun_) {
    if (auto begun = begin(true); !begun) return begun;
  }
  make_room();
  decoder_.finish(text_);
  finished_ = true;
  return {};
}

Result<void> CsvReader::begin(bool is_whole_file) {
  if (std::string because = no_table_because(first_piece_); !because.empty()) {
    return fail(Reason::invalid, std::move(because), "file");
  }

  const CharsetGuess guess = guess_charset(first_piece_, is_whole_file);
  decoder_ = CharsetDecoder(guess.charset);
  decoder_.decode(std::string_view(first_piece_).substr(guess.mark_bytes), text_);
  if (is_whole_file && trimmed(text_).empty()) {
    return fail(Reason::invalid,
                "the file is empty; it needs a line that names the columns, and a line per row", "file");
  }

  given_ = {guess.charset, guess_delimiter(text_), static_cast<std::int64_t>(guess.mark_bytes), 1};
  at_ = given_;
  delimiter_ = to_char(given_.delimiter);
  marks_ = CsvMarks(delimiter_);
  begun_ = true;
  first_piece_ = {};
  return {};
}

void CsvReader::take(std::string_view bytes) {
  make_room();
  decoder_.decode(bytes, text_);
}

// Drops the text of rows that are done.
void CsvReader::make_room() {
  marks_.forget();
  if (row_begin_ == 0) return;

  const std::size_t done = row_begin_;
  text_.erase(0, done);
  row_begin_ = 0;
  cell_begin_ -= done;
  scanned_ -= done;
  quote_ -= done;
  skim_from_ -= done;
  for (Cell& cell : found_) {
    cell.begin -= done;
    cell.end -= done;
  }
}

const CsvRow* CsvReader::next() {
  if (!begun_) return nullptr;

  while (true) {
    if (skimming_) return skim() ? give_problem() : nullptr;
    switch (scan()) {
      case Step::row: return give_cells();
      case Step::more_needed: return nullptr;
      case Step::blank:
      case Step::broken: break;
    }
  }
}

void CsvReader::begin_row(std::size_t at) {
  row_begin_ = cell_begin_ = scanned_ = at;
  in_ = In::plain;
  doubled_ = has_nul_ = has_line_break_ = false;
  found_.clear();
}

// Cells without quotes, as far as they go: most of most files, so the loop keeps everything in registers.
void CsvReader::take_plain_cells() {
  CsvMarks marks = marks_;
  const std::string_view text = text_;
  const std::size_t bound = std::min(text.size(), row_begin_ + limits_.row_bytes_max);
  std::size_t begin = cell_begin_;
  while (found_.size() < limits_.columns_max) {
    const std::size_t at = marks.next(text, begin);
    if (at >= bound || text[at] != delimiter_ || at - begin > limits_.cell_bytes_max) break;
    found_.push_back({begin, at, false, false});
    begin = at + 1;
  }
  marks_ = marks;
  cell_begin_ = scanned_ = begin;
}

bool CsvReader::is_beyond_bounds(std::size_t at) const {
  return at - cell_begin_ > limits_.cell_bytes_max || at - row_begin_ > limits_.row_bytes_max;
}

CsvReader::Step CsvReader::scan() {
  while (true) {
    if (scanned_ == cell_begin_) take_plain_cells();
    const std::size_t at = marks_.next(text_, scanned_);
    const std::size_t reached = in_ == In::after_quote ? quote_ + 1 : at;
    if (is_beyond_bounds(reached)) return broken_bound(reached);
    if (at > reached) {
      return broken("text follows a closing quote; write a quote inside a cell twice", cell_begin_);
    }
    if (at == text_.size()) return at_end(at);

    const char mark = text_[at];
    if (mark == delimiter_ && in_ != In::quoted) {
      if (!end_cell(at)) return broken_bound(at);
      scanned_ = cell_begin_ = at + 1;
    } else if (is_line_break(mark) && in_ != In::quoted) {
      if (awaits_line_feed(at)) {
        scanned_ = at;
        return Step::more_needed;
      }
      return end_row(at, behind_line_break(at));
    } else if (!take_mark(at)) {
      return broken("a NUL follows a closing quote; is this a text file?", cell_begin_);
    }
  }
}

// A mark that ends nothing.
bool CsvReader::take_mark(std::size_t at) {
  scanned_ = at + 1;
  if (text_[at] == '\0') {
    has_nul_ = true;
    return in_ != In::after_quote;
  }
  if (is_line_break(text_[at])) has_line_break_ = true;
  if (text_[at] != '"') return true;

  if (in_ == In::after_quote) {
    doubled_ = true;
    in_ = In::quoted;
  } else if (in_ == In::quoted) {
    quote_ = at;
    in_ = In::after_quote;
  } else if (at == cell_begin_) {
    in_ = In::quoted;
  }
  return true;
}

CsvReader::Step CsvReader::at_end(std::size_t at) {
  scanned_ = at;
  if (!finished_) return Step::more_needed;
  if (in_ == In::quoted) {
    return broken("a quoted cell is not closed before the file ends; add the missing quote", cell_begin_);
  }
  if (at > row_begin_) return end_row(at, at);

  given_ = at_;
  return Step::more_needed;
}

bool CsvReader::end_cell(std::size_t at) {
  if (found_.size() == limits_.columns_max) return false;

  found_.push_back({cell_begin_, at, in_ == In::after_quote, doubled_});
  in_ = In::plain;
  doubled_ = false;
  return true;
}

CsvReader::Step CsvReader::end_row(std::size_t at, std::size_t behind) {
  if (!end_cell(at)) return broken_bound(at);

  scanned_ = behind;
  if (at > row_begin_) return Step::row;

  pass(behind);
  begin_row(behind);
  return Step::blank;
}

// Of several bounds the one that comes first in the text counts, so that pieces of another size give the
// same rows. Reading goes on behind the line break that follows the broken cell's beginning: each part of
// the file is read twice at most.
CsvReader::Step CsvReader::broken_bound(std::size_t at) {
  const std::size_t cell_limit = cell_begin_ + limits_.cell_bytes_max;
  const std::size_t row_limit = row_begin_ + limits_.row_bytes_max;
  if (!is_beyond_bounds(at)) {
    return broken(fmt::format("more than {} columns; is it the right delimiter?", limits_.columns_max), at);
  }
  if (cell_limit <= row_limit) {
    const std::string_view what = in_ == In::plain ? "a cell is" : "a quoted cell is not closed, or is";
    return broken(fmt::format("{} longer than {} bytes", what, limits_.cell_bytes_max), cell_begin_);
  }
  return broken(fmt::format("the row is longer than {} bytes", limits_.row_bytes_max), cell_begin_);
}

CsvReader::Step CsvReader::broken(std::string problem, std::size_t skim_from) {
  row_ = CsvRow{.line = at_.line, .problem = std::move(problem)};
  skimming_ = true;
  skim_from_ = skim_from;
  return Step::broken;
}

// To the end of a broken row, holding nothing of it. False where that needs more bytes.
bool CsvReader::skim() {
  const std::size_t at = find_line_break(text_, skim_from_);
  if (at == std::string::npos && !finished_) {
    pass(text_.size());
    begin_row(text_.size());
    skim_from_ = text_.size();
    return false;
  }
  if (at != std::string::npos && awaits_line_feed(at)) {
    skim_from_ = at;
    return false;
  }

  const std::size_t behind = at == std::string::npos ? text_.size() : behind_line_break(at);
  pass(behind);
  begin_row(behind);
  skimming_ = false;
  return true;
}

// Is it half of a CR LF, perhaps?
bool CsvReader::awaits_line_feed(std::size_t at) const {
  return text_[at] == '\r' && at + 1 == text_.size() && !finished_;
}

std::size_t CsvReader::behind_line_break(std::size_t at) const {
  return at + (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n' ? 2 : 1);
}

void CsvReader::pass(std::size_t end) {
  const std::string_view passed = std::string_view(text_).substr(row_begin_, end - row_begin_);
  at_.byte = std::min(at_.byte + source_bytes(at_.charset, passed), source_end_);
  const bool is_one_line = !skimming_ && !has_line_break_;
  at_.line += is_one_line ? is_line_break(passed.back()) : line_breaks_in(passed);
  row_begin_ = end;
}

const CsvRow* CsvReader::give_problem() {
  given_ = at_;
  return &row_;
}

const CsvRow* CsvReader::give_cells() {
  const std::size_t behind = scanned_;
  const bool ascii = is_ascii(std::string_view(text_).substr(row_begin_, behind - row_begin_));
  row_.line = at_.line;
  row_.problem.clear();
  row_.mended = false;
  pass(behind);
  given_ = at_;

  cells_.clear();
  if (has_nul_) {
    row_.problem = "a NUL byte in the row; is this a text file?";
  } else {
    for (const Cell& cell : found_) cells_.push_back(contents(cell));
    if (!ascii && at_.charset == Charset::utf_8) mend();
  }
  row_.cells = cells_;
  begin_row(behind);
  return &row_;
}

std::string_view CsvReader::contents(const Cell& cell) {
  const std::string_view whole = std::string_view(text_).substr(cell.begin, cell.end - cell.begin);
  if (!cell.quoted) return whole;

  const std::string_view inside = whole.substr(1, whole.size() - 2);
  if (!cell.doubled) return inside;

  char* const begin = text_.data() + cell.begin + 1;
  char* to = begin;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    *to++ = inside[i];
    if (inside[i] == '"') ++i;
  }
  return {begin, to};
}

void CsvReader::mend() {
  mended_.clear();
  mended_.reserve(cells_.size());  // the cells look into it
  for (std::string_view& cell : cells_) {
    if (is_clean_utf8(cell)) continue;
    cell = mended_.emplace_back(mended_utf8(cell));
    row_.mended = true;
  }
}

}  // namespace ringdown
