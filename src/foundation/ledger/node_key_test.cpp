#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

#include "foundation/ledger/node_key.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::ledger {
namespace {

TEST_CASE("a signature is good for its message and key only") {
  auto const key = NodeKey::from_seed(Bytes(32, 1));
  auto const message = sha256("message");
  auto const signature = key.sign(message);
  CHECK(is_signed_by(key.public_key(), message, signature));
  CHECK_FALSE(is_signed_by(key.public_key(), sha256("another"), signature));
  CHECK_FALSE(is_signed_by(NodeKey::from_seed(Bytes(32, 2)).public_key(), message, signature));
  CHECK_FALSE(is_signed_by({}, message, signature));
  CHECK_FALSE(is_signed_by(key.public_key(), message, {}));
}

TEST_CASE("the key is that of RFC 8032 section 7.1, test 1") {
  auto const key = NodeKey::from_seed(*from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  CHECK(to_hex(key.public_key()) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(to_hex(key.sign({})) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465514143"
        "8e7a100b");
}

TEST_CASE("the key file is made once, for its owner only, and read again") {
  tests::TemporaryFolder const folder;
  auto const file = folder.path() / "node.key";
  auto const made = NodeKey::load_or_make(file);
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(NodeKey::load_or_make(file).public_key() == made.public_key());
  std::ofstream(file) << "not a key";
  CHECK_THROWS_AS(NodeKey::load_or_make(file), std::runtime_error);
  CHECK_THROWS_AS(NodeKey::load_or_make(folder.path() / "no such folder" / "node.key"), std::runtime_error);
}

}  // namespace
}  // namespace rcms::ledger
