// What a file gives away in its first piece; part of base/csv.
#pragma once

#include <string>
#include <string_view>

#include "base/csv.h"

namespace ringdown {

// Why these bytes are no table, by the marks that other kinds of file begin with; empty when they may be one.
std::string no_table_because(std::string_view first_piece);

char to_char(Delimiter);

// The one that divides the first row, and the rows after it most alike; a comma where none does.
Delimiter guess_delimiter(std::string_view decoded);

}  // namespace ringdown
