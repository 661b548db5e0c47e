// What people write into the cells of a table of leads, as values; nothing where it cannot be read for sure.
// Part of domain/lead_rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consent.h"
#include "domain/lead.h"

namespace ringdown {

std::optional<bool> read_yes_no(std::string_view);
std::optional<double> read_decimal(std::string_view);   // 0.5 or 0,5
std::optional<double> read_interest(std::string_view);  // 0 to 1, a percentage, yes or no
std::optional<LeadStatus> read_status(std::string_view);
std::optional<Tier> read_tier(std::string_view);
std::optional<ConsentScope> read_scope(std::string_view);
std::optional<std::string> read_country(std::string_view);  // two letters, or a common name

// RFC 3339; a date or date and time alone, in UTC; 3/25/2024 where only one order makes sense; 25.3.2024.
std::optional<Time> read_moment(std::string_view);

// Lists in a cell: divided by ; or |, which a backslash makes part of an item.
std::vector<std::string_view> list_items(std::string_view cell);  // trimmed, escapes and all; no blank ones
std::string unescaped(std::string_view item);
void append_item(std::string& cell, std::string_view item);  // escaped, after a ; where there is one before

// An interest in a list: botox:0.8. Where there is no colon, all of it is the service.
struct InterestItem {
  std::string service;
  std::string_view value;
};
InterestItem read_interest_item(std::string_view item);

// Counting bytes first spares most texts the counting of characters.
bool is_longer(std::string_view text, std::size_t length_max);
std::string shown_cell(std::string_view);  // " 'abc'" for a note; nothing where it is long

}  // namespace ringdown
