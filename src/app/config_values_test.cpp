#include "app/config_values.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("a listen address is an IP address and a port") {
  CHECK(read_endpoint("127.0.0.1:0") == Endpoint{"127.0.0.1", 0});
  CHECK(read_endpoint("localhost:65535") == Endpoint{"127.0.0.1", 65535});
  CHECK(read_endpoint("[::]:80") == Endpoint{"::", 80});
  for (const std::string bad :
       {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:+1", "127.0.0.1:65536", "::1:80",
        "[127.0.0.1]:80", "[::1]", "256.0.0.1:80", "dial.example.com:80", "127.0.0.1:80 "}) {
    CAPTURE(bad);
    CHECK_FALSE(read_endpoint(bad));
  }
}

TEST_CASE("a web origin is scheme, host and port, and nothing else") {
  CHECK(read_web_origin("https://dial.example.com/") == "https://dial.example.com");
  CHECK(read_web_origin("http://[::1]:8080") == "http://[::1]:8080");
  for (const std::string bad :
       {"", "dial.example.com", "ftp://a.example", "https://", "https://a.example/path",
        "https://u:p@a.example", "https://a.example?x", "https://a.example#x", "https://a.example:99999"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_web_origin(bad));
  }
}

TEST_CASE("a network is an address and perhaps a length that fits") {
  for (const std::string good : {"10.0.0.7", "10.0.0.0/8", "::1", "fd00::/128"}) CHECK(read_network(good));
  for (const std::string bad :
       {"", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "10.0.0.0/", "10.0.0.0/-1", "proxy"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_network(bad));
  }
}

TEST_CASE("well-known samples are known, whatever their dress") {
  for (const std::string sample : {"",
                                   "change-me",
                                   "ChangeMe!",
                                   "CHANGE_ME_IN_PRODUCTION",
                                   "changeme123",
                                   "secret",
                                   "Password1",
                                   "example",
                                   "sample",
                                   "postgres",
                                   "your-token-here",
                                   "[YOUR-PASSWORD]",
                                   "your_secret_key",
                                   "<your-key>",
                                   "xxx",
                                   "xxxxxxxxxxxxxxxxxxxx",
                                   "xxxx-xxxx-xxxx-xxxx",
                                   "****************",
                                   "0000000000000000",
                                   "12345678901234567890",
                                   "replace-me-please-now"}) {
    CAPTURE(sample);
    CHECK(is_sample(sample));
  }
  for (const std::string good :
       {"f3b1c09a7de24f5586b0", "correct horse battery staple", "secretariat", "yourself-is-fine"}) {
    CAPTURE(good);
    CHECK_FALSE(is_sample(good));
  }
}

TEST_CASE("a token is long and no sample, and the refusal says how to make one") {
  CHECK(read_token("f3b1c09a7de24f55"));
  for (const std::string bad : {"", "f3b1c09a7de24f5", "change-me-change-me-change-me"}) {
    const auto token = read_token(bad);
    REQUIRE_FALSE(token);
    CHECK(token.error().contains("openssl rand -hex 32"));
  }
}

TEST_CASE("a database URL needs no password, may have a short one, and never a sample") {
  for (const std::string good :
       {"postgres://app@db/ringdown", "postgresql://app:x7@db:5432,db2:5433/ringdown", "postgres:///ringdown",
        "postgres://db/ringdown?sslmode=require", "postgres://secret@db/secret"}) {
    CAPTURE(good);
    CHECK(read_database_url(good));
  }
  for (const std::string bad :
       {"", "db", "mysql://app@db/x", "postgres://postgres:postgres@db/x", "postgres://app:change%2dme@db/x",
        "postgres://app:@db/x", "postgres://app@db/x?sslmode=require&password=secret",
        "postgresql://postgres.ref:[YOUR-PASSWORD]@aws.example:5432/postgres"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_database_url(bad));
  }
}

TEST_CASE("credentials in a URL are left out of messages") {
  CHECK(without_credentials("https://u:p@h/x") == "https://…@h/x");
  CHECK(without_credentials("https://u:p@q@h/x") == "https://…@h/x");
  CHECK(without_credentials("a@b") == "a@b");
  CHECK(without_credentials("https://h/x") == "https://h/x");
}
