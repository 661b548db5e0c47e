#include "domain/settings.h"

#include <algorithm>

#include "base/timezone.h"
#include "domain/phone.h"

namespace ringdown {
namespace {

constexpr const JsonShape& shape = JsonShapeOf<Settings>::shape;

const JsonMember* member_called(std::string_view key) {
  const auto found = std::ranges::find(shape.members, key, &JsonMember::name);
  return found == shape.members.end() ? nullptr : &*found;
}

Json written(const JsonMember& member, const Settings& settings) {
  Json value;
  JsonWriter out(value.text);
  member.write(out, &settings);
  return value;
}

}  // namespace

Settings settings_of(const std::vector<SettingValue>& stored) {
  Settings settings;
  for (const SettingValue& one : stored) {
    const JsonMember* member = member_called(one.key);
    if (member == nullptr) continue;

    const auto tree = parse_json(one.value.text);
    JsonReader in;
    if (!tree || !member->read(in, tree->root(), *member->rule, &settings)) {
      throw Breakage(Reason::internal,
                     "setting " + one.key + " is stored with a value that this version refuses; set it anew");
    }
  }
  return settings;
}

bool JsonCodec<ZoneName>::read(JsonReader& in, JsonNode node, ZoneName& into) {
  std::string_view text;
  if (!in.text(node, text)) return false;
  if (!is_timezone(text))
    return in.refuse("'" + excerpt(text) + "' is no time zone; use one such as America/Chicago");

  into.text = text;
  return true;
}

bool JsonCodec<RegionCode>::read(JsonReader& in, JsonNode node, RegionCode& into) {
  std::string_view text;
  if (!in.text(node, text)) return false;
  if (!is_region(text))
    return in.refuse("'" + excerpt(text) + "' is no country; use its two capital letters, such as US");

  into.text = text;
  return true;
}

// Read as Settings first, which judges every value and knows the closest name of an unknown one.
bool JsonCodec<SettingsChange>::read(JsonReader& in, JsonNode node, SettingsChange& into) {
  Settings judged;
  if (!JsonCodec<Settings>::read(in, node, judged)) return false;

  into.given.clear();
  for (const JsonNode field : node) {
    const JsonMember& member = *member_called(field.key());
    into.given.push_back({std::string(member.name), written(member, judged)});
  }
  if (into.given.empty()) return in.refuse("name at least one setting");
  return true;
}

}  // namespace ringdown
