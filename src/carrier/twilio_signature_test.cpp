// The vectors were made with npm's twilio 6.2.0.
#include "carrier/twilio_signature.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::twilio;

namespace {

const std::string token = "0123456789abcdef0123456789abcdef";
const std::string status_url =
    "https://dialer.example.com/webhooks/twilio/status?call_id=7d4e9c1a-22b0-4f0e-9a55-0c8a1f3d2b10";
const Fields status_fields = {{"AccountSid", "AC00000000000000000000000000000001"},
                              {"ApiVersion", "2010-04-01"},
                              {"CallDuration", "42"},
                              {"CallSid", "CA00000000000000000000000000000002"},
                              {"CallStatus", "completed"},
                              {"CallbackSource", "call-progress-events"},
                              {"Direction", "outbound-api"},
                              {"Duration", "1"},
                              {"From", "+15005550006"},
                              {"SequenceNumber", "3"},
                              {"Timestamp", "Thu, 01 Oct 2026 15:00:00 +0000"},
                              {"To", "+14155550123"}};
const std::string json_body = R"({"event":"x","n":1})";
const std::string json_url =
    "https://dialer.example.com/webhooks/twilio/json?bodySHA256="
    "27ebfe91a318dc07829eec267640f3751e9a3cdc12079c47803ad76b3404b82e";

bool passes(std::string url, Fields fields, std::string signature, std::string json = "") {
  const std::vector<Secret> tokens{Secret(token)};
  return is_signed({.url = std::move(url),
                    .fields = std::move(fields),
                    .json = std::move(json),
                    .signature = std::move(signature)},
                   tokens);
}

std::string with_host(std::string_view host) {
  return "https://" + std::string(host) + status_url.substr(std::string("https://dialer.example.com").size());
}

}  // namespace

TEST_CASE("signatures are those that Twilio's own package makes") {
  const Fields first = {{"Digits", "1234"},
                        {"CallSid", "CA1234567890ABCDE"},
                        {"To", "+18005551212"},
                        {"Caller", "+14158675309"},
                        {"From", "+14158675309"}};
  const Fields repeated = {{"b", "2"},
                           {"B", "1"},
                           {"a", "z"},
                           {"a", "a"},
                           {"a", "z"},
                           {"empty", ""},
                           {"SpeechResult", "héllo wörld"}};

  CHECK(signature_of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", first) ==
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  CHECK(signature_of(token, status_url, status_fields) == "7R7yZv3x6+R3VVC8qfkhr1lMtYY=");
  CHECK(signature_of(token, with_host("dialer.example.com:443"), status_fields) ==
        "j9WXZV0xCZcYhmUQxXRHaTh2ous=");
  CHECK(signature_of(token, json_url, {}) == "V37Ag09spURXODQKKGRgvxFNj7U=");
  CHECK(signature_of(token,
                     "https://dialer.example.com/webhooks/twilio/status?CallSid=CA1&CallStatus=ringing",
                     {}) == "lEAktvFlu3z8foxeOmhSpI/5r4Q=");
  CHECK(signature_of(token, "https://dialer.example.com/x", repeated) == "cu6B7kXQFMn06RtP5GEz7xdc7Rk=");
  CHECK(signature_of(token, "wss://dialer.example.com/media-stream", {}) == "db/wpnjrSoaxG30b2af/uSA0nrg=");
  CHECK(signature_of(token, "wss://dialer.example.com/media-stream/", {}) == "5sajWJuzXYDQjTCx3KqfOkNrVqA=");
}

TEST_CASE("an address passes with its scheme's port, without it, and with a port that only we have") {
  const std::string plain = signature_of(token, with_host("dialer.example.com"), status_fields);
  const std::string standard = signature_of(token, with_host("dialer.example.com:443"), status_fields);
  const std::string other = signature_of(token, with_host("dialer.example.com:8443"), status_fields);

  for (const char* host : {"dialer.example.com", "dialer.example.com:443", "dialer.example.com:8443"}) {
    CHECK(passes(with_host(host), status_fields, plain));
  }
  CHECK(passes(with_host("dialer.example.com"), status_fields, standard));
  CHECK(passes(with_host("dialer.example.com:8443"), status_fields, other));
  CHECK_FALSE(passes(with_host("dialer.example.com"), status_fields, other));
  CHECK_FALSE(passes(with_host("dialer.example.com:8443"), status_fields, standard));
}

TEST_CASE("a JSON body is covered by its digest in the signed address") {
  const std::string signature = "V37Ag09spURXODQKKGRgvxFNj7U=";

  CHECK(passes(json_url, {}, signature, json_body));
  CHECK_FALSE(passes(json_url, {}, signature, json_body + " "));
  CHECK_FALSE(passes(json_url, {}, signature, ""));
  CHECK_FALSE(passes("https://dialer.example.com/x", {},
                     signature_of(token, "https://dialer.example.com/x", {}), json_body));
}

TEST_CASE("the token before passes while it is known") {
  const std::vector<Secret> both{Secret("new"), Secret(token)};
  const std::vector<Secret> one{Secret("new")};
  const SignedRequest request{
      .url = status_url, .fields = status_fields, .signature = "7R7yZv3x6+R3VVC8qfkhr1lMtYY="};

  CHECK(is_signed(request, both));
  CHECK_FALSE(is_signed(request, one));
  CHECK_FALSE(is_signed(request, {}));
}

TEST_CASE("whatever was changed, left out or added, the signature tells") {
  const std::string signature = "7R7yZv3x6+R3VVC8qfkhr1lMtYY=";
  Fields fewer = status_fields;
  fewer.pop_back();
  Fields more = status_fields;
  more.emplace_back("Extra", "1");

  CHECK(passes(status_url, status_fields, signature));
  CHECK_FALSE(passes(status_url, fewer, signature));
  CHECK_FALSE(passes(status_url, more, signature));
  CHECK_FALSE(passes(status_url + "&x=1", status_fields, signature));
  CHECK_FALSE(passes(status_url, status_fields, ""));
  CHECK_FALSE(passes(status_url, status_fields, signature.substr(1)));
}

TEST_CASE("names are sorted as UTF-16 sorts them") {
  const std::string url = "https://dialer.example.com/x";

  CHECK(signature_of(token, url, {{"\xef\xbd\xa1", "1"}, {"\xf0\x9f\x93\x9e", "2"}}) ==
        signature_of(token,
                     url + "\xf0\x9f\x93\x9e"
                           "2"
                           "\xef\xbd\xa1"
                           "1",
                     {}));
}
