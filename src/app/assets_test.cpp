#include "app/assets.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temp_dir.h"

using namespace ringdown;
using ringdown::test::TempDir;

TEST_CASE("the assets are inside the program") {
  CHECK(built_in_asset("places.csv").starts_with("kind,name,"));
  CHECK(built_in_asset("places.csv").ends_with('\n'));
  CHECK(built_in_asset("area_codes.toml").contains("212"));
  CHECK(built_in_asset("numbering.toml").contains("900"));
}

TEST_CASE("a file in the folder takes the place of the built-in one of its name") {
  const TempDir folder;
  std::ofstream(folder.path() / "places.csv") << "mine";

  CHECK(read_asset("places.csv", folder.path().string())->text == "mine");
  CHECK(read_asset("places.csv", folder.path().string())->origin == (folder.path() / "places.csv").string());
  CHECK(read_asset("area_codes.toml", folder.path().string())->text == built_in_asset("area_codes.toml"));
  CHECK(read_asset("places.csv", "")->text == built_in_asset("places.csv"));
  CHECK(read_asset("places.csv", "")->origin == "places.csv");
}

TEST_CASE("a file that cannot be read is complained about, never passed over") {
  const TempDir folder;
  std::filesystem::create_directory(folder.path() / "places.csv");

  const auto asset = read_asset("places.csv", folder.path().string());

  REQUIRE_FALSE(asset);
  CHECK(asset.error().text.contains("places.csv cannot be read: it is a folder"));
  CHECK(read_asset("places.csv", folder / "missing").error().text.contains("missing is no folder"));
}
