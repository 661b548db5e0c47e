// How personas are written in TOML, and everything that can be wrong with that.
#include <algorithm>

#include "base/toml.h"
#include "sandbox/personas.h"
#include "sandbox/sentences.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t personas_max = 200;
constexpr std::size_t id_size_max = 40;
constexpr std::size_t ending_size = 4;
constexpr std::size_t letters_max = 300;  // of anything said
constexpr std::size_t replies_max = 20;
constexpr double share_max = 1'000'000;
constexpr double ring_seconds_max = 600;
constexpr double patience_seconds_max = 4 * 3600;

bool is_id(std::string_view text) {
  const bool plain = std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  return plain && !text.empty() && text.size() <= id_size_max;
}

bool is_ending(std::string_view text) {
  return text.size() == ending_size && text.find_first_not_of("0123456789") == text.npos;
}

bool is_sayable(std::string_view text) {
  const bool has_letters = std::ranges::any_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  return has_letters && text.size() <= letters_max &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

Span seconds(double count) {
  return std::chrono::round<Span>(std::chrono::duration<double>(count));
}

class PersonasReading {
 public:
  PersonasReading(std::string_view toml, std::string file) : reader_(toml, std::move(file)) {}

  Result<std::vector<Persona>> run() {
    reader_.refuse_unknown(reader_.root(), {"personas"});
    for (const TomlNode& node : reader_.tables(reader_.root(), "personas")) take(node);
    judge_all();
    if (const auto verdict = reader_.verdict(); !verdict) return std::unexpected(verdict.error());
    return std::move(all_);
  }

 private:
  void take(const TomlNode& node) {
    reader_.refuse_unknown(node, {"id", "ending", "share", "line", "picks_up", "who", "voice", "greeting",
                                  "replies", "patience", "goodbye", "presses"});
    Persona one{.id = std::string(reader_.text(node, "id"))};
    if (node.find("ending")) one.ending = reader_.text(node, "ending");
    one.share = number(node, "share", 0, share_max);
    const auto line = word<LineKind>(node, "line");
    one.line = line.value_or(one.line);
    if (line == LineKind::answers) take_answerer(node, one);
    if (line && line != LineKind::answers) refuse_answerer(node);
    judge(node, one);
    all_.push_back(std::move(one));
  }

  void take_answerer(const TomlNode& node, Persona& one) {
    const TomlNode& picks_up = reader_.table(node, "picks_up");
    reader_.refuse_unknown(picks_up, {"from", "to"});
    one.picks_up_from = seconds(number(picks_up, "from", 0, ring_seconds_max));
    one.picks_up_to = seconds(number(picks_up, "to", 0, ring_seconds_max));
    if (picks_up.find("to") && one.picks_up_to < one.picks_up_from)
      reader_.complain(picks_up, "must not end before it begins");
    one.who = word<AnswererKind>(node, "who").value_or(one.who);
    one.voice = word<Voice>(node, "voice").value_or(one.voice);
    one.greeting = said(node, "greeting");
    if (node.find("replies")) one.replies = replies(node);
    if (node.find("patience")) one.patience = seconds(number(node, "patience", 1, patience_seconds_max));
    if (node.find("goodbye")) one.goodbye = said(node, "goodbye");
    if (node.find("presses")) one.presses = key_press(reader_.table(node, "presses"));
    judge_patience(node, one);
  }

  void judge_patience(const TomlNode& node, const Persona& one) {
    const TomlNode* goodbye = node.find("goodbye");
    if (goodbye && !one.patience)
      reader_.complain(*goodbye, "is said when patience ends; give patience, or take it out");
    const bool stops_itself =
        one.patience && one.who != AnswererKind::person && *one.patience < speaking_time(one.greeting);
    if (stops_itself) reader_.complain(*node.find("patience"), "must be longer than the greeting takes");
  }

  // The rest belongs to who answers.
  void refuse_answerer(const TomlNode& node) {
    for (const TomlNode& field : node.items) {
      const bool belongs =
          field.key == "id" || field.key == "ending" || field.key == "share" || field.key == "line";
      if (!belongs) reader_.complain(field, "belongs to a line that answers; take it out");
    }
  }

  std::vector<std::string> replies(const TomlNode& node) {
    const auto texts = reader_.texts(node, "replies");
    const TomlNode& list = *node.find("replies");
    if (list.items.size() > replies_max) reader_.complain(list, "must be 20 texts at most");
    for (const TomlNode& item : list.items) {
      if (item.kind == TomlKind::text) judge_said(item);
    }
    return {texts.begin(), texts.end()};
  }

  KeyPress key_press(const TomlNode& node) {
    reader_.refuse_unknown(node, {"key", "hearing"});
    KeyPress press{.hearing = std::string(reader_.text(node, "hearing"))};
    const TomlNode* hearing = node.find("hearing");
    if (hearing && hearing->kind == TomlKind::text) judge_said(*hearing);
    const std::string_view key = reader_.text(node, "key");
    const bool known = key.size() == 1 && std::string_view("0123456789*#").contains(key.front());
    if (known) {
      press.key = key.front();
    } else if (const TomlNode* given = node.find("key"); given && given->kind == TomlKind::text) {
      reader_.complain(*given, "must be one key of a telephone: 0 to 9, * or #");
    }
    return press;
  }

  std::string said(const TomlNode& node, std::string_view key) {
    const std::string_view text = reader_.text(node, key);
    const TomlNode* given = node.find(key);
    if (given && given->kind == TomlKind::text) judge_said(*given);
    return std::string(text);
  }

  void judge_said(const TomlNode& node) {
    if (!is_sayable(node.text))
      reader_.complain(node, "must be 1 to 300 plain letters that can be read out in English");
  }

  double number(const TomlNode& node, std::string_view key, double low, double high) {
    const double value = reader_.number(node, key);
    const TomlNode* given = node.find(key);
    const bool is_number = given && (given->kind == TomlKind::integer || given->kind == TomlKind::number);
    if (is_number && !(value >= low && value <= high)) {
      reader_.complain(*given, "must be from " + std::to_string(static_cast<int>(low)) + " to " +
                                   std::to_string(static_cast<int>(high)));
      return low;
    }
    return value;
  }

  template <class Word>
  std::optional<Word> word(const TomlNode& node, std::string_view key) {
    const std::string_view text = reader_.text(node, key);
    const auto value = parse_enum<Word>(text);
    if (value && to_text(*value) == text) return value;

    std::string choice;
    for (const std::string& one : words_of<Word>()) choice += (choice.empty() ? "" : ", ") + one;
    const TomlNode* given = node.find(key);
    if (given && given->kind == TomlKind::text) reader_.complain(*given, "must be one of " + choice);
    return std::nullopt;
  }

  void judge(const TomlNode& node, const Persona& one) {
    const TomlNode* id = node.find("id");
    const TomlNode* ending = node.find("ending");
    if (id && id->kind == TomlKind::text && !is_id(one.id))
      reader_.complain(*id, "must be 1 to 40 of a to z, 0 to 9 and -");
    if (ending && ending->kind == TomlKind::text && !is_ending(one.ending))
      reader_.complain(*ending, "must be four digits");
    for (const Persona& other : all_) {
      if (id && other.id == one.id) reader_.complain(*id, "is given twice; keep one");
      if (ending && other.ending == one.ending) reader_.complain(*ending, "is given twice; keep one");
    }
  }

  void judge_all() {
    const TomlNode* list = reader_.root().find("personas");
    if (!list) return;
    if (all_.size() > personas_max) reader_.complain(*list, "must be 200 at most");
    if (std::ranges::none_of(all_, [](const Persona& one) { return one.share > 0; }))
      reader_.complain(*list, "must have a share above 0 in one of them");
  }

  TomlReader reader_;
  std::vector<Persona> all_;
};

}  // namespace

Result<Personas> Personas::parse(std::string_view toml, std::string file) {
  auto all = PersonasReading(toml, std::move(file)).run();
  if (!all) return std::unexpected(std::move(all.error()));
  return Personas(*std::move(all));
}

}  // namespace ringdown::sandbox
