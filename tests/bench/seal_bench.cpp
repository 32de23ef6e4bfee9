// Making and judging of a travel document seal on one core.
#include <benchmark/benchmark.h>

#include "engines/seal/verdict.hpp"

namespace {

using namespace rcms;

struct State {
  seal::SigningKey authority_key = seal::SigningKey::make(seal::Curve::p384);
  seal::SigningKey signer_key = seal::SigningKey::make(seal::Curve::p256);
  seal::TravelDocumentSeal content{"UTO", "UTE1", "A01", Date(2026, 11, 21), Date(2026, 11, 21),
                                   "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<", "E1234567<4XXA9001011F2701312<<<<<<<0"};
  seal::TrustStore trust;

  State() {
    auto authority =
        *seal::make_authority_certificate(authority_key, {"UT", "CSCA Utopia", 1, Date(2026, 1, 1), Date(2036, 1, 1)});
    seal::SignerRequest request{"UT", "E1", 0xA01, {"PU"}, Date(2026, 1, 1), Date(2026, 12, 31), Date(2028, 1, 1)};
    trust.authorities.push_back(*seal::Certificate::read(authority));
    trust.signers.push_back(
        *seal::Certificate::read(*seal::make_signer_certificate(authority_key, authority, signer_key.public_key(), request)));
    trust.issued_on = Date(2026, 11, 20);
    trust.next_update = Date(2026, 11, 27);
  }
};

void make_seal(benchmark::State& state) {
  State world;
  auto signer = world.signer_key.signer();
  for (auto _ : state) benchmark::DoNotOptimize(seal::make_travel_document_seal(world.content, signer));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(make_seal);

void verify_signature(benchmark::State& state) {
  State world;
  auto parsed = *seal::parse_seal(*seal::make_travel_document_seal(world.content, world.signer_key.signer()));
  auto const& key = world.trust.signers[0].key;
  for (auto _ : state) benchmark::DoNotOptimize(key.verifies(parsed.signed_bytes, parsed.signature));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(verify_signature);

void judge_seal(benchmark::State& state) {
  State world;
  seal::Question question{*seal::make_travel_document_seal(world.content, world.signer_key.signer()),
                          world.content.first_line + "\n" + world.content.second_line, Date(2026, 11, 22)};
  for (auto _ : state) benchmark::DoNotOptimize(seal::judge(question, world.trust));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(judge_seal);

}  // namespace
