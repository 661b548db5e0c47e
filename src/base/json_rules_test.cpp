#include "base/json_rules.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

struct FormRow {
  Form form;
  std::string_view text;
  bool fits;
};

}  // namespace

TEST_CASE("a form takes what is usual and refuses what is not") {
  const FormRow rows[] = {
      {Form::email, "ann@example.com", true},
      {Form::email, "ann+tag.x@mail.example.co.uk", true},
      {Form::email, "jürgen@müller.example", true},
      {Form::email, "ann@example", false},
      {Form::email, "@example.com", false},
      {Form::email, "ann@", false},
      {Form::email, "ann", false},
      {Form::email, "a b@example.com", false},
      {Form::email, "a@b@example.com", false},
      {Form::email, "ann@example..com", false},
      {Form::email, "ann@-x.example.com", false},
      {Form::email, "Ann <ann@example.com>", false},
      {Form::email, "ann@example.com\r\nbcc:x@example.com", false},
      {Form::url, "https://example.com", true},
      {Form::url, "HTTP://localhost:8080/a?b#c", true},
      {Form::url, "http://[::1]:80/", true},
      {Form::url, "ftp://example.com", false},
      {Form::url, "javascript:alert(1)", false},
      {Form::url, "https://", false},
      {Form::url, "https://exa mple.com", false},
      {Form::uuid, "01949f2e-0000-7000-8000-00000000000a", true},
      {Form::uuid, "01949f2e", false},
      {Form::date, "2028-02-29", true},
      {Form::date, "2026-02-29", false},
      {Form::date, "2026-2-3", false},
      {Form::line, "Ann Example", true},
      {Form::line, "  ", false},
      {Form::line, "", false},
      {Form::line, "a\tb", false},
      {Form::any, "\n", true},
  };
  for (const FormRow& row : rows) {
    CAPTURE(row.text);
    CHECK(broken_by_text({.form = row.form}, row.text).empty() == row.fits);
  }
}

TEST_CASE("a length counts characters, not bytes, and both ends belong to it") {
  const ValueRule rule{.length_min = 2, .length_max = 3};

  CHECK(broken_by_text(rule, "é") == "2 to 3 characters; got 1");
  CHECK(broken_by_text(rule, "éé").empty());
  CHECK(broken_by_text(rule, "😀😀😀").empty());
  CHECK(broken_by_text(rule, "😀😀😀x") == "2 to 3 characters; got 4");
}

TEST_CASE("a limit is told in the words that fit it") {
  CHECK(broken_by_count({.length_min = 1}, 0) == "at least 1 item; got 0");
  CHECK(broken_by_count({.length_max = 5}, 6) == "at most 5 items; got 6");
  CHECK(broken_by_text({.length_min = 2, .length_max = 2}, "a") == "exactly 2 characters; got 1");
  CHECK(broken_by_number({.min = 0.5}, 0.25) == "at least 0.5; got 0.25");
  CHECK(broken_by_number({.max = 9}, 10) == "at most 9; got 10");
  CHECK(broken_by_number({.min = 1, .max = 9}, 9).empty());
}
