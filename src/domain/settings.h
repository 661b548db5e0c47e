// What a workspace may set for itself. The struct and its rules are the one table: the API's reader, its
// description and the store all follow from them, so a new setting is one member and one line of rules.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace ringdown {

struct ZoneName {
  std::string text;

  bool operator==(const ZoneName&) const = default;
};

struct RegionCode {
  std::string text;

  bool operator==(const RegionCode&) const = default;
};

struct Settings {
  std::string company_name;
  ZoneName timezone{"UTC"};
  RegionCode default_region{"US"};
  bool recording_enabled = false;
  int recordings_kept_days = 90;
  bool recordings_leave_carrier = false;
  int call_gap_minutes = 60;
  int calls_a_day = 3;
  std::vector<std::string> allowed_countries;
  bool dnc_scrub = false;
  std::optional<Time> dnc_scrubbed_at;

  bool operator==(const Settings&) const = default;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (company_name, timezone, default_region, recording_enabled, recordings_kept_days, recordings_leave_carrier, call_gap_minutes, calls_a_day,
                       allowed_countries, dnc_scrub, dnc_scrubbed_at))

template <>
inline constexpr auto json_rules<Settings> = rules_of<Settings>(
    field(&Settings::company_name, length(0, 120), may_be_missing,
          says("for whom calls are made, as it is said aloud")),
    field(&Settings::timezone, may_be_missing,
          says("the zone of the workspace's own clock, such as America/Chicago")),
    field(&Settings::default_region, may_be_missing,
          says("the country, in two letters, in which numbers without a country code are at home")),
    field(&Settings::recording_enabled, may_be_missing,
          says("whether calls are recorded, from when the notice of it was heard")),
    field(&Settings::recordings_kept_days, range(1, 3650), may_be_missing,
          says("then a recording is deleted, here and at the carrier")),
    field(&Settings::recordings_leave_carrier, may_be_missing,
          says("whether the carrier deletes a recording as soon as it is kept here")),
    field(&Settings::call_gap_minutes, range(0, 10080), may_be_missing,
          says("between two calls to one number, whoever makes them")),
    field(&Settings::calls_a_day, range(1, 24), may_be_missing, says("to one number within 24 hours")),
    field(&Settings::allowed_countries, length(0, 250), each(length(2, 2)), may_be_missing,
          says("in two letters; none: those of the rule packs")),
    field(&Settings::dnc_scrub, may_be_missing,
          says("whether numbers are held against a do-not-call register before they are called")),
    field(&Settings::dnc_scrubbed_at, says("when they last were")));

// One setting as it is stored: its value is JSON.
struct SettingValue {
  std::string key;
  Json value;

  bool operator==(const SettingValue&) const = default;
};
BOOST_DESCRIBE_STRUCT(SettingValue, (), (key, value))

// What somebody wants to set: any of the members of Settings, at least one, each judged by its rules.
struct SettingsChange {
  std::vector<SettingValue> given;
};

// The defaults with what is stored over them; a key that this version does not know is passed over, since a
// newer one may run beside it. Throws Breakage where a stored value breaks its rules, so that nothing goes on
// with a guess.
Settings settings_of(const std::vector<SettingValue>& stored);

template <>
struct JsonCodec<ZoneName> {
  static bool read(JsonReader&, JsonNode, ZoneName& into);
  static void write(JsonWriter& out, const ZoneName& zone) { out.text(zone.text); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_text_schema(out, place);
  }
};

template <>
struct JsonCodec<RegionCode> {
  static bool read(JsonReader&, JsonNode, RegionCode& into);
  static void write(JsonWriter& out, const RegionCode& region) { out.text(region.text); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_text_schema(out, place);
  }
};

template <>
struct JsonCodec<SettingsChange> {
  static bool read(JsonReader&, JsonNode, SettingsChange& into);
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    JsonCodec<Settings>::schema(sink, out, place);
  }
};

}  // namespace ringdown
