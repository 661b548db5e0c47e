#include "crypto/file_vault.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "crypto/key_file.h"

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() { REQUIRE(::mkdtemp(path_.data()) != nullptr); }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path keys() const { return fs::path(path_) / "ringdown.key"; }

 private:
  std::string path_ = (fs::temp_directory_path() / "ringdown-vault-XXXXXX").string();
};

const WorkspaceId clinic{Uuid{{1}}};
const WorkspaceId agency{Uuid{{2}}};
const Secret token("a token that nobody may read");

}  // namespace

TEST_CASE("what a vault seals it opens, in its place only") {
  const Folder folder;
  const auto vault = FileVault::open_or_make(folder.keys());
  REQUIRE(vault);

  const Bytes sealed = vault->seal(token, clinic, "twilio.auth_token");

  CHECK(vault->open(sealed, clinic, "twilio.auth_token")->reveal() == token.reveal());
  CHECK_FALSE(vault->open(sealed, agency, "twilio.auth_token"));
  CHECK_FALSE(vault->open(sealed, clinic, "vapi.api_key"));
}

TEST_CASE("a key that another process adds seals from that moment on, and old seals still open") {
  const Folder folder;
  const auto vault = FileVault::open_or_make(folder.keys());
  REQUIRE(vault);
  const Bytes before = vault->seal(token, clinic, "vapi.api_key");
  CHECK_FALSE(vault->is_outdated(before));

  REQUIRE(add_key_to_file(folder.keys()));

  CHECK(vault->is_outdated(before));
  CHECK_FALSE(vault->is_outdated(vault->seal(token, clinic, "vapi.api_key")));
  CHECK(vault->open(before, clinic, "vapi.api_key"));
}

TEST_CASE("a key file that others may read is refused with the mend, and a lost one breaks the use") {
  const Folder folder;
  const auto vault = FileVault::open_or_make(folder.keys());
  REQUIRE(vault);
  const Bytes sealed = vault->seal(token, clinic, "vapi.api_key");

  fs::permissions(folder.keys(), fs::perms::group_read, fs::perm_options::add);
  CHECK(FileVault::open_or_make(folder.keys()).error().text.contains("chmod 600"));
  CHECK_THROWS_WITH_AS((void)vault->seal(token, clinic, "vapi.api_key"), doctest::Contains("chmod 600"),
                       Breakage);

  fs::remove(folder.keys());
  CHECK_THROWS_AS((void)vault->open(sealed, clinic, "vapi.api_key"), Breakage);
}

TEST_CASE("a fingerprint is the same for the same text in the same workspace, and tells nothing else") {
  const Folder folder;
  const auto vault = FileVault::open_or_make(folder.keys());
  REQUIRE(vault);
  const WorkspaceId other{parse_uuid("00000000-0000-7000-8000-000000000099").value()};

  const Bytes print = vault->fingerprint("+12125550123", clinic);

  CHECK(print == vault->fingerprint("+12125550123", clinic));
  CHECK(print != vault->fingerprint("+12125550124", clinic));
  CHECK(print != vault->fingerprint("+12125550123", other));
  REQUIRE(add_key_to_file(folder.keys()));
  CHECK(print != vault->fingerprint("+12125550123", clinic));
}
