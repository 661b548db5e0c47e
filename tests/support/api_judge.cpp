#include "tests/support/api_judge.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/text.h"
#include "net/url.h"

namespace ringdown::test {
namespace {

namespace json = boost::json;

std::string in_pointer(std::string_view step) {
  std::string escaped;
  for (const char c : step) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return escaped;
}

// How many words the pattern has in common with the path, or nothing where it does not fit.
std::optional<int> fit(std::string_view pattern, std::string_view path) {
  const auto wanted = split(pattern, '/');
  const auto got = split(path, '/');
  if (wanted.size() != got.size()) return std::nullopt;

  int words = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == got[i]) {
      ++words;
    } else if (!wanted[i].starts_with('{') || got[i].empty()) {
      return std::nullopt;
    }
  }
  return words;
}

bool is_json(const ApiAnswer& answer) {
  return answer.header("Content-Type").starts_with("application/json");
}

std::string id_in(const std::string& body) {
  const json::value value = json::parse(body);
  return std::string(value.at("error").at("id").as_string());
}

}  // namespace

ApiJudge::ApiJudge(const std::string& description) : schemas_(description) {
  for (const auto& [path, operations] : json::parse(description).at("paths").as_object()) {
    for (const auto& [verb, operation] : operations.as_object()) {
      const std::string path_text(path);
      const std::string verb_text(verb);
      operations_.push_back({verb_text, path_text, "/paths/" + in_pointer(path_text) + "/" + verb_text});
    }
  }
}

ApiJudge::Operation* ApiJudge::find(std::string_view verb, std::string_view path) {
  const std::string wanted = lowered(verb);
  Operation* best = nullptr;
  int most = -1;
  for (Operation& operation : operations_) {
    const auto words = fit(operation.path, path);
    if (operation.verb != wanted || !words || *words <= most) continue;
    best = &operation;
    most = *words;
  }
  return best;
}

std::string ApiJudge::judge_error(const ApiAnswer& answer) const {
  if (!is_json(answer)) return "an error that is no JSON";
  if (auto fits = schemas_.validate("/components/schemas/ErrorAnswer", answer.body); !fits) {
    return "not the shape of an error: " + fits.error().text;
  }
  if (id_in(answer.body) != answer.header("X-Request-Id")) return "the error's id is not X-Request-Id";
  return {};
}

std::string ApiJudge::judge_success(const Operation& operation, const ApiAnswer& answer) const {
  const std::string responses = operation.pointer + "/responses/";
  const std::string exact = responses + std::to_string(answer.status);
  const std::string described = schemas_.has(exact) ? exact : responses + "2XX";
  if (!schemas_.has(described)) return "this status is not described";
  if (answer.status == 204) return answer.body.empty() ? "" : "a body where there is none";

  const std::string media_type = answer.header("Content-Type");
  const std::string media = described + "/content/" + in_pointer(media_type.substr(0, media_type.find(';')));
  const std::string schema = media + "/schema";
  if (!schemas_.has(media)) return "this content type is not described: " + media_type;
  if (!schemas_.has(schema)) return {};
  const auto fits = schemas_.validate(schema, answer.body);
  return fits ? "" : "not as described: " + fits.error().field + " " + fits.error().text;
}

std::string ApiJudge::complaint(std::string_view verb, std::string_view path, const ApiAnswer& answer) {
  if (answer.header("X-Request-Id").empty()) return "no X-Request-Id";
  if (answer.header("X-Content-Type-Options") != "nosniff") return "no nosniff";
  if (path.starts_with("/api/") && answer.header("Cache-Control").empty()) return "no Cache-Control";
  if (verb == "HEAD" || verb == "OPTIONS") return {};
  if (answer.status >= 400) return judge_error(answer);

  Operation* operation = find(verb, percent_decoded(path).value_or(""));
  if (operation == nullptr) return "an answer of what is not described";
  operation->seen = true;
  return judge_success(*operation, answer);
}

std::vector<std::string> ApiJudge::unseen() const {
  std::vector<std::string> names;
  for (const Operation& operation : operations_) {
    if (!operation.seen) names.push_back(operation.verb + " " + operation.path);
  }
  return names;
}

}  // namespace ringdown::test
