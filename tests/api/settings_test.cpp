// /api/settings and /api/integrations from outside.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "api/integrations.h"
#include "api/settings.h"
#include "crypto/file_vault.h"
#include "crypto/key_file.h"
#include "flow/secrets.h"
#include "tests/api/settings_cast.h"
#include "tests/support/log_capture.h"
#include "tests/support/temp_dir.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

class Server : public ApiServer {
 public:
  explicit Server(StoreKind store = StoreKind::sqlite_memory)
      : ApiServer({.tables = {settings_routes, integration_routes}, .hooks = cast_hooks(), .store = store}) {
    add_cast(db());
    api().vault = &vault_;
  }

  std::string key_file() const { return folder_ / "ringdown.key"; }

  std::string secret_of(Workspace workspace, const std::string& name) {
    const auto secret =
        await(db().read(workspace, [&](Tx& tx) { return flow::open_secret(tx, vault_, workspace, name); }));
    if (!secret) return secret.error().text;
    return *secret ? (*secret)->reveal() : "nothing";
  }

 private:
  TempDir folder_;
  crypto::FileVault vault_ = crypto::FileVault::open_or_make(key_file()).value();
};

std::string text_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("settings begin with their defaults, change one by one, and belong to one workspace") {
  Server api;
  api.expect_all({
      {.says = "defaults", .request = "GET /api/settings", .as = rep, .body_has = R"("timezone":"UTC")"},
      {.says = "one is set",
       .request = "PUT /api/settings",
       .as = admin,
       .body = R"({"timezone": "Europe/Paris"})",
       .body_has = R"("timezone":"Europe/Paris","default_region":"US","recording_enabled":false)"},
      {.says = "another is set",
       .request = "PUT /api/settings",
       .as = owner,
       .body = R"({"recording_enabled": true, "company_name": "Clinic \"One\""})",
       .body_has = R"("company_name":"Clinic \"One\"","timezone":"Europe/Paris")"},
      {.says = "both are kept",
       .request = "GET /api/settings",
       .as = reading_key,
       .body_has = R"("recording_enabled":true)"},
      {.says = "next door nothing changed",
       .request = "GET /api/settings",
       .as = stranger,
       .body_has = R"("company_name":"")"},
  });
}

TEST_CASE("settings are read by members and changed by admins") {
  Server api;
  const std::string change = R"({"recording_enabled": true})";
  api.expect_all({
      {.says = "nobody reads", .request = "GET /api/settings", .status = 401, .body_has = "sign in"},
      {.says = "nobody writes", .request = "PUT /api/settings", .body = change, .status = 401},
      {.says = "a rep does not write",
       .request = "PUT /api/settings",
       .as = rep,
       .body = change,
       .status = 403,
       .body_has = "admin"},
      {.says = "a key does not write",
       .request = "PUT /api/settings",
       .as = admin_key,
       .body = change,
       .status = 403},
      {.says = "and nothing came of it",
       .request = "GET /api/settings",
       .as = rep,
       .body_has = R"("recording_enabled":false)"},
  });
}

TEST_CASE("what cannot be set is refused by name, and then nothing of it is") {
  Server api;
  const auto refused = [](const char* body, const char* text) {
    return ApiScenario{
        .request = "PUT /api/settings", .as = admin, .body = body, .status = 400, .body_has = text};
  };
  api.expect_all({
      refused(R"({"timezon": "UTC"})", "did you mean timezone?"),
      refused(R"({"company_name": "Clinic", "timezone": "Mars/Olympus"})", R"("field":"timezone")"),
      refused(R"({"default_region": "usa"})", "two capital letters"),
      refused(R"({"recording_enabled": 1})", R"("field":"recording_enabled")"),
      refused(R"({"timezone": "UTC", "timezone": "UTC"})", "timezone"),
      refused("{}", "at least one"),
      refused("[]", "error"),
      {.request = "GET /api/settings", .as = rep, .body_has = R"("company_name":"")"},
  });
}

