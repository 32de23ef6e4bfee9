#include "engines/seal/vds_nc.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace rcms::seal {

namespace json = boost::json;

namespace {

constexpr auto vds_nc_source = "ICAO TR VDS-NC";

tl::unexpected<Refused> broken_vds_nc(std::string detail) {
  return refuse(Why::malformed, "barcode", std::move(detail), vds_nc_source);
}

/// The order of UTF-16 code units of two texts in UTF-8: as bytes, but characters beyond U+FFFF come before U+E000 to U+FFFF.
bool is_before(std::string_view left, std::string_view right) {
  auto const rank = [](char c) {
    int const byte = static_cast<unsigned char>(c);
    return byte >= 0xF0 ? 0xED * 2 + 1 : byte * 2;
  };
  auto const [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (l == left.end() || r == right.end()) return l == left.end() && r != right.end();
  if (rank(*l) == rank(*r)) return static_cast<unsigned char>(*l) < static_cast<unsigned char>(*r);
  return rank(*l) < rank(*r);
}

void write_text(std::string& out, std::string_view text) {
  out += '"';
  for (char const c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<int>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write_value(std::string& out, json::value const& value);

void write_object(std::string& out, json::object const& object) {
  std::vector<json::key_value_pair const*> members;
  for (auto const& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](auto const* l, auto const* r) { return is_before(l->key(), r->key()); });
  out += '{';
  for (auto const* member : members) {
    if (member != members.front()) out += ',';
    write_text(out, member->key());
    out += ':';
    write_value(out, member->value());
  }
  out += '}';
}

void write_value(std::string& out, json::value const& value) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; break;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
    case json::kind::int64: out += std::to_string(value.get_int64()); break;
    case json::kind::uint64:
    case json::kind::double_: break;  // has_only_whole_numbers has refused them
    case json::kind::string: write_text(out, value.get_string()); break;
    case json::kind::array:
      out += '[';
      for (auto const& each : value.get_array()) {
        if (&each != &value.get_array().front()) out += ',';
        write_value(out, each);
      }
      out += ']';
      break;
    case json::kind::object: write_object(out, value.get_object()); break;
  }
}

/// Fractions would have to be read and written to the last digit; no seal has them.
bool has_only_whole_numbers(json::value const& value) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (auto const* number = value.if_int64()) return *number > -exact && *number < exact;
  if (value.is_double() || value.is_uint64()) return false;
  if (auto const* array = value.if_array()) return std::all_of(array->begin(), array->end(), has_only_whole_numbers);
  if (auto const* object = value.if_object()) {
    return std::all_of(object->begin(), object->end(), [](auto const& member) { return has_only_whole_numbers(member.value()); });
  }
  return true;
}

std::optional<json::value> read(std::string_view text, std::size_t depth) {
  json::parse_options options;
  options.max_depth = depth;
  json::error_code fault;
  auto value = json::parse(text, fault, {}, options);
  if (fault || !has_only_whole_numbers(value)) return std::nullopt;
  return value;
}

json::object const* member_object(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value ? value->if_object() : nullptr;
}

std::string member_text(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  auto const* text = value ? value->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

std::optional<Bytes> read_base64(std::string text) {
  while (!text.empty() && text.back() == '=') text.pop_back();
  return from_base64url(text);
}

}  // namespace

std::optional<std::string> canonical_json(std::string_view text, std::size_t depth) {
  auto const value = read(text, depth);
  if (!value) return std::nullopt;
  std::string out;
  write_value(out, *value);
  return out;
}

Result<VdsNc> parse_vds_nc(std::string_view text, VdsNcLimits const& limits) {
  if (text.size() > limits.bytes)
    return refuse(Why::too_large, "barcode", fmt::format("{} bytes, at most {}", text.size(), limits.bytes), vds_nc_source);
  auto const value = read(text, limits.depth);
  if (!value || !value->is_object()) return broken_vds_nc("the text is no JSON object");
  auto const& whole = value->get_object();
  auto const* data = member_object(whole, "data");
  auto const* header = data ? member_object(*data, "hdr") : nullptr;
  auto const* sig = member_object(whole, "sig");
  if (!header || !sig || !data->contains("msg") || whole.size() != 2)
    return broken_vds_nc("data with hdr and msg, and sig, are needed, and nothing else");
  VdsNc seal;
  seal.type = member_text(*header, "t");
  seal.issuing_state = member_text(*header, "is");
  seal.algorithm = member_text(*sig, "alg");
  if (seal.type.empty() || seal.issuing_state.empty()) return broken_vds_nc("type or issuing State is missing");
  if (seal.algorithm != "ES256" && seal.algorithm != "ES384" && seal.algorithm != "ES512")
    return broken_vds_nc("the algorithm is none of ES256, ES384, ES512");
  auto certificate = read_base64(member_text(*sig, "cer"));
  auto signature = read_base64(member_text(*sig, "sigvl"));
  if (!certificate || certificate->empty() || !signature || signature->empty() || sig->size() != 3)
    return broken_vds_nc("certificate or signature cannot be read");
  seal.certificate = std::move(*certificate);
  seal.signature = std::move(*signature);
  write_value(seal.signed_text, *data);
  return seal;
}

}  // namespace rcms::seal
