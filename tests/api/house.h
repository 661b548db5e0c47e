// A product with people in it, and the browsers they come with.
#pragma once

#include <map>
#include <optional>

#include "api/passwords.h"
#include "crypto/file_vault.h"
#include "flow/pulse.h"
#include "tests/support/api_client.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/temp_dir.h"

namespace ringdown::test {

inline const std::string good_password = "orbit velvet canyon";

class House {
 public:
  explicit House(StoreKind = StoreKind::sqlite_memory);

  // A new one, in place of older ones.
  std::string setup_code();

  ApiServer& api() { return api_; }
  TestClock& clock() { return api_.clock(); }
  HandCarrier& carrier() { return carrier_; }
  const flow::Engine& engine() const { return engine_; }

  template <class Work>
  auto instance(Work work) {
    return await(api_.db().instance(std::move(work)));
  }

 private:
  TempDir folder_;
  crypto::FileVault vault_;
  PasswordPool passwords_;
  ApiServer api_;
  HandCarrier carrier_;
  flow::Pulse pulse_;
  flow::Engine engine_;  // goes round only where a test turns it (HandEngine)
};

// Of machines: what they show.
inline const std::string cron_secret = "cron-secret-of-a-house";
inline const std::string metrics_token = "metrics-token-of-a-house";

// Keeps the cookies it is given, and sends them along.
class Browser {
 public:
  explicit Browser(House& house, std::string address = "198.51.100.1")
      : house_(&house), address_(std::move(address)) {}

  ApiAnswer get(const std::string& path, int status = 200);
  ApiAnswer post(const std::string& path, const std::string& body, int status = 200);
  ApiAnswer send(const std::string& request, const std::string& body, int status, Headers more = {});

  ApiAnswer upload(const std::string& path, const std::string& csv, int status = 202);  // as a browser's form

  ApiAnswer login(const std::string& email, const std::string& password, int status = 200);

  std::string cookie(const std::string& name) const;
  void set_cookie(const std::string& name, const std::string& value) { cookies_[name] = value; }
  void choose(const std::string& workspace) { workspace_ = workspace; }
  void move_to(std::string address) { address_ = std::move(address); }

 private:
  House* house_;
  std::string address_;
  std::string workspace_;
  std::map<std::string, std::string> cookies_;
};

// The first text of that name in the answer.
std::string text_in(const ApiAnswer&, const std::string& name);

// The whole answer but for what no two answers share.
std::string comparable(ApiAnswer);

// The first owner, ann@example.com, signed in.
Browser first_owner(House&);

// Somebody whom `by` invites and who registers at once.
Browser newcomer(House&, Browser& by, const std::string& email, const std::string& role);

std::string with_bearer(House&, const std::string& request, const std::string& token, int status);

}  // namespace ringdown::test
