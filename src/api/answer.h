// What a handler gives back, and how it stands in HTTP. One table says which status a Reason is.
#pragma once

#include <string_view>
#include <utility>

#include "base/json.h"
#include "net/http.h"

namespace ringdown {

template <class T>
struct Created {
  T value;
};

template <class T>
struct Accepted {
  T value;
};

struct Done {};  // nothing more to say than {"success":true}

// Shapes that others have laid down: the value alone, without {"success","data"}.
template <class T>
struct Plain {
  T value;
};

enum class Envelope { data, success_only, none, raw };

// An answer with its type taken away, for the description.
struct AnswerShape {
  int status = 200;
  Envelope envelope = Envelope::raw;
  void (*schema)(SchemaSink&, JsonWriter&) = nullptr;
};

Response json_response(const AnswerShape&, void (*write)(JsonWriter&, const void*), const void* value);

template <class T>
void write_erased(JsonWriter& out, const void* value) {
  JsonCodec<T>::write(out, *static_cast<const T*>(value));
}

template <class T, int status, Envelope envelope>
struct JsonAnswerOf {
  static constexpr AnswerShape shape{status, envelope, schema_of<T>};
  static Response respond(const T& value) { return json_response(shape, write_erased<T>, &value); }
};

template <class T>
struct AnswerOf : JsonAnswerOf<T, 200, Envelope::data> {};

template <class T>
struct AnswerOf<Created<T>> : JsonAnswerOf<T, 201, Envelope::data> {
  static Response respond(const Created<T>& created) {
    return JsonAnswerOf<T, 201, Envelope::data>::respond(created.value);
  }
};
template <class T>
struct AnswerOf<Accepted<T>> : JsonAnswerOf<T, 202, Envelope::data> {
  static Response respond(const Accepted<T>& accepted) {
    return JsonAnswerOf<T, 202, Envelope::data>::respond(accepted.value);
  }
};
template <class T>
struct AnswerOf<Plain<T>> : JsonAnswerOf<T, 200, Envelope::none> {
  static Response respond(const Plain<T>& plain) {
    return JsonAnswerOf<T, 200, Envelope::none>::respond(plain.value);
  }
};
template <>
struct AnswerOf<Done> {
  static constexpr AnswerShape shape{200, Envelope::success_only};
  static Response respond(Done) { return json_response(shape, nullptr, nullptr); }
};
template <>
struct AnswerOf<Response> {
  static constexpr AnswerShape shape{};
};

int status_of(Reason);

// {"success":false,"error":{"code","message","field"?,"id"}}
Response failure_response(int status, const Failure&, std::string_view request_id);
Response failure_response(const Failure&, std::string_view request_id);

// What a client may hear of a breakage: nothing of its inner text.
Failure without_details(Reason);

}  // namespace ringdown
