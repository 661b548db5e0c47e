#include "api/openapi.h"

#include <algorithm>
#include <map>

#include "api/api.h"

namespace ringdown {
namespace {

constexpr std::string_view json_media = "application/json";

class Description {
 public:
  explicit Description(std::string_view version) : version_(version) {}

  std::string of(std::span<const RouteTable> tables) {
    for (const RouteTable& table : tables) {
      for (const Route& route : table) paths_[route.path].push_back(&route);
    }
    out_.begin_object();
    pair("openapi", "3.1.0");
    write_info();
    write_paths();
    write_components();
    out_.end_object();
    return std::move(text_);
  }

 private:
  void pair(std::string_view key, std::string_view text) {
    out_.key(key);
    out_.text(text);
  }
  void flag(std::string_view key, bool truth) {
    out_.key(key);
    out_.boolean(truth);
  }
  void object(std::string_view key, const auto& inside) {
    out_.key(key);
    out_.begin_object();
    inside();
    out_.end_object();
  }
  void list(std::string_view key, const auto& inside) {
    out_.key(key);
    out_.begin_list();
    inside();
    out_.end_list();
  }
  void item(const auto& inside) {
    out_.begin_object();
    inside();
    out_.end_object();
  }

  void write_info() {
    object("info", [&] {
      pair("title", "Ringdown");
      pair("version", version_);
    });
  }

  void write_paths() {
    object("paths", [&] {
      for (auto& [path, routes] : paths_) {
        std::ranges::sort(routes, {}, &Route::verb);
        object(path, [&] {
          for (const Route* route : routes) write_operation(*route);
        });
      }
    });
  }

  void write_operation(const Route& route) {
    object(lowered(to_text(route.verb)), [&] {
      pair("operationId", operation_id(route));
      pair("summary", route.summary);
      list("tags", [&] { out_.text(tag_of(route.path)); });
      write_parameters(route);
      write_body(route);
      write_answers(route);
      write_access(route);
    });
  }

  // get_api_keys_id
  static std::string operation_id(const Route& route) {
    std::string id = lowered(to_text(route.verb));
    for (std::string_view part : split(route.path.substr(1), '/')) {
      id += '_';
      for (const char c : part) {
        if (c != '{' && c != '}') id += c == '-' || c == '.' ? '_' : c;
      }
    }
    return id;
  }

  static std::string_view tag_of(std::string_view path) {
    const auto parts = split(path.substr(1), '/');
    return parts.size() > 1 && parts.front() == "api" ? parts[1] : "instance";
  }

  void write_parameters(const Route& route) {
    list("parameters", [&] {
      std::size_t named = 0;
      for (const Input& input : route.inputs) {
        if (input.from == Input::From::path) write_path_parameter(route.path_names[named++], input.schema);
        if (input.from == Input::From::query) write_query_parameters(*input.shape);
      }
      for (; named < route.path_names.size(); ++named)
        write_path_parameter(route.path_names[named], schema_of<std::string>);
      if (is_for_role(route)) item([&] { pair("$ref", "#/components/parameters/Workspace"); });
    });
  }

  void write_path_parameter(std::string_view name, void (*schema)(SchemaSink&, JsonWriter&)) {
    item([&] {
      pair("name", name);
      pair("in", "path");
      flag("required", true);
      out_.key("schema");
      schema(sink_, out_);
    });
  }

  void write_query_parameters(const JsonShape& shape) {
    for (const JsonMember& member : shape.members) {
      item([&] {
        pair("name", member.name);
        pair("in", "query");
        flag("required", member.required);
        out_.key("schema");
        member.schema(sink_, out_, *member.rule);
      });
    }
  }

  // An empty body is read as {}, which will do where every member may be missing.
  static bool is_needed(const Input& body) {
    return body.shape == nullptr || std::ranges::any_of(body.shape->members, &JsonMember::required);
  }

  void write_body(const Route& route) {
    if (route.body_media.empty()) return;

    const auto body = std::ranges::find(route.inputs, Input::From::body, &Input::from);
    const bool typed = body != route.inputs.end();
    object("requestBody", [&] {
      flag("required", typed && is_needed(*body));
      write_content(route.body_media, [&] {
        if (!typed) return;
        out_.key("schema");
        body->schema(sink_, out_);
      });
    });
  }

  void write_content(std::string_view media, const auto& inside) {
    object("content", [&] { object(media, inside); });
  }

  void write_answers(const Route& route) {
    object("responses", [&] {
      const bool raw = route.answer.envelope == Envelope::raw;
      object(raw ? "2XX" : std::to_string(route.answer.status), [&] {
        pair("description", raw ? "As it is" : status_text(route.answer.status));
        write_content(route.answer_media, [&] { write_answer_schema(route.answer); });
      });
      object("default", [&] { pair("$ref", "#/components/responses/Error"); });
    });
  }

  void write_answer_schema(const AnswerShape& answer) {
    if (answer.envelope == Envelope::raw) return;
    out_.key("schema");
    if (answer.envelope == Envelope::none) return answer.schema(sink_, out_);

    item([&] {
      pair("type", "object");
      object("properties", [&] {
        object("success", [&] { flag("const", true); });
        if (answer.schema == nullptr) return;
        out_.key("data");
        answer.schema(sink_, out_);
      });
      list("required", [&] {
        out_.text("success");
        if (answer.schema != nullptr) out_.text("data");
      });
      flag("additionalProperties", false);
    });
  }

  static bool is_for_role(const Route& route) {
    return route.access != Access::open && route.access != Access::user;
  }

  void write_access(const Route& route) {
    list("security", [&] {
      if (route.access == Access::open) return;
      for (const char* scheme : {"session", "bearer"}) item([&] { list(scheme, [] {}); });
    });
    object("x-access", [&] {
      pair("role", to_text(route.access));
      if (route.key_scope) pair("key_scope", to_text(*route.key_scope));
    });
  }

  void write_components() {
    object("components", [&] {
      object("responses", [&] { object("Error", [&] { write_error(); }); });
      object("parameters", [&] { object("Workspace", [&] { write_workspace_header(); }); });
      object("securitySchemes", [&] { write_security_schemes(); });
      out_.key("schemas");
      sink_.write_components(out_);
    });
  }

  void write_error() {
    pair("description", "What went wrong; the log has more under the id");
    write_content(json_media, [&] {
      out_.key("schema");
      schema_of<ErrorAnswer>(sink_, out_);
    });
  }

  void write_workspace_header() {
    pair("name", "X-Workspace");
    pair("in", "header");
    pair("description", "which of the caller's workspaces is meant; the first one without it");
    out_.key("schema");
    schema_of<Uuid>(sink_, out_);
  }

  void write_security_schemes() {
    object("session", [&] {
      pair("type", "apiKey");
      pair("in", "cookie");
      pair("name", session_cookie);
      pair("description", "set by signing in; under TLS its name begins with __Host-");
    });
    object("bearer", [&] {
      pair("type", "http");
      pair("scheme", "bearer");
      pair("description", "an API key, where x-access names its scope, or a token of a configured issuer");
    });
  }

  std::string_view version_;
  std::string text_{};
  JsonWriter out_{text_};
  SchemaSink sink_{};
  std::map<std::string_view, std::vector<const Route*>> paths_{};
};

}  // namespace

std::string describe_api(std::span<const RouteTable> tables, std::string_view version) {
  return Description(version).of(tables);
}

}  // namespace ringdown