TEST_CASE("a secret goes in, is never shown, and can be forgotten") {
  Server api;
  const std::string canary = "c4n4ry-f3b1c09a7de24f5586b0";
  const std::string one = "/api/integrations/twilio.auth_token";
  const auto set = api.expect({.says = "it is set",
                               .request = "PUT " + one,
                               .as = owner,
                               .body = R"({"secret": ")" + canary + R"( "})",
                               .body_has = R"("set":true,"hint":"86b0")"});
  CHECK_FALSE(set.body.contains("c4n4ry"));
  CHECK(api.secret_of(clinic(), "twilio.auth_token") == canary);
  CHECK(api.secret_of(agency(), "twilio.auth_token") == "nothing");
  api.expect_all({
      {.says = "it is listed",
       .request = "GET /api/integrations",
       .as = admin,
       .body_has = R"("hint":"86b0")",
       .body_lacks = "c4n4ry"},
      {.says = "by whom",
       .request = "GET /api/integrations",
       .as = admin,
       .body_has = to_text(user_of(owner))},
      {.says = "not next door",
       .request = "GET /api/integrations",
       .as = stranger,
       .body_lacks = R"("set":true)"},
      {.says = "a short one has no hint",
       .request = "PUT " + one,
       .as = owner,
       .body = R"({"secret": "short"})",
       .body_lacks = "hint"},
      {.says = "others forget nothing", .request = "DELETE " + one, .as = stranger, .status = 404},
      {.says = "it is forgotten", .request = "DELETE " + one, .as = owner},
      {.says = "once", .request = "DELETE " + one, .as = owner, .status = 404, .body_has = "not set"},
      {.says = "and not listed",
       .request = "GET /api/integrations",
       .as = admin,
       .body_lacks = R"("set":true)"},
  });
}

TEST_CASE("secrets are for owners alone, and keys do not even see which there are") {
  Server api;
  const std::string put = "PUT /api/integrations/vapi.api_key";
  const std::string body = R"({"secret": "s"})";
  api.expect_all({
      {.request = put, .body = body, .status = 401},
      {.request = put, .as = rep, .body = body, .status = 403},
      {.request = put, .as = admin, .body = body, .status = 403},
      {.request = put, .as = admin_key, .body = body, .status = 403},
      {.request = "GET /api/integrations", .as = rep, .status = 403},
      {.request = "GET /api/integrations", .as = admin_key, .status = 403},
      {.request = "DELETE /api/integrations/vapi.api_key", .as = admin, .status = 403},
      {.request = "PUT /api/integrations/vapi.api_keys",
       .as = owner,
       .body = body,
       .status = 404,
       .body_has = "did you mean vapi.api_key?"},
      {.request = put,
       .as = owner,
       .body = R"({"secret": ""})",
       .status = 400,
       .body_has = R"("field":"secret")"},
      {.request = put, .as = owner, .body = R"({"secret": "two\nlines"})", .status = 400},
      {.request = put, .as = owner, .body = R"({"secret": 7})", .status = 400},
  });
}

TEST_CASE(
    "a planted secret is in no answer, no log line and not in the database, whatever is wrong with it") {
  LogCapture log(log::Level::debug);
  const TempDir folder;
  const std::string canary = "c4n4rybird";
  const std::string good = canary + "-f3b1c09a7de24f5586b0-end";
  const std::string put = "PUT /api/integrations/openai.api_key";
  Server api(StoreKind::sqlite);

  api.expect({.request = put, .as = owner, .body = R"({"secret": ")" + good + "\"}", .body_lacks = canary});
  for (const std::string& body :
       {R"({"secret": ")" + good + R"(\n"})", R"({"secret": ")" + good + R"(", "secret": ")" + good + "\"}",
        R"({"secrt": ")" + good + "\"}", R"({"secret": [")" + good + "\"]}", R"({"secret": ")" + good,
        R"({"secret": ")" + good + std::string(5000, 'x') + "\"}"}) {
    api.expect({.request = put, .as = owner, .body = body, .status = 400, .body_lacks = canary});
  }
  std::filesystem::permissions(api.key_file(), std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  api.expect({.request = put,
              .as = owner,
              .body = R"({"secret": ")" + good + "\"}",
              .status = 503,
              .body_lacks = canary});

  CHECK(log.text().contains("chmod 600"));
  CHECK_FALSE(log.text().contains(canary));
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(api.store().database()).parent_path())) {
    CAPTURE(entry.path().string());
    CHECK_FALSE(text_of(entry.path().string()).contains(canary));
    ++files;
  }
  CHECK(files > 0);
}
