#include "base/json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace ringdown {
namespace {

bool has_other_name(const JsonMember& member, std::string_view name) {
  const auto is_among = [name](const auto& names) {
    return std::ranges::any_of(names,
                               [name](std::string_view other) { return !other.empty() && other == name; });
  };
  return is_among(member.rule->also) || is_among(member.rule->accepting);
}

}  // namespace

bool goes_by(const JsonMember& member, std::string_view name) {
  return member.name == name || has_other_name(member, name);
}

namespace {

// Fields mostly come in the order of the members, so the search starts at `hint`.
std::size_t member_called(const JsonShape& shape, std::string_view name, std::size_t hint) {
  const std::size_t count = shape.members.size();
  for (std::size_t step = 0, index = hint; step < count; ++step, ++index) {
    if (index >= count) index = 0;
    if (shape.members[index].name == name) return index;
  }
  const auto other = std::ranges::find_if(
      shape.members, [name](const JsonMember& member) { return has_other_name(member, name); });
  return static_cast<std::size_t>(other - shape.members.begin());
}

bool refuse_unknown(JsonReader& in, const JsonShape& shape, std::string_view name) {
  std::vector<std::string_view> names;
  for (const JsonMember& member : shape.members) names.push_back(member.name);

  if (const auto meant = closest(excerpt(name), names)) {
    in.refuse(fmt::format("unknown field; did you mean {}?", *meant));
  } else {
    in.refuse(fmt::format("unknown field; known are {}", fmt::join(names, ", ")));
  }
  return in.inside(name);
}

// An answer of ours carries a member under all its names, so a client may send them all back, but not with
// two minds.
bool is_same_as_before(JsonReader& in, JsonNode object, const JsonMember& member, JsonNode field) {
  for (JsonNode earlier : object) {
    if (!goes_by(member, earlier.key())) continue;
    if (to_json(earlier) == to_json(field)) return true;

    in.refuse(fmt::format("given twice with different values, also as {}; keep one", earlier.key()));
    return in.inside(field.key());
  }
  return true;
}

bool all_required_given(JsonReader& in, const JsonShape& shape, std::uint64_t given) {
  for (std::size_t i = 0; i < shape.members.size(); ++i) {
    const JsonMember& member = shape.members[i];
    if (!member.required || (given >> i & 1) != 0) continue;
    in.refuse("required, but missing");
    return in.inside(member.name);
  }
  return true;
}

}  // namespace

bool read_members(JsonReader& in, JsonNode node, const JsonShape& shape, void* object, std::uint64_t& given) {
  if (!in.is(node, JsonKind::object)) return false;

  given = 0;
  std::size_t expected = 0;
  for (JsonNode field : node) {
    const std::size_t index = member_called(shape, field.key(), expected);
    if (index == shape.members.size()) {
      if (in.ignores_unknown()) continue;
      return refuse_unknown(in, shape, field.key());
    }
    expected = index + 1;
    const JsonMember& member = shape.members[index];
    if ((given >> index & 1) != 0) {
      if (!is_same_as_before(in, node, member, field)) return false;
      continue;
    }
    given |= std::uint64_t{1} << index;
    if (!member.read(in, field, *member.rule, object)) return in.inside(field.key());
  }
  return true;
}

bool read_object(JsonReader& in, JsonNode node, const JsonShape& shape, void* object) {
  std::uint64_t given = 0;
  return read_members(in, node, shape, object, given) && all_required_given(in, shape, given);
}

void write_object(JsonWriter& out, const JsonShape& shape, const void* object) {
  out.begin_object();
  for (const JsonMember& member : shape.members) {
    if (!shape.rule->writes_nulls && member.is_empty(object)) continue;

    out.key(member.name);
    member.write(out, object);
    for (std::string_view name : member.rule->also) {
      if (name.empty()) break;
      out.key(name);
      member.write(out, object);
    }
  }
  out.end_object();
}

namespace {

std::vector<std::string_view> names_of(const JsonMember& member) {
  std::vector<std::string_view> names{member.name};
  for (const auto& others : {member.rule->also, member.rule->accepting}) {
    std::ranges::copy_if(others, std::back_inserter(names),
                         [](std::string_view name) { return !name.empty(); });
  }
  return names;
}

void write_names(JsonWriter& out, std::span<const std::string_view> names) {
  out.begin_list();
  for (std::string_view name : names) out.text(name);
  out.end_list();
}

void write_properties(SchemaSink& sink, JsonWriter& out, const JsonShape& shape) {
  out.key("properties");
  out.begin_object();
  for (const JsonMember& member : shape.members) {
    for (std::string_view name : names_of(member)) {
      out.key(name);
      member.schema(sink, out, *member.rule);
    }
  }
  out.end_object();
}

void write_required(JsonWriter& out, const JsonShape& shape) {
  std::vector<std::string_view> required;
  for (const JsonMember& member : shape.members) {
    if (member.required && names_of(member).size() == 1) required.push_back(member.name);
  }
  if (required.empty()) return;
  out.key("required");
  write_names(out, required);
}

// A required member with several names must come under one of them at least.
void write_required_choices(JsonWriter& out, const JsonShape& shape) {
  const auto is_choice = [](const JsonMember& member) {
    return member.required && names_of(member).size() > 1;
  };
  if (std::ranges::none_of(shape.members, is_choice)) return;

  out.key("allOf");
  out.begin_list();
  for (const JsonMember& member : shape.members) {
    if (!is_choice(member)) continue;
    out.begin_object();
    out.key("anyOf");
    out.begin_list();
    for (std::string_view name : names_of(member)) {
      out.begin_object();
      out.key("required");
      write_names(out, std::array{name});
      out.end_object();
    }
    out.end_list();
    out.end_object();
  }
  out.end_list();
}

}  // namespace

void write_object_schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place, const JsonShape& shape,
                         Members wanted) {
  std::string name = shape.rule->name.empty() ? component_name(shape.type) : std::string(shape.rule->name);
  if (wanted == Members::any) name += "_patch";
  sink.refer(out, place, name, shape.type, [&](JsonWriter& inner) {
    begin_schema(inner, "object", {.rule = {}, .each = {}, .says = shape.rule->says});
    write_properties(sink, inner, shape);
    if (wanted == Members::all_required) {
      write_required(inner, shape);
      write_required_choices(inner, shape);
    }
    inner.key("additionalProperties");
    inner.boolean(false);
    inner.end_object();
  });
}

bool JsonCodec<Uuid>::read(JsonReader& in, JsonNode node, Uuid& into) {
  std::string_view text;
  if (!in.text(node, text)) return false;

  const auto uuid = parse_uuid(text);
  if (!uuid) return in.refuse("a UUID is expected");
  into = *uuid;
  return true;
}

bool JsonCodec<Time>::read(JsonReader& in, JsonNode node, Time& into) {
  std::string_view text;
  if (!in.text(node, text)) return false;

  const auto time = parse_time(text);
  if (!time) return in.refuse("a moment like 2026-11-20T10:00:00Z is expected");
  into = *time;
  return true;
}

bool refuse_word(JsonReader& in, std::string_view word, std::span<const std::string> words) {
  const std::vector<std::string_view> candidates(words.begin(), words.end());
  const std::string got = excerpt(word);
  const auto meant = closest(got, candidates);
  return in.refuse(fmt::format("one of {} is expected; got \"{}\"{}", fmt::join(words, ", "), got,
                               meant ? fmt::format("; did you mean {}?", *meant) : ""));
}

}  // namespace ringdown
