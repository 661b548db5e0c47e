#include "api/answer.h"

namespace ringdown {

Response json_response(const AnswerShape& shape, void (*write)(JsonWriter&, const void*), const void* value) {
  Response response{.status = shape.status, .headers = {{"Content-Type", "application/json"}}};
  JsonWriter out(response.body);
  if (shape.envelope == Envelope::none) {
    write(out, value);
    return response;
  }
  out.begin_object();
  out.key("success");
  out.boolean(true);
  if (shape.envelope == Envelope::data) {
    out.key("data");
    write(out, value);
  }
  out.end_object();
  return response;
}

int status_of(Reason reason) {
  switch (reason) {
    case Reason::invalid: return 400;
    case Reason::unauthenticated: return 401;
    case Reason::forbidden: return 403;
    case Reason::not_found: return 404;
    case Reason::conflict: return 409;
    case Reason::too_large: return 413;
    case Reason::unsupported: return 415;
    case Reason::too_many: return 429;
    case Reason::internal: return 500;
    case Reason::unavailable:
    case Reason::commit_unknown: return 503;
  }
  return 500;
}

Response failure_response(int status, const Failure& failure, std::string_view request_id) {
  Response response{.status = status, .headers = {{"Content-Type", "application/json"}}};
  JsonWriter out(response.body);
  out.begin_object();
  out.key("success");
  out.boolean(false);
  out.key("error");
  out.begin_object();
  out.key("code");
  out.text(to_text(failure.reason));
  out.key("message");
  out.text(failure.text);
  if (!failure.field.empty()) {
    out.key("field");
    out.text(failure.field);
  }
  out.key("id");
  out.text(request_id);
  out.end_object();
  out.end_object();
  return response;
}

Response failure_response(const Failure& failure, std::string_view request_id) {
  return failure_response(status_of(failure.reason), failure, request_id);
}

Failure without_details(Reason reason) {
  switch (reason) {
    case Reason::unavailable:
      return {reason, "a part we need is away and nothing was done; try again in a moment", {}};
    case Reason::commit_unknown:
      return {
          reason, "the store went away while it saved; look whether this was done before you repeat it", {}};
    default: return {Reason::internal, "something broke on our side; the log has it under this id", {}};
  }
}

}  // namespace ringdown
