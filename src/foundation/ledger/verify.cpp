// Verification of an exported ledger: line by line, from the file alone.

#include <fstream>
#include <istream>
#include <map>
#include <stdexcept>

#include "foundation/ledger/export.hpp"
#include "foundation/ledger/export_lines.hpp"
#include "foundation/ledger/merkle.hpp"
#include "foundation/ledger/running_digest.hpp"

namespace rcms::ledger {

namespace {

constexpr std::size_t line_limit = 64 << 20;
constexpr std::size_t defects_kept = 100;

class Verifier {
 public:
  explicit Verifier(VerifyOptions const& options) : options_(options) {}

  void take(std::string const& text) {
    ++line_;
    if (ended_) return defect("after_end", "there are lines after the end line");
    auto const line = parse_line(text);
    if (!line) return defect("line_malformed", "the line is not in the form of an exported ledger");
    if (line_ == 1 && !std::holds_alternative<HeaderLine>(*line)) {
      defect("header_missing", "the first line is not the header of a ledger");
    }
    std::visit([this](auto const& kind) { check(kind); }, *line);
    digest_.add(text);
    digest_.add("\n");
  }

  /// `complete`: the last line ended with a line feed.
  VerifyReport finish(bool complete) {
    if (!ended_ || !complete) defect("end_missing", "the file has no end line: its tail may be cut off");
    report_.chains = static_cast<std::int64_t>(chains_.size());
    return std::move(report_);
  }

 private:
  struct Tip {
    std::int64_t position = 0;
    Bytes hash = Bytes(32);
  };

  void defect(std::string what, std::string detail) {
    ++report_.defect_count;
    if (report_.defects.size() < defects_kept) report_.defects.push_back({line_, std::move(what), std::move(detail)});
  }

  void check(HeaderLine const& header) {
    if (line_ != 1) return defect("header_repeated", "a header stands in the middle of the file");
    report_.scope = header.scope;
  }

  void check_number(std::int64_t number) {
    auto const expected = last_seal_.last + 1 + static_cast<std::int64_t>(leaves_.size());
    if (number != expected) {
      defect("number_wrong", "entry " + std::to_string(number) + " stands where " + std::to_string(expected) + " is due");
    }
  }

  void check(EntryLine const& line) {
    auto const& record = line.record;
    ++report_.entries;
    check_number(line.number);
    if (hash_of(record) != record.hash) defect("hash_wrong", "the entry does not have the hash that it names");
    auto& tip = chains_[record.subject];
    if (record.position != tip.position + 1) {
      defect("chain_gap",
             record.subject + " goes from " + std::to_string(tip.position) + " to " + std::to_string(record.position));
    } else if (record.previous != tip.hash) {
      defect("chain_broken", "the entry does not name the hash of the entry before it of " + record.subject);
    }
    tip = {record.position, record.hash};
    if (!line.content) {
      ++report_.erased;
    } else if (commitment_of(*line.content) != record.commitment) {
      defect("content_wrong", "the content is not the one to which the entry is committed");
    }
    leaves_.push_back(leaf_hash(line.number, record.hash));
  }

  void check(OtherLine const& line) {
    ++report_.others;
    check_number(line.number);
    if (report_.scope == "all") defect("entry_missing", "an entry is given by its hash only");
    leaves_.push_back(leaf_hash(line.number, line.hash));
  }

  void check_leaves(SealLine const& line) {
    auto const& seal = line.seal;
    if (!line.has_leaves) {
      if (!leaves_.empty()) defect("leaves_unexpected", "the seal says that its entries are left out, but there are some");
      if (report_.scope == "all") defect("entry_missing", "the entries of a seal are left out");
    } else if (static_cast<std::int64_t>(leaves_.size()) != seal.last - seal.first + 1) {
      defect("entry_missing", "the seal holds another number of entries than stand before it");
    } else if (merkle_root(leaves_) != seal.root) {
      defect("root_wrong", "the entries before the seal are not those that it seals");
    }
  }

  void check(SealLine const& line) {
    auto const& seal = line.seal;
    ++report_.seals;
    check_leaves(line);
    if (seal.seal != last_seal_.seal + 1 || seal.first != last_seal_.last + 1 || seal.last < seal.first) {
      defect("seal_gap", "the seal does not follow the one before");
    }
    if (seal.previous != last_seal_.hash) defect("seal_chain_broken", "the seal does not name the hash of the seal before");
    if (hash_of(seal) != seal.hash) defect("seal_hash_wrong", "the seal does not have the hash that it names");
    check_signature(seal.signer, seal.hash, seal.signature);
    last_seal_ = seal;
    leaves_.clear();
  }

  void check(EndLine const& line) {
    ended_ = true;
    if (!leaves_.empty()) defect("seal_missing", "there are entries after the last seal");
    if (line.entries != report_.entries || line.seals != report_.seals) {
      defect("count_wrong", "the file does not hold as many entries and seals as its end line says");
    }
    if (line.digest != digest_.digest()) defect("digest_wrong", "the file is not the one that was written");
    check_signature(line.signer, line.digest, line.signature);
  }

  void check_signature(Bytes const& signer, Bytes const& message, Bytes const& signature) {
    auto const name = to_hex(signer);
    report_.signers.insert(name);
    if (!options_.signer.empty() && name != options_.signer) defect("signer_unknown", "signed by another key: " + name);
    if (!is_signed_by(signer, message, signature)) defect("signature_wrong", "the signature does not verify");
  }

  VerifyOptions const& options_;
  VerifyReport report_;
  std::int64_t line_ = 0;
  bool ended_ = false;
  RunningDigest digest_;
  Seal last_seal_;
  std::vector<Bytes> leaves_;
  std::map<std::string, Tip, std::less<>> chains_;
};

/// False at the end of the input. `ended` tells whether the line had its line feed.
bool read_line(std::istream& in, std::string& text, bool& ended) {
  text.clear();
  ended = false;
  auto* const buffer = in.rdbuf();
  for (;;) {
    auto const next = buffer->sbumpc();
    if (next == std::char_traits<char>::eof()) return !text.empty();
    if (next == '\n') {
      ended = true;
      return true;
    }
    if (text.size() >= line_limit) throw std::runtime_error("the export has a line of more than 64 MiB");
    text += static_cast<char>(next);
  }
}

}  // namespace

VerifyReport verify_export(std::istream& in, VerifyOptions const& options) {
  Verifier verifier(options);
  std::string text;
  bool ended = true;
  bool all_ended = true;
  while (read_line(in, text, ended)) {
    verifier.take(text);
    all_ended = ended;
  }
  return verifier.finish(all_ended);
}

VerifyReport verify_export(std::filesystem::path const& file, VerifyOptions const& options) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return verify_export(in, options);
}

}  // namespace rcms::ledger
