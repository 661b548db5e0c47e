// How single values of the configuration are read: the value, or what is wrong with it as the end of a
// sentence that begins with the value ("is no …; use …").
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "app/config.h"

namespace ringdown {

template <class T>
using Read = std::expected<T, std::string>;

Read<std::string> read_text(std::string_view);
Read<bool> read_yes_no(std::string_view);
Read<log::Level> read_log_level(std::string_view);
Read<int> read_store_threads(std::string_view);
Read<double> read_speed(std::string_view);
Read<int> read_creation_delay(std::string_view);
Read<Time> read_moment(std::string_view);  // 2026-11-28T10:00:00Z
Read<Endpoint> read_endpoint(std::string_view);
Read<std::string> read_network(std::string_view);  // 10.0.0.0/8 or one address
Read<std::string> read_web_origin(
    std::string_view);                             // https://dial.example.com, a slash at the end is dropped
Read<std::string> read_url(std::string_view);      // kept to the letter: an issuer is compared as it is
Read<Secret> read_token(std::string_view);         // refuses samples and what is short
Read<Secret> read_database_url(std::string_view);  // refuses a sample as password
Read<std::string> read_account_sid(std::string_view);  // AC and 32 hex digits
Read<std::string> read_caller_id(std::string_view);    // a number in E.164

// Is it one of the words that samples and tutorials put where a secret belongs?
bool is_sample(std::string_view secret);

// `text` without the credentials a URL may carry, for messages.
std::string without_credentials(std::string_view text);

bool is_loopback(const Endpoint&);

}  // namespace ringdown
